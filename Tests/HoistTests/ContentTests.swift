import Foundation
import TestSupport
import Testing

/// Files that cannot be what they are called.
@Suite struct ContentTests {
    @Test(arguments: [
        ("photo.jpg", "<!DOCTYPE html><html><head><title>404</title></head><body>Not found</body></html>", "text/html"),
        ("photo.png", #"{"error":{"code":"not_found","message":"no such image"}}"#, "application/json"),
        ("clip.mp4", "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "text/xml"),
        ("tone.mp3", "Moved permanently\n", "text/plain"),
    ])
    func aPageSavedAsMediaIsRefused(name: String, content: String, type: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let file = try directory.file(name, Array(content.utf8))
                for service in ["figur", "eachlabs"] {
                    let run = try await hoist.upload(file, "--to", service)
                    #expect(run.exit == .code(65))
                    #expect(run.record.error.text("code") == "not_media")
                    #expect(run.record.text("content_type") == type)
                    #expect(run.errors.contains("named .\(name.split(separator: ".")[1])"), "\(run.errors)")
                    #expect(run.errors.contains("--content-type"))
                }
                #expect(try await hoist.sandbox.requests().isEmpty)
                let forced = try await hoist.upload(file, "--to", "eachlabs", "--content-type", "image/jpeg")
                #expect(forced.exit == .code(0), "\(forced.errors)")
                // A text that does not claim to be anything else is a file as any other.
                let honest = try directory.file("honest.txt", Array("a text\n".utf8))
                #expect(try await hoist.upload(honest, "--to", "eachlabs").exit == .code(0))
            }
        }
    }

    @Test(arguments: [Media.shot, Media.photo, Media.clip, Media.picture, Media.tone])
    func aFileThatIsCutOffIsAWarning(whole: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let bytes = Media.bytes(whole)
                let name = String(whole.split(separator: "/").last ?? "")
                let cut = try directory.file(name, bytes.prefix(bytes.count * 3 / 4))
                let run = try await hoist.upload(cut, "--to", "eachlabs")
                #expect(run.exit == .code(0), "\(run.errors)")
                let warnings = run.record["warnings"] as? [String] ?? []
                #expect(warnings.contains { $0.contains("looks cut off") }, "\(warnings)")
                #expect(run.errors.contains("warning"))
                let strict = try await hoist.upload(cut, "--to", "eachlabs", "--strict")
                #expect(strict.exit == .code(65))
                #expect(strict.record.error.text("message")?.contains("looks cut off") == true)
                #expect(strict.record.number("attempts") == 0)
                let uncut = try await hoist.upload(whole, "--to", "eachlabs", "--strict")
                #expect(uncut.exit == .code(0), "\(uncut.errors)")
                #expect(uncut.record["warnings"] == nil)
            }
        }
    }

    /// A type that the service does not list, and a name that says something else, are warnings too.
    @Test func strictRefusesEveryWarning() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let misnamed = try directory.file("photo.png", Media.bytes(Media.photo))
                let text = try directory.file("a.txt", Array("a text\n".utf8))
                for verb in ["upload", "presign"] {
                    let run = try await hoist.run([verb, misnamed, text, "--to", "eachlabs", "--strict"])
                    #expect(run.exit == .code(65))
                    #expect(run.records.map { $0.error.text("code") } == ["warning", "warning"])
                }
                #expect(try await hoist.sandbox.requests().isEmpty)
                let inspected = try await hoist.run(["inspect", misnamed, "--strict"])
                #expect(inspected.exit == .code(65))
            }
        }
    }
}
