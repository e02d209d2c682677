import ArgumentParser
import Glibc
import HoistCore
import HoistTransport

package struct Hoist: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "hoist",
        abstract: "Puts media files where generative-media services can use them.",
        discussion: """
            Records go to standard output, one line an input; messages go to standard error.

            Exit codes: 0 done; 1 several inputs failed in different ways; 64 wrong command line; 65 refused here; 66 no \
            such file; 69 the service refused it; 70 a bug; 74 local I/O; 75 temporary, run it again; 76 unexpected reply; \
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
        do {
            let command = try parseAsRoot(Operands.bundled(Array(CommandLine.arguments.dropFirst())))
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
