import Foundation
import TestSupport
import Testing

extension MediaCorpus {
    /// Every file of the corpus under its registered type and its kind; and how `file` and Python's mimetypes do.
    @Suite struct CorpusTests {
        @Test func hoistKnowsEveryFile() async throws {
            let corpus = try Corpus.generated()
            let paths = corpus.rows.map(corpus.path)
            let inspection = try await Inspection(of: paths, by: try Binaries.hoist)
            try #require(inspection.records.map(\.file) == paths, "\(inspection.finished.errors)")
            for (row, record) in zip(corpus.rows, inspection.records) {
                let isRefused = row.contentType == "refused"
                #expect(record.content_type == (isRefused ? nil : row.contentType), "\(row.file)")
                #expect(record.file_type == (isRefused ? nil : row.fileType), "\(row.file)")
                #expect((record.error?.code == "empty_file") == isRefused, "\(row.file)")
            }
            let guesses = [
                Guesses(by: "hoist", zip(inspection.records, corpus.rows).map(Self.guess)),
                Guesses(by: "file --mime-type", try await self.lines("file", ["--brief", "--mime-type"], corpus)),
                Guesses(by: "Python's mimetypes", try await self.lines("python3", ["-c", Self.mimetypes], corpus)),
            ]
            print(CorpusReport(rows: corpus.rows, guesses: guesses))
        }

        /// The right type with a wrong kind is not right.
        private static func guess(_ record: Inspection.Record, _ row: Corpus.Row) -> String {
            guard let type = record.content_type, let kind = record.file_type else {
                return record.error?.code == "empty_file" ? "refused" : "nothing"
            }
            return kind == row.fileType ? type : "\(type) of the kind \(kind)"
        }

        private static let mimetypes =
            "import mimetypes, sys; [print(mimetypes.guess_type(name)[0]) for name in sys.argv[1:]]"

        /// The one line that the program writes for each file.
        private func lines(_ program: String, _ options: [String], _ corpus: Corpus) async throws -> [String] {
            let finished = try await Command(program, options + corpus.rows.map(corpus.path)).run()
            let lines = finished.output.split(separator: "\n").map(String.init)
            try #require(lines.count == corpus.rows.count, "\(finished.errors)")
            return lines
        }

        @Test func tableAndFilesAreTheSame() throws {
            let corpus = try Corpus.generated()
            let files = try FileManager.default.contentsOfDirectory(atPath: corpus.directory)
            #expect(files.sorted() == corpus.rows.map(\.file).sorted())
        }

        @Test func thereIsEnoughOfIt() throws {
            let rows = try Corpus.generated().rows
            #expect(rows.count >= 70)
            // Variants as the independent tools tell them apart.
            #expect(Set(rows.map { "\($0.contentType) \($0.statement)" }).count >= 45)
            #expect(Set(rows.map(\.contentType)).count >= 40)
            #expect(rows.allSatisfy { !$0.source.isEmpty })
        }

        /// Tools that share nothing with hoist say what is in each file.
        @Test func everyFileIsWhatItClaims() async throws {
            let corpus = try Corpus.generated()
            let witnessed = corpus.rows.filter { $0.witness != nil }
            #expect(corpus.rows.count - witnessed.count <= 5)
            let questions = witnessed.map { "\($0.witness ?? "")\t\($0.file)\n" }.joined()
            let finished = try await Python.command(
                "corpus_witness.py", [corpus.directory], input: Array(questions.utf8)
            ).run()
            let answers = finished.output.split(separator: "\n")
            try #require(answers.count == witnessed.count, "\(finished.errors)")
            for (row, answer) in zip(witnessed, answers) {
                #expect(answer == "\(row.file)\t\(row.statement)")
            }
        }
    }
}
