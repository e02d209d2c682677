import Foundation
import TestSupport
import Testing

@Suite struct ControlPlaneTests {
    /// Faults that say something wrong, and a word that the message must have.
    static let wrongFaults = [
        ("{", "JSON"), ("7", "object"), ("{}", "on"), (#"{"on":"figur"}"#, "action"),
        (#"{"on":"upload","action":"truncate"}"#, "upload"), (#"{"on":"put","action":"explode"}"#, "explode"),
        (#"{"on":"put","action":"reply"}"#, "status"), (#"{"on":"put","action":"reply","status":99}"#, "status"),
        (#"{"on":"put","action":"reply","status":200,"headers":{"A":1}}"#, "headers"),
        (#"{"on":"put","action":"reset","after_bytes":-1}"#, "after_bytes"),
        (#"{"on":"put","action":"reset","after_bytes":1.5}"#, "after_bytes"),
        (#"{"on":"put","action":"truncate","after_bytes":1}"#, "after_bytes"),
        (#"{"on":"put","action":"truncate","skip":"1"}"#, "skip"), (#"{"on":"any","action":"delay"}"#, "milliseconds"),
        (#"{"on":"any","action":"merge"}"#, "fields"), (#"{"on":"any","action":"expired"}"#, "expired"),
        (#"{"on":"figur","action":"processing_fails"}"#, "processing_fails"),
        (#"[{"on":"any","action":"truncate"},{"on":"any","action":"trunkate"}]"#, "trunkate"),
    ]

    @Test(arguments: wrongFaults)
    func refusesAWrongFault(fault: String, word: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await curl("\(sandbox.figurBaseURL)/sandbox/faults", ["-d", fault])
            #expect(reply.status == 400)
            #expect(reply["detail"]?.contains(word) == true)
            #expect(try await sandbox.initiate().status == 200)
        }
    }

    @Test(arguments: wrongFaults)
    func refusesToStartWithAWrongFault(fault: String, word: String) async throws {
        let finished = try await Command(try Binaries.sandbox, ["--fault", fault]).run()
        #expect(finished.exit == .code(64))
        #expect(finished.output.isEmpty)
        #expect(finished.errors.contains(word))
    }

    @Test func skipsAndCounts() async throws {
        try await withSandbox { sandbox in
            try await sandbox.fault(
                #"""
                [{"on":"initiate","skip":1,"count":2,"action":"reply","status":500},
                 {"on":"any","skip":4,"count":null,"action":"reply","status":502}]
                """#
            )
            var statuses: [Int] = []
            for _ in 1...6 { statuses.append(try await sandbox.initiate().status) }
            #expect(statuses == [200, 500, 500, 200, 502, 502])
            #expect(try await curl("\(sandbox.figurBaseURL)/elsewhere").status == 502)
            try await sandbox.clearFaults()
            #expect(try await sandbox.initiate().status == 200)
        }
    }

    @Test func oneFaultMeetsOneRequest() async throws {
        let first = #"{"on":"any","action":"reply","status":500}"#
        let second = #"{"on":"initiate","action":"reply","status":503}"#
        try await withSandbox("--fault", first, "--fault", second) { sandbox in
            var statuses: [Int] = []
            for _ in 1...3 { statuses.append(try await sandbox.initiate().status) }
            #expect(statuses == [500, 503, 200])
        }
    }

    @Test func listsRequestsAsTheyCame() async throws {
        try await withSandbox { sandbox in
            _ = try await curl("\(sandbox.figurBaseURL)/a?b=c", ["-X", "DELETE", "-H", "x-B: 2", "-H", "X-a: 1"])
            _ = try await sandbox.initiate()
            let requests = try await sandbox.requests()
            #expect(requests.map(\.kind) == ["other", "initiate"])
            #expect(requests[0].method == "DELETE")
            #expect(requests[0].target == "/a?b=c")
            #expect(requests[0].headers.suffix(2).map(\.name) == ["x-B", "X-a"])
            #expect(requests[0].headers.suffix(2).map(\.value) == ["2", "1"])
            #expect(requests[0].values("X-B") == ["2"])
            #expect(requests[0].status == 404)
            #expect(requests[1].body == Sandbox.upload)
            #expect(requests[1].bodyBytes == Sandbox.upload.utf8.count)
        }
    }

    @Test func keepsMultipartBodiesWhole() async throws {
        try await withSandbox { sandbox in
            try await withTemporaryDirectory { directory in
                let file = try directory.file("a.png", Sample.png)
                _ = try await sandbox.figur(["-F", "file=@\(file);type=image/png"])
                let seen = try #require(try await sandbox.requests().first)
                let body = try Data(contentsOf: URL(filePath: #require(seen.bodyPath)))
                #expect(body.count == seen.bodyBytes)
                #expect(seen.values("Content-Length") == [String(body.count)])
                #expect(body.starts(with: Data("--".utf8)))
                #expect(body.range(of: Data(Sample.png)) != nil)
            }
        }
    }

    @Test func awaitsRequests() async throws {
        try await withSandbox { sandbox in
            async let waiting = sandbox.wait(on: "initiate", requests: 2)
            _ = try await sandbox.initiate()
            _ = try await sandbox.initiate()
            #expect(try await waiting.count == 2)
            let late = try await curl("\(sandbox.figurBaseURL)/sandbox/wait?requests=3&timeout_ms=10")
            #expect(late.status == 408)
        }
    }

    @Test(arguments: ["requests=x", "requests=-1", "on=upload", "more=1"])
    func refusesAWrongWait(query: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await curl("\(sandbox.figurBaseURL)/sandbox/wait?\(query)")
            #expect(reply.status == 400)
        }
    }

    @Test(arguments: [
        ("GET", "/v1/uploads", 405), ("PUT", "/api/v1/uploads", 405), ("DELETE", "/api/v1/uploads/x", 405),
        ("POST", "/storage/uploads/x", 405), ("PUT", "/preview/x", 405), ("POST", "/sandbox/requests", 405),
        ("GET", "/", 404), ("POST", "/v1/upload", 404), ("GET", "/sandbox/", 404), ("POST", "/v1/uploads/", 404),
    ])
    func answersWhatItDoesNotKnow(method: String, path: String, status: Int) async throws {
        try await withSandbox { sandbox in
            let reply = try await curl("\(sandbox.figurBaseURL)\(path)", ["-X", method])
            #expect(reply.status == status)
            #expect(reply["detail"] == (status == 404 ? "Not Found" : "Method Not Allowed"))
        }
    }
}
