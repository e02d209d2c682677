/// A description, or what its service says, that is wrong or means no good, and how hoist has to end with it.
///
/// In texts `@BASE` stands for the service's base URL, `@PORT` and `@OTHER` for its port and that of another server,
/// `@PROXY` for a proxy's, `@NAME` for the row's scenario and `@DIR` for its directory. There is a `shot.png`, and the
/// description is `services/mine.toml`.
struct DescriptionRow: Sendable {
    let name: String
    var description: String
    var arguments = ["upload", "shot.png", "--to", "mine"]
    /// A shell command that makes more files, in the row's directory.
    var prepare: String?
    /// More work than this ends it.
    var cpuSeconds = 30
    /// Changes; nil takes a variable away.
    var environment: [String: String?] = [:]
    /// What the service answers, one request after the other; the last one stays.
    var service: [ServerAnswer] = []
    /// What anybody else answers.
    var other: [ServerAnswer] = []

    var exit: Int32 = 78
    /// All of it is in one line on stderr.
    var says: [String] = []
    /// What must be neither on stdout nor on stderr, beside the key.
    var hides: [String] = []
    /// To the service; nil where the number does not matter.
    var requests: Int? = 0
    /// Lines on stderr; nil where the number does not matter.
    var lines: Int? = 1

    func with<Value>(_ path: WritableKeyPath<DescriptionRow, Value>, _ value: Value) -> DescriptionRow {
        var row = self
        row[keyPath: path] = value
        return row
    }
}

/// A whole reply.
struct ServerAnswer: Encodable, Sendable {
    var status = "200 OK"
    var headers: [String] = []
    var body = ""

    static func json(_ body: String) -> ServerAnswer {
        ServerAnswer(headers: ["Content-Type: application/json"], body: body)
    }
}

/// Descriptions that are right, to be made wrong.
enum SampleDescription {
    /// One form.
    static let form = """
        base_url = "@BASE"
        key_env = "MINE_API_KEY"
        headers = { Authorization = "Bearer {key}" }
        [upload]
        url = "/files"
        body = "multipart"
        file_field = "file"
        [result]
        id = "{upload.body.id}"

        """

    /// A URL and headers, then the bytes there.
    static let presigned = """
        base_url = "@BASE"
        key_env = "MINE_API_KEY"
        headers = { Authorization = "Bearer {key}" }
        [prepare]
        url = "/uploads"
        body = "json"
        fields = { name = "{file.name}" }
        [upload]
        method = "PUT"
        url = "{prepare.body.upload_url}"
        headers = "{prepare.body.headers}"
        body = "raw"
        [result]
        id = "{prepare.body.id}"

        """

    /// A URL and fields, then a form there.
    static let postedForm = """
        base_url = "@BASE"
        key_env = "MINE_API_KEY"
        headers = { Authorization = "Bearer {key}" }
        [prepare]
        url = "/uploads"
        body = "json"
        [upload]
        url = "{prepare.body.upload_url}"
        body = "multipart"
        fields = "{prepare.body.fields}"
        file_field = "file"
        [result]
        id = "{prepare.body.id}"

        """

    /// Calls about an upload.
    static let about = """
        [status]
        url = "/files/{id}"
        state = "state"
        [delete]
        url = "/files/{id}"

        """
}
