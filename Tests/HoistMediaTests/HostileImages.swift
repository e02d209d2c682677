@testable import HoistMedia

/// Files that begin like an image, or almost, the same ones for each seed.
struct HostileImages {
    private let look: FirstLook
    private var numbers: SplitMix

    init(_ look: FirstLook, seed: UInt64) {
        self.look = look
        var numbers = SplitMix(state: seed)
        let alphabets: [[UInt8]] = [
            Array(0...255), Array("ab1,2 ;\n\"".utf8), Array(0xA0...0xFF) + Array(",\n".utf8), [0],
        ]
        tails = alphabets.map { alphabet in
            (0..<4096).map { _ in alphabet[Int(numbers.next() % UInt64(alphabet.count))] }
        }
        self.numbers = numbers
    }

    /// Noise; text, which may be CSV, with commas in it; text of those bytes that are none in ASCII; and nothing.
    private let tails: [[UInt8]]

    /// SplitMix64, which is enough for tests.
    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var bits = state
            bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
            return bits ^ bits >> 31
        }
    }

    mutating func next() -> [UInt8] {
        var file = tail(of: Int.random(in: 2...700, using: &numbers))
        for place in look.places where place.offset < file.count {
            file[place.offset] = place.bytes.randomElement(using: &numbers) ?? 0
        }
        if Bool.random(using: &numbers) { spoil(&file) }
        return file
    }

    private mutating func tail(of count: Int) -> [UInt8] {
        let tail = tails[Int.random(in: 0..<tails.count, using: &numbers)]
        let start = Int.random(in: 0..<(tail.count - count), using: &numbers)
        return Array(tail[start..<(start + count)])
    }

    private mutating func spoil(_ file: inout [UInt8]) {
        switch Int.random(in: 0..<6, using: &numbers) {
        case 0: file[Int.random(in: 0..<min(file.count, 33), using: &numbers)] = .random(in: 0...255, using: &numbers)
        case 1: put(FirstLook.rivals.randomElement(using: &numbers), in: &file)
        case 2: Self.makeArchive(&file)
        case 3: file = Array(file.prefix(Int.random(in: 2...40, using: &numbers)))
        case 4: put((Int.random(in: 0...60, using: &numbers), "MIT-MAGIC-COOKIE-1"), in: &file)
        // A text as far as its first bytes allow: no NUL.
        default: file = file.map { $0 == 0 ? UInt8(ascii: " ") : $0 }
        }
    }

    private mutating func put(_ rival: (offset: Int, text: StaticString)?, in file: inout [UInt8]) {
        guard let rival else { return }
        // Cut off, now and then.
        let count = Int.random(in: 1...rival.text.utf8CodeUnitCount + 4, using: &numbers)
        for index in 0..<min(count, rival.text.utf8CodeUnitCount) where rival.offset + index < file.count {
            file[rival.offset + index] = rival.text.utf8Start[index]
        }
    }

    /// With the checksum of a tar archive's first block.
    private static func makeArchive(_ file: inout [UInt8]) {
        guard file.count >= 512 else { return }
        for index in 148..<156 { file[index] = 0x20 }
        let digits = String(file[..<512].reduce(0) { $0 + Int($1) }, radix: 8)
        for (index, digit) in digits.utf8.enumerated() { file[149 + index] = digit }
    }
}
