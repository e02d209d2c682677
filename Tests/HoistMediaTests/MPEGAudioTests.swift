import TestSupport
import Testing

@testable import HoistMedia

@Suite struct MPEGAudioTests {
    /// Lengths as ISO/IEC 11172-3 and 13818-3 give them for that header.
    @Test(
        arguments: [
            ([0xFF, 0xFB, 0x90, 0x00], 417), ([0xFF, 0xFB, 0x92, 0x00], 418), ([0xFF, 0xFA, 0xE4, 0x00], 960),
            ([0xFF, 0xF3, 0x40, 0x00], 104), ([0xFF, 0xE3, 0x18, 0x00], 72), ([0xFF, 0xFD, 0x84, 0x00], 384),
            ([0xFF, 0xF5, 0x84, 0x00], 384), ([0xFF, 0xFF, 0x28, 0x00], 96), ([0xFF, 0xF7, 0x14, 0x00], 64),
        ] as [([UInt8], Int)])
    func layersAndVersions(_ header: [UInt8], _ length: Int) async throws {
        let frame = header + [UInt8].zeros(length - 4)
        #expect(AudioFrame(frame, at: 0)?.length == length)
        let frames = Array(repeatElement(frame, count: 5).joined())
        let junk = [UInt8](repeating: 0xFF, count: 99) + Array("junk".utf8)
        for before in [[], .zeros(64), .zeros(5000), junk] {
            #expect(try await type(by: MPEGAudio.type, of: before + frames) == "audio/mpeg")
        }
        #expect(try await type(by: MPEGAudio.type, of: Array(frames.prefix(3 * length))) == nil)
    }

    @Test func adts() async throws {
        let frame: [UInt8] = [0xFF, 0xF1, 0x50, 0x80, 0x0C, 0x9F, 0xFC] + [UInt8].zeros(93)
        #expect(AudioFrame(frame, at: 0)?.length == 100)
        let frames = Array(repeatElement(frame, count: 5).joined())
        #expect(try await type(by: MPEGAudio.type, of: [UInt8].zeros(10) + frames) == "audio/aac")
    }

    /// A cover picture of a megabyte and more lies between the tag's head and the first frame.
    @Test(arguments: [0, 500, 2_500_000])
    func behindTag(_ length: Int) async throws {
        let size = (0..<4).map { UInt8(length >> (7 * (3 - $0)) & 0x7F) }
        let tag = Array("ID3".utf8) + [4, 0, 0] + size + [UInt8](repeating: 0xFF, count: length)
        let frames = Array(repeatElement([0xFF, 0xFB, 0x90, 0x00] + [UInt8].zeros(413), count: 5).joined())
        #expect(try await type(by: MPEGAudio.type, of: tag + frames) == "audio/mpeg")
        #expect(try await type(by: MPEGAudio.type, of: tag + Array("fLaC".utf8)) == "audio/flac")
        #expect(try await type(by: MPEGAudio.type, of: tag) == nil)
    }

    @Test(
        arguments: [
            // Reserved version, layer of no kind, free and bad bit rate, reserved sample rate; ADTS shorter than its header.
            [0xFF, 0xEB, 0x90, 0x00, 0, 0], [0xFF, 0xE1, 0x90, 0x00, 0, 0], [0xFF, 0xFB, 0x00, 0x00, 0, 0],
            [0xFF, 0xFB, 0xF0, 0x00, 0, 0], [0xFF, 0xFB, 0x9C, 0x00, 0, 0], [0xFF, 0xF1, 0x50, 0x80, 0x00, 0xE0],
            [0xFF, 0xF1, 0x74, 0x80, 0x0C, 0x9F], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFB, 0x90], [0xFF], [],
        ] as [[UInt8]])
    func notAFrame(_ header: [UInt8]) {
        #expect(AudioFrame(header, at: 0) == nil)
    }

    @Test(.timeLimit(.minutes(5)))
    func noiseIsNotAudio() async throws {
        var generator = SeededGenerator(seed: 7)
        let noise = (0..<200_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        #expect(try await type(by: MPEGAudio.type, of: noise) == nil)
        #expect(try await type(by: MPEGAudio.type, of: [UInt8](repeating: 0xFF, count: 200_000)) == nil)
        #expect(try await type(by: MPEGAudio.type, of: Array("ID3".utf8) + [4, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]) == nil)
    }
}
