import HTTPTypes
import HoistCore
import HoistFiles
import HoistMedia
import HoistTransport

/// A request to the service itself, with its key, or one without the file and the key to a URL from a reply.
struct ServiceRequest {
    let service: Service
    let step: Step
    let call: Call
    let renderer: Renderer

    /// Sends it until its reply is good, which the reader takes.
    func perform(_ file: InputFile?, over exchange: Exchange, _ reader: StepReader) async throws(Failure) {
        // Without a key nothing is sent.
        if let trouble = service.keyTrouble { throw trouble }
        let form = try form(file)
        let request = try request(form)
        let (checksums, body) = try body(file, form, exchange)
        let origin = exchange.origin(of: request)
        let reply = try await exchange.perform(request, body: body, checksums: checksums, isCounted: isToService) {
            (reply) throws(Failure) in
            try reader.take(reply)
            try reader.requireNew(at: origin, size: file?.size)
            return reply
        }
        guard call.body.hasFile, let file else { return }
        exchange.conclude(Proof(isVerified: nil, sha256: reply.checksums.sha256))
        try file.requireUnchanged()
    }

    private var isToService: Bool {
        if case .path = call.url { true } else { false }
    }

    private func request(_ form: MultipartForm?) throws(Failure) -> HTTPRequest {
        guard case .path(let template) = call.url else {
            let target = try service.target(of: call, renderer, length: nil)
            return HTTPRequest(call.method, target.address, fields: completed(target.fields, form))
        }
        guard var path = renderer.path(template) else {
            if let id = renderer.context.id {
                throw Failure(
                    .usage, code: "bad_id", "'\(id.shortened.safeForTerminal)' cannot be an id: it is a step in a path")
            }
            throw service.contract(
                "cannot be asked: a value of its \(step.name) URL is not known, or is a step in a path")
        }
        let query = renderer.query(call.query)
        if !query.isEmpty { path += "?" + query }
        var fields = service.commonHeaders ?? HTTPFields()
        if service.commonHeaders == nil {
            for header in service.description.headers { try add(header, to: &fields) }
        }
        for case .one(let header) in call.headers { try add(header, to: &fields) }
        return HTTPRequest(call.method, service.account.baseURL.appending(path), fields: completed(fields, form))
    }

    /// The headers that every call has, where the description says nothing else.
    private func completed(_ fields: HTTPFields, _ form: MultipartForm?) -> HTTPFields {
        var fields = fields
        if let form { fields[.contentType] = form.contentType }
        if !fields.contains(.accept) { fields.append(Self.accept) }
        if !fields.contains(.userAgent) { fields.append(Self.agent) }
        if let type = textType, !fields.contains(.contentType) { fields.append(type) }
        return fields
    }

    private static let accept = HTTPField(name: .accept, value: "application/json")
    private static let agent = HTTPField(name: .userAgent, value: userAgent)

    private static let json = HTTPField(name: .contentType, value: "application/json")
    private static let form = HTTPField(name: .contentType, value: "application/x-www-form-urlencoded")

    private var textType: HTTPField? {
        switch call.body {
        case .json: Self.json
        case .form: Self.form
        case .none, .raw, .multipart: nil
        }
    }

    private func add(_ header: HeaderTemplate, to fields: inout HTTPFields) throws(Failure) {
        guard let value = renderer.text(header.template) else { return }
        guard let field = HTTPField(sendable: value, as: header.name) else {
            throw Failure(
                .usage, code: "bad_header",
                "the header \(header.name.rawName) cannot have this value: \(value.shortened.safeForTerminal)")
        }
        fields[header.name] = nil
        fields.append(field)
    }

    private func form(_ file: InputFile?) throws(Failure) -> MultipartForm? {
        guard case .multipart(let shape, let fileField) = call.body else { return nil }
        let fields = (renderer.members(shape) ?? []).compactMap { member in
            Renderer.text(of: member.value).map { (member.name, $0) }
        }
        guard let file, !fileField.isEmpty else { return MultipartForm(fields, nil) }
        let type = renderer.context.file?.type ?? MediaType.octetStream.description
        return MultipartForm(fields, .init(field: fileField, type: type, input: file))
    }

    private func body(
        _ file: InputFile?, _ form: MultipartForm?, _ exchange: Exchange
    ) throws(Failure) -> (Checksums.Kinds, RequestBody) {
        let kinds: Checksums.Kinds = exchange.integrity.wantsSHA256 ? .sha256 : .none
        if let form { return (call.body.hasFile ? kinds : .none, form.body) }
        switch call.body {
        case .raw: return (kinds, file.map(RequestBody.init(file:)) ?? .none)
        case .json(let shape): return (.none, RequestBody(bytes: renderer.json(shape)?.bytes ?? []))
        case .form(let shape):
            let pairs = (renderer.members(shape) ?? []).compactMap { member in
                Renderer.text(of: member.value).map { (member.name, Template(parts: [.text($0)])) }
            }
            return (.none, RequestBody(bytes: Array(renderer.query(pairs).utf8)))
        case .none, .multipart: return (.none, .none)
        }
    }
}

extension HTTPField {
    /// Nil for a value that HTTP cannot carry, or that is not ASCII.
    init?(sendable value: String, as name: HTTPField.Name) {
        let trimmed = value.trimming { $0 == " " || $0 == "\t" }
        guard HTTPField.isValidValue(trimmed), trimmed.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        self.init(name: name, value: trimmed)
    }
}
