/// A service's key. It prints as `[redacted]`, and goes nowhere but into a request's header.
package struct Credential: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// For the header that authenticates a request, and nothing else.
    let secret: String
    /// Where it came from, for the person who has to correct it.
    let source: String

    /// Nil unless it can be a header's value: visible ASCII, no spaces within.
    package init?(_ text: String, from source: String) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        secret = text
        self.source = source
    }

    /// Whether a JSON document may have the key in it: as it is, or in escapes.
    func mayOccur(inJSON document: [UInt8]) -> Bool {
        document.contains(UInt8(ascii: "\\")) || occurs(in: document)
    }

    /// Every text that a service says is searched: the standard library's search was a third of all the work (measured).
    private func occurs(in bytes: some BidirectionalCollection<UInt8>) -> Bool {
        let secret = secret.utf8
        guard let first = secret.first else { return false }
        var rest = bytes[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: secret) { return true }
            rest = rest.dropFirst()
        }
        return false
    }

    package var description: String { "[redacted]" }
    package var debugDescription: String { description }

    /// The text without the key, should a server repeat it.
    package func removed(from text: String) -> String { occurs(in: text.utf8) ? text.removing(secret) : text }
}

/// A service as it is configured: where it is and how to prove who asks.
package struct Account: Sendable {
    package let service: ServiceName
    package let baseURL: WebAddress
    /// The key, or why there is none.
    package let credential: Result<Credential, Failure>

    package init(service: ServiceName, baseURL: WebAddress, credential: Result<Credential, Failure>) {
        self.service = service
        self.baseURL = baseURL
        self.credential = credential
    }
}
