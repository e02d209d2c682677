import HoistCore

/// How closely a run looks at what storage made of the bytes.
package struct Integrity: Sendable {
    /// Whether storage's checksum is held against that of the bytes sent.
    package var isVerified: Bool
    /// Whether the record is to have the SHA-256 of the file.
    package var wantsSHA256: Bool

    package init(isVerified: Bool = true, wantsSHA256: Bool = false) {
        self.isVerified = isVerified
        self.wantsSHA256 = wantsSHA256
    }
}

/// What is known of the bytes that were stored.
package struct Proof: Sendable, Equatable {
    /// Whether storage's checksum is that of the bytes sent; nil where it says none.
    package let isVerified: Bool?
    /// Of the file as it was sent, in hexadecimal digits; nil where nobody asked.
    package let sha256: String?
    /// Storage's, without its quotes; nil where it sent none.
    package let eTag: String?

    package init(isVerified: Bool?, sha256: [UInt8]?, eTag: String? = nil) {
        self.init(isVerified: isVerified, sha256: sha256.map(Hexadecimal.text), eTag: eTag)
    }

    package init(isVerified: Bool?, sha256: String?, eTag: String? = nil) {
        self.eTag = eTag
        self.isVerified = isVerified
        self.sha256 = sha256
    }
}
