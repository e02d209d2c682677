import HoistCore
import HoistFiles
import HoistMedia
import HoistServices

/// Says what a file is and who would take it, without sending anything.
package struct Inspector: Sendable {
    private let examiner: MediaExaminer
    private let prober: Prober
    private let maker: RecordMaker
    private let services: [ServiceDescription]

    /// What a record has beside what hoist says of any file.
    package static let fields = ["decided_by", "duration_seconds", "bitrate_kbps", "services"]

    /// - Parameter services: that may take the file.
    package init(
        examiner: MediaExaminer, prober: Prober, maker: RecordMaker, services: [ServiceDescription]
    ) {
        self.services = services
        self.examiner = examiner
        self.prober = prober
        self.maker = maker
    }

    package func inspect(_ path: InputPath, _ look: MediaExaminer.Look) async -> Record {
        await maker.complete(Record(of: path, service: nil)) { record, exchange throws(Failure) in
            let file = try await examiner.examine(look, into: &record, maker)
            try examiner.requireNoWarning(record, exchange)
            let probe = try await prober.probe(file)
            let refusals = services.map { service in
                (service: service.name, refusal: service.limits.refusal(of: file, by: service.title))
            }
            exchange.learn(
                Receipt(fields: [
                    .init("decided_by", .string(file.basis?.rawValue ?? "declared")),
                    .init("duration_seconds", .number(orNull: probe?.duration)),
                    .init("bitrate_kbps", .number(orNull: probe?.bitrate)),
                    .init(
                        "services",
                        .object(
                            refusals.map { service, refusal in
                                .init(
                                    service,
                                    .object([
                                        .init("takes", .bool(refusal == nil)),
                                        .init("reason", .string(orNull: refusal?.message)),
                                    ]))
                            })),
                ]))
            if refusals.allSatisfy({ $0.refusal != nil }) {
                let reasons = refusals.compactMap { $0.refusal?.message }.joined(separator: "; ")
                throw Failure(.refusedHere, code: "no_service_takes_it", "no service takes it: \(reasons)")
            }
        }
    }
}
