import CLibCurl
import HTTPTypes

/// The settings of one libcurl transfer after another, all of one kind. Frees what it made; every option is set through it.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    let kind: TransferKind
    /// Whether what all transfers of its kind have in common is set.
    var isSetUp = false
    private let headers = HeaderLines()
    /// The server that it is set to.
    private var authority: String?
    /// Where libcurl writes what went wrong, in its own words.
    private let errorText: UnsafeMutablePointer<CChar>

    init?(for kind: TransferKind) {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        self.kind = kind
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        _ = hoist_setopt_pointer(pointer, CURLOPT_ERRORBUFFER, errorText)
    }

    deinit {
        curl_easy_cleanup(pointer)
        errorText.deallocate()
    }

    func set(_ option: CURLoption, _ value: Int) { _ = hoist_setopt_long(pointer, option, value) }
    func set(_ option: CURLoption, _ value: String) {
        _ = value.withCString { hoist_setopt_string(pointer, option, $0) }
    }
    func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer) {
        _ = hoist_setopt_pointer(pointer, option, value)
    }
    func set(_ option: CURLoption, offset value: Int64) { _ = hoist_setopt_offset(pointer, option, curl_off_t(value)) }

    /// Where the request goes. The URL is the server's alone, and the target goes beside it: a presigned one is long, and
    /// libcurl takes a URL apart several times (a tenth of a small file's work, measured). So it is sent byte for byte.
    func set(scheme: String, authority: String, target: String) {
        if authority != self.authority {
            set(CURLOPT_URL, "\(scheme)://\(authority)/")
            self.authority = authority
        }
        set(CURLOPT_REQUEST_TARGET, target)
    }

    /// Sets exactly these header lines; those that libcurl would add by itself are taken away where asked for.
    func set(headers fields: HTTPFields, removing unwanted: [String]) {
        _ = hoist_setopt_list(pointer, CURLOPT_HTTPHEADER, headers.fill(fields, removing: unwanted))
    }

    /// The whole body, of which libcurl makes a copy.
    func set(body bytes: UnsafeRawBufferPointer) {
        // Its length first: until then libcurl takes it for a C string.
        set(CURLOPT_POSTFIELDSIZE_LARGE, offset: Int64(bytes.count))
        _ = hoist_setopt_pointer(pointer, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
    }

    /// Goes on after the read callback had asked for a pause.
    func unpause() { curl_easy_pause(pointer, CURLPAUSE_CONT) }

    func setCallbacks(
        socket: hoist_socket_callback, request: hoist_request_callback, read: hoist_data_callback,
        seek: hoist_seek_callback,
        header: hoist_data_callback, write: hoist_data_callback, debug: hoist_debug_callback?
    ) {
        _ = hoist_setopt_socket(pointer, socket)
        _ = hoist_setopt_request(pointer, request)
        _ = hoist_setopt_data(pointer, CURLOPT_READFUNCTION, read)
        _ = hoist_setopt_seek(pointer, seek)
        _ = hoist_setopt_data(pointer, CURLOPT_HEADERFUNCTION, header)
        _ = hoist_setopt_data(pointer, CURLOPT_WRITEFUNCTION, write)
        if let debug {
            _ = hoist_setopt_debug(pointer, debug)
            set(CURLOPT_VERBOSE, 1)
        }
    }

    /// What the callbacks are called with.
    func set(context: UnsafeMutableRawPointer, sockets: UnsafeMutableRawPointer) {
        errorText.pointee = 0
        set(CURLOPT_SOCKOPTDATA, sockets)
        set(CURLOPT_PREREQDATA, context)
        set(CURLOPT_READDATA, context)
        set(CURLOPT_SEEKDATA, context)
        set(CURLOPT_HEADERDATA, context)
        set(CURLOPT_WRITEDATA, context)
        set(CURLOPT_DEBUGDATA, context)
    }

    /// Bytes sent and received so far, headers excluded.
    var movedBytes: (sent: Int64, received: Int64) {
        var sent = curl_off_t()
        var received = curl_off_t()
        _ = hoist_getinfo_offset(pointer, CURLINFO_SIZE_UPLOAD_T, &sent)
        _ = hoist_getinfo_offset(pointer, CURLINFO_SIZE_DOWNLOAD_T, &received)
        return (Int64(sent), Int64(received))
    }

    /// Seconds from the request's first byte to the reply's last, without what it took to connect.
    var latency: Double {
        var all = curl_off_t()
        var before = curl_off_t()
        _ = hoist_getinfo_offset(pointer, CURLINFO_TOTAL_TIME_T, &all)
        _ = hoist_getinfo_offset(pointer, CURLINFO_PRETRANSFER_TIME_T, &before)
        return Double(max(0, all - before)) * 1e-6
    }

    /// The status of a proxy's reply to CONNECT; 0 where no proxy was asked.
    var proxyStatus: Int {
        var status = 0
        _ = hoist_getinfo_long(pointer, CURLINFO_HTTP_CONNECTCODE, &status)
        return status
    }

    /// libcurl's account of the error, or the general text for its code.
    func reason(for code: CURLcode) -> String {
        errorText.pointee != 0 ? String(cString: errorText) : String(cString: curl_easy_strerror(code))
    }
}
