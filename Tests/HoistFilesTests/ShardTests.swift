import Testing

@testable import HoistCore
@testable import HoistFiles

@Suite struct ShardTests {
    @Test(arguments: [("1/1", 1, 1), ("1/4", 1, 4), ("4/4", 4, 4), ("12/1000", 12, 1000)])
    func text(_ text: String, number: Int, count: Int) {
        let shard = Shard(text)
        #expect(shard?.number == number)
        #expect(shard?.count == count)
    }

    @Test(arguments: [
        "", "/", "1", "1/", "/1", "0/4", "5/4", "-1/4", "1/-4", "1/0", "0/0", "1/2/3", "a/b", "1.0/2", " 1/2", "1/ 2",
        "auto", "1/99999999999999999999",
    ])
    func whatIsNoPart(text: String) {
        #expect(Shard(text) == nil)
    }

    @Test func everyPlaceBelongsToOnePart() throws {
        let shards = try (1...3).map { try #require(Shard("\($0)/3")) }
        for position in 0..<30 {
            #expect(shards.count { $0.takes(position) } == 1)
        }
        #expect((0..<5).allSatisfy(Shard.whole.takes))
    }

    @Test(arguments: [
        (["CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "5"], "2/5"),
        (["SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "0"], "1/3"),
        (["SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "1"], "3/3"),
        (
            [
                "SLURM_ARRAY_TASK_ID": "14", "SLURM_ARRAY_TASK_COUNT": "4", "SLURM_ARRAY_TASK_MIN": "10",
                "SLURM_ARRAY_TASK_STEP": "2", "SLURM_ARRAY_TASK_MAX": "16",
            ], "3/4"
        ),
        // GitLab's counts from 1, whatever else is there.
        (["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "2", "JOB_COMPLETION_INDEX": "1"], "1/2"),
    ])
    func schedulersSayWhichPart(environment: [String: String], expected: String) throws {
        #expect(try Shard(environment: environment) == Shard(expected))
    }

    /// Kubernetes counts from 0, and does not say of how many.
    @Test func kubernetesNeedsToBeToldTheCount() throws {
        #expect(try Shard(environment: ["JOB_COMPLETION_INDEX": "0"], count: 4) == Shard("1/4"))
        #expect(try Shard(environment: ["JOB_COMPLETION_INDEX": "3"], count: 4) == Shard("4/4"))
        expectFailure(["JOB_COMPLETION_INDEX": "0"], naming: "JOB_COMPLETION_INDEX", "auto/N")
    }

    /// An array of which one task is submitted again says that it is the first of one: it would take a part that another
    /// one had.
    @Test func aCountThatIsSaidHasToBeTheSchedulers() throws {
        let array = ["SLURM_ARRAY_TASK_ID": "4", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_COUNT": "8"]
        #expect(try Shard(environment: array, count: 8) == Shard("4/8"))
        let again = ["SLURM_ARRAY_TASK_ID": "4", "SLURM_ARRAY_TASK_MIN": "4", "SLURM_ARRAY_TASK_COUNT": "1"]
        expectFailure(again, count: 8, naming: "SLURM_ARRAY_TASK_COUNT", "K/8")
        expectFailure(["CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "2"], count: 6, naming: "CI_NODE_TOTAL", "K/6")
    }

    @Test func noSchedulerIsAnError() {
        expectFailure([:], naming: "CI_NODE_INDEX", "SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "K/N")
    }

    @Test func aMissingCountIsNamed() {
        expectFailure(["CI_NODE_INDEX": "1"], naming: "CI_NODE_TOTAL")
        expectFailure(["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "many"], naming: "CI_NODE_TOTAL")
        expectFailure(["SLURM_ARRAY_TASK_ID": "1"], naming: "SLURM_ARRAY_TASK_COUNT")
    }

    @Test(arguments: [
        ["CI_NODE_INDEX": "0", "CI_NODE_TOTAL": "2"], ["CI_NODE_INDEX": "3", "CI_NODE_TOTAL": "2"],
        ["CI_NODE_INDEX": "", "CI_NODE_TOTAL": "2"], ["CI_NODE_INDEX": "x", "CI_NODE_TOTAL": "2"],
        ["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "0"], ["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "-1"],
    ])
    func whatIsNoneOfThePartsIsNamed(environment: [String: String]) {
        expectFailure(environment, naming: "CI_NODE_INDEX")
    }

    /// Nonsense is an error, and no crash.
    @Test(arguments: [
        ["JOB_COMPLETION_INDEX": "-1"], ["JOB_COMPLETION_INDEX": "4"], ["JOB_COMPLETION_INDEX": "\(Int.max)"],
        ["SLURM_ARRAY_TASK_ID": "\(Int.max)", "SLURM_ARRAY_TASK_MIN": "\(Int.min)"],
        ["SLURM_ARRAY_TASK_ID": "\(Int.max)"], ["SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_MIN": "2"],
    ])
    func numbersBeyondAllBounds(environment: [String: String]) {
        expectFailure(environment, count: 4, naming: environment.keys.min { $0.count < $1.count } ?? "?")
    }

    private func expectFailure(
        _ environment: [String: String], count: Int? = nil, naming words: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let failure = #expect(throws: Failure.self, sourceLocation: sourceLocation) {
            try Shard(environment: environment, count: count)
        }
        #expect(failure?.kind == .usage, sourceLocation: sourceLocation)
        #expect(failure?.code == "no_shard", sourceLocation: sourceLocation)
        for word in words {
            #expect(failure?.message.contains(word) == true, "\(word)", sourceLocation: sourceLocation)
        }
    }
}
