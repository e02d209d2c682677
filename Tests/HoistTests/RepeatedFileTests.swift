import Foundation
import TestSupport
import Testing

/// A file that is named again is not sent again.
@Suite struct RepeatedFileTests {
    @Test(arguments: ["figur", "eachlabs"])
    func sentOnceAndReportedUnderEachName(service: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let file = try directory.file("a.png", Media.bytes(Media.shot))
                #expect(symlink(file, directory.path("soft.png")) == 0)
                #expect(link(file, directory.path("hard.png")) == 0)
                let names = [file, directory.path("soft.png"), Media.photo, directory.path("hard.png"), file]
                let run = try await hoist.run(["upload", "--to", service] + names)
                #expect(run.exit == .code(0), "\(run.errors)")
                let records = run.records
                #expect(records.map { $0.text("file") } == names)
                #expect(records.map { $0.text("same_as") } == [nil, file, nil, file, file])
                let url = service == "figur" ? "image_url" : "public_url"
                #expect(Set(records.map { $0.text(url) }).count == 2)
                #expect(records[1].text(url) == records[0].text(url) && records[4].text(url) == records[0].text(url))
                #expect(records.map { $0.number("attempts") } == [1, 1, 1, 1, 1])
                let kind = service == "figur" ? "figur" : "put"
                #expect(try await hoist.sandbox.requests().filter { $0.kind == kind }.count == 2)
            }
        }
    }

    /// What one name says of the content is no fault of the other's.
    @Test func eachNameHasItsOwnWarning() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let right = try directory.file("a.png", Media.bytes(Media.shot))
                let wrong = directory.path("a.jpg")
                #expect(symlink(right, wrong) == 0)
                for names in [[right, wrong], [wrong, right]] {
                    let records = try await hoist.run(["upload", "--to", "figur"] + names).records
                    #expect(records.map { $0.text("file") } == names)
                    #expect(
                        records.map { ($0["warnings"] as? [String])?.count ?? 0 } == names.map { $0 == wrong ? 1 : 0 })
                }
            }
        }
    }

    @Test func aFailureIsReportedUnderEachName() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(Media.loop, Media.shot, Media.loop, "--to", "figur")
            #expect(run.exit == .code(65))
            #expect(run.records.map(\.isOK) == [false, true, false])
            #expect(run.records[2].text("same_as") == Media.loop)
            #expect(run.records[2].error.text("code") == "unsupported_type")
            #expect(try await hoist.sandbox.requests().count == 1)
        }
    }

    /// Another file may come to be there.
    @Test func aMissingFileIsLookedForEachTime() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload("/nowhere/a.png", "/nowhere/a.png", "--to", "figur")
            #expect(run.records.map { $0.error.text("code") } == ["not_found", "not_found"])
            #expect(run.records.allSatisfy { $0["same_as"] == nil })
        }
    }

    /// What is asked for is a URL for each, and what each is.
    @Test(arguments: ["presign", "inspect"])
    func otherCommandsTakeThemOneByOne(verb: String) async throws {
        try await withHoist { hoist in
            let run = try await hoist.run([verb, Media.shot, Media.shot])
            #expect(run.records.map { $0.text("file") } == [Media.shot, Media.shot])
            #expect(run.records.allSatisfy { $0["same_as"] == nil })
            if verb == "presign" { #expect(Set(run.records.map { $0.text("id") }).count == 2) }
        }
    }

    @Test func theCopyIsReportedByWhatIsNotAttemptedToo() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(
                "/nowhere/a.png", Media.shot, Media.shot, "--to", "figur", "--fail-fast", "--jobs", "1")
            #expect(run.records.map { $0.error.text("code") } == ["not_found", "not_attempted", "not_attempted"])
            #expect(run.records.map { $0.text("same_as") } == [nil, nil, Media.shot])
        }
    }
}
