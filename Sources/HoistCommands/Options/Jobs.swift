import ArgumentParser

/// How many inputs are under way at a time.
enum Jobs: ExpressibleByArgument {
    /// Found out in the run.
    case auto
    case fixed(Int)

    static let most = 256

    init?(argument: String) {
        if argument == "auto" {
            self = .auto
        } else if let number = Int(argument), (1...Self.most).contains(number) {
            self = .fixed(number)
        } else {
            return nil
        }
    }

    var defaultValueDescription: String { number.map { String($0) } ?? "auto" }

    /// Nil where it is found out.
    var number: Int? { if case .fixed(let number) = self { number } else { nil } }
}
