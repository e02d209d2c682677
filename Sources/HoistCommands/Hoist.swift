import ArgumentParser
import Glibc
import HoistCore
import HoistTransport

package struct Hoist: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "hoist",
        abstract: "Upload images, video and audio to generative-media services.",
        discussion: """
            Records go to standard output, one line per input; messages go to standard error.

            Exit codes: 0 done; 1 several inputs failed in different ways; 64 wrong command line; 65 refused here; 66 no \
            such file, or no files; 69 the service refused it; 70 a bug; 74 local I/O; 75 temporary, run it again; 76 unexpected reply; \
            77 not allowed; 78 wrong configuration; 129, 130, 143 interrupted.
            """,
        version: "hoist \(version)",
        subcommands: [
            UploadCommand.self, PresignCommand.self, PutCommand.self, StatusCommand.self, DeleteCommand.self,
            InspectCommand.self, ServicesCommand.self,
        ])

    package init() {}

    /// Runs the command that the command line names, and ends the process.
    package static func main() async {
        ProcessSetup.prepare()
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            let command = try parsed(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                var command = command
                try command.run()
            }
            end(with: nil)
        } catch {
            end(with: error)
        }
    }

    /// The command that the command line names. What is wrong with it is said in one line, as everything else is: the parser's
    /// own message is the usage of all options, and the mistake is above it, off the screen.
    private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
        let console = Console(isQuiet: false)
        do throws(Failure) { try CommandLineCheck.check(arguments) } catch {
            console.report(error, about: nil)
            throw ExitCode(error.kind.rawValue)
        }
        do { return try parseAsRoot(Operands.bundled(arguments)) } catch {
            let message = message(for: error)
            guard exitCode(for: error) == .validationFailure, !message.isEmpty else { throw error }
            console.say(ParserMessage(message, command: arguments.first { !$0.hasPrefix("-") }).text)
            throw ExitCode.validationFailure
        }
    }

    /// Ends the process once no thread is left that what happens at its exit could surprise.
    private static func end(with error: (any Error)?) -> Never {
        // A thread that cannot end, such as one that waits for a dead file server, must not keep the process.
        if !Transport.endAll(within: .seconds(1)) {
            fflush(nil)
            _exit(error.map(exitCode)?.rawValue ?? 0)
        }
        exit(withError: error)
    }
}
