import Foundation
import TestSupport
import Testing

/// Records of every verb and every kind of end, held against the published JSON Schema by an independent validator.
@Suite struct SchemaTests {
    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL.path

    @Test func everyRecordFitsTheSchema() async throws {
        try await withSandbox { sandbox in
            let environment = [
                "FIGUR_API_KEY": sandbox.figurKey, "FIGUR_BASE_URL": sandbox.figurBaseURL,
                "EACHLABS_API_KEY": sandbox.eachLabsKey, "EACHLABS_BASE_URL": sandbox.eachLabsBaseURL,
                "EACHLABS_OWNER": sandbox.owner, "HOIST": try Binaries.hoist,
            ]
            let script = """
                cd "\(Self.root)/Tests/Media"
                faults() { curl -sS -d "$1" "$FIGUR_BASE_URL/sandbox/faults" >/dev/null; }
                cp shot.png "$HOME/wrong.jpg"
                "$HOIST" upload --to figur shot.png loop.gif /nowhere / "$HOME/wrong.jpg"
                "$HOIST" upload --to eachlabs clip.mp4 shot.png --wait --wait-interval 50ms
                FIGUR_API_KEY= "$HOIST" upload --to figur shot.png
                for status in 400 401 403 413 429 500; do
                    faults '{"on":"figur","action":"reply","status":'$status',"body":"{\\"detail\\":\\"x\\"}"}'
                    "$HOIST" upload --to figur shot.png --retries 0
                done
                faults '{"on":"put","action":"processing_fails"}'
                "$HOIST" upload --to eachlabs clip.mp4 --wait --wait-interval 50ms
                "$HOIST" presign clip.mp4 | tee "$HOME/presigned"
                "$HOIST" presign --content-type audio/mpeg
                "$HOIST" put clip.mp4 --presigned "$HOME/presigned"
                "$HOIST" put shot.png --presigned <(jq -c '.required_headers = {} | .file = null' "$HOME/presigned")
                "$HOIST" put - --presigned "$HOME/presigned" --max-size 1 <clip.mp4
                "$HOIST" upload --to figur --fail-fast --jobs 1 shot.png /nowhere ./shot.png photo.jpg photo.jpg
                printf 'shot.png' | "$HOIST" inspect --files-from -
                "$HOIST" status "$(jq -r .id "$HOME/presigned")" nonsense
                """
            let records = try await Command("bash", ["-c", script], environment: environment).run()
            #expect(records.output.split(separator: "\n").count == 28, "\(records.errors)")
            let schema = "\(Self.root)/docs/record.schema.json"
            let checked = try await Python.command("validate.py", [schema], input: records.outputBytes).run()
            #expect(checked.exit == .code(0), "\(checked.errors)")
        }
    }

    /// What is no record has a schema of its own.
    @Test(arguments: [
        ("progress", "upload --to figur --progress json --progress-fd 3 shot.png loop.gif /nowhere 3>&1 >/dev/null"),
        ("services", "services --json"),
    ])
    func everyOtherLineFitsItsSchema(name: String, arguments: String) async throws {
        try await withSandbox { sandbox in
            let environment = [
                "FIGUR_API_KEY": sandbox.figurKey, "FIGUR_BASE_URL": sandbox.figurBaseURL, "HOIST": try Binaries.hoist,
            ]
            try await sandbox.fault(#"{"on":"figur","count":1,"action":"reply","status":500}"#)
            let script = "cd \"\(Self.root)/Tests/Media\"; \"$HOIST\" \(arguments)"
            let run = try await Command("bash", ["-c", script], environment: environment).run()
            #expect(run.output.split(separator: "\n").count >= 3, "\(run.errors)")
            let schema = "\(Self.root)/docs/\(name).schema.json"
            let checked = try await Python.command("validate.py", [schema], input: run.outputBytes).run()
            #expect(checked.exit == .code(0), "\(checked.errors)")
            // A schema that takes anything would prove nothing.
            let line = Array(#"{"event":"none","name":7}"#.utf8)
            let wrong = try await Python.command("validate.py", [schema], input: line).run()
            #expect(wrong.exit != .code(0))
        }
    }
}
