import Testing

@testable import HoistTransport

@Suite struct WebAddressTests {
    @Test(arguments: [
        "http://localhost", "http://localhost:8080/x", "http://127.0.0.1", "http://127.0.0.1:1/", "http://127.255.0.9/",
        "http://[::1]", "http://[::1]:80", "http://[0:0:0:0:0:0:0:1]/", "HTTP://127.0.0.1/", "hTTp://localhost/",
        // libcurl itself goes to 127.0.0.1 for these.
        "http://127.1", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/",
        // Host names have no letter case (RFC 9110, section 4.2.3).
        "http://LOCALHOST/", "http://LocalHost:80/",
    ])
    func loopback(_ text: String) throws {
        let address = try #require(WebAddress(text))
        #expect(address.isLoopback)
        #expect(address.isPrivate)
    }

    @Test(arguments: [
        "http://127.0.0.1.evil.com/", "http://localhost.evil/", "http://localhost.evil.com:80/",
        "http://evil.com/127.0.0.1",
        "http://evil.com?localhost", "http://evillocalhost/", "http://localhost-evil/", "http://126.0.0.1/",
        "http://128.0.0.1/", "http://0.0.0.0/", "http://10.0.0.1/", "http://192.168.0.1/", "http://[::]/",
        "http://[::2]/",
        "http://[::ffff:10.0.0.1]/", "http://[fe80::1]/", "http://127.evil.0.1/", "http://1.0.0.127/", "http://127/",
        "http://example.com",
    ])
    func notLoopback(_ text: String) throws {
        let address = try #require(WebAddress(text))
        #expect(!address.isLoopback)
        #expect(!address.isPrivate)
    }

    @Test(arguments: [
        "https://example.com", "HTTPS://Example.COM/", "https://10.0.0.1:8443/", "https://localhost.evil/",
    ])
    func httpsIsPrivate(_ text: String) throws {
        let address = try #require(WebAddress(text))
        #expect(address.scheme == "https")
        #expect(address.isPrivate)
        #expect(!address.isLoopback)
    }

    /// Each of these might be read as another host by somebody else than the reader.
    @Test(arguments: [
        "http://127.0.0.1@evil.com/", "http://127.0.0.1:80@evil.com/", "http://user:pass@localhost/", "http://user@h/",
        "http://@127.0.0.1/", "http://:@h/", #"http://127.0.0.1\@evil.com/"#, #"http://evil.com\@127.0.0.1/"#,
        #"http://127.0.0.1\.evil.com/"#, #"http:\\127.0.0.1/"#, "http://127.0.0.1%2fevil/", "http://127.0.0.1%20/",
        "http://localhost%00.evil.com/", "http://h%40evil.com/", "http://127.+0.0.1/", "http://local\thost/",
        "http://localhost\t/", "\thttp://localhost/", " http://localhost/", "http://localhost/ ",
        "http://localhost/a b",
        "http://localhost/\r\nX: y", "http://localhost/\u{0}", "http://localhost/\u{7F}", "http://löcalhost/",
        "http://localhost/é", "http://h/#fragment", "http://evil.com#@127.0.0.1/",
    ])
    func misleading(_ text: String) {
        #expect(WebAddress(text) == nil)
    }

    @Test(arguments: [
        "", "http", "http:", "http://", "http:///", "http://?q", "http:/h/", "http:h", "//h/", "h/", "/path",
        "localhost:80",
        "ftp://h/", "file:///etc/passwd", "javascript:alert(1)", "httpx://h/", "http://h:99999/", "http://h:65536/",
        "http://h:-1/", "http://h:+80/", "http://h:80x/", "http://[::1/", "http://::1/", "http://[h]/", "http://h,h/",
        // Three slashes: libcurl makes the first part of the path the host.
        "http:///evil.com/", "https:///evil.com/x",
    ])
    func refused(_ text: String) {
        #expect(WebAddress(text) == nil)
    }

    /// A zone names an interface of this machine; the address in front of it decides.
    @Test func zoneIsNoPartOfTheDecision() {
        #expect(WebAddress("http://[fe80::1%25eth0]/")?.isLoopback != true)
    }

    @Test(arguments: [
        ("https://h", "h", "/"), ("https://h/", "h", "/"), ("https://h?a=b", "h", "/?a=b"),
        ("https://h:443/a//b/./c/../d", "h:443", "/a//b/./c/../d"),
        ("https://H.Example/A%2Fb%2f", "H.Example", "/A%2Fb%2f"),
        ("https://h/..//", "h", "/..//"), ("https://h//", "h", "//"), ("https://h?x=/..", "h", "/?x=/.."),
        ("https://h/p?a=b&a=b%20c+d?e&&=", "h", "/p?a=b&a=b%20c+d?e&&="), ("https://h/@user:pass", "h", "/@user:pass"),
        ("https://h/p?", "h", "/p?"), ("https://h/a;b=c,'(!*)~$\"<>\\^`{|}[]", "h", "/a;b=c,'(!*)~$\"<>\\^`{|}[]"),
        ("HTTPS://h/%zz%", "h", "/%zz%"),
    ])
    func targetIsKeptByteForByte(_ text: String, _ authority: String, _ target: String) throws {
        let address = try #require(WebAddress(text))
        #expect(address.target == target)
        #expect(address.authority == authority)
        #expect(address.description == "https://\(authority)\(target)")
    }

    @Test(arguments: [
        ("https://h", "https://h/v1/uploads"), ("https://h/", "https://h/v1/uploads"),
        ("https://h:8443/base", "https://h:8443/base/v1/uploads"), ("https://h/base/", "https://h/base/v1/uploads"),
        ("https://h/base?x=y", "https://h/base/v1/uploads"),
    ])
    func appending(_ base: String, _ expected: String) {
        #expect(WebAddress(base)?.appending("/v1/uploads").description == expected)
    }

    /// What was decided about an address holds for the text that is sent.
    @Test(arguments: ["http://127.1:80/a?b", "http://[::1]:80?x", "https://h", "http://%6cocalhost/"])
    func descriptionMeansTheSame(_ text: String) throws {
        let address = try #require(WebAddress(text))
        #expect(WebAddress(address.description) == address)
    }
}
