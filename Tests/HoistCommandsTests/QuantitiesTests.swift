import Testing

@testable import HoistCommands

@Suite struct QuantitiesTests {
    @Test(arguments: [
        ("90", 90.0), ("90s", 90), ("500ms", 0.5), ("10m", 600), ("1h", 3600), ("0", 0), ("0.5", 0.5), ("1.5h", 5400),
        ("1e3", 1000),
        ("1000000000", 1e9),
    ])
    func seconds(_ text: String, _ value: Double) throws {
        #expect(try #require(Seconds(argument: text)).value == value)
    }

    @Test(arguments: [
        "", "s", "-1", "-1s", "x", "1x", "1 s", " 1", "nan", "inf", "infs", "1000000001", "300000h", "1e300", "1e400",
        "1d", "ms", "1m1s",
    ])
    func noSeconds(_ text: String) { #expect(Seconds(argument: text) == nil) }

    @Test(arguments: [
        ("2s...30s", 2.0, 30.0), ("2...30", 2, 30), ("5", 5, 5), ("1s…1m", 1, 60), ("50ms...50ms", 0.05, 0.05),
    ])
    func ranges(_ text: String, _ first: Double, _ last: Double) throws {
        #expect(try #require(SecondsRange(argument: text)).value == first...last)
    }

    @Test(arguments: [
        "", "...", "1...", "...1", "0", "0...1", "30...2", "1...2...3", "1..2", "-1...2", "x...2", "nan...nan",
    ])
    func noRanges(_ text: String) { #expect(SecondsRange(argument: text) == nil) }

    @Test(
        arguments: [
            ("0", 0), ("1048576", 1_048_576), ("512K", 524_288), ("25M", 26_214_400), ("5G", 5_368_709_120),
            ("9223372036854775807", .max), ("8589934591G", 9_223_372_035_781_033_984),
        ] as [(String, Int64)])
    func bytes(_ text: String, _ value: Int64) throws {
        #expect(try #require(ByteCount(argument: text)).value == value)
    }

    @Test(arguments: [
        "", "K", "-1", "-1K", "1k", "1.5M", "1T", "1KB", "9223372036854775808", "8589934592G", " 1", "1 K", "0x1", "+",
    ])
    func noBytes(_ text: String) { #expect(ByteCount(argument: text) == nil) }

    @Test func defaultsReadAsTheyAreWritten() {
        #expect(Seconds(60).defaultValueDescription == "60s" && Seconds(0.5).defaultValueDescription == "0.5s")
        #expect(SecondsRange(2...30).defaultValueDescription == "2s...30s")
        #expect(ByteCount(5 << 30).defaultValueDescription == "5G")
    }
}
