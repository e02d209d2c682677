import Testing

@testable import HoistMedia

@Suite struct MatroskaTests {
    @Test(
        arguments: [
            ("webm", [1, 2], "video/webm"), ("webm", [2], "audio/webm"), ("webm", [2, 1], "video/webm"),
            ("matroska", [2], "audio/matroska"), ("matroska", [2, 17], "audio/matroska"),
            ("matroska", [2, 3], "video/matroska"),
            // Without a sound track the kind is not in doubt.
            ("matroska", [], "video/matroska"), ("matroska", [17], "video/matroska"), ("other", [2], nil),
        ] as [(String, [UInt8], String?)])
    func tracks(_ name: String, _ types: [UInt8], _ expected: String?) async throws {
        let entries = types.flatMap { element([0xAE], element([0xD7], [1]) + element([0x83], [$0])) }
        let tracks = element(ID.tracks, entries)
        let body = element(ID.seekHead, .zeros(40)) + tracks + element(ID.cluster, .zeros(40))
        #expect(try await type(by: Matroska.type, of: header(name) + element(ID.segment, body)) == expected)
        // A live recording does not know its sizes.
        let live = header(name) + ID.segment + [0x01] + [UInt8](repeating: 0xFF, count: 7) + body
        #expect(try await type(by: Matroska.type, of: live) == expected)
        let unknown = header(name) + ID.segment + [0xFF] + body
        #expect(try await type(by: Matroska.type, of: unknown) == expected)
    }

    @Test func tracksBehindClusters() async throws {
        let clusters = Array(repeatElement(element(ID.cluster, .zeros(3000)), count: 100).joined())
        let tracks = element(ID.tracks, element([0xAE], element([0x83], [2])))
        let file = header("webm") + element(ID.segment, clusters + tracks)
        #expect(try await type(by: Matroska.type, of: file) == "audio/webm")
    }

    @Test(
        .timeLimit(.minutes(5)),
        arguments: [
            [0x00], [0x01], [0xFF], [0x80], .init(repeating: 0xFF, count: 8), [0x01] + .init(repeating: 0xFF, count: 7),
            [0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE], [0x01, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        ] as [[UInt8]])
    func hostileSizes(_ size: [UInt8]) async throws {
        let ids: [[UInt8]] = [ID.segment, ID.tracks, [0xAE], [0x83]]
        for depth in ids.indices {
            let path: [UInt8] = header("webm") + ids[..<depth].flatMap { $0 + [0xFF] } + ids[depth]
            _ = try await type(by: Matroska.type, of: path + size)
            _ = try await type(by: Matroska.type, of: path + size + [UInt8].zeros(50))
        }
        #expect(try await type(by: Matroska.type, of: ID.header + size) == nil)
        #expect(try await type(by: Matroska.type, of: ID.header + size + [UInt8](repeating: 0xFF, count: 20)) == nil)
    }

    @Test(.timeLimit(.minutes(5)))
    func endlessElements() async throws {
        let void = Array(repeatElement(element([0xEC], []), count: 600_000).joined())
        let file = header("webm") + element(ID.segment, void)
        #expect(try await type(by: Matroska.type, of: file) == "video/webm")
    }

    private enum ID {
        static let header: [UInt8] = [0x1A, 0x45, 0xDF, 0xA3]
        static let segment: [UInt8] = [0x18, 0x53, 0x80, 0x67]
        static let seekHead: [UInt8] = [0x11, 0x4D, 0x9B, 0x74]
        static let tracks: [UInt8] = [0x16, 0x54, 0xAE, 0x6B]
        static let cluster: [UInt8] = [0x1F, 0x43, 0xB6, 0x75]
    }

    private func header(_ name: String) -> [UInt8] {
        element(ID.header, element([0x42, 0x86], [1]) + element([0x42, 0x82], Array(name.utf8)))
    }

    private func element(_ id: [UInt8], _ body: [UInt8]) -> [UInt8] {
        id + [UInt8](bigEndian: UInt64(body.count) | 0x1000_0000, bytes: 4) + body
    }
}
