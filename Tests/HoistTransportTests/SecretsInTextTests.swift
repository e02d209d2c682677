import Foundation
import Testing

@testable import HoistTransport

/// A secret is one however a server writes it.
@Suite struct SecretsInTextTests {
    private static let key = "sk/live+0123&4%5_6-789=="

    /// Every way in which a server may write each byte.
    private static let encodings: [(String, @Sendable (UInt8) -> String)] = [
        ("plain", { String(UnicodeScalar($0)) }),
        ("\\u", { "\\u" + hex($0, 4) }), ("\\\\u", { "\\\\u" + hex($0, 4).uppercased() }),
        ("\\x", { "\\x" + hex($0, 2) }),
        ("percent", { "%" + hex($0, 2) }), ("percent, capitals", { "%" + hex($0, 2).uppercased() }),
        ("percent, twice", { "%25" + hex($0, 2) }), ("decimal", { "&#\($0);" }), ("open decimal", { "&#0\($0)" }),
        ("hexadecimal", { "&#x" + hex($0, 2) + ";" }), ("twice", { "&amp;#\($0);" }),
        ("JSON", { $0 == 0x2F ? "\\/" : String(UnicodeScalar($0)) }),
        ("HTML", { $0 == 0x26 ? "&amp;" : $0 == 0x2F ? "&sol;" : String(UnicodeScalar($0)) }),
        ("URL", { "/+&%=".utf8.contains($0) ? "%" + hex($0, 2) : String(UnicodeScalar($0)) }),
    ]

    private static func hex(_ byte: UInt8, _ digits: Int) -> String {
        let text = String(byte, radix: 16)
        return String(repeating: "0", count: digits - text.count) + text
    }

    @Test(arguments: encodings.indices)
    func escapes(_ index: Int) {
        let (name, encode) = Self.encodings[index]
        let written = Self.key.utf8.map(encode).joined()
        let secrets = Secrets([Self.key])
        for text in ["\(written)", "a \(written) b", "\"\(written)\"", "x\(written)\(written)y"] {
            #expect(secrets.occur(in: Array(text.utf8)), "\(name)")
            let shown = secrets.removed(from: text)
            #expect(shown == text.replacing(written, with: "[redacted]"), "\(name)")
        }
    }

    /// Mixed as they come: each character in another way.
    @Test func mixture() {
        var generator = SystemRandomNumberGenerator()
        let secrets = Secrets([Self.key])
        for _ in 0..<1000 {
            let written = Self.key.utf8.map { byte in
                // An open number goes on with the next digit.
                Self.encodings.filter { $0.0 != "open decimal" }.randomElement(using: &generator).map { $0.1(byte) }
                    ?? ""
            }.joined()
            #expect(!secrets.removed(from: "<\(written)>").contains("0123"), "\(written)")
            #expect(secrets.occur(in: Array(written.utf8)), "\(written)")
        }
    }

    /// `Basic` authorisation, or a whole request in base64: the key stands at any place of a group of three.
    @Test(arguments: ["", "a", "ab", "abc", "user:", "Bearer ", "{\"key\":\""], ["", "x", "xy", "\"}"])
    func base64(_ before: String, _ after: String) {
        let secrets = Secrets([Self.key])
        let standard = Data((before + Self.key + after).utf8).base64EncodedString()
        let url = standard.replacing("+", with: "-").replacing("/", with: "_")
        let alone = Data(Self.key.utf8).base64EncodedString()
        for text in [
            standard, url, standard.replacing("=", with: ""), standard.replacing("/", with: "\\/"),
            standard.replacing("+", with: "%2B").replacing("/", with: "%2F").replacing("=", with: "%3D"),
        ] {
            #expect(secrets.occur(in: Array("a \(text) b".utf8)))
            let shown = secrets.removed(from: "Basic \(text) b")
            #expect(shown.contains("[redacted]") && shown.hasPrefix("Basic ") && shown.hasSuffix(" b"), "\(shown)")
            // No eight characters of it are left, whatever they are joined with.
            let left = shown.replacing("[redacted]", with: " ")
            for start in 0..<(alone.count - 8) {
                #expect(!left.contains(alone.dropFirst(start).prefix(8)), "\(shown)")
            }
            if before.isEmpty, after.isEmpty, text == standard { #expect(shown == "Basic [redacted] b") }
        }
    }

    @Test(arguments: [
        "", "sk", "sk/live+0123&4%5_6-789=", "k/live+0123&4%5_6-789==", "100 % of \\ & more", "a%2Fb%2", "&#", "&#x;",
        "%",
        "\\u00", "\\", "&amp;", "é\u{1F600}", "SK/LIVE+0123&4%5_6-789==",
    ])
    func everythingElseStays(_ text: String) {
        let secrets = Secrets([Self.key])
        #expect(!secrets.occur(in: Array(text.utf8)))
        #expect(secrets.removed(from: text) == text)
    }

    @Test func printsNothing() {
        let secrets = Secrets([Self.key])
        #expect("\(secrets) \(String(reflecting: secrets))" == "[redacted] [redacted]")
    }

    @Test func severalSecretsAndNone() {
        #expect(Secrets(["11111111", "22222222"]).removed(from: "1111111122222222 3") == "[redacted][redacted] 3")
        #expect(Secrets([]).removed(from: "a") == "a")
        #expect(Secrets(["short"]).removed(from: "short") == "short")
    }

    /// The request come back, as lines and as JSON.
    @Test(arguments: [
        "Authorization: Bearer TOPSECRET", "POST / HTTP/1.1\r\nX-API-Key: TOPSECRET\r\nHost: h",
        #"{"headers":{"X-API-Key": "TOPSECRET","a":1}"#, #"{"Authorization":["Bearer TOPSECRET"]"#,
        #"{\"X-Api-Key\": \"TOPSECRET\"}"#, "<pre>Cookie: a=TOPSECRET; b=c</pre>", "set-cookie: sid=TOPSECRET",
        "{'X-Amz-Security-Token': 'TOPSECRET'}", #"[["Authorization", "Bearer TOPSECRET"]]"#,
        "&quot;x-api-key&quot;: &quot;TOPSECRET&quot;", "api_key => TOPSECRET", #"{"password":"TOPSECRET"}"#,
        "https://h/k?X-Amz-Signature=TOPSECRET", #"https:\/\/h\/k?X-Amz-Signature\u003dTOPSECRET\u0026a"#,
        #"https:\/\/u:TOPSECRET@h\/"#, "https://h/k%3FX-Amz-Signature%3DTOPSECRET%26a%3Db",
        "https://h/k?a=b&amp;X-Amz-Signature&#61;TOPSECRET",
    ])
    func excerpts(_ body: String) {
        let shown = Secrets([]).excerpt(of: Array(body.utf8))
        #expect(!shown.contains("TOPSECRET") && shown.contains("[redacted]"), "\(shown)")
    }

    @Test(arguments: [
        #"{"upload_key":"inputs/a.png"}"#, "Invalid token: it has expired", "the signature: wrong", "Host: h", "key: a",
        "see https://h/docs?id=550e8400-e29b-41d4-a716-446655440000&page=2", "<h1>502 Bad Gateway</h1>",
        "https://h/k?prefix=pictures/from/the/summer/of/2026/and/more", "token", "Cookie:",
    ])
    func excerptsStayUseful(_ body: String) {
        #expect(Secrets([]).excerpt(of: Array(body.utf8)) == body)
    }

    /// By its look, whatever it is called.
    @Test(arguments: [
        "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef", "d41d8cd98f00b204e9800998ecf8427e",
        "Aq1Sw2De3Fr4Gt5Hy6Ju7Ki8Lo9Pp0ZxCv%2BbN%3D", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
        "Aq1Sw2De3Fr4Gt5Hy6Ju7Ki8Lo9Pp0Z-_xCvbN",
    ])
    func signaturesOfUnknownNames(_ value: String) throws {
        #expect(Trace.redactedParameters("https://h/k?a=b&hmac=\(value)&c=d") == "https://h/k?a=b&hmac=[redacted]&c=d")
        let address = try #require(WebAddress("https://h/k?a=b&hmac=\(value)&c=d"))
        let decoded = value[...].percentDecoded
        #expect(Secrets(address.secrets).removed(from: "got \(decoded)") == "got [redacted]")
    }

    @Test(arguments: [
        "550e8400-e29b-41d4-a716-446655440000", "a-picture-from-the-summer-of-2026-with-a-long-name",
        "Pictures/2026/From-The-Summer-With-A-Long-Name.png", "application%2Foctet-stream%3B%20charset%3Dbinary1A",
        "UNSIGNED-PAYLOAD", "20261124T000000Z",
    ])
    func whatIsNoSignature(_ value: String) {
        #expect(Trace.redactedParameters("https://h/k?name=\(value)&c=d") == "https://h/k?name=\(value)&c=d")
    }
}
