import FoundationEssentials
import HoistCore

/// Puts values into templates. What a reply said is a value and never read as a template.
struct Renderer {
    let context: UploadContext

    /// The value that a template comes to, with its type where the template is nothing else; nil where any part of it is
    /// not set.
    func value(_ template: Template) -> JSONValue? {
        if let reference = template.alone { return value(reference) }
        return text(template).map(JSONValue.string)
    }

    /// Nil where any part of it is not set.
    func text(_ template: Template) -> String? {
        var text = ""
        for part in template.parts {
            switch part {
            case .text(let literal): text += literal
            case .value(let reference, let filter):
                guard let value = value(reference).flatMap(Self.text) else { return nil }
                text += filter == .base64 ? Data(value.utf8).base64EncodedString() : value
            }
        }
        return text
    }

    /// A path in which every value is one segment, or several where the description says so; nil where one is not set,
    /// or is a step in the path.
    func path(_ template: Template) -> String? {
        var path = ""
        for part in template.parts {
            switch part {
            case .text(let literal): path += literal
            case .value(let reference, let filter):
                guard let value = value(reference).flatMap(Self.text), !value.isEmpty else { return nil }
                let segments =
                    filter == .path ? value.split(separator: "/", omittingEmptySubsequences: false) : [value[...]]
                path += segments.map { Self.segment(String($0)) }.joined(separator: "/")
            }
        }
        // Servers take . and .. for steps, percent-encoded too.
        guard template.parts.count > 1, path.split(separator: "/").contains(where: { $0 == "." || $0 == ".." }) else {
            return path
        }
        return nil
    }

    /// `a=b&c=d`, without the parameters that are not set.
    func query(_ parameters: [(name: String, template: Template)]) -> String {
        parameters.compactMap { parameter in
            text(parameter.template).map { "\(Self.segment(parameter.name))=\(Self.segment($0))" }
        }.joined(separator: "&")
    }

    /// JSON, in which members and elements that are not set are left out.
    func json(_ shape: Call.Shape) -> JSONValue? {
        switch shape {
        case .constant(let value): return value
        case .value(let template): return value(template)
        case .array(let elements): return .array(elements.compactMap(json))
        case .object(let members):
            var rendered: [JSONValue.Member] = []
            rendered.reserveCapacity(members.count)
            for member in members {
                if let value = json(member.shape) { rendered.append(.init(member.name, value)) }
            }
            return .object(rendered)
        }
    }

    /// The members of an object; text that has JSON in it is read. Nil where there is none.
    func members(_ shape: Call.Shape) -> [JSONValue.Member]? { json(shape).flatMap(Self.members) }

    static func members(of value: JSONValue) -> [JSONValue.Member]? {
        switch value {
        case .object(let members): return members
        case .string(let text):
            guard case .object(let members)? = JSONValue(parsing: Array(text.utf8)) else { return nil }
            return members
        default: return nil
        }
    }

    func value(_ reference: Reference) -> JSONValue? {
        switch reference {
        case .key: return context.key.map(JSONValue.string)
        case .setting(let name): return setting(name)
        case .file(let fact): return context.file?.value(fact)
        case .body(let step, let path):
            let value = path.value(in: context[step]?.json)
            return value == .null ? nil : value
        case .header(let step, let name): return (context[step]?.header(name)).map(JSONValue.string)
        case .text(let step): return (context[step]?.text).map(JSONValue.string)
        case .handle: return context.id.map(JSONValue.string)
        case .uuid: return .string(UUID().uuidString.lowercased())
        }
    }

    /// What the user said, or the default; nil where neither is, or where it belongs to other media.
    private func setting(_ name: String) -> JSONValue? {
        guard let setting = context.settings[name] else { return nil }
        if !setting.kinds.isEmpty, let kind = context.file?.kind, !setting.kinds.contains(kind) { return nil }
        return setting.value ?? setting.defaultTemplate.flatMap(value)
    }

    /// A value within a text.
    static func text(of value: JSONValue) -> String? {
        switch value {
        case .null: nil
        case .string(let text), .number(let text): text
        case .bool, .array, .object: value.description
        }
    }

    /// One segment of a path: everything but RFC 3986's unreserved characters is encoded, so that an id stays an id.
    private static func segment(_ text: String) -> String {
        if text.utf8.allSatisfy(\.isUnreserved) { return text }
        return text.utf8.map { byte in
            byte.isUnreserved ? String(UnicodeScalar(byte)) : "%" + Hexadecimal.text(of: [byte]).uppercased()
        }.joined()
    }
}

extension UInt8 {
    /// RFC 3986, section 2.3.
    fileprivate var isUnreserved: Bool { isLetterOrDigit || "-._~".utf8.contains(self) }
}
