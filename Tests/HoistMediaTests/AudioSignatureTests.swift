import Testing

@testable import HoistMedia

@Suite struct AudioSignatureTests {
    @Test(arguments: [
        ("caff\0\u{1}\0\0desc", "audio/x-caf"), ("caff\0\u{2}\0\0desc", nil), ("caff", nil),
        ("wvpk\0\0\0\0\u{10}\u{4}", "audio/x-wavpack"), ("wvpk\0\0\0\0\u{10}\u{3}", nil), ("wvpk", nil),
        ("BW64\0\0\0\0WAVE", "audio/wav"), ("RF64\0\0\0\0WAVE", "audio/wav"), ("RF64\0\0\0\0AVI ", nil), ("", nil),
    ])
    func signatures(_ head: String, _ expected: String?) async throws {
        #expect(try await type(by: AudioSignature.type, of: Array(head.utf8)) == expected)
    }

    @Test(arguments: [
        ("#!AMR\n", "audio/amr sniffed"), ("#!AMR-WB\n", "audio/amr-wb container"),
        ("#!AMR-WB_MC1.0\n", "audio/amr-wb container"),
    ])
    func adaptiveMultiRate(_ head: String, _ expected: String) async throws {
        #expect(try await decision("audio/amr", Array(head.utf8)) == expected)
    }
}
