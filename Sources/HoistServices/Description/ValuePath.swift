import HoistCore

/// Where in a JSON document a value is: `data.items[0].url`.
package struct ValuePath: Sendable, Hashable, CustomStringConvertible {
    package enum Step: Sendable, Hashable {
        case name(String)
        case index(Int)
    }

    let steps: [Step]

    /// Nil for what is no path.
    package init?(_ text: some StringProtocol) {
        var steps: [Step] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            let name = part.prefix { $0 != "[" }
            if !name.isEmpty { steps.append(.name(String(name))) }
            var rest = part[name.endIndex...]
            // Only the document itself may be a list.
            guard !name.isEmpty || steps.isEmpty && !rest.isEmpty else { return nil }
            while let opening = rest.first {
                guard opening == "[", let end = rest.firstIndex(of: "]"),
                    let index = Int(rest[..<end].dropFirst()), index >= 0
                else { return nil }
                steps.append(.index(index))
                rest = rest[rest.index(after: end)...]
            }
        }
        guard !steps.isEmpty else { return nil }
        self.steps = steps
    }

    package var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .name(let name): text += text.isEmpty ? name : ".\(name)"
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }

    /// The member of the document that it is in; nil where that is a list.
    package var root: String? {
        if case .name(let name)? = steps.first { name } else { nil }
    }

    /// The last name in it.
    var leaf: String? {
        for case .name(let name) in steps.reversed() { return name }
        return nil
    }

    /// The value there; nil where the document has none.
    package func value(in document: JSONValue?) -> JSONValue? {
        var value = document
        for step in steps {
            switch (step, value) {
            case (.name(let name), let object?): value = object[name]
            case (.index(let index), .array(let elements)?):
                value = elements.indices.contains(index) ? elements[index] : nil
            default: return nil
            }
        }
        return value
    }

    /// A field of a document without the value there; nil where it is that value.
    func removed(from field: JSONValue.Member) -> JSONValue.Member? {
        guard case .name(let name)? = steps.first, name == field.name else { return field }
        if steps.count == 1 { return nil }
        return .init(name, Self.removed(steps.dropFirst(), from: field.value))
    }

    private static func removed(_ steps: ArraySlice<Step>, from value: JSONValue) -> JSONValue {
        let rest = steps.dropFirst()
        switch (steps.first, value) {
        case (.name(let name), .object(let members)):
            return .object(
                members.compactMap { member in
                    guard member.name == name else { return member }
                    return rest.isEmpty ? nil : .init(name, removed(rest, from: member.value))
                })
        case (.index(let index), .array(var elements)) where elements.indices.contains(index):
            elements[index] = rest.isEmpty ? .null : removed(rest, from: elements[index])
            return .array(elements)
        default: return value
        }
    }
}
