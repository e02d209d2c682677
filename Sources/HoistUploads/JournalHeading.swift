import HoistCore
import HoistFiles
import HoistServices

/// The first line of a journal: what the file is, and what the keys that wrote it are digested with.
struct JournalHeading {
    /// Up to 1 there was no salt, and the lines did not say which key wrote them; up to 2 they had an owner for settings.
    static let format = 3
    private static let saltLength = 16
    private static let start = #"{"hoist_journal":\#(format),"salt":""#

    private let salt: [UInt8]

    /// For a new journal.
    init() {
        var generator = SystemRandomNumberGenerator()
        salt = (0..<Self.saltLength).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    /// Nil for what is no heading of this format.
    init?(_ json: JSONValue) {
        guard json["hoist_journal"] == .number(Self.format),
            let salt = json["salt"]?.text.flatMap({ Hexadecimal.bytes(of: $0) }), salt.count == Self.saltLength
        else { return nil }
        self.salt = salt
    }

    var line: String { Self.start + Hexadecimal.text(of: salt) + "\"}\n" }

    /// The format of a heading of another one; nil for what is no heading.
    static func otherFormat(_ json: JSONValue) -> Int? {
        guard case .number(let literal)? = json["hoist_journal"], let number = Int(literal), number != format else {
            return nil
        }
        return number
    }

    /// Whether these bytes are the start of a heading whose writer did not get further, or none.
    static func isCutOff(_ bytes: [UInt8]) -> Bool {
        let prefix = Array(start.utf8)
        guard bytes.count > prefix.count else { return prefix.starts(with: bytes) }
        return bytes.starts(with: prefix) && bytes.count <= prefix.count + saltLength * 2 + 2
    }

    /// Tells keys apart, and nothing else of them: whoever has the journal cannot test a guess against another one's
    /// journal, and 64 bits of a digest do not lead back to a key.
    ///
    /// Throws `localIO` where there is no such digest.
    func digest(of key: Credential) throws(Failure) -> String {
        guard let digest = Digest(.sha256) else {
            throw Failure(.localIO, code: "no_digest", "OpenSSL has no SHA-256, without which no journal can be kept")
        }
        (salt + Array(key.secret.utf8)).withUnsafeBytes { digest.update($0) }
        return Hexadecimal.text(of: digest.finalize().prefix(8))
    }
}
