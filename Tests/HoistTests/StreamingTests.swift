import Foundation
import TestSupport
import Testing

/// Lists that are still being written: the first files are done before the last are known.
@Suite(.timeLimit(.minutes(5))) struct StreamingTests {
    /// A list that is as long as the test says.
    private struct OpenList {
        let path: String
        let descriptor: Int32

        init(in directory: TemporaryDirectory) throws {
            path = directory.path("list")
            try #require(mkfifo(path, 0o600) == 0)
            // For reading as well, so that it opens before anybody reads.
            descriptor = open(path, O_RDWR | O_CLOEXEC)
            try #require(descriptor >= 0)
        }

        func add(_ lines: String...) {
            let text = lines.map { $0 + "\n" }.joined()
            #expect(write(descriptor, text, text.utf8.count) == text.utf8.count)
        }

        func end() { close(descriptor) }
    }

    private func withList(
        _ body: @escaping @Sendable (Hoist, TemporaryDirectory, OpenList) async throws -> Void
    ) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { try await body(hoist, $0, try OpenList(in: $0)) }
        }
    }

    @Test func theFirstRecordComesWhileTheListIsOpen() async throws {
        try await withList { hoist, _, list in
            let command = try hoist.command([
                "upload", "--to", "figur", "--progress", "plain", "--files-from", list.path,
            ])
            let (_, finished) = try await command.withRunning { running in
                var records = running.output.makeAsyncIterator()
                list.add(Media.shot, "/nowhere/a.png")
                #expect(await records.next()?.contains("shot.png") == true)
                #expect(await records.next()?.contains("not_found") == true)
                list.add(Media.photo)
                #expect(await records.next()?.contains("photo.jpg") == true)
                list.end()
            }
            let run = Run(finished)
            #expect(run.exit == .code(66))
            #expect(run.records.map(\.isOK) == [true, false, true])
            #expect(run.errorLines.last?.hasPrefix("hoist: 2 done, 1 failed, ") == true)
        }
    }

    /// Its record is there already, and another upload is not made.
    @Test func aFileThatIsNamedAgainLaterIsNotSentAgain() async throws {
        try await withList { hoist, directory, list in
            let link = directory.path("link.png")
            #expect(symlink(Media.shot, link) == 0)
            let command = try hoist.command(["upload", "--to", "figur", "--files-from", list.path])
            let (_, finished) = try await command.withRunning { running in
                var records = running.output.makeAsyncIterator()
                list.add(Media.shot)
                #expect(await records.next()?.contains("shot.png") == true)
                list.add(link)
                #expect(await records.next()?.contains("same_as") == true)
                list.end()
            }
            let run = Run(finished)
            #expect(run.exit == .code(0), "\(run.errors)")
            #expect(run.records.map { $0.text("file") } == [Media.shot, link])
            #expect(run.records[0].text("upload_key") == run.records[1].text("upload_key"))
            #expect(try await hoist.sandbox.requests().count == 1)
        }
    }

    /// What it would still have named is none of the inputs.
    @Test func anInterruptionDoesNotWaitForTheList() async throws {
        try await withList { hoist, _, list in
            let command = try hoist.command(["upload", "--to", "figur", "--files-from", list.path])
            let (_, finished) = try await command.withRunning { running in
                var records = running.output.makeAsyncIterator()
                list.add(Media.shot)
                #expect(await records.next()?.contains("shot.png") == true)
                try running.signal(SIGINT)
            }
            let run = Run(finished)
            #expect(run.exit == .code(130))
            #expect(run.records.map(\.isOK) == [true])
            list.end()
        }
    }

    @Test func anInterruptionBeforeTheFirstLine() async throws {
        try await withList { hoist, _, list in
            let command = try hoist.command(["upload", "--to", "figur", "-v", "--files-from", list.path])
            let (_, finished) = try await command.withRunning { running in
                try await Task.sleep(for: .milliseconds(500))
                try running.signal(SIGTERM)
            }
            #expect(Run(finished).exit == .code(143))
            #expect(Run(finished).output.isEmpty)
            list.end()
        }
    }

    @Test func afterAFailureTheListIsReadToItsEnd() async throws {
        try await withList { hoist, _, list in
            let command = try hoist.command(["upload", "--to", "figur", "--fail-fast", "--files-from", list.path])
            let (_, finished) = try await command.withRunning { running in
                var records = running.output.makeAsyncIterator()
                list.add("/nowhere/a.png")
                #expect(await records.next()?.contains("not_found") == true)
                list.add(Media.shot, Media.photo)
                list.end()
            }
            let run = Run(finished)
            #expect(run.exit == .code(66))
            #expect(run.records.map { $0.error.text("code") } == ["not_found", "not_attempted", "not_attempted"])
            #expect(try await hoist.sandbox.requests().isEmpty)
        }
    }

    /// What it had named is done, and that more is missing is said and is the exit code.
    @Test func aListThatTurnsOutToBeNone() async throws {
        try await withList { hoist, _, list in
            let command = try hoist.command(["upload", "--to", "figur", "--files-from", list.path])
            let (_, finished) = try await command.withRunning { running in
                var records = running.output.makeAsyncIterator()
                list.add(Media.shot)
                #expect(await records.next()?.contains("shot.png") == true)
                _ = [UInt8](repeating: 0, count: 3).withUnsafeBytes { write(list.descriptor, $0.baseAddress, $0.count) }
                list.end()
            }
            let run = Run(finished)
            #expect(run.exit == .code(66))
            #expect(run.records.map(\.isOK) == [true])
            #expect(run.errorLines.filter { $0.contains("NUL") }.count == 1)
        }
    }

    /// Whatever is piped in a table is as wide as the widest name, so all have to be known.
    @Test func aPipedTableWaitsForAllNames() async throws {
        try await withList { hoist, _, list in
            let arguments = ["inspect", "--to", "figur", "--output", "table", "--files-from", list.path]
            let (_, finished) = try await hoist.command(arguments).withRunning { running in
                list.add(Media.shot)
                try await Task.sleep(for: .milliseconds(300))
                list.add("/nowhere/" + String(repeating: "x", count: 100))
                list.end()
            }
            let lines = Run(finished).lines
            #expect(lines.count == 2)
            #expect(lines[1].contains(String(repeating: "x", count: 100)))
            #expect(lines[0].count > 100, "\(lines)")
        }
    }
}
