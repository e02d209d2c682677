import HTTPTypes
import HoistCore
import HoistFiles
import HoistMedia
import HoistTransport

/// A service as it is configured for a run: its description, the account, and what the user says to it. It puts files
/// there, step by step, and asks about them.
///
/// A class, since it goes from hand to hand for every file.
package final class Service: Sendable {
    package let description: ServiceDescription
    package let account: Account
    package let settings: SettingValues
    /// What follows from the description, worked out once and not for each file.
    let plan: ServicePlan
    /// Nil where none is needed, or there is none.
    let credential: Credential?
    /// Why nothing can be sent; nil where it can.
    let keyTrouble: Failure?
    /// The headers of every call to the service; nil where they are not the same for every file, or cannot be sent.
    let commonHeaders: HTTPFields?

    package init(_ description: ServiceDescription, _ account: Account, _ settings: SettingValues) {
        self.description = description
        self.account = account
        self.settings = settings
        plan = ServicePlan(description)
        switch account.credential {
        case nil: (credential, keyTrouble) = (nil, nil)
        case .success(let credential): (self.credential, keyTrouble) = (credential, nil)
        case .failure(var trouble):
            trouble.isAboutKey = true
            (credential, keyTrouble) = (nil, trouble)
        }
        commonHeaders = Self.commonHeaders(
            of: description, UploadContext(file: nil, key: credential?.secret, settings: settings))
    }

    private static func commonHeaders(of description: ServiceDescription, _ context: UploadContext) -> HTTPFields? {
        var fields = HTTPFields()
        for header in description.headers {
            if header.template.references.contains(where: { $0.dependsOnFile(context.settings) }) { return nil }
            guard let value = Renderer(context: context).text(header.template) else { continue }
            guard let field = HTTPField(sendable: value, as: header.name) else { return nil }
            fields.append(field)
        }
        return fields
    }

    package var name: String { description.name }
    package var title: String { description.title }
    package var names: UploadNames { plan.names }
    package var wantsProbe: Bool { plan.wantsProbe }

    /// Throws `refusedHere` or `usage` for what the service would refuse anyway, and warns of what it may refuse; asks nobody.
    package func check(_ file: MediaFile, _ exchange: Exchange) throws(Failure) {
        if let refusal = description.limits.refusal(of: file, by: title) { throw refusal }
        try settings.check { description.limits.kind(of: file.media) }
        warn(of: file.media, exchange)
    }

    /// Warns where the vendor does not name the type.
    private func warn(of media: MediaDescription, _ exchange: Exchange) {
        guard let type = media.type, !description.limits.isListed(type) else { return }
        exchange.warn(description.limits.warning(about: type, by: title))
    }

    /// Puts the file there, and waits until it is processed where that is wanted. What the service hands out meanwhile is
    /// in the exchange, whatever becomes of the rest.
    package func upload(_ file: MediaFile, wait: StatusWait?, over exchange: Exchange) async throws(Failure) {
        let context = context(try facts(file.media, of: file.input))
        do throws(Failure) {
            try await send(file, context, over: exchange)
        } catch  where error.isExpiredURL {
            // The URL can lapse while a slow upload is tried again. Only a new one cures that, and only this once.
            exchange.startOver()
            context.startOver()
            try await send(file, context, over: exchange)
        }
        try await finish(exchange.receipt, wait: wait, over: exchange)
    }

    private func send(_ file: MediaFile, _ context: UploadContext, over exchange: Exchange) async throws(Failure) {
        for step in [Step.prepare, .upload, .complete] {
            try await call(step, context, file.input, over: exchange)
        }
    }

    /// What it takes to put a file there later: the reply, with the URL and the headers to send under the names that `put`
    /// reads.
    package func presign(
        _ media: MediaDescription, of input: InputFile?, over exchange: Exchange
    ) async throws(Failure) {
        try settings.check { description.limits.kind(of: media) }
        // What is here was checked.
        if input == nil { warn(of: media, exchange) }
        let context = context(try facts(media, of: input))
        try await call(.prepare, context, nil, over: exchange)
        guard let upload = description.calls[.upload] else { return }
        let target = try target(of: upload, Renderer(context: context), length: input?.size)
        guard case .object(let fields)? = context[.prepare]?.json else { return }
        exchange.learn(PresignedReply.complete(Receipt(fields: fields), target))
    }

    /// Whether an upload is not known to be finished, and there is somebody to ask.
    package func isUnfinished(_ receipt: Receipt) -> Bool {
        description.has(.status) && handle(of: receipt, for: .status) != nil
    }

    /// Waits until an upload that is there is finished.
    package func finish(_ receipt: Receipt, wait: StatusWait?, over exchange: Exchange) async throws(Failure) {
        guard let wait, description.has(.status), let id = handle(of: receipt, for: .status) else { return }
        try await wait.untilFinished(self, id, over: exchange)
    }

    /// What the calls about an upload call it: a handle of its receipt.
    private func handle(of receipt: Receipt, for step: Step) -> String? {
        plan.handleNames[step].flatMap { receipt[$0] }.flatMap(Renderer.text)
    }

    /// The upload's state as the service says it now.
    package func status(of id: String, over exchange: Exchange) async throws(Failure) -> UploadState {
        let context = context(nil)
        context.id = id
        try await call(.status, context, nil, over: exchange)
        guard let states = description.calls[.status]?.states, let json = context[.status]?.json else {
            return .underWay("")
        }
        let state = UploadState(
            states.state.value(in: json).flatMap(Renderer.text) ?? "", of: states,
            reason: states.reason.flatMap { $0.value(in: json) }.flatMap(Renderer.text))
        exchange.learn(state.receipt)
        return state
    }

    /// Deletes an upload. Returns whether there was one.
    package func delete(_ id: String, over exchange: Exchange) async throws(Failure) -> Bool {
        let context = context(nil)
        context.id = id
        try await call(.delete, context, nil, over: exchange)
        return !context.isGone
    }

    // MARK: - One step

    private func call(
        _ step: Step, _ context: UploadContext, _ file: InputFile?, over exchange: Exchange
    ) async throws(Failure) {
        guard let call = description.calls[step] else { return }
        let renderer = Renderer(context: context)
        if let when = call.when, renderer.text(when)?.isEmpty ?? true { return }
        let reader = StepReader(service: self, step: step, call: call, context: context, exchange: exchange)
        if case .given = call.url, call.body.hasFile {
            guard let file else { return }
            let target = try target(of: call, renderer, length: file.size)
            return try reader.take(try await target.send(file, over: exchange))
        }
        try await ServiceRequest(service: self, step: step, call: call, renderer: renderer)
            .perform(file, over: exchange, reader)
    }

    /// Where an earlier reply says to go, and what goes there: neither the key nor the service's own headers.
    func target(of call: Call, _ renderer: Renderer, length: Int64?) throws(Failure) -> PresignedPut {
        guard case .given(let reference) = call.url, let url = renderer.value(reference)?.text else {
            throw contract("answered without \(call.url.template.references.first?.phrase ?? "a URL")")
        }
        var put = try PresignedPut(
            url: url, method: call.method, headers: try headers(of: call, renderer), length: length,
            mayBeLoopback: account.baseURL.isLoopback)
        put.ok = call.ok
        if case .multipart(let shape, let fileField) = call.body {
            guard let members = renderer.members(shape) else {
                throw contract("answered without the fields of its form")
            }
            put.form = .init(
                fields: members.compactMap { member in Renderer.text(of: member.value).map { (member.name, $0) } },
                fileField: fileField, type: renderer.context.file?.type ?? MediaType.octetStream.description)
        }
        return put
    }

    /// The headers that a call names, or that it takes from a reply; of two with one name the first counts.
    private func headers(of call: Call, _ renderer: Renderer) throws(Failure) -> [JSONValue.Member] {
        var headers: [JSONValue.Member] = []
        for source in call.headers {
            let more: [JSONValue.Member]
            switch source {
            case .one(let header):
                more = renderer.text(header.template).map { [.init(header.name.rawName, .string($0))] } ?? []
            case .all(let reference):
                guard let members = renderer.value(reference).flatMap(Renderer.members) else {
                    throw contract("answered without \(reference.phrase); nothing was sent")
                }
                more = members
            }
            headers +=
                headers.isEmpty
                ? more : more.filter { new in !headers.contains { $0.name.lowercased() == new.name.lowercased() } }
        }
        return headers
    }

    func context(_ file: FileFacts?) -> UploadContext {
        UploadContext(file: file, key: credential?.secret, settings: settings)
    }

    private func facts(_ media: MediaDescription, of input: InputFile?) throws(Failure) -> FileFacts {
        let facts = FileFacts(media, of: input, kind: description.limits.kind(of: media), description)
        guard let input, plan.isNamedByContent else { return facts }
        if description.usesFile(.md5) { facts.md5 = try input.digest(.md5) }
        if description.usesFile(.sha256) { facts.sha256 = try input.digest(.sha256) }
        return facts
    }

    func contract(_ what: String) -> Failure {
        Failure(.contract, code: "unexpected_reply", "\(title) \(what)")
    }
}

extension Reference {
    /// Whether it is another value for each file, or may be.
    fileprivate func dependsOnFile(_ settings: SettingValues) -> Bool {
        switch self {
        case .key: return false
        case .setting(let name):
            guard let setting = settings[name] else { return true }
            return !setting.kinds.isEmpty || setting.value == nil && setting.defaultTemplate != nil
        default: return true
        }
    }

    /// For messages.
    var phrase: String {
        switch self {
        case .body(_, let path): path.description
        case .header(_, let name): "the header \(name.rawName)"
        default: "what it needs"
        }
    }
}
