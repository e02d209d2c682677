import Foundation
import Subprocess

/// A program to run: in a clean environment, with a home of its own, and never for longer than its time limit. The run
/// fails where the program shows a key that it was given.
public struct Command: Sendable {
    /// The time limit of a server: it may serve a suite that lasts as long as the whole run. What hangs is ended by the
    /// limits of the programs that ask it.
    public static let wholeRun: Duration = .seconds(1200)

    public var program: String
    public var arguments: [String]
    /// Added to `PATH`, `LANG` and a `HOME` that is an empty temporary directory.
    public var environment: [String: String]
    /// What stdin holds; nothing by default.
    public var input: [UInt8]
    public var workingDirectory: String?
    /// A program that takes longer is killed, and the run fails with ``TimeLimitExceeded``.
    public var timeLimit: Duration

    /// A program given without a slash is looked for in `PATH`.
    public init(
        _ program: String,
        _ arguments: [String] = [],
        environment: [String: String] = [:],
        input: [UInt8] = [],
        workingDirectory: String? = nil,
        timeLimit: Duration = .seconds(120)
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.input = input
        self.workingDirectory = workingDirectory
        self.timeLimit = timeLimit
    }

    /// Runs the program to its end.
    public func run() async throws -> Finished {
        try await withRunning { _ in }.finished
    }

    /// Starts the program, lets `body` deal with it while it runs, and awaits its end. If `body` throws, the program
    /// is killed.
    public func withRunning<Result: Sendable>(
        _ body: @escaping @Sendable (Running) async throws -> Result
    ) async throws -> (result: Result, finished: Finished) {
        let output = Capture()
        let errors = Capture()
        return try await withTemporaryDirectory { home in
            try await withThrowingTaskGroup(of: (result: Result, finished: Finished).self) { group in
                group.addTask { try await run(home: home, output: output, errors: errors, body) }
                group.addTask {
                    try await Task.sleep(for: timeLimit)
                    throw TimeLimitExceeded(command: self, output: output.text, errors: errors.text)
                }
                defer { group.cancelAll() }
                guard let first = try await group.next() else { throw CancellationError() }
                return first
            }
        }
    }

    private func run<Result: Sendable>(
        home: TemporaryDirectory,
        output: Capture,
        errors: Capture,
        _ body: @escaping @Sendable (Running) async throws -> Result
    ) async throws -> (result: Result, finished: Finished) {
        ignoreBrokenPipes
        KeyScan.learn(from: environment)
        let outcome = try await Subprocess.run(
            configuration(home: home),
            input: .inputWriter,
            output: .sequence,
            error: .sequence
        ) { execution in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await output.collect(execution.standardOutput) }
                group.addTask { try await errors.collect(execution.standardError) }
                group.addTask {
                    // A program may end without having read its input.
                    _ = try? await execution.standardInputWriter.write(input)
                    try? await execution.standardInputWriter.finish()
                }
                let running = Running(
                    processID: execution.processIdentifier.value,
                    output: output.lines,
                    errors: errors.lines,
                    send: { try execution.send(signal: Signal(rawValue: $0)) }
                )
                let result = try await body(running)
                try await group.waitForAll()
                return result
            }
        }
        let exit: Exit =
            switch outcome.terminationStatus {
            case .exited(let code): .code(code)
            case .signaled(let number): .signal(number)
            }
        try KeyScan.check(output.bytes, of: "standard output", environment: environment)
        try KeyScan.check(errors.bytes, of: "standard error", environment: environment)
        return (outcome.closureResult, Finished(exit: exit, outputBytes: output.bytes, errorBytes: errors.bytes))
    }

    private func configuration(home: TemporaryDirectory) -> Configuration {
        var variables = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": home.path,
        ]
        variables.merge(environment) { _, given in given }
        return Configuration(
            executable: program.contains("/") ? .path(.init(program)) : .name(program),
            arguments: Arguments(arguments),
            environment: .custom(
                Dictionary(uniqueKeysWithValues: variables.map { (.init(stringLiteral: $0.key), $0.value) })
            ),
            workingDirectory: workingDirectory.map { .init($0) }
        )
    }
}

/// Writing to a program that has ended must fail, not end the tests. Programs started here get the default back.
private let ignoreBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

/// How a program ended.
public enum Exit: Equatable, Sendable {
    case code(Int32)
    case signal(Int32)
}

/// A program that has ended, and what it wrote.
public struct Finished: Sendable {
    public let exit: Exit
    public let outputBytes: [UInt8]
    public let errorBytes: [UInt8]

    public var output: String { String(decoding: outputBytes, as: UTF8.self) }
    public var errors: String { String(decoding: errorBytes, as: UTF8.self) }
}

/// A program that is running.
public struct Running: Sendable {
    public let processID: Int32
    /// The lines of stdout, as they come. Can be iterated once.
    public let output: AsyncStream<String>
    /// The lines of stderr, as they come. Can be iterated once.
    public let errors: AsyncStream<String>
    fileprivate let send: @Sendable (Int32) throws -> Void

    /// Sends a signal, such as `SIGINT`.
    public func signal(_ number: Int32) throws { try send(number) }
}

/// A program was killed because it took too long.
public struct TimeLimitExceeded: Error, CustomStringConvertible {
    public let command: Command
    public let output: String
    public let errors: String

    public var description: String {
        """
        killed after \(command.timeLimit): \(([command.program] + command.arguments).joined(separator: " "))
        stdout so far: \(output)
        stderr so far: \(errors)
        """
    }
}
