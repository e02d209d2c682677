import CLibCurl
import Glibc

/// How the process takes its memory.
package enum Memory {
    /// To be called before there is a second thread.
    package static func prepare() {
        var limit = rlimit()
        let isLimited =
            getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 && limit.rlim_cur != rlim_t.max
        // libcurl takes and gives back its buffers, up to 2 MiB, with every transfer. With glibc's own thresholds each of
        // them goes back to the kernel and is faulted in again (nine times the page faults, measured). And each heap is
        // 64 MiB of addresses: where those are limited (ulimit -v, batch schedulers), threads that cannot have one made
        // hoist hang or crash below 400 MB; with one for all it works with 150 MB, at a tenth more time (measured).
        hoist_set_malloc(4 << 20, 8 << 20, isLimited ? 1 : 3)
    }
}
