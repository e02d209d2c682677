import FoundationEssentials

/// The fields of a JSON object, taken one by one; what nobody took in the end is an unknown field.
struct Fields {
    /// Which field is wrong, and how.
    struct Problem: Error, CustomStringConvertible {
        let field: String
        let reason: String

        var description: String { "\(field): \(reason)" }
    }

    private var rest: [String: JSON]

    /// The name says what the object is, for the message if it is none.
    init(_ json: JSON, of name: String) throws {
        guard case .object(let fields) = json else { throw Problem(field: name, reason: "must be a JSON object") }
        rest = fields
    }

    mutating func string(_ name: String) throws -> String? {
        guard let value = rest.removeValue(forKey: name) else { return nil }
        guard case .string(let string) = value else { throw Problem(field: name, reason: "must be a string") }
        return string
    }

    mutating func required(_ name: String) throws -> String {
        guard let value = try string(name) else { throw Problem(field: name, reason: "is required") }
        return value
    }

    /// A number that is not negative.
    mutating func number(_ name: String) throws -> Decimal? {
        guard let value = rest.removeValue(forKey: name) else { return nil }
        guard case .number(let number) = value, number >= 0 else {
            throw Problem(field: name, reason: "must be a number, zero or more")
        }
        return number
    }

    /// A whole number that is not negative; `null` gives nil.
    mutating func integer(_ name: String, default value: Int?) throws -> Int? {
        if rest[name] == .null {
            rest[name] = nil
            return nil
        }
        guard let number = try number(name) else { return value }
        guard let integer = Int(number.description) else {
            throw Problem(field: name, reason: "must be a whole number")
        }
        return integer
    }

    mutating func object(_ name: String) throws -> [String: JSON]? {
        guard let value = rest.removeValue(forKey: name) else { return nil }
        guard case .object(let object) = value else { throw Problem(field: name, reason: "must be an object") }
        return object
    }

    func finish() throws {
        guard let unknown = rest.keys.min() else { return }
        throw Problem(field: unknown, reason: "is not a known field")
    }
}
