import HoistCore

/// What a call sends.
extension CallReader {
    func body(_ node: TOMLNode, _ step: Step) throws(Failure) -> Call.Body {
        let place = "[\(step.name)]"
        let fields = try node["fields"].map { (node) throws(Failure) in try shape(node, "fields") }
        guard let kind = node["body"] else {
            if let fields = node["fields"] { throw toml.wrong(fields, "fields need a body: json, form or multipart") }
            if step == .upload { throw toml.wrong(node, "body is missing in [upload]: raw or multipart") }
            return .none
        }
        let text = try toml.text(kind, "body")
        guard Self.bodies.contains(text) else {
            throw toml.wrong(
                kind,
                "body is one of \(Self.bodies.joined(separator: ", ")), not '\(text)'\(Nearest.hint(for: text, among: Self.bodies))"
            )
        }
        if text != "multipart", let field = node["file_field"] {
            throw toml.wrong(field, "file_field is for a multipart body")
        }
        switch text {
        case "raw":
            guard step == .upload else { throw toml.wrong(kind, "the file goes with [upload] only, not \(place)") }
            if let fields = node["fields"] { throw toml.wrong(fields, "a raw body is the file and has no fields") }
            return .raw
        case "json", "form":
            guard step != .upload else {
                throw toml.wrong(kind, "[upload] sends the file: its body is raw or multipart")
            }
            return text == "json" ? .json(fields ?? .object([])) : .form(try flat(fields, node))
        default:
            let fields = try flat(fields, node)
            guard step == .upload else { return .multipart(fields: fields, fileField: "") }
            guard let field = node["file_field"] else { throw toml.wrong(node, "file_field is missing in [upload]") }
            let name = try toml.text(field, "file_field")
            guard !name.isEmpty else { throw toml.wrong(field, "file_field is empty") }
            return .multipart(fields: fields, fileField: name)
        }
    }

    /// The fields of a form have no tables in them.
    private func flat(_ fields: Call.Shape?, _ node: TOMLNode) throws(Failure) -> Call.Shape {
        switch fields {
        case nil: return .object([])
        case .value(let template): return .value(template)
        case .object(let members):
            for member in members {
                if case .object = member.shape { throw notFlat(node) }
                if case .array = member.shape { throw notFlat(node) }
            }
            return .object(members)
        case .constant, .array: throw notFlat(node)
        }
    }

    private func notFlat(_ node: TOMLNode) -> Failure {
        toml.wrong(node["fields"] ?? node, "the fields of a form are a flat table")
    }

    func shape(_ node: TOMLNode, _ name: String) throws(Failure) -> Call.Shape {
        switch node.value {
        case .text:
            let template = try templates.template(node, name)
            if let constant = template.constant { return .constant(.string(constant)) }
            return .value(template)
        case .integer(let integer): return .constant(.number(integer))
        case .decimal(let decimal) where decimal.isFinite: return .constant(.number(orNull: decimal))
        case .flag(let flag): return .constant(.bool(flag))
        case .array(let elements):
            return .array(try elements.map { (element) throws(Failure) in try shape(element, name) })
        case .table(let members):
            return .object(
                try members.map { (member) throws(Failure) in
                    (member.name, try shape(member.node, member.name))
                })
        default: throw toml.mismatch(node, name, "text, a number, true or false, a list or a table")
        }
    }
}
