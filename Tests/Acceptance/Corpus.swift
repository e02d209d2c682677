import Foundation
import TestSupport
import Testing

/// The generated media files, and the table that says what each of them is.
struct Corpus: Sendable {
    struct Row: Sendable {
        let file: String
        /// `refused` where hoist has to refuse the file.
        let contentType: String
        let fileType: String
        /// What else the same format is called.
        let otherNames: [String]
        /// The independent tool that says what the file is; nil where there is none.
        let witness: String?
        let statement: String
        let source: String
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    @TaskLocal fileprivate static var current: Corpus?

    let directory: String
    let rows: [Row]

    static func generated() throws -> Corpus { try #require(current) }

    func path(_ row: Row) -> String { "\(directory)/\(row.file)" }

    private static let media = URL(filePath: #filePath).appending(path: "../../Media").standardizedFileURL.path

    fileprivate static func generate(in directory: TemporaryDirectory) async throws -> Corpus {
        let made = try await Command("\(media)/make-corpus", [directory.path], timeLimit: Command.wholeRun).run()
        guard made.exit == .code(0) else { throw Failure(description: "make-corpus: \(made.errors)") }
        return Corpus(directory: directory.path, rows: try table())
    }

    private static func table() throws -> [Row] {
        let lines = try String(contentsOfFile: "\(media)/corpus.tsv", encoding: .utf8).split(separator: "\n")
        return try lines.dropFirst().map { line in
            let fields = line.components(separatedBy: "\t")
            guard fields.count == 7 else { throw Failure(description: "corpus.tsv: not seven fields: \(line)") }
            return Row(
                file: fields[0], contentType: fields[1], fileType: fields[2],
                otherNames: fields[3].split(separator: " ").map(String.init),
                witness: fields[4] == "none" ? nil : fields[4], statement: fields[5], source: fields[6])
        }
    }
}

/// Makes the corpus before the tests of a suite, and removes it after the last one.
struct CorpusGeneration: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { directory in
            let corpus = try await Corpus.generate(in: directory)
            try await Corpus.$current.withValue(corpus) { try await function() }
        }
    }
}

extension Trait where Self == CorpusGeneration {
    static var corpus: Self { CorpusGeneration() }
}

/// The suites that share one corpus.
@Suite(.corpus) enum MediaCorpus {}
