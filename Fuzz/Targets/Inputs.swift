import CLibFuzzer
import Glibc

@testable import HoistFiles
@testable import HoistTransport

/// A reply as it is kept in the seeds: the status on the first line, header lines, an empty line, the body.
func reply(_ bytes: [UInt8]) -> Reply {
    let newline = UInt8(ascii: "\n")
    var rest = bytes[...]
    func line() -> ArraySlice<UInt8> {
        let line = rest.prefix { $0 != newline }
        rest = rest[line.endIndex...].dropFirst()
        return line
    }
    let status = Int(String(decoding: line(), as: UTF8.self)) ?? 200
    var headers: [UInt8] = []
    while case let header = line(), !header.isEmpty { headers += header + [newline] }
    // Others do not get this far.
    return Reply(status: (100...999).contains(status) ? status : 200, headerLines: headers, body: Array(rest))
}

/// The text with what is marked `@K` replaced by a secret, as a server repeats one.
func planting(_ secret: String, in bytes: [UInt8]) -> [UInt8] {
    let pieces = bytes.split(separator: Array("@K".utf8), omittingEmptySubsequences: false)
    return Array(pieces.joined(separator: Array(secret.utf8)))
}

/// By bytes, since to Swift a combining mark behind the secret makes it another text.
func holds(_ text: String, _ secret: String) -> Bool {
    let (text, secret) = (Array(text.utf8), Array(secret.utf8))
    return memmem(text, text.count, secret, secret.count) != nil
}

/// A file in memory of that content, open.
func withMemoryFile<Result>(_ bytes: [UInt8], _ body: (Int32) -> Result) -> Result {
    let descriptor = memfd_create("fuzz", 0)
    require(descriptor >= 0, "memfd_create failed")
    defer { close(descriptor) }
    let (_, error) = bytes.withUnsafeBytes { Descriptor.write($0, to: descriptor) }
    require(error == 0, "writing to memory failed")
    return body(descriptor)
}

/// The path that leads to an open file.
func path(of descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }
