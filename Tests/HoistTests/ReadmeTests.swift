import Foundation
import TestSupport
import Testing

/// The README's console blocks, run as they stand: each command's output has to be what the block shows. `…` stands for
/// what differs from run to run.
@Suite struct ReadmeTests {
    struct Block: Sendable, CustomTestStringConvertible {
        var steps: [(command: String, output: [String])]
        var testDescription: String { steps.first?.command ?? "empty" }
    }

    static let blocks: [Block] = {
        let file = URL(filePath: #filePath).appending(path: "../../../README.md").standardizedFileURL
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "```console\n").dropFirst().compactMap { rest in
            rest.split(separator: "```", maxSplits: 1).first.map { parse(String($0)) }
        }
    }()

    private static func parse(_ text: String) -> Block {
        var block = Block(steps: [])
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if line.hasPrefix("$ ") {
                block.steps.append((String(line.dropFirst(2)), []))
            } else if let last = block.steps.indices.last {
                block.steps[last].output.append(String(line))
            }
        }
        return block
    }

    @Test func thereAreBlocksToRun() {
        #expect(Self.blocks.count >= 4)
    }

    @Test(arguments: blocks)
    func showsWhatComesOut(block: Block) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                for file in [Media.shot, Media.photo, Media.clip, Media.loop] {
                    try FileManager.default.copyItem(
                        atPath: file, toPath: directory.path(URL(filePath: file).lastPathComponent))
                }
                let programs = URL(filePath: try Binaries.hoist).deletingLastPathComponent().path
                // A mark after each command that leaves `$?` as it was.
                let mark = #"__status=$?; printf '\036'; (exit $__status)"#
                let script =
                    "exec 2>&1; PATH='\(programs)':$PATH\n"
                    + block.steps.map { "\($0.command)\n\(mark)\n" }.joined()
                let command = Command(
                    "bash", ["-c", script], environment: hoist.environment, workingDirectory: directory.path)
                let outputs = Run(try await command.run()).output.split(
                    separator: "\u{1E}", omittingEmptySubsequences: false)
                try #require(outputs.count == block.steps.count + 1)
                for (step, output) in zip(block.steps, outputs) {
                    let lines = output.split(separator: "\n").map(String.init)
                    #expect(lines.count == step.output.count, "\(step.command): \(output)")
                    for (line, shown) in zip(lines, step.output) {
                        #expect(Self.fits(line, shown), "\(step.command): \(line)")
                    }
                }
            }
        }
    }

    private static func fits(_ line: String, _ shown: String) -> Bool {
        var rest = line[...]
        let pieces = shown.split(separator: "…", omittingEmptySubsequences: false)
        for (index, piece) in pieces.enumerated() where !piece.isEmpty {
            guard let range = rest.firstRange(of: piece), index > 0 || range.lowerBound == rest.startIndex else {
                return false
            }
            rest = rest[range.upperBound...]
        }
        return pieces.last?.isEmpty == true || rest.isEmpty
    }
}
