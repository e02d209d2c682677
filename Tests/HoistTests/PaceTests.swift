import Foundation
import TestSupport
import Testing

/// A server that has too many requests. What it comes to over links of some length is simulated, and measured by
/// Benchmarks/links.
@Suite struct PaceTests {
    @Test(
        arguments: ["figur", "eachlabs"].flatMap { service in [429, 503].map { (service, $0) } },
        ["1", "16", "256", "auto"])
    func noFileIsLostToARefusalAndNoneIsAnAttempt(refused: (service: String, status: Int), jobs: String) async throws {
        let (service, status) = refused
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(40)
                let kinds = service == "figur" ? ["figur"] : ["initiate", "put"]
                for kind in kinds {
                    try await hoist.sandbox.fault(
                        #"{"on":"\#(kind)","action":"reply","status":\#(status),"headers":{"Retry-After":"0"},"body":"","count":4}"#
                    )
                }
                let run = try await hoist.run(["upload", "--to", service, "--jobs", jobs] + files)
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(run.records.map { $0.text("file") } == files)
                #expect(run.records.allSatisfy { $0.number("attempts") == 1 })
                for (file, record) in zip(files, run.records) {
                    let url = record.text(service == "figur" ? "image_url" : "public_url") ?? ""
                    #expect(try await fetch(url) == Media.bytes(file))
                }
                #expect(run.errors.contains("wants fewer requests; sending fewer"))
            }
        }
    }

    /// After `--retries` holds in which nothing is taken there is nothing more to wait for.
    @Test func whoTakesNothingIsGivenUp() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(
                #"{"on":"figur","action":"reply","status":429,"headers":{"Retry-After":"0"},"body":"","count":null}"#)
            let run = try await hoist.run(["upload", "--to", "figur", "--retries", "2", Media.shot, Media.photo])
            #expect(run.exit == .code(75))
            #expect(run.records.allSatisfy { $0.error.text("code") == "rate_limited" })
            #expect(try await hoist.sandbox.requests().count <= 2 * 3, "no more than each would have been tried alone")
        }
    }

    /// A large file that comes last begins first; its record still comes last.
    @Test func largeFilesBeginEarly() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let noise = Data((0..<600_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) })
                let large = try directory.file("large.png", Media.bytes(Media.shot) + noise)
                let files = try directory.pictures(100) + [large]
                let run = try await hoist.run(["upload", "--to", "figur", "--jobs", "2"] + files)
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(run.records.map { $0.text("file") } == files)
                let sizes = try await hoist.sandbox.requests().map(\.bodyBytes)
                let place = try #require(sizes.firstIndex { $0 > 600_000 })
                #expect(place < 50, "request \(place) of \(sizes.count)")
            }
        }
    }
}
