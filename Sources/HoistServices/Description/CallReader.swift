import HTTPTypes
import HoistCore

/// Reads `[prepare]`, `[upload]` and the other calls.
struct CallReader {
    let toml: TOMLReader
    let document: TOMLNode

    private static let keys = [
        "method", "url", "query", "headers", "body", "fields", "file_field", "ok", "require", "when",
    ]
    static let bodies = ["multipart", "raw", "json", "form"]

    var templates: TemplateReader { TemplateReader(toml: toml) }

    func calls() throws(Failure) -> StepTable<Call> {
        var calls = StepTable<Call>()
        for step in Step.allCases {
            guard let node = document[step.name] else { continue }
            calls[step] = try call(node, step)
        }
        guard calls[.upload] != nil else { throw toml.wrong(1, "[upload] is missing: it sends the file") }
        return calls
    }

    private func call(_ node: TOMLNode, _ step: Step) throws(Failure) -> Call {
        let place = "[\(step.name)]"
        let more = step == .status ? ["state", "done", "failed", "reason"] : step == .delete ? ["gone"] : []
        _ = try toml.members(of: node, place, known: Self.keys + more)
        let body = try body(node, step)
        if step == .upload, let when = node["when"] {
            throw toml.wrong(when, "[upload] sends the file and cannot be left out: when is for the other steps")
        }
        return Call(
            method: try method(node["method"], step),
            url: try target(node, place),
            query: try node["query"].map { (node) throws(Failure) in try query(node) } ?? [],
            headers: try headers(node["headers"], "headers of \(place)"),
            body: body,
            ok: try node["ok"].map { (node) throws(Failure) in try statuses(node, "ok", in: 200...399) },
            require: try node["require"].map { (node) throws(Failure) in try requirements(node) } ?? [],
            when: try node["when"].map { (node) throws(Failure) in try templates.template(node, "when") },
            states: step == .status ? try states(node) : nil,
            gone: try node["gone"].map { (node) throws(Failure) in try statuses(node, "gone", in: 400...499) }
                ?? [404, 410])
    }

    private func method(_ node: TOMLNode?, _ step: Step) throws(Failure) -> HTTPRequest.Method {
        guard let node else { return step == .status ? .get : step == .delete ? .delete : .post }
        let text = try toml.text(node, "method")
        let known = ["GET", "POST", "PUT", "PATCH", "DELETE"]
        guard known.contains(text), let method = HTTPRequest.Method(text) else {
            throw toml.wrong(node, "method is one of \(known.joined(separator: ", ")), not '\(text)'")
        }
        return method
    }

    private func target(_ node: TOMLNode, _ place: String) throws(Failure) -> Call.Target {
        guard let url = node["url"] else { throw toml.wrong(node, "url is missing in \(place)") }
        let template = try templates.template(url, "url")
        if let reference = template.alone {
            if let query = node["query"] { throw toml.wrong(query, "a URL from a reply has its own query") }
            guard reference.step != nil else {
                throw toml.wrong(url, "url is a path below base_url, or one URL from an earlier reply")
            }
            return .given(reference)
        }
        guard case .text(let start)? = template.parts.first, start.utf8.first == UInt8(ascii: "/"),
            !start.hasPrefix("//")
        else {
            throw toml.wrong(
                url,
                "url has to begin with / and is below base_url, or is one URL from an earlier reply; the key goes nowhere else"
            )
        }
        for case .text(let text) in template.parts {
            guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"?#\\".utf8.contains($0) }) else {
                throw toml.wrong(url, "url has characters that a path cannot have; parameters go into query")
            }
        }
        let steps = (template.parts.map { if case .text(let text) = $0 { text } else { "x" } }).joined()
        guard !steps.split(separator: "/").contains(where: { $0 == "." || $0 == ".." }) else {
            throw toml.wrong(url, "url has . or .. in it")
        }
        return .path(template)
    }

    private func query(_ node: TOMLNode) throws(Failure) -> [(name: String, template: Template)] {
        try toml.members(of: node, "query").map { (member) throws(Failure) in
            (member.name, try templates.template(member.node, member.name))
        }
    }

    // MARK: - Headers

    /// Headers by name.
    func headerTemplates(_ node: TOMLNode?, _ place: String) throws(Failure) -> [HeaderTemplate] {
        guard let node else { return [] }
        return try toml.members(of: node, place).map { (member) throws(Failure) in
            guard let name = HTTPField.Name(member.name) else {
                throw toml.wrong(member.node, "'\(member.name)' is no header's name")
            }
            guard !Self.connectionHeaders.contains(name.canonicalName) else {
                throw toml.wrong(member.node, "\(member.name) is made for each request and cannot be set")
            }
            let template = try templates.template(member.node, member.name)
            for case .text(let text) in template.parts where !text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
                throw toml.wrong(member.node, "the value of \(member.name) has to be visible ASCII")
            }
            return HeaderTemplate(name: name, template: template)
        }
    }

    private static let connectionHeaders: Set = [
        "host", "content-length", "transfer-encoding", "connection", "expect", "te", "trailer", "upgrade",
    ]

    /// A table, all headers of a reply's object, or a list of these; what comes first counts.
    private func headers(_ node: TOMLNode?, _ place: String) throws(Failure) -> [Call.HeaderSource] {
        guard let node else { return [] }
        switch node.value {
        case .array(let elements):
            var all: [Call.HeaderSource] = []
            for element in elements { all += try headers(element, place) }
            return all
        case .text:
            let template = try templates.template(node, place)
            guard let reference = template.alone, reference.step != nil else {
                throw toml.wrong(
                    node, "\(place) is a table, or one object of an earlier reply such as {prepare.body.headers}")
            }
            return [.all(reference)]
        default: return try headerTemplates(node, place).map(Call.HeaderSource.one)
        }
    }

    // MARK: - Replies

    private func statuses(_ node: TOMLNode, _ name: String, in range: ClosedRange<Int>) throws(Failure) -> [Int] {
        guard case .array(let elements) = node.value else { return [try toml.integer(node, name, in: range)] }
        return try elements.map { (element) throws(Failure) in try toml.integer(element, name, in: range) }
    }

    private func requirements(_ node: TOMLNode) throws(Failure) -> [Call.Requirement] {
        if case .table(let members) = node.value {
            return try members.map { (member) throws(Failure) in
                .init(path: try path(member.node, member.name), value: try shape(member.node, member.name))
            }
        }
        return try toml.texts(node, "require").map { (text) throws(Failure) in
            .init(path: try path(node, text), value: nil)
        }
    }

    private func states(_ node: TOMLNode) throws(Failure) -> Call.States {
        guard let state = node["state"] else {
            throw toml.wrong(node, "state is missing in [status]: where the reply has its word")
        }
        return .init(
            state: try path(state, try toml.text(state, "state")),
            done: try node["done"].map { (node) throws(Failure) in try toml.texts(node, "done") } ?? [],
            failed: try node["failed"].map { (node) throws(Failure) in try toml.texts(node, "failed") } ?? [],
            reason: try node["reason"].map { (node) throws(Failure) in try path(node, try toml.text(node, "reason")) })
    }

    private func path(_ node: TOMLNode, _ text: String) throws(Failure) -> ValuePath {
        guard let path = ValuePath(text) else {
            throw toml.wrong(node, "'\(text)' is no path such as data.items[0].url")
        }
        return path
    }
}

/// Reads texts with values in them.
struct TemplateReader {
    let toml: TOMLReader

    func template(_ node: TOMLNode, _ name: String) throws(Failure) -> Template {
        let text =
            switch node.value {
            case .integer(let integer): String(integer)
            case .flag(let flag): String(flag)
            default: try toml.text(node, name)
            }
        do throws(TemplateProblem) { return try Template(text) } catch { throw toml.wrong(node, error.message) }
    }
}
