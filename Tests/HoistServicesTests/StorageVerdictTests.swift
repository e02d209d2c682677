import HoistTestSupport
import Testing

@testable import HoistServices
@testable import HoistTransport

@Suite struct StorageVerdictTests {
    private static let md5 = [UInt8](repeating: 0xAB, count: 16)
    private static let digits = String(repeating: "ab", count: 16)
    private static let sha256 = [UInt8](repeating: 0, count: 32)
    private static let base64 = String(repeating: "A", count: 43) + "="
    private static let otherBase64 = String(repeating: "A", count: 42) + "E="

    private func verdict(_ headers: [(String, String)], md5: [UInt8]? = md5, sha256: [UInt8]? = nil) -> StorageVerdict {
        StorageVerdict(Reply(200, "", headers: headers), sent: Checksums(md5: md5, sha256: sha256))
    }

    @Test(arguments: ["\"\(digits)\"", digits, "\"\(digits.uppercased())\""])
    func anETagThatIsTheMD5(tag: String) { #expect(verdict([("ETag", tag)]) == .same) }

    @Test func anETagThatIsAnotherMD5() {
        let other = String(repeating: "cd", count: 16)
        #expect(verdict([("ETag", "\"\(other)\"")]) == .other(other))
    }

    @Test(arguments: [
        "", "\"\"", "\(digits)-2", "W/\"\(digits)\"", String(digits.dropLast()), digits + "00", "0x\(digits)",
    ])
    func anETagThatIsNoMD5(tag: String) { #expect(verdict([("ETag", tag)]) == .unknown) }

    @Test func nothingToCompare() {
        #expect(verdict([]) == .unknown)
        #expect(verdict([("ETag", Self.digits)], md5: nil) == .unknown)
    }

    @Test(arguments: [
        ("x-amz-server-side-encryption", "aws:kms"), ("x-amz-server-side-encryption", "aws:kms:dsse"),
        ("x-amz-server-side-encryption-customer-algorithm", "AES256"),
    ])
    func encryptedObjects(name: String, value: String) {
        #expect(verdict([("ETag", String(repeating: "cd", count: 16)), (name, value)]) == .unknown)
    }

    /// With a key of S3's own the ETag is still the MD5.
    @Test func keysOfStorageItself() {
        #expect(verdict([("ETag", Self.digits), ("x-amz-server-side-encryption", "AES256")]) == .same)
    }

    @Test func theSHA256CountsMoreThanTheETag() {
        let name = "x-amz-checksum-sha256"
        #expect(verdict([("ETag", "x"), (name, Self.base64)], sha256: Self.sha256) == .same)
        #expect(
            verdict([("ETag", Self.digits), (name, Self.otherBase64)], sha256: Self.sha256)
                == .corrupted(Self.otherBase64))
        // Of parts, and nobody computed it.
        #expect(verdict([("ETag", Self.digits), (name, Self.base64 + "-2")], sha256: Self.sha256) == .same)
        #expect(verdict([("ETag", Self.digits), (name, Self.otherBase64)]) == .same)
    }
}
