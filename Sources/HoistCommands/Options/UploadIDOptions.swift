import ArgumentParser
import HoistCore

/// Uploads that a service has, by their IDs.
struct UploadIDOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("Ids of uploads, as upload and presign print them.", valueName: "ids"))
    var operands: [String]

    var ids: [String] { Operands.unbundled(operands) }

    func validate() throws {
        for id in ids where id.unicodeScalars.contains("\u{FFFD}") {
            throw ValidationError("An id has to be UTF-8: '\(id.safeForTerminal)'.")
        }
        if ids.contains("") { throw ValidationError("An id is empty; is the variable that it comes from set?") }
    }
}
