import Foundation

/// What the hostile server does to a client, one thing after another (hostile_server.py has the words).
enum HostileStep: Encodable, Sendable {
    case body
    case read(Int)
    case send(String)
    /// A whole reply whose length is right.
    case reply(String, [String] = [], String = "")
    case raw([UInt8])
    case repeated(String, Int)
    case flood(String, milliseconds: Int)
    case drip(String, milliseconds: Int)
    case good
    /// The contract's reply with these fields, a JSON object, in it.
    case merge(String)
    /// A shell command in the row's directory.
    case run(String)
    case hold
    case end
    case close
    case reset

    func encode(to encoder: any Encoder) throws {
        var step = encoder.unkeyedContainer()
        switch self {
        case .body: try step.encode("body")
        case .read(let count): try step.all("read", count)
        case .send(let text): try step.all("send", text)
        case .reply(let status, let headers, let body): try step.all("reply", status, headers, body)
        case .raw(let bytes): try step.all("raw", Data(bytes).base64EncodedString())
        case .repeated(let text, let count): try step.all("repeat", text, count)
        case .flood(let text, let pause): try step.all("flood", text, pause)
        case .drip(let text, let pause): try step.all("drip", text, pause)
        case .good: try step.encode("good")
        case .merge(let fields): try step.all("merge", fields)
        case .run(let command): try step.all("run", command)
        case .hold: try step.encode("hold")
        case .end: try step.encode("end")
        case .close: try step.encode("close")
        case .reset: try step.encode("reset")
        }
    }

    /// A whole reply with JSON.
    static func json(_ body: String, _ status: String = "200 OK") -> HostileStep {
        .reply(status, ["Content-Type: application/json"], body)
    }

    /// What Figur says of an upload that is stored.
    static let stored = #"{"upload_key":"inputs/stored.png","image_url":"https://x/y.png"}"#
}

extension UnkeyedEncodingContainer {
    fileprivate mutating func all(_ values: any Encodable...) throws {
        for value in values { try encode(value) }
    }
}
