import Glibc
import HoistCore
import HoistUploads

/// The names of the inputs that failed or were not begun, one a line as `--files-from` takes them.
final class FailedList {
    let name: String
    private let file: WholeFile
    private var trouble: Failure?
    /// Names that no line can hold, or that are none.
    private(set) var leftOut = 0
    private(set) var count = 0

    init(_ path: String) throws(Failure) {
        name = path
        file = try WholeFile(path)
    }

    func add(_ input: FailedInput) {
        guard let name = input.givenName, trouble == nil else { return }
        guard !name.contains(UInt8(ascii: "\n")), name != Array("-".utf8) else {
            leftOut += 1
            return
        }
        count += 1
        let error = (name + [UInt8(ascii: "\n")]).withUnsafeBytes { Outlet.write($0, to: file.descriptor).error }
        if error != 0 { trouble = WholeFile.failure(self.name, error) }
    }

    /// Puts it in its place. Throws `localIO` where it could not be written.
    func keep() throws(Failure) {
        if let trouble { throw trouble }
        try file.keep()
    }
}
