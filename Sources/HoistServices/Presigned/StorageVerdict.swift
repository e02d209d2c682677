import FoundationEssentials
import HTTPTypes
import HoistCore
import HoistTransport

/// What storage says of the bytes that it stored, held against those that were sent.
enum StorageVerdict: Equatable {
    /// They are the same.
    case same
    /// It says nothing that can be compared.
    case unknown
    /// Its ETag, as it came, is another one: the bytes differ, or it is no checksum of them.
    case other(String)
    /// Its SHA-256, as it came, is another one: the bytes differ.
    case corrupted(String)

    init(_ reply: Reply, sent: Checksums) {
        guard sent != Checksums() else {
            self = .unknown
            return
        }
        let headers = reply.headerFields
        // Base64 (Amazon S3, PutObject). Of an object in parts it has `-N` at its end, and is no checksum of the bytes.
        if let sha256 = sent.sha256, let stored = headers[.amazonSHA256], let bytes = Data(base64Encoded: stored) {
            self = bytes.elementsEqual(sha256) ? .same : .corrupted(stored)
            return
        }
        // Of an object in parts it has `-N` at its end.
        guard let md5 = sent.md5, !Self.isEncrypted(headers),
            let tag = headers[.eTag].map(Self.tag), let bytes = Hexadecimal.bytes(of: tag),
            bytes.count == md5.count
        else {
            self = .unknown
            return
        }
        self = bytes == md5 ? .same : .other(tag)
    }

    /// An entity tag without its quotes (RFC 9110, section 8.8.3), by bytes: as characters it was a hundredth of a small
    /// file's work (measured).
    static func tag(_ text: String) -> String {
        let bytes = text.utf8
        guard bytes.count >= 2, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"") else { return text }
        return String(Substring(bytes.dropFirst().dropLast()))
    }

    /// With a key of KMS or of the customer's the ETag is no MD5 (Amazon S3, "Common response headers").
    private static func isEncrypted(_ headers: HTTPFields) -> Bool {
        headers[.amazonEncryption]?.hasPrefix("aws:kms") ?? false || headers.contains(.amazonCustomerAlgorithm)
    }
}

extension HTTPField.Name {
    fileprivate static let amazonEncryption = HTTPField.Name(constant: "x-amz-server-side-encryption")
    fileprivate static let amazonCustomerAlgorithm = HTTPField.Name(
        constant: "x-amz-server-side-encryption-customer-algorithm")
    static let amazonSHA256 = HTTPField.Name(constant: "x-amz-checksum-sha256")
}
