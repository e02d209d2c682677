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
    /// Whether a file has to be taken by all of the services, and not by any of them.
    private let isGate: Bool

    /// What a record has beside what hoist says of any file.
    package static let fields = ["decided_by", "width", "height", "duration_seconds", "bitrate_kbps", "services"]

    /// - Parameters:
    ///   - services: that may take the file.
    ///   - isGate: whether all of them have to.
    package init(
        examiner: MediaExaminer, prober: Prober, maker: RecordMaker, services: [ServiceDescription], isGate: Bool
    ) {
        self.services = services
        self.isGate = isGate
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
            let pixels = probe?.width == nil ? PixelSize(of: file.input, type: file.type) : nil
            exchange.learn(
                Receipt(fields: [
                    .init("decided_by", .string(file.basis?.rawValue ?? "declared")),
                    .init("width", (probe?.width ?? pixels?.width).map { .number($0) } ?? .null),
                    .init("height", (probe?.height ?? pixels?.height).map { .number($0) } ?? .null),
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
                                        .init("code", .string(orNull: refusal?.code)),
                                    ]))
                            })),
                ]))
            let refused = refusals.compactMap(\.refusal)
            if isGate, let first = refused.first { throw first }
            if refused.count == refusals.count {
                throw Failure(
                    .refusedHere, code: "no_service_takes_it", "no service takes it",
                    advice: "hoist inspect --json has each one's reason")
            }
        }
    }
}
