import CLibCurl
import Glibc

// MARK: - libcurl's callbacks: file-scope functions, since a closure formed elsewhere may trap on libcurl's thread

private func transfer(_ context: UnsafeMutableRawPointer) -> Transfer {
    Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
}

func openSocket(_ context: UnsafeMutableRawPointer?, _ socket: curl_socket_t, _ purpose: curlsocktype) -> Int32 {
    guard let context else { return CURL_SOCKOPT_ERROR }
    Unmanaged<Sockets>.fromOpaque(context).takeUnretainedValue().add(socket)
    return CURL_SOCKOPT_OK
}

func beginRequest(
    _ context: UnsafeMutableRawPointer?, _ server: UnsafeMutablePointer<CChar>?, _ client: UnsafeMutablePointer<CChar>?,
    _ serverPort: Int32, _ clientPort: Int32
) -> Int32 {
    let ports = Sockets.Ports(local: clientPort, remote: serverPort)
    guard let context, transfer(context).begin(on: ports) else { return CURL_PREREQFUNC_ABORT }
    return CURL_PREREQFUNC_OK
}

func readBody(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return Int(CURL_READFUNC_ABORT) }
    return transfer(context).read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
}

func seekBody(_ context: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: Int32) -> Int32 {
    guard let context, origin == SEEK_SET, offset == 0 else { return CURL_SEEKFUNC_CANTSEEK }
    transfer(context).seek(to: Int64(offset))
    return CURL_SEEKFUNC_OK
}

func takeHeaderLine(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    return transfer(context).take(headerLine: UnsafeRawBufferPointer(start: buffer, count: size * count))
}

func takeBody(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    return transfer(context).take(body: UnsafeRawBufferPointer(start: buffer, count: size * count))
}

func traceLine(
    _ handle: UnsafeMutableRawPointer?, _ kind: curl_infotype, _ data: UnsafeMutablePointer<CChar>?, _ size: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let context else { return 0 }
    transfer(context).trace(kind, UnsafeRawBufferPointer(start: data, count: size))
    return 0
}
