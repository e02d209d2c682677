import HoistFiles

/// A task that has come to where it waits for the first time, or to its end. What runs on one thread takes turns: the
/// second task gets its turn when the first one waits.
package func started<Success: Sendable>(
    _ work: @escaping @Sendable () async throws -> Success
) async -> Task<Success, any Error> {
    let thread = WorkThread(label: "test")
    let task = Task(executorPreference: thread, operation: work)
    await Task(executorPreference: thread) {}.value
    return task
}
