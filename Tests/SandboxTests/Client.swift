import Foundation
import TestSupport

/// What curl brought back.
struct Response: Sendable {
    /// 0 where no reply came.
    let status: Int
    let body: [UInt8]
    /// curl's exit code: 0, or what went wrong (`man curl`, EXIT CODES).
    let curlExit: Int32
    /// Every head that came, interim ones included, as it came.
    let heads: String

    var text: String { String(decoding: body, as: UTF8.self) }

    /// A scalar of a JSON body by its path, such as `detail.0.msg`; `null` is nil.
    subscript(path: String) -> String? {
        var value = try? JSONSerialization.jsonObject(with: Data(body))
        for step in path.split(separator: ".") {
            if let array = value as? [Any], let index = Int(step), array.indices.contains(index) {
                value = array[index]
            } else {
                value = (value as? [String: Any])?[String(step)]
            }
        }
        return (value as? String) ?? (value as? NSNumber)?.stringValue
    }

    /// The value of a header of the last head.
    func header(_ name: String) -> String? {
        let last = heads.components(separatedBy: "\r\n\r\n").last { !$0.isEmpty } ?? ""
        return last.components(separatedBy: "\r\n")
            .first { $0.lowercased().hasPrefix("\(name.lowercased()): ") }
            .map { String($0.dropFirst(name.count + 2)) }
    }
}

/// Runs curl. A reply that curl complains about is a reply all the same.
func curl(_ url: String, _ options: [String] = [], input: [UInt8] = []) async throws -> Response {
    try await withTemporaryDirectory { directory in
        let heads = try directory.file("heads", [])
        let finished = try await Command(
            "curl",
            ["-sS", "--max-time", "30", "-D", heads, "-w", "%{stderr}\n%{http_code}"] + options + [url],
            input: input
        ).run()
        let code = finished.errors.split(separator: "\n").last.flatMap { Int($0) } ?? 0
        guard case .code(let exit) = finished.exit else { throw TestFailure("curl: \(finished.exit)") }
        return Response(
            status: code,
            body: finished.outputBytes,
            curlExit: exit,
            heads: try String(contentsOfFile: heads, encoding: .utf8)
        )
    }
}

struct TestFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// The reply to an initiate call.
struct Initiated: Decodable, Sendable {
    let id: String
    let upload_url: String
    let public_url: String
    let expires_at: String
    let status: String
    let required_headers: [String: String]
}

extension Sandbox {
    static let upload = #"{"owner":"org-sandbox","uploader":"customer","content_type":"video/mp4"}"#

    func initiate(_ body: String = upload, _ options: [String] = []) async throws -> Response {
        try await curl(
            "\(eachLabsBaseURL)/api/v1/uploads",
            ["-H", "X-API-Key: \(eachLabsKey)", "-H", "Content-Type: application/json", "-d", body] + options
        )
    }

    func initiated(_ body: String = upload) async throws -> Initiated {
        try JSONDecoder().decode(Initiated.self, from: Data(try await initiate(body).body))
    }

    /// PUTs a file, or an empty body, with the required headers or with others in their place.
    func put(
        _ upload: Initiated,
        file: String? = nil,
        headers: [String: String]? = nil,
        _ options: [String] = []
    ) async throws -> Response {
        let headers = (headers ?? upload.required_headers).sorted { $0.key < $1.key }
        return try await curl(
            upload.upload_url,
            (file.map { ["-T", $0] } ?? ["-X", "PUT", "--data-binary", ""])
                + headers.flatMap { ["-H", "\($0.key): \($0.value)"] } + options
        )
    }

    func status(_ id: String) async throws -> Response {
        try await curl("\(eachLabsBaseURL)/api/v1/uploads/\(id)", ["-H", "X-API-Key: \(eachLabsKey)"])
    }

    /// Asks for the status until it is that one; the request's own time limit bounds it.
    func awaitStatus(_ status: String, of id: String) async throws -> Response {
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            let response = try await self.status(id)
            if response["status"] == status { return response }
        }
        throw TestFailure("\(id) did not become \(status)")
    }

    func figur(_ options: [String]) async throws -> Response {
        try await curl("\(figurBaseURL)/v1/uploads", ["-H", "Authorization: Bearer \(figurKey)"] + options)
    }

    /// Sends bytes over a bare connection and closes it, without waiting for an answer.
    func sendAndHangUp(_ bytes: String) async throws {
        let script = "exec 3<>/dev/tcp/127.0.0.1/\(port); cat >&3"
        let finished = try await Command("bash", ["-c", script], input: Array(bytes.utf8)).run()
        guard finished.exit == .code(0) else { throw TestFailure(finished.errors) }
    }
}

/// The smallest things that count as images here.
enum Sample {
    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 1, 2, 3]
    static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0x0D, 0x0A, 0x2D, 0x2D]
    static let webp: [UInt8] = Array("RIFF\u{4}\0\0\0WEBPVP8 ".utf8)
    static let gif: [UInt8] = Array("GIF89a".utf8)
}
