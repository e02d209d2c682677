// What ThreadSanitizer makes of two threads that count together: `control mutex`, `control handover` and `control atomic`
// do it as the program does, `control race` does it wrong. Scripts/test-tsan runs it before it believes anything.
import Glibc
import Synchronization

/// Counts without any care, which is what has to be found.
private final class Careless: @unchecked Sendable {
    var count = 0
}

private final class Guarded: Sendable {
    let count = Mutex(0)
    /// What is used by whoever has taken it out.
    let careless = Mutex<Careless?>(Careless())
    let atomic = Atomic(0)
    let started = Atomic(0)

    /// Counts in what is taken out, if it is there: under no lock, and with nobody else.
    func handOver() {
        guard let taken = careless.withLock({ letOthersRun($0.take()) }) else { return }
        letOthersRun(taken.count += 1)
        careless.withLock { $0 = taken }
    }
}

@main enum Control {
    static func main() {
        let careless = Careless()
        let guarded = Guarded()
        let count: @Sendable () -> Void =
            switch CommandLine.arguments.last {
            case "mutex": { guarded.count.withLock { letOthersRun($0 += 1) } }
            case "handover": { guarded.handOver() }
            case "atomic": { _ = guarded.atomic.add(1, ordering: .relaxed) }
            default: { letOthersRun(careless.count += 1) }
            }
        let threads = (0..<2).map { _ in
            start {
                guarded.started.add(1, ordering: .relaxed)
                while guarded.started.load(ordering: .relaxed) < 2 { sched_yield() }
                for _ in 0..<300 { count() }
            }
        }
        for thread in threads { pthread_join(thread, nil) }
        print(careless.count + guarded.count.withLock { $0 } + guarded.atomic.load(ordering: .relaxed))
    }
}

/// Whatever the number of cores, the threads meet.
@discardableResult private func letOthersRun<Done: Sendable>(_ done: Done) -> Done {
    sched_yield()
    return done
}

private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func start(_ body: @escaping @Sendable () -> Void) -> pthread_t {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Work(body)).toOpaque()
    let error = pthread_create(
        &thread, nil,
        { context in
            if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
            return nil
        }, context)
    precondition(error == 0)
    return thread
}
