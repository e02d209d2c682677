import HoistCore
import HoistTransport

/// An input that failed or was not begun, as far as the end of a run wants to know of it.
package struct FailedInput: Sendable {
    package let name: String
    /// The bytes by which it was given; nil where it was not.
    package let givenName: [UInt8]?
    package let failure: Failure

    /// Nil for what is done.
    package init?(_ record: Record) {
        guard let failure = record.failure else { return nil }
        self.failure = failure
        name = Trace.redactedParameters(record.subject.name)
        givenName = record.givenName
    }
}

/// What went wrong in a run, by reasons: three hundred lines have scrolled away by then.
package struct FailureRecap: Sendable {
    private struct Group {
        /// Of the first.
        let what: String
        /// Nil where it is not the same for all.
        var advice: String?
        /// Whether others say it with other types or sizes.
        var isMixed = false
        let isNotAttempted: Bool
        var names: [String] = []
        var count = 0
    }

    private var groups: [Group] = []
    private var places: [String: Int] = [:]
    /// Names that are said of each reason.
    private static let shownNames = 3
    /// Reasons that are told apart; more are one.
    private static let mostGroups = 8
    private static let other = "other reasons"

    package init() {}

    /// Whether it says more than the messages did, which are all in sight where they are few.
    package var isTelling: Bool { groups.reduce(0) { $0 + $1.count } > 5 }

    package mutating func count(_ input: FailedInput) {
        // That is said once, and just above.
        let failure = input.failure
        guard !failure.isAboutKey else { return }
        // Of one kind may be different words: sizes, names.
        let key = failure.isNotAttempted ? failure.message : failure.code
        var place = places[key]
        if place == nil, groups.count < Self.mostGroups {
            place = groups.count
            groups.append(Group(what: failure.what, advice: failure.advice, isNotAttempted: failure.isNotAttempted))
        } else if place == nil {
            place = groups.firstIndex { $0.what == Self.other } ?? groups.count
            if place == groups.count { groups.append(Group(what: Self.other, advice: nil, isNotAttempted: false)) }
        }
        guard let place else { return }
        places[key] = place
        groups[place].count += 1
        let isOther = groups[place].what == Self.other
        groups[place].isMixed = groups[place].isMixed || !isOther && groups[place].what != failure.what
        if groups[place].advice != failure.advice { groups[place].advice = nil }
        if groups[place].names.count < Self.shownNames { groups[place].names.append(input.name) }
    }

    /// A line for each reason, the most frequent one first: `9 × no such file (a.png, b.png, c.png and 6 more); check the path`
    package var lines: [String] {
        groups.sorted { ($0.isNotAttempted ? 1 : 0, -$0.count) < ($1.isNotAttempted ? 1 : 0, -$1.count) }.map { group in
            let more = group.count - group.names.count
            let names = group.names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
            return "\(group.count) × \(group.what)\(group.isMixed ? ", or alike" : "") (\(names))"
                + (group.advice.map { "; \($0)" } ?? "")
        }
    }
}
