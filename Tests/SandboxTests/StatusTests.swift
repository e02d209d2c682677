import Foundation
import TestSupport
import Testing

@Suite struct StatusTests {
    @Test func goesFromPendingToProcessing() async throws {
        try await withSandbox("--processing-ms", "60000") { sandbox in
            let upload = try await sandbox.initiated()
            let pending = try await sandbox.status(upload.id)
            #expect(pending["status"] == "PENDING")
            #expect(pending["id"] == upload.id)
            #expect(pending["public_url"] == upload.public_url)
            #expect(pending["expires_at"] == upload.expires_at)
            #expect(pending["content_type"] == "video/mp4")
            #expect(pending["file_type"] == "other")

            #expect(try await sandbox.put(upload).status == 200)
            let processing = try await sandbox.status(upload.id)
            #expect(processing["status"] == "PROCESSING")
            #expect(processing["size_bytes"] == "0")
        }
    }

    @Test(arguments: [(false, "COMPLETED"), (true, "ERROR")])
    func goesToItsEnd(fails: Bool, end: String) async throws {
        try await withSandbox("--processing-ms", "100") { sandbox in
            if fails { try await sandbox.fault(#"{"on":"put","action":"processing_fails"}"#) }
            let upload = try await sandbox.initiated()
            #expect(try await sandbox.put(upload).status == 200)
            _ = try await sandbox.awaitStatus(end, of: upload.id)
        }
    }

    @Test(arguments: [("550e8400-e29b-41d4-a716-446655440000", 404, "NOT_FOUND"), ("clip", 400, "BAD_REQUEST")])
    func wantsAKnownID(id: String, status: Int, code: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.status(id)
            #expect(reply.status == status)
            #expect(reply["status"] == String(status))
            #expect(reply["code"] == code)
        }
    }

    /// Prints its port, then the first request it gets: the request line, and the body.
    private static let receiver = """
        import http.server
        class Receiver(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                print(self.path, self.headers["Content-Type"], body.decode(), sep="\\n", flush=True)
                self.send_response(204)
                self.end_headers()
            def log_message(self, *arguments): pass
        server = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    @Test(arguments: [(false, "COMPLETED"), (true, "ERROR")])
    func callsBackOnce(fails: Bool, end: String) async throws {
        try await withSandbox("--processing-ms", "50") { sandbox in
            if fails { try await sandbox.fault(#"{"on":"put","action":"processing_fails"}"#) }
            let finished = try await Command("python3", ["-c", Self.receiver]).withRunning { receiver in
                var lines = receiver.output.makeAsyncIterator()
                let port = try #require(await lines.next())
                let upload = try await sandbox.initiated(
                    #"{"owner":"org-1","uploader":"customer","callback_url":"http://127.0.0.1:\#(port)/ho%20ok?a=%26"}"#
                )
                #expect(try await sandbox.put(upload).status == 200)
                #expect(await lines.next() == "/ho%20ok?a=%26")
                #expect(await lines.next() == "application/json")
                let body = try #require(await lines.next())
                let call = Response(status: 0, body: Array(body.utf8), curlExit: 0, heads: "")
                #expect(call["id"] == upload.id)
                #expect(call["status"] == end)
                #expect(call["size_bytes"] == "0")
                // A second upload's callback comes in its turn: the first one was not repeated before it.
                let second = try await sandbox.initiated(
                    #"{"owner":"org-1","uploader":"customer","callback_url":"http://127.0.0.1:\#(port)/second"}"#
                )
                #expect(try await sandbox.put(second).status == 200)
                #expect(await lines.next() == "/second")
                try receiver.signal(SIGKILL)
            }
            #expect(finished.finished.exit == .signal(SIGKILL))
        }
    }
}
