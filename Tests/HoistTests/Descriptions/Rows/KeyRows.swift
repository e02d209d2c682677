/// Keys of descriptions that are not known, are missing, or have another type.
extension DescriptionRow {
    static let unknownKeys: [DescriptionRow] = [
        top("unknown key", "titel = 'x'", says: ["line 1", "'titel'", "'title'"]),
        form(
            "unknown key in [upload]", "file_field", "file_feild",
            says: ["line 7", "'file_feild' in [upload]", "'file_field'"]),
        presigned(
            "unknown key in [prepare]", "body = \"json\"", "bdy = \"json\"", says: ["line 6", "[prepare]", "'body'"]),
        more(
            "unknown key in [complete]", "[complete]\nurl = '/c'\nmethd = 'PUT'",
            says: ["line 12", "[complete]", "'method'"]),
        more(
            "unknown key in [status]", "[status]\nurl = '/{id}'\nstat = 's'", says: ["line 12", "[status]", "'state'"]),
        more(
            "unknown key in [delete]", "[delete]\nurl = '/{id}'\ngon = [404]", says: ["line 12", "[delete]", "'gone'"]),
        more(
            "a key of [delete] in [status]", "[status]\nurl = '/{id}'\nstate = 's'\ngone = [404]",
            says: ["line 13", "'gone'"]),
        more(
            "unknown key in a setting", "[settings.owner]\nrequird = true",
            says: ["line 11", "[settings.owner]", "'required'"]),
        more("unknown key in [error]", "[error]\nmesage = 'm'", says: ["line 11", "[error]", "'message'"]),
        more("unknown table", "[stauts]\nurl = '/{id}'", says: ["line 10", "'stauts'", "'status'"]),
        more("a table of the wrong step's name", "[download]\nurl = '/x'", says: ["line 10", "'download'"]),
        top("the same key twice", "key_env = 'A'", says: ["line 3", "'key_env'", "twice"]),
        more("the same table twice", "[upload]\nurl = '/x'", says: ["line 10", "[upload]", "twice"]),
    ]

    static let missingKeys: [DescriptionRow] = [
        DescriptionRow(name: "nothing at all", description: "", says: ["mine.toml", "line 1", "base_url"]),
        form("no [upload]", "[upload]", "[prepare]", says: ["line 1", "[upload] is missing"]),
        DescriptionRow(
            name: "only [prepare]", description: "base_url = '@BASE'\n[prepare]\nurl = '/x'\n[result]\nid = '{uuid}'",
            says: ["[upload] is missing"]),
        form("no url", "url = \"/files\"\n", "", says: ["line 4", "url is missing in [upload]"]),
        form(
            "no body", "body = \"multipart\"\nfile_field = \"file\"\n", "",
            says: ["line 4", "body is missing in [upload]"]),
        form("no file_field", "file_field = \"file\"\n", "", says: ["line 4", "file_field"]),
        form("no [result]", "[result]\nid = \"{upload.body.id}\"\n", "", says: ["line 1", "[result] is missing"]),
        form("an empty [result]", "id = \"{upload.body.id}\"\n", "", says: ["line 8", "[result] is empty"]),
        form("no base_url", "base_url = \"@BASE\"\n", "", says: ["line 1", "base_url is missing"]),
        form(
            "a key and no key_env", "key_env = \"MINE_API_KEY\"\n", "", says: ["line 2", "headers", "{key}", "key_env"]),
        more("no state", "[status]\nurl = '/{id}'", says: ["line 10", "state is missing in [status]"]),
        more(
            "a status of no upload", "[status]\nurl = '/all'\nstate = 's'", says: ["line 10", "[status]", "[result]"]),
        more("a delete of no upload", "[delete]\nurl = '/all'", says: ["line 10", "[delete]", "[result]"]),
        presigned("fields without a body", "body = \"json\"\n", "", says: ["line 6", "fields need a body"]),
        presigned(
            "a raw body with fields", "body = \"raw\"", "body = \"raw\"\nfields = { a = 'b' }",
            says: ["line 13", "raw"]),
        presigned(
            "the file in [prepare]", "body = \"json\"\nfields = { name = \"{file.name}\" }", "body = \"raw\"",
            says: ["line 6", "[prepare]"]),
        form("a file_field without a form", "body = \"multipart\"", "body = \"raw\"", says: ["line 7", "file_field"]),
        form(
            "an [upload] without the file", "body = \"multipart\"\nfile_field = \"file\"", "body = \"json\"",
            says: ["line 6", "[upload]", "raw or multipart"]),
    ]

    static let wrongTypes: [DescriptionRow] = [
        top("a number for text", "title = 1", says: ["line 1", "title has to be text, not a number"]),
        top("a date for text", "docs = 2026-11-24", says: ["line 1", "docs has to be text, not a date"]),
        top(
            "text for a number", "max_bytes = '10 MB'",
            says: ["line 1", "max_bytes has to be a whole number, not text"]),
        top("a fraction for a whole number", "max_bytes = 1.5", says: ["line 1", "max_bytes", "whole number"]),
        top("a limit of nothing", "max_bytes = 0", says: ["line 1", "max_bytes is from 1"]),
        top("a number in a list of texts", "types = ['image/png', 5]", says: ["line 1", "types", "text"]),
        top("no media type", "types = ['png']", says: ["line 1", "'png'", "image/png"]),
        top("no media type in listed_types", "listed_types = ['*']", says: ["line 1", "listed_types", "'*'"]),
        top("type_names of no types", "type_names = { video = 'video/mkv' }", says: ["line 1", "type_names"]),
        top("secrets that are no paths", "secrets = ['a..b']", says: ["line 1", "'a..b'", "data.items[0].url"]),
        form(
            "true for a URL", "base_url = \"@BASE\"", "base_url = true",
            says: ["line 1", "base_url has to be text, not true or false"]),
        form(
            "a table for key_env", "key_env = \"MINE_API_KEY\"", "key_env = { a = 'b' }",
            says: ["line 2", "key_env has to be text, not a table"]),
        form(
            "text for headers", "headers = { Authorization = \"Bearer {key}\" }", "headers = 'Bearer {key}'",
            says: ["line 3", "headers has to be a table, not text"]),
        form(
            "text for a table", "[upload]", "[upload]\nquery = 'a=b'",
            says: ["line 5", "query has to be a table, not text"]),
        DescriptionRow(
            name: "text for [upload]", description: "upload = 'x'\nbase_url = '@BASE'\n[result]\nid = '1'",
            says: ["line 1", "[upload] has to be a table, not text"]),
        form("a list for fields", "file_field", "fields = ['a']\nfile_field", says: []),
        form(
            "text for ok", "file_field", "ok = '200'\nfile_field",
            says: ["line 7", "ok has to be a whole number, not text"]),
        form("no status", "file_field", "ok = [99]\nfile_field", says: ["line 7", "ok is from 200 to 399"]),
        form("an error that is success", "file_field", "ok = [200, 500]\nfile_field", says: ["line 7", "500"]),
        form("another method", "file_field", "method = 'SEND'\nfile_field", says: ["line 7", "'SEND'", "PUT"]),
        form("another body", "\"multipart\"", "\"multipar\"", says: ["line 6", "'multipar'", "'multipart'"]),
        form("a table in a form", "file_field", "fields = { a = { b = 'c' } }\nfile_field", says: ["line 7", "flat"]),
        form(
            "a number for require", "file_field", "require = 3\nfile_field",
            says: ["line 7", "require has to be text, not a number"]),
        form("a requirement that is no path", "file_field", "require = ['a[']\nfile_field", says: ["line 7", "'a['"]),
        form("no header's name", "Authorization =", "'X Key' =", says: ["line 3", "'X Key'", "header"]),
        form(
            "a header of the connection", "Authorization =", "Transfer-Encoding =",
            says: ["line 3", "Transfer-Encoding"]),
        form("a Host of its own", "Authorization =", "Host =", says: ["line 3", "Host"]),
        form("a line end in a header", "Bearer {key}", "x\\r\\nX-A: {key}", says: ["line 3", "control characters"]),
        form(
            "a header that is not ASCII", "Bearer {key}", "Schlüssel {key}", says: ["line 3", "Authorization", "ASCII"]),
        form(
            "control characters in a title", "base_url", "title = \"\\u001b[2Jx\"\nbase_url",
            says: ["line 1", "title has control characters"]),
    ]

    static func top(_ name: String, _ line: String, says: [String]) -> DescriptionRow {
        DescriptionRow(name: name, description: line + "\n" + SampleDescription.form, says: ["mine.toml"] + says)
    }

    static func more(_ name: String, _ lines: String, says: [String]) -> DescriptionRow {
        DescriptionRow(name: name, description: SampleDescription.form + lines + "\n", says: ["mine.toml"] + says)
    }

    static func form(_ name: String, _ text: String, _ other: String, says: [String] = []) -> DescriptionRow {
        DescriptionRow(
            name: name, description: SampleDescription.form.replacing(text, with: other), says: ["mine.toml"] + says)
    }

    static func presigned(_ name: String, _ text: String, _ other: String, says: [String]) -> DescriptionRow {
        DescriptionRow(
            name: name, description: SampleDescription.presigned.replacing(text, with: other),
            says: ["mine.toml"] + says)
    }
}
