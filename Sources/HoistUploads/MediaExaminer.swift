import HoistCore
import HoistFiles
import HoistMedia
import HoistTransport

/// Opens files and finds out what they are: one at a time, while others are being sent.
package actor MediaExaminer {
    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private let thread: WorkThread
    private let overrides: MediaOverrides
    private let standardInput: StandardInput
    private var sniffer: Sniffer?

    package init(_ overrides: MediaOverrides, on thread: WorkThread, standardInput: StandardInput) {
        self.overrides = overrides
        self.thread = thread
        self.standardInput = standardInput
    }

    /// What the user said of a file that is not here.
    nonisolated var described: MediaDescription {
        MediaDescription(type: overrides.contentType, fileType: overrides.fileType)
    }

    /// What the content says. Found out here, and not by who sends: the end of a file may be far from its last byte.
    fileprivate struct Answer: Sendable {
        let decision: TypeDecision
        let truncation: String?
    }

    /// A file as far as it can be told before its record is begun.
    package struct Look: Sendable {
        /// Nil for standard input, which is read when it is its turn.
        fileprivate let input: Result<InputFile, Failure>?
        fileprivate let answer: Result<Answer, Failure>?
    }

    package func look(at path: InputPath) -> Look {
        guard !path.isStandardInput else { return Look(input: nil, answer: nil) }
        let input = Result { () throws(Failure) in try InputFile(opening: path) }
        return Look(input: input, answer: (try? input.get()).flatMap(decide))
    }

    /// The record learns each thing as soon as it is known. Throws `refusedHere` for an empty file.
    nonisolated func examine(
        _ look: Look, into record: inout Record, _ maker: RecordMaker
    ) async throws(Failure) -> MediaFile {
        let input: InputFile
        let answer: Result<Answer, Failure>?
        if let opened = look.input {
            input = try opened.get()
            answer = look.answer
            record.stamp = input.stamp
        } else {
            input = try await standardInput.spooled()
            answer = await decide(input)
        }
        record.bytes = input.size
        guard input.size > 0 else {
            throw Failure(.refusedHere, code: "empty_file", "is empty; no service takes empty files")
        }
        let told = try answer?.get()
        let decision = told?.decision
        let type = overrides.contentType ?? decision?.type ?? .octetStream
        let file = MediaFile(input: input, type: type, fileType: overrides.fileType, basis: decision?.basis)
        record.contentType = type.description
        record.fileType = file.media.fileType
        record.told = decision == nil ? nil : type
        if let refusal = record.contradiction(of: input.name) { throw refusal }
        if let warning = record.disagreement(of: input.name) { maker.warn(warning, in: &record) }
        if let finding = told?.truncation { maker.warn("looks cut off: \(finding)", in: &record) }
        return file
    }

    /// Throws `refusedHere` where warnings are refusals, and there is one.
    nonisolated func requireNoWarning(_ record: Record, _ exchange: Exchange) throws(Failure) {
        guard overrides.isStrict, let warning = (record.warnings + exchange.warnings).first else { return }
        throw Failure(.refusedHere, code: "warning", warning, advice: "without --strict it would be sent")
    }

    /// What the content says; nil where nobody asks, since the user has said it or there is none.
    private func decide(_ input: InputFile) -> Result<Answer, Failure>? {
        guard overrides.contentType == nil, input.size > 0 else { return nil }
        return Result { () throws(Failure) in
            let sniffer = if let sniffer { sniffer } else { try Sniffer() }
            self.sniffer = sniffer
            let decision = TypeDecision(sniffed: try sniffer.type(of: input), of: input)
            return Answer(decision: decision, truncation: decision.truncation(of: input))
        }
    }

}
