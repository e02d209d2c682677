import HoistCore

/// One of several equal parts of the inputs, for one of several machines.
package struct Shard: Sendable, Equatable {
    /// From 1 to `count`.
    package let number: Int
    package let count: Int

    package static let whole = Shard(number: 1, count: 1)

    private init(number: Int, count: Int) {
        self.number = number
        self.count = count
    }

    /// `K/N`. Nil unless K is one of 1 to N.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], count >= 1, (1...count).contains(number)
        else {
            return nil
        }
        self.init(number: number, count: count)
    }

    /// What the scheduler that started this process says: GitLab CI, Slurm arrays, Kubernetes' Indexed Jobs.
    ///
    /// Throws `usage` where none says it, or not all of it.
    ///
    /// - Parameter count: of how many; Kubernetes does not say.
    package init(environment: [String: String], count: Int? = nil) throws(Failure) {
        func number(_ name: String) -> Int? { environment[name].flatMap { Int($0) } }
        let found: (variable: String, number: Int?, count: Int?, countVariable: String?)
        if environment["CI_NODE_INDEX"] != nil {
            found = ("CI_NODE_INDEX", number("CI_NODE_INDEX"), number("CI_NODE_TOTAL"), "CI_NODE_TOTAL")
        } else if environment["SLURM_ARRAY_TASK_ID"] != nil {
            // An array may begin with any number, and take steps.
            let first = number("SLURM_ARRAY_TASK_MIN") ?? 0
            let step = max(1, number("SLURM_ARRAY_TASK_STEP") ?? 1)
            let index = number("SLURM_ARRAY_TASK_ID").map { ($0 &- first) / step &+ 1 }
            found = ("SLURM_ARRAY_TASK_ID", index, number("SLURM_ARRAY_TASK_COUNT"), "SLURM_ARRAY_TASK_COUNT")
        } else if environment["JOB_COMPLETION_INDEX"] != nil {
            found = ("JOB_COMPLETION_INDEX", number("JOB_COMPLETION_INDEX").map { $0 &+ 1 }, nil, nil)
        } else {
            throw Failure(
                .usage, code: "no_shard",
                "--shard auto needs CI_NODE_INDEX, SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX; say --shard K/N")
        }
        // Of an array that was submitted again in part, nobody can tell which parts its tasks were.
        if let count, let said = found.count, said != count {
            throw Failure(
                .usage, code: "no_shard",
                "\(found.countVariable ?? "") says \(said) parts, --shard auto/\(count) says \(count); say --shard K/\(count)"
            )
        }
        guard let total = count ?? found.count else {
            let where_ = found.countVariable.map { "; set \($0), or" } ?? ":"
            throw Failure(
                .usage, code: "no_shard",
                "\(found.variable) says which part, but nothing says of how many\(where_) say --shard auto/N")
        }
        guard let number = found.number, total >= 1, (1...total).contains(number) else {
            throw Failure(
                .usage, code: "no_shard",
                "\(found.variable) is '\((environment[found.variable] ?? "").safeForTerminal)', which is none of \(total) parts; say --shard K/N"
            )
        }
        self.init(number: number, count: total)
    }

    package func takes(_ position: Int) -> Bool { position % count == number - 1 }
}
