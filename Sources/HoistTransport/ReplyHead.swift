import Glibc
import HoistCore

/// The status line and the headers of a reply, as libcurl brings them line by line.
struct ReplyHead {
    /// 0 until there is a status line.
    private(set) var status = 0
    private(set) var isHTTP1 = true
    /// Whether the reply says that it ends the connection (RFC 9112, section 9.3).
    private(set) var isClosing = false
    /// Whether the empty line that ends the headers has come.
    private(set) var isWhole = false
    private var lines: [UInt8] = []
    private var quotaLines: [String] = []
    /// Bytes of all lines, those of interim replies among them.
    private var bytes = 0

    /// Nil until there is a status line.
    var knownStatus: Int? { status > 0 ? status : nil }

    /// What a line was.
    enum Part {
        case statusLine, header
        /// The end of the head of a final reply.
        case end
    }

    /// Throws `contract` where it cannot be a reply of the server's.
    ///
    /// - Parameter host: who sent it.
    mutating func take(_ line: UnsafeRawBufferPointer, from host: String) throws(Failure) -> Part {
        bytes += line.count
        guard bytes <= Reply.largestHead else {
            throw unreadable("a reply with more than \(Reply.largestHead >> 10) KiB of headers", from: host)
        }
        guard line.starts(with: "HTTP/".utf8), let code = Self.statusCode(in: line) else { return take(header: line) }
        // Nobody asked for another protocol; libcurl would wait for what it says.
        guard code != 101 else { throw unreadable("101 to switch to another protocol", from: host) }
        // What came before was an interim reply such as 100 Continue.
        status = code
        isHTTP1 = line.starts(with: "HTTP/1".utf8)
        isClosing = line.starts(with: "HTTP/1.0".utf8)
        lines.removeAll(keepingCapacity: true)
        return .statusLine
    }

    private mutating func take(header line: UnsafeRawBufferPointer) -> Part {
        lines.append(contentsOf: line)
        if Self.endsConnection(line) { isClosing = true }
        if Quota.mayConcern(line), quotaLines.count < 8 { quotaLines.append(String(decoding: line, as: UTF8.self)) }
        guard status >= 200, line.allSatisfy({ $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }) else {
            return .header
        }
        isWhole = true
        return .end
    }

    /// - Parameters:
    ///   - body: what came after it.
    ///   - latency: seconds that the reply took.
    func reply(body: [UInt8], latency: Double) -> Reply {
        var reply = Reply(status: status, headerLines: lines, body: body)
        reply.isHTTP1 = isHTTP1
        reply.latency = latency
        if !quotaLines.isEmpty { reply.quota = Quota(quotaLines, now: Double(time(nil))) }
        return reply
    }

    private func unreadable(_ what: String, from host: String) -> Failure {
        Failure(
            .contract, code: "unreadable_reply", "\(host) sent \(what)", advice: "check the base URL",
            httpStatus: knownStatus)
    }

    /// Whether it is `Connection: close`. Most lines are not even read.
    private static func endsConnection(_ line: UnsafeRawBufferPointer) -> Bool {
        guard line.count < 64, line.count > 11, line[3] | 0x20 == UInt8(ascii: "n"), line[10] == UInt8(ascii: ":")
        else {
            return false
        }
        let text = String(decoding: line, as: UTF8.self).lowercased()
        return text.hasPrefix("connection:") && text.contains("close")
    }

    /// Nil where it is no status line: a header may begin the same way, with any number in it.
    private static func statusCode(in line: UnsafeRawBufferPointer) -> Int? {
        guard let space = line.firstIndex(of: UInt8(ascii: " ")) else { return nil }
        let digits = line[(space + 1)...].prefix { $0 > 0x20 }
        guard let code = Int(String(decoding: digits, as: UTF8.self)), (100...999).contains(code) else { return nil }
        return code
    }
}
