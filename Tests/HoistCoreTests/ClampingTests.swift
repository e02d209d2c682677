import HoistCore
import Testing

@Suite struct ClampingTests {
    @Test func sumsEndAtTheNearestNumber() {
        #expect([Int64.max, 1, Int64.max].reduce(0) { $0.adding(clamping: $1) } == .max)
        #expect(Int64.min.adding(clamping: -1) == .min)
        #expect(Int64.max.adding(clamping: .min) == -1)
    }

    @Test func differencesEndAtTheNearestNumber() {
        #expect(Int64.min.subtracting(clamping: 1) == .min)
        #expect(Int64.max.subtracting(clamping: -1) == .max)
        #expect(Int64(0).subtracting(clamping: .min) == .max)
        #expect(Int64(-1).subtracting(clamping: .min) == .max)
    }
}
