import Glibc
import HoistCore
import HoistFiles

/// Takes values out of a TOML document, and says where it has something else than is wanted: the description of a service
/// and the configuration are read by it.
package struct TOMLReader: Sendable {
    /// What messages call the document: its path, or a name.
    package let file: String
    /// The code of a failure, and what the document is called in front of its name.
    package let code: String

    package init(file: String, code: String) {
        self.file = file
        self.code = code
    }

    /// Reads a regular file whole. Throws `configuration` where that cannot be done.
    package static func content(of path: String, _ file: String, code: String) throws(Failure) -> [UInt8] {
        func unreadable(_ why: String) -> Failure {
            Failure(.configuration, code: code, "\(file) cannot be read: \(why); check the path")
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(describe(errno)) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw unreadable("it is not a regular file")
        }
        let bytes: [UInt8]?
        do throws(Failure) { bytes = try Descriptor.readAll(descriptor, limit: largest) } catch {
            throw unreadable(error.message)
        }
        guard let bytes else { throw unreadable("it is larger than \(largest >> 10) KiB") }
        return bytes
    }

    /// Throws `configuration` for what is not TOML, and not UTF-8.
    package func document(_ bytes: [UInt8]) throws(Failure) -> TOMLNode {
        guard let text = String(validating: bytes.withoutByteOrderMark, as: UTF8.self) else {
            throw failure("\(file) is not UTF-8; save it as UTF-8")
        }
        var parser = TOMLParser(text)
        do throws(TOMLProblem) { return try parser.document() } catch {
            throw wrong(error.line, "not TOML: \(error.message)")
        }
    }

    private static let largest = 256 << 10

    package func wrong(_ line: Int, _ what: String) -> Failure {
        failure("\(file), line \(line): \(what.safeForTerminal.prefix(500))")
    }

    package func wrong(_ node: TOMLNode, _ what: String) -> Failure { wrong(node.line, what) }

    private func failure(_ message: String) -> Failure { Failure(.configuration, code: code, message) }

    // MARK: - Values

    /// The members of a table. Throws for a name that is none of `known`; nil takes any.
    package func members(
        of node: TOMLNode, _ name: String, known: [String]? = nil
    ) throws(Failure) -> [TOMLNode.Member] {
        guard case .table(let members) = node.value else { throw mismatch(node, name, "a table") }
        guard let known else { return members }
        for member in members where !known.contains(member.name) {
            throw wrong(
                member.node,
                "unknown key '\(member.name)'\(name.isEmpty ? "" : " in \(name)")\(Nearest.hint(for: member.name, among: known))"
            )
        }
        return members
    }

    package func text(_ node: TOMLNode, _ name: String) throws(Failure) -> String {
        guard let text = node.text else { throw mismatch(node, name, "text") }
        guard !text.unicodeScalars.contains(where: \.isUnsafeOnTerminal) else {
            throw wrong(node, "\(name) has control characters in it")
        }
        return text
    }

    /// One text, or a list of them.
    package func texts(_ node: TOMLNode, _ name: String) throws(Failure) -> [String] {
        guard case .array(let elements) = node.value else { return [try text(node, name)] }
        return try elements.map { (element) throws(Failure) in try text(element, "an element of \(name)") }
    }

    package func integer(_ node: TOMLNode, _ name: String, in range: ClosedRange<Int>) throws(Failure) -> Int {
        guard case .integer(let integer) = node.value else { throw mismatch(node, name, "a whole number") }
        guard range.contains(integer) else {
            throw wrong(node, "\(name) is from \(range.lowerBound) to \(range.upperBound), not \(integer)")
        }
        return integer
    }

    package func number(_ node: TOMLNode, _ name: String) throws(Failure) -> Double {
        switch node.value {
        case .integer(let integer): return Double(integer)
        case .decimal(let decimal) where decimal.isFinite: return decimal
        default: throw mismatch(node, name, "a number")
        }
    }

    package func flag(_ node: TOMLNode, _ name: String) throws(Failure) -> Bool {
        guard case .flag(let flag) = node.value else { throw mismatch(node, name, "true or false") }
        return flag
    }

    package func mismatch(_ node: TOMLNode, _ name: String, _ wanted: String) -> Failure {
        wrong(node, "\(name.isEmpty ? "the document" : name) has to be \(wanted), not \(node.kind)")
    }
}
