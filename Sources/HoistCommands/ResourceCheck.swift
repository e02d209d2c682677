import Glibc
import HoistCore

/// Whether the process may have the threads and the memory that a run takes. They are taken as they are needed, where it
/// is too late: without a thread libdispatch waits for ever, without memory Swift and libraries crash, or libmagic takes
/// every file for octet-stream (measured).
enum ResourceCheck {
    /// What is missing, as a sentence; nil where all is there.
    static var complaint: (code: String, text: String)? {
        if !Memory.has(fewestBytes) {
            return (
                "no_memory",
                "at least \(fewestBytes >> 20) MiB of memory are needed to begin with; raise the limit (ulimit -v)"
            )
        }
        let threads = Self.threads
        if mayThreadsBeFew(threads), !hasThreads(threads) {
            return (
                "no_thread",
                "at least \(threads) threads are needed; raise the limit (ulimit -u), or end other programs"
            )
        }
        return nil
    }

    /// Beyond what is loaded already: a little more than a run of a few small files takes with the default jobs, a
    /// database for libmagic and the stacks included.
    private static let fewestBytes = 48 << 20

    /// Ends the process where there is not even the memory to say so in an orderly way.
    static func requireMemoryForWords() {
        guard !Memory.has(1 << 20) else { return }
        let words: StaticString = "hoist: there is no memory to begin with; raise the limit (ulimit -v)\n"
        _ = write(STDERR_FILENO, words.utf8Start, words.utf8CodeUnitCount)
        _exit(FailureClass.localIO.rawValue)
    }

    /// Bytes that a job takes: libcurl's buffers, what it has read ahead, TLS.
    private static let bytesPerJob = 1 << 20
    /// Bytes of a run's threads, database and lists.
    private static let bytesBesideJobs = 32 << 20

    /// How many of the wanted jobs there is memory for.
    static func mostJobs(upTo wanted: Int) -> Int {
        var jobs = wanted
        while jobs > 1, !Memory.has(bytesBesideJobs + jobs * bytesPerJob) { jobs -= 1 }
        return jobs
    }

    /// As many as were seen in runs, those that ask ffprobe included: Swift's own (one a core, seldom more than a few),
    /// libdispatch's for files, records and signals, libcurl's and those that wait for ffprobe.
    private static var threads: Int { min(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 8) + 8 }

    /// Starting them takes half a millisecond: only where there are limits that somebody may have come near to.
    private static func mayThreadsBeFew(_ threads: Int) -> Bool {
        var limit = rlimit()
        let isLimited =
            getrlimit(__rlimit_resource_t(__RLIMIT_NPROC.rawValue), &limit) == 0 && limit.rlim_cur < wideLimit
        return isLimited || !Memory.has(threads << 23) || isContainerLimited
    }

    /// A limit that is not there to be met by one user's ordinary work; systemd's and the kernel's own are above it.
    private static let wideLimit: rlim_t = 8192

    /// A container's limit (cgroup v2), as `docker run --pids-limit` and Kubernetes set it.
    private static var isContainerLimited: Bool {
        let descriptor = open("/sys/fs/cgroup/pids.max", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var digits = [UInt8](repeating: 0, count: 32)
        let count = read(descriptor, &digits, digits.count)
        guard count > 0 else { return false }
        let text = String(decoding: digits[..<count].prefix { $0 > 0x20 }, as: UTF8.self)
        return (rlim_t(text) ?? .max) < wideLimit
    }

    /// Whether so many threads can be there at a time, beside this one.
    private static func hasThreads(_ count: Int) -> Bool {
        var threads: [pthread_t] = []
        pthread_mutex_lock(&gate)
        while threads.count < count {
            var thread = pthread_t()
            guard pthread_create(&thread, nil, passGate, nil) == 0 else { break }
            threads.append(thread)
        }
        pthread_mutex_unlock(&gate)
        for thread in threads { pthread_join(thread, nil) }
        return threads.count == count
    }
}

/// Closed while threads are counted. A global, since a mutex must not move; only pthread itself looks into it.
private nonisolated(unsafe) var gate = pthread_mutex_t()

private func passGate(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    pthread_mutex_lock(&gate)
    pthread_mutex_unlock(&gate)
    return nil
}
