import Glibc
import HoistCore

/// What has to be so before anything else runs.
enum ProcessSetup {
    /// Descriptors that a run may need beside its input: the runtime's, libcurl's, a connection.
    private static let fewestDescriptors: rlim_t = 64
    /// A job has a file, four more that wait, connections to two servers, and ffprobe's pipes.
    private static let descriptorsPerJob = 14
    private static let descriptorsBesideJobs = 40
    /// As many as the most jobs come to.
    private static let enoughDescriptors: rlim_t = 4096

    /// Ends the process where it cannot work.
    static func prepare() {
        ResourceCheck.requireMemoryForWords()
        Memory.prepare()
        // A reader that has gone is an error to handle, not a signal to die of.
        signal(SIGPIPE, SIG_IGN)
        // So is a file that may not grow any further.
        signal(SIGXFSZ, SIG_IGN)
        requireStandardDescriptors()
        raiseDescriptorLimit()
        if let (code, text) = ResourceCheck.complaint { end(text, code: code) }
        // Help, version and completions are written at the end; a reader that has gone had enough of them.
        atexit { if fflush(nil) != 0, errno != EPIPE { _exit(FailureClass.localIO.rawValue) } }
    }

    /// A closed descriptor's number is given to the next file or connection: records would be written into it.
    private static func requireStandardDescriptors() {
        let isOutputOpen = fcntl(STDOUT_FILENO, F_GETFD) >= 0
        var descriptor: Int32 = 0
        while descriptor >= 0, descriptor <= STDERR_FILENO { descriptor = open("/dev/null", O_RDWR) }
        if descriptor > STDERR_FILENO { close(descriptor) }
        if !isOutputOpen { end("standard output is closed; records have nowhere to go") }
    }

    private static func raiseDescriptorLimit() {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < enoughDescriptors else { return }
        var raised = limit
        raised.rlim_cur = min(enoughDescriptors, limit.rlim_max)
        if setrlimit(resource, &raised) == 0 { limit = raised }
        if limit.rlim_cur < fewestDescriptors {
            end("at least \(fewestDescriptors) open files are needed; raise the limit (ulimit -n)")
        }
    }

    /// How many jobs there are descriptors for: where they run out, libdispatch ends the process (measured). And how many
    /// there is memory for: where that runs out, libcurl finds replies wrong (measured).
    static func mostJobs(upTo wanted: Int) -> (count: Int, reason: String) {
        var limit = rlimit()
        var most = (count: Int.max, reason: "so many files may be open; raise the limit (ulimit -n)")
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            most.count = max(1, (Int(clamping: limit.rlim_cur) - descriptorsBesideJobs) / descriptorsPerJob)
        }
        let inMemory = ResourceCheck.mostJobs(upTo: min(wanted, most.count))
        if inMemory < min(wanted, most.count) {
            most = (inMemory, "there is memory for so many; raise the limit (ulimit -v)")
        }
        return most
    }

    private static func end(_ reason: String, code: String = "no_descriptors") -> Never {
        Console(isQuiet: false).report(Failure(.localIO, code: code, reason), about: nil)
        exit(FailureClass.localIO.rawValue)
    }
}
