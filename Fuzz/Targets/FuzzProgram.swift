import CLibFuzzer
import Glibc

/// `hoist-fuzz TARGET [libFuzzer's options] [corpus directories or files]`; Scripts/fuzz builds and runs it.
@main enum FuzzProgram {
    static func main() {
        let names = FuzzTarget.all.map(\.name)
        guard let name = CommandLine.arguments.dropFirst().first,
            let target = FuzzTarget.all.first(where: { $0.name == name })
        else {
            print(names.joined(separator: "\n"))
            exit(CommandLine.arguments.count > 1 ? 64 : 0)
        }
        chosen = target.run
        // libFuzzer gets the rest, behind the program's name.
        var count = CommandLine.argc - 1
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
        exit(
            LLVMFuzzerRunDriver(&count, &arguments) { data, size in
                chosen(Array(UnsafeBufferPointer(start: data, count: size)))
                return 0
            })
    }
}

// Set once, before libFuzzer begins, and libFuzzer has one thread; its callback takes no context.
private nonisolated(unsafe) var chosen: ([UInt8]) -> Void = { _ in }

/// Something that reads what others wrote, and what has to be true of it whatever they wrote. A crash is always a finding.
struct FuzzTarget: Sendable {
    let name: String
    let run: @Sendable ([UInt8]) -> Void

    static let all: [FuzzTarget] = [
        .init(name: "json", run: fuzzJSON),
        .init(name: "errors", run: fuzzServiceReply),
        .init(name: "storage", run: fuzzStorageError),
        .init(name: "presigned", run: fuzzPresignedReplies),
        .init(name: "headers", run: fuzzRequiredHeaders),
        .init(name: "expiry", run: fuzzExpiry),
        .init(name: "retry-after", run: fuzzRetryAfter),
        .init(name: "journal", run: fuzzJournal),
        .init(name: "configuration", run: fuzzConfiguration),
        .init(name: "description", run: fuzzDescription),
        .init(name: "paths", run: fuzzPathList),
        .init(name: "containers", run: fuzzContainers),
        .init(name: "texts", run: fuzzTexts),
        .init(name: "trace", run: fuzzTrace),
    ]
}

/// Ends the program where something is not so, which libFuzzer keeps as a crash.
func require(_ condition: Bool, _ what: @autoclosure () -> String) {
    if !condition { fatalError(what()) }
}
