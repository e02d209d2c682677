import HoistCommands

/// The program. All that it does is in HoistCommands, a library, so that it can be tested without a process.
@main
enum Program {
    static func main() async { await Hoist.main() }
}
