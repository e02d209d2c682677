import HoistCore
import HoistFiles

/// A file, and where it may be put.
package struct PresignedFile: Sendable {
    package let path: InputPath
    fileprivate let source: PresignedReplies.Source

    /// Read from its text each time.
    package var reply: PresignedReply { source.reply }
}

/// The presigned replies that `put` was handed, and which file each is for.
package struct PresignedReplies: Sendable {
    /// A reply as it was handed over: taken apart, a hundred thousand of them would take four times the memory.
    fileprivate enum Source: Sendable {
        case given(PresignedReply)
        case text(ArraySlice<UInt8>)

        var reply: PresignedReply {
            switch self {
            case .given(let reply): reply
            // It was read before.
            case .text(let bytes): PresignedReply(JSONValue(parsing: Array(bytes)) ?? .null)
            }
        }
    }

    private let replies: [(file: String?, source: Source)]

    package var count: Int { replies.count }

    package init(_ reply: PresignedReply) {
        replies = [(reply.file, .given(reply))]
    }

    /// Reads one JSON object, several one a line (JSON Lines), or an array of them. Throws `contract` where there is
    /// something else.
    package init(parsing bytes: [UInt8]) throws(Failure) {
        let bytes = Array(bytes.withoutByteOrderMark)
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
            .filter { line in line.element.contains { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D } }
        // One document over several lines, or an array: what many lines are is not tried as a whole.
        if lines.count < 2 || JSONValue(parsing: Array(lines[0].element)) == nil, let whole = JSONValue(parsing: bytes)
        {
            var values = [whole]
            if case .array(let elements) = whole { values = elements }
            replies = values.map { ($0["file"]?.text, .given(PresignedReply($0))) }
            return
        }
        replies = try lines.map { (number, line) throws(Failure) in
            guard let json = JSONValue(parsing: Array(line)) else {
                throw Failure(
                    .contract, code: "unusable_presigned_url",
                    "line \(number + 1) of the presigned replies is not JSON",
                    advice: "pass one object, one per line, or an array"
                )
            }
            return (json["file"]?.text, .text(line))
        }
    }

    /// The reply for each file, in the files' order: by `file` where a reply has it (the whole path, else the last part
    /// of it where that is said once only), the others by their order. Standard input has no name, and takes what is
    /// left. Throws `usage` where they do not match one to one.
    package func matched(to files: [InputPath]) throws(Failure) -> [PresignedFile] {
        guard replies.count == files.count else {
            guard !replies.isEmpty else {
                throw Failure(
                    .usage, code: "presigned_mismatch", "there is no presigned reply: the input was empty",
                    advice: "did hoist presign fail?")
            }
            throw Self.mismatch("\(replies.count) presigned replies for \(files.count) files")
        }
        var matches = [Int?](repeating: nil, count: files.count)
        var left = Set(replies.indices)
        for name in [{ $0 }, Self.lastPart] as [([UInt8]) -> [UInt8]] {
            // Backwards, so that the last of a list is the first reply.
            var named = Dictionary(grouping: left.sorted(by: >).filter { replies[$0].file != nil }) { index in
                name(Array((replies[index].file ?? "").utf8))
            }
            let open = files.indices.filter { matches[$0] == nil }
            let askedFor = Dictionary(grouping: open) { name(Array(files[$0].text.utf8)) }
            for index in open {
                let key = name(Array(files[index].text.utf8))
                // Two files of the same name in different folders are never guessed at.
                let isPath = key.count == files[index].text.utf8.count
                guard isPath || (named[key]?.count ?? 0) <= 1 && (askedFor[key]?.count ?? 0) <= 1 else { continue }
                // Names that only look the same are neither.
                let isOneFile = (askedFor[key] ?? []).allSatisfy { files[$0].bytes == files[index].bytes }
                guard !isPath || isOneFile, let match = named[key]?.popLast() else { continue }
                matches[index] = match
                left.remove(match)
            }
        }
        var unnamed = left.sorted().filter { replies[$0].file == nil }[...]
        return try files.indices.map { (index) throws(Failure) in
            let next = matches[index] ?? unnamed.popFirst() ?? (files[index].isStandardInput ? left.min() : nil)
            guard let next else {
                let name = files[index].text.safeForTerminal
                let other = left.sorted().lazy.compactMap { replies[$0].file }.first
                throw Self.mismatch(
                    files.count == 1 && other != nil
                        ? "the reply is for \(other?.shortened.safeForTerminal ?? ""), not \(name)"
                        : "no presigned reply is for \(name) alone")
            }
            return PresignedFile(path: files[index], source: replies[next].source)
        }
    }

    /// As bytes, which is what a file's name is: Swift holds names equal that the file system does not.
    private static func lastPart(_ path: [UInt8]) -> [UInt8] {
        path.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
    }

    private static func mismatch(_ what: String) -> Failure {
        Failure(.usage, code: "presigned_mismatch", "\(what); presign exactly the files that are put")
    }
}
