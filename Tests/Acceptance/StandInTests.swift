import TestSupport
import Testing

/// The stand-ins take what is right and nothing else: otherwise they would prove nothing.
@Suite struct StandInTests {
    @Test func theirSelfTestPasses() async throws {
        let finished = try await Python.command("services/selftest.py").run()
        #expect(finished.exit == .code(0), "\(finished.errors)")
    }
}
