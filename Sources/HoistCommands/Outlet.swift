import Glibc

/// Writes to standard output and standard error. Somebody who does not read holds the writing up, as it should be; but not
/// after a signal.
///
/// Both may be shared with other programs, which a descriptor that does not block would surprise. So it is asked first
/// whether there is room, and then no more is written than a pipe takes at once.
enum Outlet {
    /// The error of what nobody read, although time was given after a signal.
    static let unread = ECANCELED
    /// How long somebody who reads, but slowly, has for the next piece after a signal.
    private static let grace: Int32 = 300
    /// How often `meanwhile` is called.
    private static let pause: Int32 = 100

    /// Writes all of the bytes, or as many as there is room for; then with the error, else 0.
    ///
    /// - Parameter meanwhile: what to do again and again while nobody reads.
    static func write(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, meanwhile: (() -> Void)? = nil
    ) -> (count: Int, error: Int32) {
        var written = 0
        while written < bytes.count {
            guard hasRoom(descriptor, meanwhile) else { return (written, unread) }
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
            let count = Glibc.write(descriptor, rest.baseAddress, pieceLength(of: rest))
            // Where others have made it a descriptor that does not block.
            if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
            guard count >= 0 else { return (written, errno) }
            written += count
        }
        return (written, 0)
    }

    /// As many whole lines as a pipe takes in one piece, so that lines of several programs do not mix.
    private static func pieceLength(of bytes: UnsafeRawBufferPointer) -> Int {
        guard bytes.count > Int(PIPE_BUF) else { return bytes.count }
        let piece = bytes.prefix(Int(PIPE_BUF))
        return piece.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? piece.count
    }

    /// Waits until something can be written, or is known to fail; false where a signal has come and there is still no
    /// room.
    private static func hasRoom(_ descriptor: Int32, _ meanwhile: (() -> Void)?) -> Bool {
        var output = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&output, 1, 0) == 0 else { return true }
        var waiting = [output, pollfd(fd: Interruption.descriptor, events: Int16(POLLIN), revents: 0)]
        var isStopped = false
        while true {
            let count = poll(&waiting, 2, isStopped ? grace : meanwhile == nil ? -1 : pause)
            if count < 0 && errno == EINTR { continue }
            // What cannot be asked is tried.
            if count < 0 || waiting[0].revents != 0 { return true }
            if count == 0, isStopped { return false }
            if waiting[1].revents != 0 {
                isStopped = true
                waiting[1].fd = -1
            }
            meanwhile?()
        }
    }
}
