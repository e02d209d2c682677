import HoistCore
import HoistTransport

/// Reads a step's reply: what the next steps need of it, and what the user is told.
struct StepReader {
    let service: Service
    let step: Step
    let call: Call
    let context: UploadContext
    let exchange: Exchange

    private var renderer: Renderer { Renderer(context: context) }

    /// Throws the failure that a bad reply stands for. What the service hands out is learned in any case.
    func take(_ reply: Reply) throws(Failure) {
        let reader = ServiceReply(reply: reply, service: service)
        guard call.ok?.contains(reply.status) ?? (200..<300).contains(reply.status) else {
            // What is gone already need not be deleted; a web page is no service's answer.
            if step == .delete, call.gone.contains(reply.status), !reply.isWebPage {
                context.isGone = true
                return
            }
            let known = Set(exchange.receipt.fields.map(\.name))
            exchange.learn(reader.handles.without(known))
            let failure = reader.failure
            // It is being processed: later it can be deleted.
            if step == .delete, reply.status == 409 { throw failure.temporary }
            throw failure
        }
        let json = reader.json
        context[step] = .init(json: json, reply: reply, credential: reader.credential)
        learn(json)
        let needs = service.plan.needs[step] ?? []
        if needs.isEmpty, call.require.isEmpty, call.states == nil { return }
        for requirement in call.require {
            guard let wanted = requirement.value else { continue }
            if json == nil { throw reader.notJSON }
            try require(requirement.path.value(in: json), wanted, at: requirement.path, reader)
        }
        let renderer = renderer
        var missing: [String] = []
        for requirement in call.require where requirement.value == nil {
            if Self.text(requirement.path.value(in: json)) == nil { missing.append(requirement.path.description) }
        }
        for need in needs where !need.isMet(by: renderer) && !missing.contains(need.reference.phrase) {
            missing.append(need.reference.phrase)
        }
        if let states = call.states, !states.isState(states.state.value(in: json)) {
            missing.append(states.state.description)
        }
        guard missing.isEmpty else { throw reader.without(missing.joined(separator: " and ")) }
    }

    private func learn(_ json: JSONValue?) {
        var fields: [JSONValue.Member] = []
        // What storage says by the way is not the service's word.
        if case .path = call.url, step != .delete, case .object(let members)? = json {
            fields = service.plan.shown(members, of: step)
        }
        var handles: [JSONValue.Member] = []
        let renderer = renderer
        for handle in service.plan.results[step] ?? [] {
            guard let value = renderer.value(handle.template), !Self.isMissing(value) else { continue }
            if let index = fields.firstIndex(where: { $0.name == handle.name }) {
                // Where the reply has it, it stays.
                if fields[index].value == value { continue }
                fields[index] = fields[index].foreign
            }
            handles.append(.init(handle.name, value))
        }
        // The handles of other steps are not this reply's to say.
        for name in service.plan.otherHandles[step] ?? [] {
            guard let index = fields.firstIndex(where: { $0.name == name }) else { continue }
            if let known = exchange.receipt[name] {
                if known == fields[index].value {
                    fields.remove(at: index)
                } else {
                    fields[index] = fields[index].foreign
                }
            } else if step != .status {
                fields[index] = fields[index].foreign
            }
        }
        exchange.learn(Receipt(fields: handles.isEmpty ? fields : handles + fields))
    }

    /// An upload has one handle: a second reply with it belongs to another file's request. Where the file was sent with
    /// the call, the same bytes may get the same handle.
    func requireNew(at origin: Origin, size: Int64?) throws(Failure) {
        guard step == .prepare || step == .upload, !service.plan.isNamedByContent,
            let first = service.plan.results[step]?.first, first.name == service.description.result.first?.name,
            let handle = renderer.text(first.template)
        else { return }
        guard !origin.isNew(handle: handle, of: step == .upload ? size : nil) else { return }
        throw Failure(
            .temporary, code: "mixed_up_reply",
            "\(service.title) gave two files the same \(first.name) (\(handle.shortened.safeForTerminal))",
            advice: "run it again")
    }

    private func require(
        _ value: JSONValue?, _ wanted: Call.Shape, at path: ValuePath, _ reader: ServiceReply
    ) throws(Failure) {
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

extension JSONValue.Member {
    /// A field that is called like a handle and has something else.
    fileprivate var foreign: JSONValue.Member { .init("service_" + name, value) }
}
