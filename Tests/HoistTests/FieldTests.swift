import Foundation
import TestSupport
import Testing

/// --field: what a script gets into its variable.
@Suite struct FieldTests {
    @Test func thatValueRaw() async throws {
        try await withHoist { hoist in
            let key = try await hoist.upload(Media.shot, "--to", "figur", "--field", "upload_key")
            #expect(key.output.hasPrefix("inputs/") && key.lines.count == 1)
            let bytes = try await hoist.upload(Media.shot, "--to", "figur", "--field", ".bytes")
            #expect(bytes.output == "\(Media.bytes(Media.shot).count)\n")
            for optional in ["warnings", "error", "error.message"] {
                let run = try await hoist.upload(Media.shot, "--to", "figur", "--field", optional)
                #expect(run.exit == .code(0) && run.output == "\n", "\(run.errors)")
            }
        }
    }

    @Test func severalAreSeparatedByTabs() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                // A tab of the name's own would be one column more.
                let tab = try directory.file("a\tb.png", Media.bytes(Media.shot))
                let run = try await hoist.upload(
                    tab, "/nowhere", "--to", "figur", "--field", "ok,file,upload_key,error.message,error.code")
                let rows = run.output.split(separator: "\n").map {
                    $0.split(separator: "\t", omittingEmptySubsequences: false)
                }
                #expect(rows.map(\.count) == [5, 5])
                #expect(rows[0][0] == "true" && rows[0][2].hasPrefix("inputs/") && rows[0][3].isEmpty)
                #expect(rows[1][0] == "false" && rows[1][1] == "/nowhere" && rows[1][2].isEmpty)
                #expect(rows[1][3].contains("no such file") && rows[1][4] == "not_found")
            }
        }
    }

    /// An upload whose processing fails, or is waited for in vain, has a URL: printed, it would be used.
    @Test(arguments: ["public_url", "bytes", "expires_at", "status"])
    func nothingOfWhatFailedIsThereToUse(field: String) async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(#"{"on":"put","action":"reply","status":403}"#)
            let run = try await hoist.upload(
                Media.shot, Media.photo, "--to", "eachlabs", "--jobs", "1", "--field", "ok,id,\(field)")
            let rows = run.output.split(separator: "\n").map {
                $0.split(separator: "\t", omittingEmptySubsequences: false)
            }
            #expect(run.exit == .code(77))
            #expect(rows[0][0] == "false" && !rows[0][1].isEmpty && rows[0][2].isEmpty, "\(run.output)")
            #expect(rows[1][0] == "true" && !rows[1][1].isEmpty)
            #expect(field == "status" || !rows[1][2].isEmpty)
        }
    }

    @Test func theTableHasNoHandleOfWhatFailed() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(#"{"on":"put","action":"reply","status":403}"#)
            let run = try await hoist.upload(Media.shot, "--to", "eachlabs", "--output", "table")
            #expect(run.lines.first?.hasPrefix("failed") == true)
            #expect(!run.output.contains("http"), "\(run.output)")
        }
    }

    /// Said before anything is sent; the service may have it all the same, and the exit code tells.
    @Test func aFieldThatIsNotKnownIsAWarningAtFirst() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(Media.shot, "--to", "figur", "--field", "upload_kye")
            #expect(run.exit == .code(64))
            #expect(run.output == "\n")
            #expect(run.errorLines.count == 2)
            #expect(run.errorLines[0].contains("warning") && run.errorLines[0].contains("did you mean 'upload_key'?"))
            #expect(run.errorLines[1].contains("no record has a field 'upload_kye'"))
            #expect(run.errorLines[1].contains("inputs/"), "the handle is not lost for a misspelt name")
            #expect(!run.errors.contains("{") && !run.errors.contains("image_url="), "no record is printed")
        }
    }

    /// The URL is signed: whoever reads the log could put the file.
    @Test func noMessageHasASignedURL() async throws {
        try await withHoist { hoist in
            let run = try await hoist.run(["presign", Media.shot, "--to", "eachlabs", "--field", "uplod_url"])
            #expect(run.exit == .code(64))
            #expect(run.errors.contains("did you mean 'upload_url'?"))
            #expect(!run.errors.contains("X-Amz") && !run.errors.contains("?X"))
        }
    }

    @Test func knownFieldsAreNoWarning() async throws {
        try await withHoist { hoist in
            for (service, fields) in [
                ("figur", "ok,file,image_url,upload_key,seconds,same_as"),
                ("eachlabs", "id,public_url,expires_at,verified,attempts,content_type"),
            ] {
                let run = try await hoist.upload(Media.shot, "--to", service, "--field", fields)
                #expect(run.exit == .code(0) && run.errors.isEmpty, "\(run.errors)")
            }
            let presigned = try await hoist.run(
                ["presign", Media.shot, "--to", "eachlabs", "--field", "upload_url,required_headers,expires_at"])
            #expect(presigned.errors.isEmpty && presigned.output.hasPrefix("http"))
            let inspected = try await hoist.run(["inspect", Media.shot, "--field", "services.figur.takes,decided_by"])
            #expect(inspected.errors.isEmpty && inspected.output == "true\tsniffed\n", "\(inspected.output)")
            let services = try await hoist.run(["services", "--field", "name,max_bytes"])
            #expect(services.lines.contains("figur\t26214400"))
        }
    }
}
