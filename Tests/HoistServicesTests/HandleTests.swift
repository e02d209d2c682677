import HoistTestSupport
import Testing

@testable import HoistCore
@testable import HoistServices
@testable import HoistTransport

/// What an upload is known by is what the description says, whatever later replies call by the same name.
@Suite struct HandleTests {
    private static let text = """
        base_url = "https://s.example"
        [prepare]
        url = "/p"
        body = "json"
        [upload]
        method = "PUT"
        url = "{prepare.body.u}"
        body = "raw"
        [complete]
        url = "/c"
        [status]
        url = "/s/{id}"
        state = "state"
        [delete]
        url = "/s/{id}"
        [result]
        id = "{prepare.body.id}"
        """

    /// Prepares an upload with the handle `id-1`, then reads that reply to the step.
    private func receipt(_ reply: Reply, to step: Step) throws -> (failure: Failure?, receipt: Receipt) {
        let service = try Service(try ServiceDescription(toml: Self.text))
        let context = service.context(nil)
        let exchange = Service.exchange()
        func take(_ reply: Reply, _ step: Step) throws(Failure) {
            guard let call = service.description.calls[step] else { throw .interrupted }
            try StepReader(service: service, step: step, call: call, context: context, exchange: exchange).take(reply)
        }
        try take(Reply(200, #"{"u":"https://storage.example/put?t=TOPSECRET","id":"id-1"}"#), .prepare)
        do throws(Failure) { try take(reply, step) } catch { return (error, exchange.receipt) }
        return (nil, exchange.receipt)
    }

    @Test func storageHasNoSay() throws {
        let (failure, receipt) = try receipt(
            Reply(200, #"{"id":"STOLEN","url":"https://evil","status":"DONE"}"#), to: .upload)
        #expect(failure == nil)
        #expect(receipt == Receipt(fields: [.init("id", .string("id-1"))]))
    }

    @Test(arguments: [
        (#"{"id":"JOB-77","x":1}"#, #"{"id":"id-1","service_id":"JOB-77","x":1}"#),
        (#"{"id":null}"#, #"{"id":"id-1","service_id":null}"#), (#"{"id":"id-1","x":1}"#, #"{"id":"id-1","x":1}"#),
    ])
    func aLaterReplyReplacesNoHandle(_ body: String, _ record: String) throws {
        let (failure, receipt) = try receipt(Reply(200, body), to: .complete)
        #expect(failure == nil)
        #expect(JSONValue.object(receipt.fields).description == record)
    }

    @Test func neitherDoesARefusalNorAStatus() throws {
        let refused = try receipt(Reply(400, #"{"id":"req_123","error":"no"}"#), to: .complete)
        #expect(refused.failure?.kind == .refusedByService && refused.receipt["id"] == .string("id-1"))
        let ready = try receipt(Reply(200, #"{"state":"ready","id":"status-request-77"}"#), to: .status)
        #expect(ready.failure == nil && ready.receipt["id"] == .string("id-1"))
    }

    /// A URL that can be put to is in no message either.
    @Test func aReplyThatLacksSomethingIsShownWithoutItsURL() throws {
        let service = try Service(builtIn: "cloudflare-stream", settings: ["account": "a"])
        let (failure, _) = try service.take(
            Reply(200, #"{"success":true,"result":{"uploadURL":"https://u.example/ONETIMESECRET"}}"#), to: .prepare)
        #expect(failure?.message.contains("answered without result.uid") == true)
        #expect(failure?.message.contains("ONETIMESECRET") == false)
    }

    @Test func whatIsGoneIsSaidByTheServiceAndNotByAWebPage() throws {
        let service = try Service(try ServiceDescription(toml: Self.text))
        let gone = service.context(nil)
        #expect(try service.take(Reply(404, #"{"error":"no such id"}"#), to: .delete, of: gone).failure == nil)
        #expect(gone.isGone)
        let page = service.context(nil)
        let nginx = Reply(404, "<html>404</html>", headers: [("Content-Type", "text/html")])
        #expect(try service.take(nginx, to: .delete, of: page).failure != nil)
        #expect(!page.isGone)
    }

    @Test func aDeleteThatDeletedNothingIsNone() throws {
        let service = try Service(builtIn: "openai")
        #expect(try service.take(Reply(200, #"{"id":"f","deleted":false}"#), to: .delete).failure != nil)
        #expect(try service.take(Reply(200, #"{"id":"f","deleted":true}"#), to: .delete).failure == nil)
    }

    @Test(arguments: [
        "key_env = 'PATH'\n", "key_env = ['A_KEY', 'HOME']\n",
        "[settings.fps]\nrequired = true\nfor = 'video'\n",
    ])
    func refused(_ lines: String) throws {
        let text = lines.hasPrefix("[") ? Self.text + "\n" + lines : lines + Self.text
        let failure = #expect(throws: Failure.self) { try ServiceDescription(toml: text) }
        #expect(failure?.kind == .configuration)
    }

    /// As many parts as fit into a file would take all of the stack.
    @Test func longKeysAreRefused() throws {
        let parts = [String](repeating: "a", count: 40_000).joined(separator: ".")
        for text in ["\(parts) = 1", "[\(parts)]", "a = { \(parts) = 1 }", String(repeating: "[[t]]\n", count: 6000)] {
            let failure = #expect(throws: Failure.self) { try ServiceDescription(toml: text) }
            #expect(failure?.message.contains("more keys than anybody writes") == true)
        }
    }
}
