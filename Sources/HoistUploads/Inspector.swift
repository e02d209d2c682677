import HoistCore
import HoistFiles
import HoistMedia
import HoistServices

/// Says what a file is and who would take it, without sending anything.
package struct Inspector: Sendable {
    private let examiner: MediaExaminer
    private let prober: Prober
    private let maker: RecordMaker

    package init(examiner: MediaExaminer, prober: Prober, maker: RecordMaker) {
        self.examiner = examiner
        self.prober = prober
        self.maker = maker
    }

    package func inspect(_ path: InputPath, _ look: MediaExaminer.Look) async -> Record {
        await maker.complete(Record(of: path, service: nil)) { record, _ throws(Failure) in
            let file = try await examiner.examine(look, into: &record, maker)
            let probe = try await prober.probe(file)
            let refusals = ServiceName.allCases.map { (service: $0, refusal: $0.limits.refusal(of: file, by: $0)) }
            record.receipt.fields = [
                .init("decided_by", .string(file.basis?.rawValue ?? "declared")),
                .init("duration_seconds", .number(orNull: probe?.duration)),
                .init("bitrate_kbps", .number(orNull: probe?.bitrate)),
                .init(
                    "services",
                    .object(
                        refusals.map { service, refusal in
                            .init(
                                service.rawValue,
                                .object([
                                    .init("takes", .bool(refusal == nil)),
                                    .init("reason", .string(orNull: refusal?.message)),
                                ]))
                        })),
            ]
            if refusals.allSatisfy({ $0.refusal != nil }) {
                let reasons = refusals.compactMap { $0.refusal?.message }.joined(separator: "; ")
                throw Failure(.refusedHere, code: "no_service_takes_it", "no service takes it: \(reasons)")
            }
        }
    }
}
