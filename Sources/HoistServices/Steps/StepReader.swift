import HoistCore
import HoistTransport

/// Reads a step's reply: what the next steps need of it, and what the user is told.
struct StepReader {
    let service: Service
    let step: Step
    let call: Call
    /// What the reply has to have.
    let needs: [ServicePlan.Need]
    let context: UploadContext
    let exchange: Exchange

    private var description: ServiceDescription { service.description }

    /// Throws the failure that a bad reply stands for. What the service hands out is learned in any case.
    func take(_ reply: Reply) throws(Failure) {
        let reader = ServiceReply(reply: reply, service: service)
        guard call.ok?.contains(reply.status) ?? (200..<300).contains(reply.status) else {
            exchange.learn(reader.handles)
            let failure = reader.failure
            // It is being processed: later it can be deleted.
            if step == .delete, reply.status == 409 { throw failure.temporary }
            throw failure
        }
        let json = reader.json
        context[step] = .init(json: json, reply: reply)
        learn(json)
        guard json != nil || needs.isEmpty && call.require.isEmpty && call.states == nil else { throw reader.notJSON }
        for requirement in call.require {
            guard let wanted = requirement.value else { continue }
            try require(requirement.path.value(in: json), wanted, at: requirement.path, reader)
        }
        var missing = call.require.filter { $0.value == nil && Self.text($0.path.value(in: json)) == nil }.map(\.path)
        missing += needs.filter { !$0.isMet(by: json) && !missing.contains($0.path) }.map(\.path)
        if let states = call.states, !states.isState(states.state.value(in: json)) { missing.append(states.state) }
        guard missing.isEmpty else {
            throw reader.without(missing.map(\.description).joined(separator: " and "))
        }
    }

    private func learn(_ json: JSONValue?) {
        var handles: [JSONValue.Member] = []
        let renderer = Renderer(key: nil, settings: service.settings, context: context)
        var fields: [JSONValue.Member] = []
        if step != .delete, case .object(let members)? = json.map(service.plan.withoutSecrets) { fields = members }
        for handle in description.result {
            guard let value = renderer.value(handle.template), !Self.isMissing(value) else { continue }
            if let index = fields.firstIndex(where: { $0.name == handle.name }) {
                if fields[index].value == value { continue }
                fields.remove(at: index)
            }
            handles.append(.init(handle.name, value))
        }
        let names = service.plan.handles
        let shown = fields.compactMap { field -> JSONValue.Member? in
            if step == .status, field.name == service.plan.reasonName { return nil }
            return names.contains(field.name) ? field : PresignedReply.redacted(field)
        }
        exchange.learn(Receipt(fields: handles + shown))
    }

    /// An upload has one handle: a second reply with it belongs to another file's request. Where the file was sent with
    /// the call, the same bytes may get the same handle.
    func requireNew(at origin: Origin, size: Int64?) throws(Failure) {
        guard step == .prepare || step == .upload, let first = description.result.first,
            first.template.references.contains(where: { $0.step == step }),
            let handle = context.value(of: first.template, service), !service.plan.isNamedByContent
        else { return }
        guard !origin.isNew(handle: handle, of: step == .upload ? size : nil) else { return }
        throw Failure(
            .temporary, code: "mixed_up_reply",
            "\(service.title) gave two files the same \(first.name) (\(handle.shortened.safeForTerminal)); run it again"
        )
    }

    private func require(
        _ value: JSONValue?, _ wanted: Call.Shape, at path: ValuePath, _ reader: ServiceReply
    ) throws(Failure) {
        let renderer = Renderer(key: nil, settings: service.settings, context: context)
        guard let wanted = renderer.json(wanted) else { return }
        if value == wanted { return }
        // Identifiers may come back in other letters.
        if let value = value.flatMap(Renderer.text), let text = Renderer.text(of: wanted),
            value.lowercased() == text.lowercased()
        {
            return
        }
        let isOther = step == .status && value != nil && wanted.text == context.id
        guard !isOther else {
            throw Failure(
                .contract, code: "mixed_up_reply",
                "\(service.title) answered about another upload (\((value.flatMap(Renderer.text) ?? "").shortened.safeForTerminal))"
            )
        }
        throw reader.refusal(path, value)
    }

    private static func text(_ value: JSONValue?) -> String? {
        guard let text = value?.text, !text.isEmpty else { return nil }
        return text
    }

    private static func isMissing(_ value: JSONValue?) -> Bool {
        value == nil || value == .null || value == .string("")
    }
}

extension UploadContext {
    fileprivate func value(of template: Template, _ service: Service) -> String? {
        Renderer(key: nil, settings: service.settings, context: self).text(template)
    }
}
