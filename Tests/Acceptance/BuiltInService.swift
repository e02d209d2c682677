import Testing

/// What a built-in service is to do, from what its maker publishes and not from its description.
struct BuiltInService: Sendable, CustomTestStringConvertible {
    /// How a file gets there.
    enum Shape: String, Sendable {
        case form = "a form"
        case body = "the bytes"
        case urlThenBody = "a URL, then the bytes"
        case urlThenForm = "a URL, then a form"
    }

    let name: String
    let shape: Shape
    /// The calls in their order. What is a part of the path or of the query, and differs with each upload, is in braces.
    let steps: [String]
    /// The fields of the record that have something to use the upload by.
    let handles: [String]
    /// The one of them by which it is asked about and deleted.
    var id = "id"
    /// The one that is the URL at storage without its signature.
    var place: String?
    var media = "shot.png"
    /// The status words' number: how often is asked until the last one is there.
    var questions = 0
    var question: String?
    var delete: Delete?
    var canPresign = false
    /// The steps at which it can refuse.
    var refusals = ["upload"]

    /// What `--set` may say, and what becomes of it in the first call.
    var options: [Option] = []

    struct Option: Sendable {
        let setting: String
        let field: String
        /// Of JSON: texts are in quotes.
        let value: String
    }

    struct Delete: Sendable {
        let call: String
        /// What a second delete comes to.
        var again = Again.alreadyGone
        /// The field of a record with `--wait` that has the id.
        var id: String?

        enum Again: Sendable { case deleted, alreadyGone, refused }
    }

    var testDescription: String { name }
}
