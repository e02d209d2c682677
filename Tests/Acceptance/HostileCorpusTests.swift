import Foundation
import TestSupport
import Testing

extension MediaCorpus {
    /// Damaged files: one record each, no crash, no hang. `HOIST_SANITIZED_BIN` is a build with `--sanitize address`,
    /// which also shows that nothing is read where nothing is.
    ///
    /// One run at a time, for the time of each file to mean something.
    @Suite(.serialized) struct HostileCorpusTests {
        @Test(arguments: [0, 1, 17, 100, 1000, nil])
        func truncated(bytes: Int?) async throws {
            let corpus = try Corpus.generated()
            try await expectOneRecordEach(
                corpus.rows.map { row in
                    let content = try Data(contentsOf: URL(filePath: corpus.path(row)))
                    return (row.file, content.prefix(bytes ?? content.count / 2))
                })
        }

        private static let flipped = 10_000
        private static let batch = 400

        @Test(arguments: Array(stride(from: 0, to: flipped, by: batch)))
        func bytesFlipped(first: Int) async throws {
            let corpus = try Corpus.generated()
            var damage = Damage(seed: UInt64(first))
            try await expectOneRecordEach(
                (first..<min(first + Self.batch, Self.flipped)).map { number in
                    let row = corpus.rows[number % corpus.rows.count]
                    let content = try Data(contentsOf: URL(filePath: corpus.path(row)))
                    // The name stays: its extension is what a rescue goes by.
                    return ("\(number)-\(row.file)", damage.inflicted(on: content))
                })
        }

        private func expectOneRecordEach(_ files: [(name: String, content: Data)]) async throws {
            let hoist = try #require(
                ProcessInfo.processInfo.environment["HOIST_SANITIZED_BIN"], "run these tests with Scripts/test")
            try await withTemporaryDirectory { directory in
                let paths = try files.map { try directory.file($0.name, $0.content) }
                // A file that holds it up is a hang: all of them together have this time limit.
                let inspection = try await Inspection(
                    of: paths, by: hoist,
                    // A finding ends the program by a signal, as any other crash does.
                    environment: ["ASAN_OPTIONS": "abort_on_error=1:detect_leaks=0"], timeLimit: .seconds(120))
                // Files are taken, or refused here: whatever else is a crash, of this program or of the sanitizer.
                #expect([.code(0), .code(65)].contains(inspection.finished.exit), "\(inspection.finished.errors)")
                let difference = inspection.records.map(\.file).difference(from: paths)
                #expect(difference.isEmpty, "not one record each, in the order of the files: \(difference)")
            }
        }
    }
}

/// The same damage for the same seed, on every machine.
private struct Damage {
    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// One to sixteen bytes changed: half of them in the first 256 bytes, where formats keep their sizes and types.
    mutating func inflicted(on content: Data) -> Data {
        guard !content.isEmpty else { return content }
        var damaged = content
        for _ in 0..<Int.random(in: 1...16, using: &generator) {
            let reach = Bool.random(using: &generator) ? min(256, damaged.count) : damaged.count
            // Sizes of all ones and of zero are the ones that arithmetic trips over.
            let byte: UInt8? = [nil, 0x00, 0xFF].randomElement(using: &generator) ?? nil
            damaged[Int.random(in: 0..<reach, using: &generator)] = byte ?? UInt8.random(in: 0...255, using: &generator)
        }
        return damaged
    }
}
