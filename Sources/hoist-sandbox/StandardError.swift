import Glibc

/// Where everything goes that is not the one line on stdout.
struct StandardError: TextOutputStream {
    static func note(_ text: some CustomStringConvertible) {
        var stream = StandardError()
        print("hoist-sandbox: \(text)", to: &stream)
    }

    mutating func write(_ string: String) {
        var string = string
        string.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
