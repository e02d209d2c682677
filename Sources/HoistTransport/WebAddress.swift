import CLibCurl
import Glibc
import HTTPTypes
import Synchronization

/// An absolute http or https URL, taken apart by libcurl's own parser: what is checked here is exactly where the
/// request will go.
package struct WebAddress: Sendable, Equatable, CustomStringConvertible {
    package let scheme: String
    /// In lower case.
    package let host: String
    /// Host and port, as written.
    package let authority: String
    /// Path and query, byte for byte as written: a presigned URL's signature covers them.
    package let target: String

    package var description: String { "\(scheme)://\(authority)\(target)" }

    /// Nil unless it is an absolute http(s) URL in visible ASCII, with no user name or fragment in it.
    package init?(_ text: String) {
        // All of it is ASCII: taken apart by bytes, it is taken apart rightly, and fast.
        var text = text
        guard let parts = text.withUTF8(Self.parts), let host = Self.host(of: parts.scheme, parts.authority) else {
            return nil
        }
        (scheme, authority, target) = parts
        self.host = host
    }

    /// Bytes: libcurl takes no longer text (`CURL_MAX_INPUT_LENGTH`).
    private static let longest = 8_000_000

    private static func parts(
        of bytes: UnsafeBufferPointer<UInt8>
    ) -> (scheme: String, authority: String, target: String)? {
        guard bytes.count <= longest, bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        let scheme = String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
        guard scheme == "http" || scheme == "https", bytes[colon...].starts(with: "://".utf8) else { return nil }
        let authority = bytes[(colon + 3)...].prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        let target = bytes[authority.endIndex...]
        // libcurl takes the host of `https:///host/` from the path.
        guard !authority.isEmpty, !authority.contains(UInt8(ascii: "@")) else { return nil }
        return (
            scheme, String(decoding: authority, as: UTF8.self),
            (target.first == UInt8(ascii: "/") ? "" : "/") + String(decoding: target, as: UTF8.self)
        )
    }

    /// The host that libcurl would go to, in lower case; nil where it would not take the URL.
    private static func host(of scheme: String, _ authority: String) -> String? {
        let known = lastHost.withLock { $0.authority == authority && $0.scheme == scheme ? $0.host : nil }
        if let known { return known }
        guard let handle = curl_url() else { return nil }
        defer { curl_url_cleanup(handle) }
        let url = "\(scheme)://\(authority)/"
        guard curl_url_set(handle, CURLUPART_URL, url, UInt32(CURLU_PATH_AS_IS)) == CURLUE_OK,
            let host = part(CURLUPART_HOST, of: handle)?.lowercased()
        else { return nil }
        lastHost.withLock { $0 = (scheme, authority, host) }
        return host
    }

    /// A run's URLs are those of one storage, mostly.
    private static let lastHost = Mutex((scheme: "", authority: "", host: ""))

    /// A `Location` (RFC 9110, section 10.2.2): absolute, or relative to the address that it came from.
    package init?(_ location: String, relativeTo base: WebAddress) {
        guard let handle = curl_url() else { return nil }
        defer { curl_url_cleanup(handle) }
        let flags = UInt32(CURLU_PATH_AS_IS)
        guard curl_url_set(handle, CURLUPART_URL, base.description, flags) == CURLUE_OK,
            curl_url_set(handle, CURLUPART_URL, location, flags) == CURLUE_OK,
            let url = Self.part(CURLUPART_URL, of: handle)
        else { return nil }
        self.init(url)
    }

    /// Whether the name itself says that the traffic stays on this machine (RFC 6761, RFC 5735, RFC 4291).
    package var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        var address = in_addr()
        return host.hasPrefix("127.") && inet_pton(AF_INET, host, &address) == 1
    }

    /// Whether a secret may be sent there: over TLS, or without leaving the machine.
    package var isPrivate: Bool { scheme == "https" || isLoopback }

    /// The parameters of its query, as they stand there.
    package var parameters: [(name: Substring, value: Substring)] {
        target.drop(while: { $0 != "?" }).dropFirst().split(separator: "&").map { pair in
            let name = pair.prefix { $0 != "=" }
            return (name, pair.dropFirst(name.count + 1))
        }
    }

    /// Whether it was presigned for S3 or its kin (AWS Signature Version 4). By bytes: taking the query apart took a
    /// twentieth of a small file's work (measured).
    package var isSignedForS3: Bool { target.withCString { strstr($0, "X-Amz-Algorithm=") != nil } }

    /// What in its query proves who may use it, decoded.
    package var secrets: [String] {
        parameters.filter { Trace.isSecret($0.name) || Trace.isSignature(String($0.value)) }.map(\.value.percentDecoded)
    }

    /// The address of a path below this one, which is a base URL.
    package func appending(_ path: String) -> WebAddress {
        let base = target.utf8.prefix { $0 != UInt8(ascii: "?") }
        let trimmed = base.last == UInt8(ascii: "/") ? base.dropLast() : base
        return WebAddress(scheme: scheme, host: host, authority: authority, target: String(Substring(trimmed)) + path)
    }

    private init(scheme: String, host: String, authority: String, target: String) {
        self.scheme = scheme
        self.host = host
        self.authority = authority
        self.target = target
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}

extension Substring {
    package var percentDecoded: String {
        var bytes: [UInt8] = []
        var rest = utf8
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"),
                let decoded = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(decoded)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension HTTPField.Name {
    /// A name that the program itself spells.
    package init(constant: String) {
        guard let name = HTTPField.Name(constant) else { preconditionFailure("\(constant) is no header name") }
        self = name
    }
}

extension HTTPRequest {
    /// Where it goes.
    var address: WebAddress? { WebAddress("\(scheme ?? "")://\(authority ?? "")\(path ?? "")") }

    package init(_ method: Method, _ address: WebAddress, fields: HTTPFields = [:]) {
        self.init(
            method: method, scheme: address.scheme, authority: address.authority, path: address.target,
            headerFields: fields)
    }
}
