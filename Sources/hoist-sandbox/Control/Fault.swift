import NIOHTTP1

/// Something to go wrong, on demand.
struct Fault: Sendable {
    enum Action: Sendable {
        case reply(Reply)
        case rejectEarly(Reply)
        case merge([String: JSON])
        case reset(afterBytes: Int)
        case close(afterBytes: Int?)
        case stall(afterBytes: Int)
        case delay(Duration)
        case truncate
        case malformed
        case expired
        case processingFails(reason: String)
        /// One byte is stored otherwise than it was sent.
        case corrupt
        /// The ETag is this one, whatever was stored.
        case tag(String)
    }

    /// Nil means any kind.
    let kind: Request.Kind?
    /// How many matching requests pass, counted from the moment the fault was set.
    var skip: Int
    /// How many are hit after that; nil means all.
    var count: Int?
    let action: Action
}

extension Fault {
    /// One fault or an array of them.
    static func list(from bytes: [UInt8]) throws -> [Fault] {
        guard let json = try? JSON(parsing: bytes) else {
            throw Fields.Problem(field: "fault", reason: "is not JSON")
        }
        guard case .array(let faults) = json else { return [try Fault(json)] }
        return try faults.map { try Fault($0) }
    }

    private init(_ json: JSON) throws {
        var fields = try Fields(json, of: "fault")
        let on = try fields.required("on")
        kind = Request.Kind(rawValue: on)
        guard kind != nil || on == "any" else {
            let names = Request.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw Fields.Problem(field: "on", reason: "must be any, \(names); not \(on)")
        }
        skip = try fields.integer("skip", default: 0) ?? 0
        count = try fields.integer("count", default: 1)
        action = try Action(fields.required("action"), on: kind, fields: &fields)
        try fields.finish()
    }
}

extension Fault.Action {
    fileprivate init(_ name: String, on kind: Request.Kind?, fields: inout Fields) throws {
        func only(_ kinds: Request.Kind...) throws {
            guard let kind, kinds.contains(kind) else {
                let names = kinds.map(\.rawValue).joined(separator: " and ")
                throw Fields.Problem(field: "action", reason: "\(name) is for \(names) only")
            }
        }
        switch name {
        case "reply": self = .reply(try Reply(&fields))
        case "reject_early": self = .rejectEarly(try Reply(&fields))
        case "merge":
            guard let merged = try fields.object("fields") else {
                throw Fields.Problem(field: "fields", reason: "is required")
            }
            self = .merge(merged)
        case "reset": self = .reset(afterBytes: try fields.integer("after_bytes", default: 0) ?? 0)
        case "close": self = .close(afterBytes: try fields.integer("after_bytes", default: nil))
        case "stall": self = .stall(afterBytes: try fields.integer("after_bytes", default: 0) ?? 0)
        case "delay":
            guard let milliseconds = try fields.integer("milliseconds", default: nil) else {
                throw Fields.Problem(field: "milliseconds", reason: "is required")
            }
            self = .delay(.milliseconds(milliseconds))
        case "truncate": self = .truncate
        case "malformed": self = .malformed
        case "expired":
            try only(.initiate, .put)
            self = .expired
        case "processing_fails":
            try only(.put)
            self = .processingFails(reason: try fields.string("reason") ?? "the file cannot be decoded")
        case "corrupt":
            try only(.put)
            self = .corrupt
        case "etag":
            try only(.put)
            guard let tag = try fields.string("value") else {
                throw Fields.Problem(field: "value", reason: "is required")
            }
            self = .tag(tag)
        default:
            throw Fields.Problem(field: "action", reason: "is none of the known ones: \(name)")
        }
    }
}

extension Reply {
    /// The reply that a fault spells out.
    fileprivate init(_ fields: inout Fields) throws {
        guard let code = try fields.integer("status", default: nil), (200...599).contains(code) else {
            throw Fields.Problem(field: "status", reason: "must be 200...599")
        }
        var headers = HTTPHeaders()
        for (name, value) in try fields.object("headers") ?? [:] {
            guard case .string(let value) = value else {
                throw Fields.Problem(field: "headers", reason: "\(name) must be a string")
            }
            headers.add(name: name, value: value)
        }
        let body = Array((try fields.string("body") ?? "").utf8)
        let times = try fields.integer("body_repeat", default: 1) ?? 1
        self.init(
            status: HTTPResponseStatus(statusCode: code),
            headers: headers,
            body: .bytes(Array(repeatElement(body, count: times).joined()))
        )
    }
}
