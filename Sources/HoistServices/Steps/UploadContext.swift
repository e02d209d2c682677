import HTTPTypes
import HoistCore
import HoistFiles
import HoistMedia
import HoistTransport

/// What is known of one upload while it goes through its steps: the file, and what came back so far.
final class UploadContext {
    /// What a step's reply had that later steps may need.
    final class StepReply {
        let json: JSONValue?
        let reply: Reply
        /// What must not go on, should the service repeat it; the JSON is without it already.
        private let credential: Credential?

        init(json: JSONValue?, reply: Reply, credential: Credential?) {
            self.json = json
            self.reply = reply
            self.credential = credential
        }

        func header(_ name: HTTPField.Name) -> String? {
            reply.headerFields[name].map { credential?.removed(from: $0) ?? $0 }
        }

        /// The body; nil for an empty one.
        var text: String? {
            let text = String(decoding: reply.body, as: UTF8.self).trimmingWhitespace
            return text.isEmpty ? nil : credential?.removed(from: text) ?? text
        }
    }

    /// Nil for a call about an upload that is there already.
    let file: FileFacts?
    /// What the user or an earlier reply calls the upload, for calls about it.
    var id: String?
    /// Whether a delete found nothing to delete.
    var isGone = false
    /// The service's key: for templates, and nothing else.
    let key: String?
    let settings: SettingValues
    private var prepared: StepReply?
    private var uploaded: StepReply?
    private var completed: StepReply?
    /// To a call about the upload.
    private var answered: StepReply?

    init(file: FileFacts?, key: String?, settings: SettingValues) {
        self.file = file
        self.key = key
        self.settings = settings
    }

    subscript(step: Step) -> StepReply? {
        get {
            switch step {
            case .prepare: prepared
            case .upload: uploaded
            case .complete: completed
            case .status, .delete: answered
            }
        }
        set {
            switch step {
            case .prepare: prepared = newValue
            case .upload: uploaded = newValue
            case .complete: completed = newValue
            case .status, .delete: answered = newValue
            }
        }
    }

    /// Forgets all replies: the upload begins anew.
    func startOver() { (prepared, uploaded, completed, answered) = (nil, nil, nil, nil) }
}

/// The file in the words of the service.
final class FileFacts {
    /// As the service calls it.
    let type: String?
    let kind: FileType
    /// Nil for a file that is not here.
    private let input: InputFile?
    private let media: MediaDescription
    var md5: String?
    var sha256: String?

    /// - Parameter kind: as the service sees it.
    init(_ media: MediaDescription, of input: InputFile?, kind: FileType, _ service: ServiceDescription) {
        let typeNames = service.typeNames
        self.input = input
        self.media = media
        type = media.type.map { typeNames.isEmpty ? $0.description : typeNames[$0.essence] ?? $0.description }
        self.kind = kind
    }

    private var ending: String? {
        media.type.flatMap { FileExtension.ending(for: $0, of: input?.name ?? "") }
    }

    func value(_ fact: FileFact) -> JSONValue? {
        switch fact {
        case .name: (input?.name).map(JSONValue.string)
        case .size: (input?.size).map { .number($0) }
        case .type: type.map(JSONValue.string)
        case .kind: .string(kind.rawValue)
        case .ext: ending.map(JSONValue.string)
        case .md5: md5.map(JSONValue.string)
        case .sha256: sha256.map(JSONValue.string)
        case .duration: (media.probe?.duration).map { .number(orNull: $0) }
        case .bitrate: (media.probe?.bitrate).map { .number(orNull: $0) }
        }
    }
}
