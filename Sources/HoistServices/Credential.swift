import HoistCore
import HoistTransport

/// A service's key. It prints as `[redacted]`, and goes nowhere but into a request's header.
package struct Credential: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// For the header that authenticates a request, and nothing else.
    package let secret: String
    /// Where it came from, for the person who has to correct it.
    let source: String

    private let secrets: Secrets

    /// Nil unless it can be a header's value, visible ASCII with no spaces within, and long enough to be told from the
    /// words of a text where a server repeats it.
    package init?(_ text: String, from source: String) {
        guard Self.canBeSent(text), !Self.isAssignment(text), text.utf8.count >= Secrets.shortest else { return nil }
        secret = text
        self.source = source
        // Of an id and its secret, either may be repeated alone.
        secrets = Secrets([text] + text.split(separator: ":", maxSplits: 1).dropFirst().map(String.init))
    }

    /// What is wrong with a text that makes no key.
    package static func flaw(of text: String) -> String {
        if isAssignment(text) { return "holds NAME=value; only the value belongs in it" }
        return canBeSent(text)
            ? "has fewer than \(Secrets.shortest) characters, which is too short for a key"
            : "must contain only the key"
    }

    /// A line as a shell or a .env file has it: `FIGUR_API_KEY=sk_…`.
    private static func isAssignment(_ text: String) -> Bool {
        let line = text.hasPrefix("export ") ? text.dropFirst(7) : text[...]
        guard let end = line.firstIndex(of: "="), end != line.startIndex else { return false }
        let name = line[..<end]
        return ["KEY", "TOKEN", "SECRET", "CREDENTIALS"].contains { name.contains($0) }
            && name.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }

    private static func canBeSent(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Whether a JSON document may have the key in it: as it is, or in escapes.
    func mayOccur(inJSON document: [UInt8]) -> Bool {
        document.contains(UInt8(ascii: "\\")) || secrets.occur(in: document)
    }

    package var description: String { "[redacted]" }
    package var debugDescription: String { description }

    /// The text without the key, should a server repeat it.
    package func removed(from text: String) -> String { secrets.removed(from: text) }

    /// The text without the key, and without what its names say is a secret.
    func redacted(_ text: String) -> String { secrets.redacted(text) }

    /// The beginning of a reply that is not what it should be.
    func excerpt(of body: [UInt8]) -> String { secrets.excerpt(of: body) }
}

/// A service as it is configured: where it is and how to prove who asks.
package struct Account: Sendable {
    package let baseURL: WebAddress
    /// The key, or why there is none; nil for a service that needs none.
    package let credential: Result<Credential, Failure>?

    package init(baseURL: WebAddress, credential: Result<Credential, Failure>?) {
        self.baseURL = baseURL
        self.credential = credential
    }
}
