import Testing

@testable import HoistMedia

@Suite struct AdvancedSystemsTests {
    private static let audio: [UInt8] = [
        0x40, 0x9E, 0x69, 0xF8, 0x4D, 0x5B, 0xCF, 0x11, 0xA8, 0xFD, 0x00, 0x80, 0x5F, 0x5C, 0x44, 0x2B,
    ]
    private static let video: [UInt8] = [
        0xC0, 0xEF, 0x19, 0xBC, 0x4D, 0x5B, 0xCF, 0x11, 0xA8, 0xFD, 0x00, 0x80, 0x5F, 0x5C, 0x44, 0x2B,
    ]

    @Test(
        arguments: [
            ([audio], "audio/x-ms-wma"), ([video], "video/x-ms-wmv"), ([audio, video], "video/x-ms-wmv"),
            ([video, audio], "video/x-ms-wmv"), ([], "video/x-ms-wmv"), ([.zeros(16)], "video/x-ms-wmv"),
            ([audio, .zeros(16)], "audio/x-ms-wma"),
        ] as [([[UInt8]], String)])
    func streams(_ streams: [[UInt8]], _ expected: String) async throws {
        #expect(try await type(by: AdvancedSystems.type, of: header(streams)) == expected)
    }

    @Test(arguments: [0, 1, 23, 24, 0xFFFF_FFFF, UInt64(Int64.max), .max])
    func hostileSizes(_ size: UInt64) async throws {
        var whole = header([Self.audio, Self.audio])
        whole.replaceSubrange(16..<24, with: [UInt8](littleEndian: size, bytes: 8))
        _ = try await type(by: AdvancedSystems.type, of: whole)
        var stream = header([Self.audio, Self.audio])
        stream.replaceSubrange(46..<54, with: [UInt8](littleEndian: size, bytes: 8))
        #expect(try await type(by: AdvancedSystems.type, of: stream)?.contains("x-ms") == true)
    }

    private func header(_ streams: [[UInt8]]) -> [UInt8] {
        let magic: [UInt8] = [
            0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C,
        ]
        let properties: [UInt8] = [
            0x91, 0x07, 0xDC, 0xB7, 0xB7, 0xA9, 0xCF, 0x11, 0x8E, 0xE6, 0x00, 0xC0, 0x0C, 0x20, 0x53, 0x65,
        ]
        let objects = streams.flatMap { properties + [UInt8](littleEndian: 78, bytes: 8) + $0 + [UInt8].zeros(38) }
        return magic + [UInt8](littleEndian: UInt64(30 + objects.count), bytes: 8) + [UInt8].zeros(6) + objects
    }
}
