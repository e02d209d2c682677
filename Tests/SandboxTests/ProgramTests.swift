import Foundation
import TestSupport
import Testing

@Suite struct ProgramTests {
    @Test(arguments: [SIGINT, SIGTERM])
    func announcesItselfAndCleansUp(signal: Int32) async throws {
        let command = Command(try Binaries.sandbox, ["--figur-key", "f", "--eachlabs-key", "e"])
        let (directory, finished) = try await command.withRunning { running in
            var lines = running.output.makeAsyncIterator()
            let line = try #require(await lines.next())
            let fields = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let port = try #require(fields["port"] as? Int)
            #expect(fields["figur_base_url"] as? String == "http://127.0.0.1:\(port)")
            #expect(fields["eachlabs_base_url"] as? String == "http://127.0.0.1:\(port)")
            #expect(fields["figur_api_key"] as? String == "f")
            #expect(fields["eachlabs_api_key"] as? String == "e")
            #expect(fields["owner"] as? String == "org-sandbox")
            let directory = try #require(fields["directory"] as? String)
            let attributes = try FileManager.default.attributesOfItem(atPath: directory)
            #expect(attributes[.posixPermissions] as? Int == 0o700)
            #expect(try await curl("http://127.0.0.1:\(port)/").status == 404)
            try running.signal(signal)
            return directory
        }
        #expect(finished.exit == .code(0))
        #expect(finished.output.split(separator: "\n").count == 1)
        #expect(finished.errors.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: directory))
    }

    @Test func keepsADirectoryItWasGiven() async throws {
        try await withTemporaryDirectory { directory in
            try await withSandbox("--directory", directory.path("kept")) { sandbox in
                #expect(sandbox.directory == directory.path("kept"))
                _ = try await sandbox.initiate()
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path("kept")).count == 1)
        }
    }

    @Test func takesThePortItIsGiven() async throws {
        try await withSandbox { first in
            let taken = try await Command(try Binaries.sandbox, ["--port", String(first.port)]).run()
            #expect(taken.exit == .code(64))
            #expect(taken.output.isEmpty)
            #expect(taken.errors.contains("port \(first.port) is in use; choose another with --port"))
        }
    }

    @Test(arguments: [["--port", "65536"], ["--url-lifetime", "-1"], ["--processing-ms", "-1"], ["more"]])
    func refusesAWrongCommandLine(arguments: [String]) async throws {
        #expect(try await Command(try Binaries.sandbox, arguments).run().exit == .code(64))
    }
}
