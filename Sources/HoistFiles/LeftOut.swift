/// How many entries of directories were not taken, by what left them out. A directory counts once, with all that is in it.
package struct LeftOut: Sendable, Equatable {
    package internal(set) var excluded = 0
    /// Files that no pattern for what to take matches.
    package internal(set) var notIncluded = 0
    package internal(set) var hidden = 0

    package init() {}

    /// What the patterns left out.
    package var byPattern: Int { excluded + notIncluded }

    /// `48 do not match --include, 2 are hidden`; nil where nothing was left out.
    package var text: String? {
        let counts = [
            (notIncluded, "does not match --include", "do not match --include"),
            (excluded, "matches --exclude", "match --exclude"), (hidden, "is hidden", "are hidden"),
        ]
        let parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.1 : $0.2)" }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
