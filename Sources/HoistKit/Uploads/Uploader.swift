/// Takes one input through all its stations, and makes exactly one record of it, whatever happens.
package final class Uploader {
    private let service: any UploadService
    private let overrides: TypeOverrides
    private let transport: Transport
    private let policy: RetryPolicy
    private let notices: NoticeSink
    private var sniffer: Sniffer?

    package init(
        service: any UploadService, overrides: TypeOverrides, transport: Transport, policy: RetryPolicy,
        notices: @escaping NoticeSink
    ) {
        self.service = service
        self.overrides = overrides
        self.transport = transport
        self.policy = policy
        self.notices = notices
    }

    package func upload(_ path: String) async -> Record {
        var record = Record(file: path, service: service.name)
        let exchange = Exchange(about: path, transport: transport, policy: policy, notices: notices)
        let start = ContinuousClock.now
        do throws(Failure) {
            if Task.isCancelled { throw .interrupted }
            let file = try examine(path, into: &record)
            try service.check(file)
            record.receipt = try await service.upload(file, over: exchange)
        } catch {
            record.receipt = error.receipt
            record.failure = error
        }
        record.attempts = exchange.attempts
        record.elapsed = ContinuousClock.now - start
        return record
    }

    /// Opens the file and finds out what it is; the record learns each thing as soon as it is known.
    private func examine(_ path: String, into record: inout Record) throws(Failure) -> MediaFile {
        let input = try InputFile(opening: path)
        record.bytes = input.size
        guard input.size > 0 else {
            throw Failure(.refusedHere, code: "empty_file", "is empty; \(service.name.title) takes no empty files")
        }
        let type = if let override = overrides.contentType { override } else { try sniff(input) }
        let fileType = overrides.fileType ?? type.fileType
        record.contentType = type
        record.fileType = fileType
        if overrides.contentType == nil, let warning = Self.disagreement(of: input.name, with: type) {
            record.warnings.append(warning)
            notices(.warning(file: path, warning))
        }
        return MediaFile(input: input, type: type, fileType: fileType)
    }

    private func sniff(_ input: InputFile) throws(Failure) -> MediaType {
        let sniffer = if let sniffer { sniffer } else { try Sniffer() }
        self.sniffer = sniffer
        return try sniffer.type(of: input)
    }

    private static func disagreement(of name: String, with type: MediaType) -> String? {
        let promised = FileExtension.types(of: name)
        guard let first = promised.first, !promised.contains(type.essence) else { return nil }
        return "its name says \(first), its content is \(type.essence); the content counts (--content-type overrides)"
    }
}

/// What the command line says a file is, in place of what its content says.
package struct TypeOverrides: Sendable {
    package var contentType: MediaType?
    package var fileType: FileType?

    package init(contentType: MediaType? = nil, fileType: FileType? = nil) {
        self.contentType = contentType
        self.fileType = fileType
    }
}
