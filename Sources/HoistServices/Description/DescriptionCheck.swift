import HoistCore

/// What has to fit together in a description: every value is known when it is needed, and the key goes to the service
/// alone.
struct DescriptionCheck {
    let toml: TOMLReader
    let description: ServiceDescription
    let document: TOMLNode

    func check() throws(Failure) {
        for step in Step.allCases {
            guard let call = description.calls[step], let node = document[step.name] else { continue }
            try check(call, step, node)
        }
        try checkHandles()
        try checkSettings()
        for header in description.headers {
            try check(
                header.template.references, at: document["headers"] ?? document, "headers", step: nil)
        }
        if let handle = idTemplateProblem { throw handle }
    }

    private func check(_ call: Call, _ step: Step, _ node: TOMLNode) throws(Failure) {
        let place = "[\(step.name)]"
        try check(call.templates.flatMap(\.references), at: node, place, step: step)
        // Else there would be an upload that is done, and no file.
        if step == .upload, let when = node["when"] {
            throw toml.wrong(when, "[upload] cannot have when: it sends the file")
        }
        guard case .given = call.url else { return }
        // Where a reply says where to go, the key stays behind.
        let bodies = call.templates.flatMap(\.references)
        if bodies.contains(.key) {
            throw toml.wrong(
                node["headers"] ?? node["url"] ?? node,
                "\(place) goes to a URL from a reply, so it cannot have {key}: the key goes to base_url alone")
        }
    }

    /// - Parameter step: the call that needs them; nil for what every call needs.
    private func check(
        _ references: [Reference], at node: TOMLNode, _ place: String, step: Step?
    ) throws(Failure) {
        for reference in references {
            switch reference {
            case .key where description.key == nil:
                throw toml.wrong(node, "\(place) has {key}, but there is no key_env")
            case .setting(let name) where !description.settings.contains { $0.name == name }:
                let hint = Nearest.hint(for: name, among: description.settings.map(\.name))
                throw toml.wrong(node, "\(place) has {settings.\(name)}, but there is no [settings.\(name)]\(hint)")
            case .handle(let name):
                let known = description.handles
                guard step == .status || step == .delete else {
                    throw toml.wrong(
                        node, "\(place): unknown template {\(name)}; handles are for [status] and [delete]")
                }
                guard known.contains(name) else {
                    throw toml.wrong(
                        node, "\(place): unknown template {\(name)}\(Nearest.hint(for: name, among: known))")
                }
            case .file where step == .status || step == .delete || step == nil:
                throw toml.wrong(node, "\(place) cannot have {file.…}: there is no file with it")
            default: break
            }
            if let other = reference.step { try check(other, before: step, at: node, place) }
        }
    }

    private func check(_ other: Step, before step: Step?, at node: TOMLNode, _ place: String) throws(Failure) {
        guard let step, step <= .complete, other < step else {
            throw toml.wrong(node, "\(place) has a value of [\(other.name)], which is not there by then")
        }
        guard description.has(other) else {
            throw toml.wrong(node, "\(place) has a value of [\(other.name)], which is missing")
        }
    }

    private func checkHandles() throws(Failure) {
        guard let node = document["result"] else { return }
        for handle in description.result {
            let line = node[handle.name] ?? node
            for reference in handle.template.references {
                switch reference {
                case .key: throw toml.wrong(line, "[result] cannot have {key}: it would be shown")
                case .handle(let name):
                    throw toml.wrong(line, "\(handle.name) cannot refer to {\(name)}, another result")
                case .setting(let name) where !description.settings.contains { $0.name == name }:
                    throw toml.wrong(line, "there is no [settings.\(name)]")
                default: break
                }
                if let step = reference.step, step == .delete || !description.has(step) {
                    throw toml.wrong(line, "\(handle.name) has a value of [\(step.name)], which is missing")
                }
            }
        }
    }

    /// A setting may go anywhere, and be shown.
    private func checkSettings() throws(Failure) {
        for setting in description.settings {
            guard let variable = setting.variable, description.key?.names.contains(variable) == true else { continue }
            let node = document["settings"]?[setting.name]
            throw toml.wrong(
                node?["env"] ?? document,
                "env \(variable) is in key_env too: a key is no setting, and goes to base_url alone")
        }
    }

    /// An id that a user gives has to be all that a call about an upload needs.
    private var idTemplateProblem: Failure? {
        for step in [Step.status, .delete] {
            guard let call = description.calls[step], let node = document[step.name] else { continue }
            let handles = Set(
                call.templates.flatMap(\.references).compactMap { reference in
                    if case .handle(let name) = reference { name } else { nil }
                })
            if handles.count != 1 {
                return toml.wrong(node, "[\(step.name)] needs one handle of [result] in its url, query or fields")
            }
        }
        return nil
    }
}
