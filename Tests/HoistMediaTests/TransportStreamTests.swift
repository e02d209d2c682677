import TestSupport
import Testing

@testable import HoistMedia

@Suite struct TransportStreamTests {
    @Test(arguments: [(188, 0), (192, 4), (204, 0), (188, 100), (192, 0), (188, 187)])
    func packets(_ size: Int, _ start: Int) async throws {
        let stream = [UInt8].zeros(start) + packets(size, count: 20) { $0 }
        #expect(try await type(by: TransportStream.type, of: stream) == "video/mp2t")
    }

    @Test func notOne() async throws {
        // A table with a column of the letter G.
        #expect(try await type(by: TransportStream.type, of: packets(188, count: 20) { _ in 0 }) == nil)
        #expect(try await type(by: TransportStream.type, of: packets(188, count: 7) { $0 }) == nil)
        #expect(try await type(by: TransportStream.type, of: packets(189, count: 20) { $0 }) == nil)
        #expect(try await type(by: TransportStream.type, of: [UInt8](repeating: 0x47, count: 5000)) == nil)
        var generator = SeededGenerator(seed: 1)
        let noise = (0..<10_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        #expect(try await type(by: TransportStream.type, of: noise) == nil)
    }

    private func packets(_ size: Int, count: Int, counter: (Int) -> Int) -> [UInt8] {
        (0..<count).flatMap { [0x47, 0x01, 0x00, 0x10 | UInt8(counter($0) & 15)] + [UInt8].zeros(size - 4) }
    }
}
