import HTTPTypes
import HoistTestSupport
import Testing

@testable import HoistCore
@testable import HoistServices
@testable import HoistTransport

/// What is taken from a step's reply: what the next steps need, and what a record may have of it.
@Suite struct StepReaderTests {
    private static let catalogue = Catalogue(environment: ["HOME": "/nonexistent"])
    private static let prepared = Catalogue.builtIn.filter {
        (try? catalogue.description(of: $0))?.has(.prepare) == true
    }

    /// A document with one more value in it.
    private static func setting(_ value: JSONValue, at steps: ArraySlice<ValuePath.Step>, in json: JSONValue)
        -> JSONValue
    {
        let rest = steps.dropFirst()
        switch (steps.first, json) {
        case (.name(let name), .object(let members)):
            let old = members.first { $0.name == name }?.value ?? .object([])
            return .object(members.filter { $0.name != name } + [.init(name, setting(value, at: rest, in: old))])
        case (.index, .array(let elements)):
            return .array([setting(value, at: rest, in: elements.first ?? .object([]))])
        case (.index, _): return .array([setting(value, at: rest, in: .object([]))])
        case (.name, _): return setting(value, at: steps, in: .object([]))
        case (nil, _): return value
        }
    }

    private static let secret = "https://storage.example/k?token=TOPSECRET"

    /// The least that a service may answer to its first call.
    private static func answer(of service: Service, without left: ValuePath? = nil) throws -> Reply {
        var json = JSONValue.object([])
        func add(_ path: ValuePath, _ value: JSONValue) {
            if path != left { json = setting(value, at: path.steps[...], in: json) }
        }
        let call = try #require(service.description.calls[.prepare])
        for requirement in call.require {
            guard case .constant(let value)? = requirement.value else {
                add(requirement.path, .string("v"))
                continue
            }
            add(requirement.path, value)
        }
        for case .body(_, let path) in (service.plan.needs[.prepare] ?? []).map(\.reference) { add(path, .string("v")) }
        // What goes to storage: a URL, headers and fields that are as good as a key while they live.
        if let upload = service.description.calls[.upload] {
            if case .given(.body(.prepare, let path)) = upload.url { add(path, .string(secret)) }
            let object = JSONValue.object([.init("x-signature", .string("TOPSECRET"))])
            for case .all(.body(.prepare, let path)) in upload.headers { add(path, object) }
            if case .multipart(.value(let fields), _) = upload.body, case .body(.prepare, let path)? = fields.alone {
                add(path, object)
            }
        }
        return Reply(200, json.description, headers: [("X-Goog-Upload-URL", secret)])
    }

    @Test func thereAreSome() { #expect(Self.prepared.count >= 10) }

    /// A presigned URL is good for a while, and records are kept: none has it.
    @Test(arguments: prepared)
    func noSecretReachesARecord(_ name: String) throws {
        let service = try Service(builtIn: name, key: "sk_live_0123456789")
        let context = service.context(nil)
        let (failure, receipt) = try service.take(try Self.answer(of: service), to: .prepare, of: context)
        #expect(failure == nil, "\(failure?.message ?? "")")
        #expect(!JSONValue.object(receipt.fields).description.contains("TOPSECRET"))
        #expect(context[.prepare] != nil)
        // What it is known by is there as soon as the reply is that has it.
        let first = try #require(service.description.result.first)
        if first.template.references.allSatisfy({ $0.step == .prepare }) { #expect(receipt[first.name] != nil) }
    }

    /// Without what the next step needs there is none, and the message says what it is.
    @Test(arguments: prepared)
    func whatIsNeededIsAskedFor(_ name: String) throws {
        let service = try Service(builtIn: name, key: "sk_live_0123456789")
        for case .body(_, let path) in (service.plan.needs[.prepare] ?? []).map(\.reference) {
            let (failure, _) = try service.take(try Self.answer(of: service, without: path), to: .prepare)
            #expect(failure?.kind == .contract)
            #expect(failure?.message.contains("answered without \(path)") == true, "\(failure?.message ?? "")")
            #expect(failure?.message.contains("TOPSECRET") == false)
        }
    }

    // MARK: - Status and delete

    private static func status(_ body: String, of id: String = "i-1") throws -> (failure: Failure?, receipt: Receipt) {
        let service = try Service(builtIn: "eachlabs")
        let context = service.context(nil)
        context.id = id
        return try service.take(Reply(200, body), to: .status, of: context)
    }

    /// `error` is hoist's own key: what a status reply has under that name comes under another.
    @Test func theReasonIsNoError() throws {
        let (failure, receipt) = try Self.status(#"{"id":"i-1","status":"ERROR","error":"bad codec","size":5}"#)
        #expect(failure == nil)
        #expect(receipt["status"]?.text == "ERROR" && receipt["size"] == .number("5"))
        #expect(receipt["error"] == nil)
    }

    @Test func anIDMayComeBackInOtherLetters() throws {
        #expect(try Self.status(#"{"id":"I-1","status":"PENDING"}"#).failure == nil)
    }

    @Test(arguments: ["i-2", "i-1 ", "I-11"])
    func anotherUploadsStatusIsNotTaken(id: String) throws {
        let failure = try Self.status(#"{"id":"\#(id)","status":"COMPLETED"}"#).failure
        #expect(failure?.kind == .contract && failure?.code == "mixed_up_reply")
    }

    @Test(arguments: ["", "[]", #"{"status":"COMPLETED"}"#, #"{"id":null,"status":"COMPLETED"}"#])
    func aStatusOfNobody(_ body: String) throws {
        #expect(try Self.status(body).failure?.kind == .contract)
    }

    /// It is being processed: later it can be deleted. Nowhere else does waiting cure a 409.
    @Test func aConflictPassesWhereSomethingIsDeleted() throws {
        let service = try Service(builtIn: "eachlabs-v1", key: "sk_live_0123456789")
        let reply = Reply(409, #"{"error":"busy"}"#)
        #expect(try service.take(reply, to: .delete).failure?.kind == .temporary)
        #expect(try service.take(reply, to: .prepare).failure?.kind == .refusedByService)
        #expect(try service.take(Reply(204, ""), to: .delete).failure == nil)
        #expect(try service.take(Reply(200, ""), to: .delete).failure != nil, "only 204 says that it is gone")
    }

    /// An error that comes with 200 is one.
    @Test func aGoodStatusWithAnError() throws {
        let description = try ServiceDescription(
            toml: """
                base_url = "https://h"
                [upload]
                url = "/u"
                body = "raw"
                require = { code = 0 }
                [result]
                id = "{upload.body.id}"
                """)
        let service = try Service(description)
        let refused = try service.take(Reply(200, #"{"code":7,"message":"no credit","id":"x"}"#), to: .upload)
        #expect(refused.failure?.kind == .refusedByService)
        #expect(refused.failure?.message.contains("no credit") == true)
        #expect(refused.receipt["id"]?.text == "x", "what was handed out is kept")
        #expect(try service.take(Reply(200, #"{"code":0,"id":"x"}"#), to: .upload).failure == nil)
        #expect(try service.take(Reply(200, #"{"id":"x"}"#), to: .upload).failure?.kind == .contract)
    }
}
