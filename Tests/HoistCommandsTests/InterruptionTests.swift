import ArgumentParser
import Glibc
import Testing

@testable import HoistCommands
@testable import HoistCore

/// Signals. Each test has a process to itself.
@Suite(.timeLimit(.minutes(2))) struct InterruptionTests {
    /// Work that goes on until it is cancelled.
    static func untilCancelled() async {
        while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(2)) }
    }

    @Test func aSignalCancelsTheWorkAndIsTheExitCode() async {
        await #expect(processExitsWith: .success) {
            let code = await #expect(throws: ExitCode.self) {
                try await Interruption.stopping { _ in
                    kill(getpid(), SIGINT)
                    await Self.untilCancelled()
                }
            }
            #expect(code?.rawValue == 130)
        }
        await #expect(processExitsWith: .success) {
            let code = await #expect(throws: ExitCode.self) {
                try await Interruption.stopping { _ in
                    kill(getpid(), SIGTERM)
                    await Self.untilCancelled()
                    // Whatever the work came to.
                    throw Failure(.contract, code: "x", "y")
                }
            }
            #expect(code?.rawValue == 143)
        }
        await #expect(processExitsWith: .success) {
            let code = await #expect(throws: ExitCode.self) {
                try await Interruption.stopping { _ in
                    kill(getpid(), SIGHUP)
                    await Self.untilCancelled()
                }
            }
            #expect(code?.rawValue == 129)
        }
    }

    @Test func aSecondSignalEndsTheProcessAtOnce() async {
        await #expect(processExitsWith: .exitCode(143)) {
            try await Interruption.stopping { _ in
                kill(getpid(), SIGINT)
                await Self.untilCancelled()
                kill(getpid(), SIGTERM)
                while true { sleep(60) }
            }
        }
    }

    /// What is said last may wait for a reader: a signal then ends the process.
    @Test func aSignalBehindTheWorkEndsTheProcess() async {
        await #expect(processExitsWith: .exitCode(130)) {
            try await Interruption.stopping { _ in }
            kill(getpid(), SIGINT)
            while true { sleep(60) }
        }
    }

    @Test func workWithoutASignal() async {
        await #expect(processExitsWith: .success) {
            #expect(Interruption.descriptor == -1)
            try await Interruption.stopping { _ in }
            #expect(Interruption.descriptor >= 0)
            let failure = await #expect(throws: Failure.self) {
                try await Interruption.stopping { _ in throw Failure(.contract, code: "x", "y") }
            }
            #expect(failure?.code == "x")
        }
    }

    /// No signal, so no exit code of one.
    @Test func workThatStopsItself() async {
        await #expect(processExitsWith: .success) {
            try await Interruption.stopping { stop in
                stop()
                await Self.untilCancelled()
            }
        }
    }

    /// As nohup does it.
    @Test func whatTheParentIgnoresStaysIgnored() async {
        await #expect(processExitsWith: .success) {
            signal(SIGHUP, SIG_IGN)
            try await Interruption.stopping { _ in
                kill(getpid(), SIGHUP)
                try await Task.sleep(for: .milliseconds(100))
                #expect(!Task.isCancelled)
            }
        }
    }

    /// Whoever writes to somebody who does not read is told by the descriptor.
    @Test func theDescriptorCanBeReadAfterASignal() async {
        await #expect(processExitsWith: .success) {
            _ = await #expect(throws: ExitCode.self) {
                try await Interruption.stopping { _ in
                    var waiting = pollfd(fd: Interruption.descriptor, events: Int16(POLLIN), revents: 0)
                    #expect(poll(&waiting, 1, 0) == 0)
                    kill(getpid(), SIGINT)
                    await Self.untilCancelled()
                    for _ in 0..<2 { #expect(poll(&waiting, 1, 0) == 1) }
                }
            }
        }
    }
}
