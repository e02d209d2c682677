import HoistCore
import HoistFiles
import HoistMedia
import HoistServices
import HoistTransport

/// What became of one input. Every input yields exactly one.
package struct Record: Sendable {
    /// What the input was.
    package enum Subject: Sendable {
        /// The path as it was given.
        case file(String)
        /// An upload that a service already has, by its id.
        case upload(id: String)
        /// A file that is not here.
        case none

        /// The name by which messages call it.
        package var name: String {
            switch self {
            case .file(let path): path
            case .upload(let id): id
            case .none: "presign"
            }
        }
    }

    package private(set) var subject: Subject
    /// The file's name where that is not UTF-8: two such names may print alike.
    private var unrepairedName: [UInt8]?
    package var bytes: Int64?
    /// As it was sent.
    package var contentType: String?
    /// What the content says that it is; nil where that was not asked.
    var told: MediaType?
    package var fileType: FileType?
    /// Nil where a presigned URL does not say whose it is.
    package let service: String?
    package var receipt = Receipt()
    /// Which of the receipt's fields name the upload.
    package var names = UploadNames()
    /// How often the work was tried over the network: 0 when nothing was sent, 1 when nothing had to be repeated.
    package var attempts = 0
    package var elapsed = Duration.zero
    /// What is known of the bytes that were stored; nil where none are known to be.
    package var proof: Proof?
    package var warnings: [String] = []
    package var failure: Failure?
    /// The file as it was when it was opened; nil for what is no file here.
    package var stamp: FileStamp?
    /// When the work began; nil for what was not begun.
    var started: String?
    /// What ffprobe told.
    var probe: MediaProbe?
    /// Whether an earlier run did it, by the journal.
    package var isResumed = false
    /// The name under which the same file was sent.
    package private(set) var sameAs: String?

    /// The bytes by which it was given on the command line or in a list; nil where it was not.
    package var givenName: [UInt8]? {
        switch subject {
        case .file(let path): unrepairedName ?? Array(path.utf8)
        case .upload(let id): Array(id.utf8)
        case .none: nil
        }
    }

    package init(_ subject: Subject, service: String?, failure: Failure? = nil) {
        self.subject = subject
        self.service = service
        self.failure = failure
    }

    /// The record of a file.
    package init(of file: InputPath, service: String?, failure: Failure? = nil) {
        self.init(.file(file.text), service: service, failure: failure)
        unrepairedName = file.unrepaired
    }

    /// A record that an earlier run printed of a file that it had brought to its place; nil for what is none.
    init?(resuming json: JSONValue, as file: InputPath) {
        guard case .object(let members) = json else { return nil }
        self.init(of: file, service: json["service"]?.text)
        isResumed = true
        for member in members {
            switch (member.name, member.value) {
            case ("ok", _), ("file", _), ("file_bytes", _), ("service", _): continue
            case ("resumed", _), ("same_as", _), ("error", _), ("handle", _), ("url_expires_at", _): continue
            case ("started_at", let value): started = value.text
            case ("duration_seconds", .number(let literal)): addProbe { $0.duration = Double(literal) }
            case ("bitrate_kbps", .number(let literal)): addProbe { $0.bitrate = Double(literal) }
            case ("width", .number(let literal)): addProbe { $0.width = Int(literal) }
            case ("height", .number(let literal)): addProbe { $0.height = Int(literal) }
            case ("bytes", .number(let literal)): bytes = Int64(literal).flatMap { $0 < 0 ? nil : $0 }
            case ("content_type", let value): contentType = value.text
            case ("file_type", let value): fileType = value.text.flatMap(FileType.init)
            case ("attempts", .number(let literal)): attempts = max(0, Int(literal) ?? 0)
            case ("seconds", .number(let literal)):
                elapsed = Self.duration(literal)
            case ("verified", let value):
                proof = Proof(
                    isVerified: value == .null ? nil : value == .bool(true), sha256: json["sha256"]?.text,
                    eTag: json["etag"]?.text)
            case ("sha256", _), ("etag", _): continue
            case ("warnings", .array(let texts)): warnings = texts.compactMap(\.text)
            default: receipt.fields.append(member)
            }
        }
    }

    private mutating func addProbe(_ set: (inout MediaProbe) -> Void) {
        var probe = probe ?? MediaProbe()
        set(&probe)
        self.probe = probe
    }

    /// Zero where no run took that long.
    private static func duration(_ literal: String) -> Duration {
        guard let seconds = Double(literal), (0...1e9).contains(seconds) else { return .zero }
        return .milliseconds(Int((seconds * 1000).rounded()))
    }

    /// The record in its published shape: keys in a fixed order, the service's fields between hoist's own.
    package var json: JSONValue {
        var members: [JSONValue.Member] = []
        forEachMember { members.append($0) }
        return .object(members)
    }

    /// The same, as bytes on one line.
    package var line: [UInt8] {
        var line = JSONLine()
        forEachMember { line.add($0) }
        return line.finished()
    }

    private func forEachMember(_ use: (JSONValue.Member) -> Void) {
        let start = startMembers
        for member in start { use(member) }
        for field in receipt.fields {
            if let field = foreign(field, beside: start) { use(field) }
        }
        forEachNeutral(use)
        if let proof {
            use(.init("verified", proof.isVerified.map(JSONValue.bool) ?? .null))
            if let sha256 = proof.sha256 { use(.init("sha256", .string(sha256))) }
            if let tag = proof.eTag { use(.init("etag", .string(tag))) }
        }
        if let probe { forEachMeasure(of: probe, use) }
        use(.init("attempts", .number(attempts)))
        if let started { use(.init("started_at", .string(started))) }
        use(.init("seconds", .number(elapsed.secondsLiteral)))
        if isResumed { use(.init("resumed", .bool(true))) }
        if let sameAs { use(.init("same_as", .string(sameAs))) }
        if !warnings.isEmpty { use(.init("warnings", .array(warnings.map(JSONValue.string)))) }
        if let failure { use(.init("error", failure.json)) }
    }

    /// What all services have in common, whatever they call it: by what the upload is known, and where it can be read. A
    /// service's own field of that name stays.
    private func forEachNeutral(_ use: (JSONValue.Member) -> Void) {
        if names.handles.isEmpty || failure != nil { return }
        if let url = receipt["upload_url"]?.text { return addExpiry(of: url, use) }
        var isFirst = true
        for name in names.handles {
            guard let value = receipt[name]?.text else { continue }
            if isFirst, receipt["handle"] == nil { use(.init("handle", .string(value))) }
            isFirst = false
            guard value.utf8.starts(with: "https://".utf8) || value.utf8.starts(with: "http://".utf8) else { continue }
            if name != "url", receipt["url"] == nil { use(.init("url", .string(value))) }
            return addExpiry(of: value, use)
        }
    }

    /// When a signed URL lapses, where it says so.
    private func addExpiry(of url: String, _ use: (JSONValue.Member) -> Void) {
        guard url.utf8.contains(UInt8(ascii: "?")), let end = PresignedExpiry.end(of: url) else { return }
        use(.init("url_expires_at", .string(Timestamp(seconds: end).text)))
    }

    private func forEachMeasure(of probe: MediaProbe, _ use: (JSONValue.Member) -> Void) {
        if let duration = probe.duration { use(.init("duration_seconds", .number(orNull: duration))) }
        if let bitrate = probe.bitrate { use(.init("bitrate_kbps", .number(orNull: bitrate))) }
        if let width = probe.width { use(.init("width", .number(width))) }
        if let height = probe.height { use(.init("height", .number(height))) }
    }

    /// A service's field. Hoist's keys are stable, so one of the same name has another one, unless it says the same.
    private func foreign(_ field: JSONValue.Member, beside start: [JSONValue.Member]) -> JSONValue.Member? {
        let isOwn = RecordKeys.said.contains(field.name) || start.contains { $0.name == field.name }
        guard isOwn else { return field }
        guard field.value != .null, !start.contains(field) else { return nil }
        var name = "service_" + field.name
        while receipt[name] != nil { name = "service_" + name }
        return .init(name, field.value)
    }

    /// The record of the same file under another name.
    package func repeated(as file: InputPath) -> Record {
        var record = self
        record.subject = .file(file.text)
        record.unrepairedName = file.unrepaired
        record.sameAs = subject.name
        if told != nil { record.warnings = [disagreement(of: file.text)].compactMap(\.self) }
        return record
    }

    /// What to warn of where a name says something else than the content.
    func disagreement(of name: String) -> String? {
        let promised = FileExtension.types(of: name)
        guard let told, let first = promised.first, !promised.contains(told.essence) else { return nil }
        return
            "named \(Self.ending(of: name, first)) but contains \(told.shortName); sending as \(told.essence) (override with --content-type)"
    }

    /// Why a file is not what its name promises, nor any media: an error page that was saved as a picture. Nil where it is.
    func contradiction(of name: String) -> Failure? {
        guard let told, told.isNoMedia else { return nil }
        let promised = FileExtension.types(of: name)
        guard let first = promised.first,
            promised.allSatisfy({ MediaType($0)?.fileType != .other })
        else { return nil }
        return Failure(
            .refusedHere, code: "not_media",
            "named \(Self.ending(of: name, first)) but contains \(told.shortName) (\(told.essence))",
            advice: "open it in a text editor: it may be an error page; --content-type \(first) sends it all the same")
    }

    private static func ending(of name: String, _ type: String) -> String {
        name.lastIndex(of: ".").map { String(name[$0...]).safeForTerminal } ?? type
    }

    /// What the record is about, and for which service.
    private var startMembers: [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        members.reserveCapacity(7)
        members.append(.init("ok", .bool(failure == nil)))
        switch subject {
        case .upload(let id): members.append(.init("id", .string(id)))
        case .file(let name): addFile(name, to: &members)
        case .none: addFile(nil, to: &members)
        }
        members.append(.init("service", .string(orNull: service)))
        return members
    }

    private func addFile(_ name: String?, to members: inout [JSONValue.Member]) {
        members.append(.init("file", .string(orNull: name)))
        if let unrepairedName { members.append(.init("file_bytes", .string(Hexadecimal.text(of: unrepairedName)))) }
        members.append(.init("bytes", bytes.map { .number($0) } ?? .null))
        members.append(.init("content_type", .string(orNull: contentType)))
        members.append(.init("file_type", .string(orNull: fileType?.rawValue)))
    }

    /// The exit code of a whole run: 0, the one class that all failures share, or 1 when they differ.
    package static func exitCode(of failures: Set<FailureClass>) -> Int32 {
        guard let first = failures.first else { return 0 }
        return failures.count == 1 ? first.rawValue : 1
    }
}

extension Duration {
    /// Seconds with milliseconds, as a JSON number: `0.21`, `12.0`.
    var secondsLiteral: String {
        let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        return (Double(milliseconds) / 1000).description
    }
}
