import HTTPTypes
import HoistCore

/// What would be sent for a sample file, step by step, for whoever writes a description.
package struct DryRun {
    private let description: ServiceDescription

    package init(_ description: ServiceDescription) {
        self.description = description
    }

    private static let file: [FileFact: String] = [
        .name: "sample.png", .size: "12345", .type: "image/png", .kind: "image", .ext: "png",
    ]

    package var lines: [String] {
        var lines = ["\(description.name): \(description.title), verbs \(description.verbs.joined(separator: ", "))"]
        for step in Step.allCases {
            guard let call = description.calls[step] else { continue }
            lines +=
                ["", "[\(step.name)] \(call.method.rawValue) \(url(of: call))"]
                + self.lines(of: call).map { "    \($0)" }
        }
        lines += ["", "An upload is known by:"]
        lines += description.result.map { "    \($0.name) = \(text($0.template))" }
        lines += ["", keyLine]
        for setting in description.settings {
            guard let variable = setting.variable else { continue }
            lines.append("The variable \(variable) is read for settings.\(setting.name).")
        }
        return lines
    }

    private var keyLine: String {
        guard let key = description.key else { return "No key is needed, and none is sent." }
        let places = Step.allCases.filter { step in
            guard let call = description.calls[step], case .path = call.url else { return false }
            return (call.templates + description.headers.map(\.template)).contains { $0.references.contains(.key) }
        }
        let origin = "\(description.baseURL.scheme)://\(description.baseURL.authority)"
        guard !places.isEmpty else { return "The key (\(key.phrase)) is used nowhere." }
        return
            "The key (\(key.phrase)) goes to \(origin) with \(places.map(\.name).joined(separator: ", ")), and nowhere else."
    }

    private func url(of call: Call) -> String {
        switch call.url {
        case .given(let reference): return "<\(Self.phrase(reference))>"
        case .path(let template):
            let query = call.query.map { "\($0.name)=\(text($0.template))" }.joined(separator: "&")
            let base = description.baseURL.appending("").description
            return base + text(template) + (query.isEmpty ? "" : "?\(query)")
        }
    }

    private func lines(of call: Call) -> [String] {
        var lines: [String] = []
        if case .path = call.url {
            lines += description.headers.map { "\($0.name.rawName): \(text($0.template))" }
        }
        for source in call.headers {
            switch source {
            case .one(let header): lines.append("\(header.name.rawName): \(text(header.template))")
            case .all(let reference): lines.append("all headers of <\(Self.phrase(reference))>")
            }
        }
        switch call.body {
        case .none: break
        case .raw: lines.append("body: the bytes of sample.png")
        case .json(let shape): lines.append("body: \(json(shape))")
        case .form(let shape): lines.append("body: form \(json(shape))")
        case .multipart(let shape, let field):
            lines.append("body: multipart \(json(shape))" + (field.isEmpty ? "" : ", then the file as \(field)"))
        }
        if let when = call.when { lines.append("only where \(text(when)) has a value") }
        for requirement in call.require {
            lines.append(
                "the reply has to have \(requirement.path)" + (requirement.value.map { " = \(json($0))" } ?? ""))
        }
        if let states = call.states { lines.append("the state is in \(states.state)") }
        return lines
    }

    private func json(_ shape: Call.Shape) -> JSONValue {
        switch shape {
        case .constant(let value): value
        case .value(let template): .string(text(template))
        case .array(let elements): .array(elements.map(json))
        case .object(let members): .object(members.map { .init($0.name, json($0.shape)) })
        }
    }

    private func text(_ template: Template) -> String {
        template.parts.map { part in
            switch part {
            case .text(let text): text
            case .value(let reference, let filter):
                value(reference) + (filter == .base64 ? " in base64" : "")
            }
        }.joined()
    }

    private func value(_ reference: Reference) -> String {
        switch reference {
        case .file(let fact): return Self.file[fact] ?? "<\(Self.phrase(reference))>"
        case .setting(let name):
            let setting = description.settings.first { $0.name == name }
            return setting?.defaultTemplate?.constant ?? "<\(Self.phrase(reference))>"
        default: return "<\(Self.phrase(reference))>"
        }
    }

    private static func phrase(_ reference: Reference) -> String {
        switch reference {
        case .key: "the key"
        case .setting(let name): "settings.\(name)"
        case .file(let fact): "file.\(fact.rawValue)"
        case .body(let step, let path): "\(step.name).body.\(path)"
        case .header(let step, let name): "\(step.name).header.\(name.rawName)"
        case .text(let step): "\(step.name).text"
        case .handle(let name): name
        case .uuid: "a new UUID"
        }
    }
}
