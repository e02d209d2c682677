import Testing

@testable import HoistCore
@testable import HoistMedia

@Suite struct SVGTests {
    @Test(arguments: [
        "<svg/>", "<svg>", "<svg xmlns='x'>", "\n\t <svg>", "<?xml version='1.0'?><svg>", "<!-- a > b --> <svg>",
        "<!DOCTYPE svg><svg>", "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"a>b\"><svg>", "<s:svg xmlns:s='x'>",
        "<!DOCTYPE svg [ <!ENTITY a \"]>\"> <!-- don't --> ]>\n<svg>", "<?xml-stylesheet href='a'?><svg\n>",
        "\u{FEFF}<svg>",
    ])
    func isOne(_ text: String) async throws {
        #expect(try await type(by: SVG.type, of: Array(text.utf8)) == "image/svg+xml")
        let units = text.utf16.flatMap { [UInt8](littleEndian: UInt64($0), bytes: 2) }
        let wide: [UInt8] = [0xFF, 0xFE] + units
        if text.first != "\u{FEFF}" { #expect(try await type(by: SVG.type, of: wide) == "image/svg+xml") }
    }

    @Test(arguments: [
        "", "<", "<svg", "svg", "<svgx>", "a<svg>", "<html><svg>", "<!-- <svg> ", "<!-- <svg> --> text", "<?xml <svg>",
        "<!DOCTYPE svg [ <svg>", "<!DOCTYPE '", "<a><svg/></a>", "<!", "<!--", "<?", "< svg>", "</svg>", "<:>", "<>",
        "<!DOCTYPE ]]]]", "\u{FEFF}",
    ])
    func isNone(_ text: String) async throws {
        #expect(try await type(by: SVG.type, of: Array(text.utf8)) == nil)
    }

    @Test func behindLongComment() async throws {
        let comment = "<!--" + String(repeating: " licence", count: 5000) + "-->"
        #expect(try await decision("text/plain", Array((comment + "<svg>").utf8)) == "image/svg+xml structure")
        #expect(try await decision("text/xml", Array((comment + "<svg>").utf8)) == "image/svg+xml structure")
        #expect(try await decision("text/xml", Array((comment + "<rss>").utf8)) == "text/xml sniffed")
    }

    @Test(arguments: [70_000, 700_000])
    func behindVeryLongComment(length: Int) async throws {
        let comment = "<!--" + String(repeating: "-", count: length) + "-->"
        #expect(try await decision("text/plain", Array((comment + "<svg>").utf8)) == "image/svg+xml structure")
        #expect(try await decision("text/plain", Array((comment + "<rss>").utf8)) == "text/plain sniffed")
    }

    /// libmagic takes any XML with a drawing in it for one.
    @Test(arguments: [
        ("<svg>", "image/svg+xml sniffed"), ("<html><svg>", "text/html structure"),
        ("<report><svg>", "text/xml structure"),
        ("", "image/svg+xml sniffed"),
    ])
    func onlyDrawingsAreDrawings(_ text: String, _ expected: String) async throws {
        #expect(try await decision("image/svg+xml", Array("<?xml version='1.0'?>\(text)".utf8)) == expected)
    }
}
