import CLibCurl
import HTTPTypes

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
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !text.contains("#"),
            let handle = curl_url()
        else { return nil }
        defer { curl_url_cleanup(handle) }
        guard curl_url_set(handle, CURLUPART_URL, text, UInt32(CURLU_PATH_AS_IS)) == CURLUE_OK,
            let scheme = Self.part(CURLUPART_SCHEME, of: handle), scheme == "http" || scheme == "https",
            let host = Self.part(CURLUPART_HOST, of: handle),
            Self.part(CURLUPART_USER, of: handle) == nil, Self.part(CURLUPART_PASSWORD, of: handle) == nil,
            text.lowercased().hasPrefix(scheme + "://")
        else { return nil }
        let rest = text.dropFirst(scheme.count + 3)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let target = rest.dropFirst(authority.count)
        // libcurl takes the host of `https:///host/` from the path.
        guard !authority.isEmpty else { return nil }
        self.scheme = scheme
        self.host = host.lowercased()
        self.authority = String(authority)
        self.target = target.hasPrefix("/") ? String(target) : "/" + target
    }

    /// A `Location` (RFC 9110, section 10.2.2): absolute, or relative to the address that it came from.
    init?(_ location: String, relativeTo base: WebAddress) {
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
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        return octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
    }

    /// Whether a secret may be sent there: over TLS, or without leaving the machine.
    package var isPrivate: Bool { scheme == "https" || isLoopback }

    /// The address of a path below this one, which is a base URL.
    package func appending(_ path: String) -> WebAddress {
        let base = target.prefix { $0 != "?" }
        let trimmed = base.hasSuffix("/") ? base.dropLast() : base
        return WebAddress(scheme: scheme, host: host, authority: authority, target: trimmed + path)
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

extension HTTPField.Name {
    /// A name that the program itself spells.
    init(constant: String) {
        guard let name = HTTPField.Name(constant) else { preconditionFailure("\(constant) is no header name") }
        self = name
    }
}

extension HTTPRequest {
    package init(_ method: Method, _ address: WebAddress, fields: HTTPFields = [:]) {
        self.init(
            method: method, scheme: address.scheme, authority: address.authority, path: address.target,
            headerFields: fields)
    }
}
