import CLibC
import Glibc

/// How the process takes its memory.
package enum Memory {
    /// To be called before there is a second thread.
    package static func prepare() {
        // libcurl takes and gives back its buffers, up to 2 MiB, with every transfer. With glibc's own thresholds each of
        // them goes back to the kernel and is faulted in again (nine times the page faults, measured). And each heap is
        // 64 MiB of addresses: where those are limited (ulimit -v, batch schedulers), threads that cannot have one made
        // hoist hang or crash below 400 MB; with one for all it works with 150 MB, at a tenth more time (measured).
        hoist_set_malloc(4 << 20, 8 << 20, isLimited ? 1 : 3)
        // A stack is 8 MiB of addresses, and a run has ten of them.
        if isLimited { hoist_set_stack(stack) }
    }

    /// Bytes of a thread's stack where addresses are limited; Apple's systems give a worker thread half of it.
    private static let stack = 1 << 20

    /// Whether the process may only have so many addresses.
    private static var isLimited: Bool {
        [RLIMIT_AS, RLIMIT_DATA].contains { resource in
            var limit = rlimit()
            return getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 && limit.rlim_cur != rlim_t.max
        }
    }

    /// Whether the process may have so many bytes more. They are given back untouched: asking costs next to nothing.
    package static func has(_ bytes: Int) -> Bool {
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        guard let start = mmap(nil, bytes, PROT_READ | PROT_WRITE, flags, -1, 0), start != MAP_FAILED else {
            return false
        }
        munmap(start, bytes)
        return true
    }
}
