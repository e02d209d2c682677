/// A header value with parameters, such as `form-data; name="file"` (RFC 9110, 5.6.6).
///
/// Inside quotes a backslash is an ordinary character: that is how browsers write file names (WHATWG HTML,
/// "multipart/form-data encoding algorithm"), and neither service's values need more.
struct HeaderValue {
    let value: String
    let parameters: [(name: String, value: String)]

    /// Nil where the text is malformed.
    init?(_ text: String) {
        var rest = Substring(text)
        value = String(rest.prefix { $0 != ";" }).trimmed
        rest = rest.dropFirst(rest.prefix { $0 != ";" }.count)

        var parameters: [(name: String, value: String)] = []
        while !rest.isEmpty {
            rest = rest.dropFirst().drop { $0 == " " }
            let name = rest.prefix { $0 != "=" }
            guard name.isToken, rest.count > name.count else { return nil }
            rest = rest.dropFirst(name.count + 1)
            let value: Substring
            if rest.first == "\"" {
                rest = rest.dropFirst()
                value = rest.prefix { $0 != "\"" }
                guard rest.count > value.count else { return nil }
                rest = rest.dropFirst(value.count + 1)
            } else {
                value = rest.prefix { $0 != ";" && $0 != " " }
                guard value.isToken else { return nil }
                rest = rest.dropFirst(value.count)
            }
            rest = rest.drop { $0 == " " }
            guard rest.isEmpty || rest.first == ";" else { return nil }
            parameters.append((name.lowercased(), String(value)))
        }
        self.parameters = parameters
    }

    /// The value of a parameter that is there exactly once.
    subscript(_ name: String) -> String? {
        let found = parameters.filter { $0.name == name }
        return found.count == 1 ? found[0].value : nil
    }

    /// Whether the value is a media type (RFC 9110, 8.3.1).
    var isMediaType: Bool {
        let halves = value.split(separator: "/", omittingEmptySubsequences: false)
        return halves.count == 2 && halves.allSatisfy(\.isToken)
    }
}

extension StringProtocol {
    /// RFC 9110, 5.6.2.
    fileprivate var isToken: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    fileprivate var trimmed: String {
        let start = drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }
}
