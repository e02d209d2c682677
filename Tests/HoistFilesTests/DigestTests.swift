import Testing

@testable import HoistCore
@testable import HoistFiles

/// Against the vectors of RFC 1321 and FIPS 180-2.
struct DigestTests {
    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func checksumsAreThoseOfTheStandards(text: String, md5: String, sha256: String) throws {
        #expect(try Self.hex(.md5, [text]) == md5)
        #expect(try Self.hex(.sha256, [text]) == sha256)
    }

    @Test func itDoesNotMatterInWhatPartsTheBytesCome() throws {
        let parts = ["1234567890", "", String(repeating: "1234567890", count: 6), "1234567890"]
        #expect(try Self.hex(.md5, parts) == "57edf4a22be3c955ac49da2e2107b67a")
    }

    @Test func hexadecimalGoesBothWays() {
        let all = [UInt8](0...255)
        #expect(Hexadecimal.bytes(of: Hexadecimal.text(of: all)) == all)
        for wrong in ["0", "0g", "+1", "٠٠", "000"] { #expect(Hexadecimal.bytes(of: wrong) == nil) }
    }

    private static func hex(_ algorithm: Digest.Algorithm, _ parts: [String]) throws -> String {
        let digest = try #require(Digest(algorithm))
        for part in parts { Array(part.utf8).withUnsafeBytes { digest.update($0) } }
        return Hexadecimal.text(of: digest.finalize())
    }
}
