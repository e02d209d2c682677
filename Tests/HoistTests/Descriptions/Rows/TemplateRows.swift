/// Templates, URLs and settings of descriptions that cannot be.
extension DescriptionRow {
    static let templates: [DescriptionRow] = [
        form("unknown template", "/files", "/{fil.name}", says: ["line 5", "{fil.name}", "'file.name'"]),
        form("unknown fact of the file", "/files", "/x/{file.nam}", says: ["line 5", "{file.nam}", "'file.name'"]),
        form(
            "unknown part of a reply", "{upload.body.id}", "{upload.boddy.id}", says: ["line 9", "{upload.boddy.id}"]),
        form("unknown filter", "Bearer {key}", "Bearer {key|base46}", says: ["line 3", "'base46'", "base64"]),
        form("two filters", "Bearer {key}", "Bearer {key|base64|path}", says: ["line 3", "one filter"]),
        form("an open brace", "Bearer {key}", "Bearer {key", says: ["line 3", "brace"]),
        form("a template in a template", "/files", "/x/{file.{key}}", says: ["line 5", "{file.{key}"]),
        form("another variable", "/files", "/x/{env.HOME}", says: ["line 5", "{env.HOME}"]),
        form("another file", "/files", "/x/{file./etc/passwd}", says: ["line 5", "/etc/passwd"]),
        form("unknown setting", "/files", "/x/{settings.ownr}", says: ["line 4", "{settings.ownr}"]),
        form("a handle before there is one", "/files", "/x/{id}", says: ["[upload]", "{id}", "[status]"]),
        more("a handle that is not there", "[delete]\nurl = '/{ids}'", says: ["line 10", "[delete]", "{ids}", "'id'"]),
        more(
            "the nearest setting", "[settings.owner]\n[complete]\nurl = '/c/{settings.ownr}'",
            says: ["[complete]", "{settings.ownr}", "'owner'"]),
        form("a cycle: [upload] of itself", "/files", "/x/{upload.body.id}", says: ["[upload]", "not there by then"]),
        presigned(
            "a cycle: [prepare] of [upload]", "{file.name}", "{upload.body.id}",
            says: ["line 4", "[prepare]", "[upload]"]),
        presigned(
            "a cycle: [prepare] of itself", "\"/uploads\"", "\"/u/{prepare.body.id}\"",
            says: ["line 4", "[prepare]", "not there by then"]),
        form("a cycle: a result of itself", "{upload.body.id}", "{id}", says: ["line 9", "{id}"]),
        form(
            "results of each other", "id = \"{upload.body.id}\"", "id = \"{other}\"\nother = \"{id}\"",
            says: ["line 9", "{other}"]),
        form("a missing step", "{upload.body.id}", "{prepare.body.id}", says: ["line 9", "[prepare]", "missing"]),
        form(
            "a step that is missing, in a call", "/files", "/x/{prepare.body.id}",
            says: ["line 4", "[prepare]", "missing"]),
        form("a result of a delete", "{upload.body.id}", "{delete.body.id}", says: ["line 9", "[delete]"]),
        form("the key as a result", "{upload.body.id}", "{key}", says: ["line 9", "[result]", "{key}"]),
        form("the key within a result", "{upload.body.id}", "https://x/?k={key|base64}", says: ["line 9", "{key}"]),
        form("a result of hoist's own name", "id =", "error =", says: ["line 9", "'error'"]),
        form(
            "the file in the common headers", "Bearer {key}", "{key} {file.name}",
            says: ["line 3", "headers", "{file.…}"]),
        more("the file in [delete]", "[delete]\nurl = '/{id}/{file.name}'", says: ["line 10", "[delete]", "{file.…}"]),
        more("a default of the key", "[settings.a]\ndefault = '{key}'", says: ["line 11", "{file.…}"]),
        more("a default of a setting", "[settings.a]\ndefault = '{settings.a}'", says: ["line 11", "default"]),
    ]

    static let urls: [DescriptionRow] = [
        form("a whole URL", "/files", "https://evil.example/files", says: ["line 5", "base_url", "key"]),
        form("a whole URL with the key", "/files", "https://evil.example/{key}", says: ["line 5", "base_url", "key"]),
        form("a whole URL with the key in the query", "/files", "https://evil.example/?k={key}", says: ["line 5"]),
        form("a URL without its scheme", "/files", "//127.0.0.1:@OTHER/files", says: ["line 5", "begin with /"]),
        form("a URL with a backslash", "/files", "/\\\\127.0.0.1:@OTHER/files", says: ["line 5", "characters"]),
        form("a port for a path", "/files", ":80/files", says: ["line 5", "begin with /"]),
        form("a user name for a path", "/files", "@evil.example/files", says: ["line 5", "begin with /"]),
        form("no path", "\"/files\"", "5", says: ["line 5", "begin with /"]),
        form("the key as the URL", "\"/files\"", "\"{key}\"", says: ["line 5", "url"]),
        form("a setting as the URL", "\"/files\"", "\"{settings.u}\"", says: ["line 5", "url"]),
        form("the file's name as the URL", "\"/files\"", "\"{file.name}\"", says: ["line 5", "url"]),
        form("a path that begins with a value", "\"/files\"", "\"{file.name}/x\"", says: ["line 5", "begin with /"]),
        form("a path that climbs", "/files", "/a/../../files", says: ["line 5", ".."]),
        form("a path that climbs behind a value", "/files", "/{file.ext}/../x", says: ["line 5", ".."]),
        form("a path that stays", "/files", "/./files", says: ["line 5", "."]),
        form("a query in the path", "/files", "/files?a=b", says: ["line 5", "query"]),
        form("a fragment", "/files", "/files#a", says: ["line 5", "path"]),
        form("a space in the path", "/files", "/my files", says: ["line 5", "path"]),
        form("plain http", "@BASE", "http://api.evil.example", says: ["line 1", "http", "https"]),
        form("a look-alike of this machine", "@BASE", "http://127.0.0.1.evil.example", says: ["line 1", "https"]),
        form("a user name in base_url", "@BASE", "https://user:hunter2@api.example", says: ["line 1", "base_url"]),
        form("a query in base_url", "@BASE", "https://api.example/?a={key}", says: ["line 1", "base_url"]),
        form("a file as base_url", "@BASE", "file:///etc/passwd", says: ["line 1", "base_url"]),
        form("the key in base_url", "@BASE", "https://{key}.evil.example", says: ["line 1", "base_url"]),
        presigned(
            "the key to a reply's URL", "\"{prepare.body.headers}\"", "{ X-Key = '{key}' }",
            says: ["line 11", "[upload]", "{key}"]),
    ]

    static let settings: [DescriptionRow] = [
        setting("a number for a setting's table", "[settings]\na = 1", says: ["line 11", "[settings.a]", "a table"]),
        setting("a setting of a reserved name", "[settings.base_url]", says: ["line 10", "'base_url'"]),
        setting("a setting's name that is none", "[settings.'a b']", says: ["line 10", "'a b'"]),
        setting(
            "text for required", "[settings.a]\nrequired = 'yes'",
            says: ["line 11", "required has to be true or false"]),
        setting("an unknown type", "[settings.a]\ntype = 'int'", says: ["line 11", "'int'", "integer"]),
        setting("min above max", "[settings.a]\nmin = 2\nmax = 1", says: ["line 11", "min is above max"]),
        setting("text for min", "[settings.a]\nmin = '1'", says: ["line 11", "min has to be a number"]),
        setting("an unknown kind", "[settings.a]\nfor = 'text'", says: ["line 11", "'text'", "video"]),
        setting("a pattern that is none", "[settings.a]\npattern = '('", says: ["line 11", "pattern"]),
        setting(
            "a pattern of 10,000 characters", "[settings.a]\npattern = '\(String(repeating: "a?", count: 5000))'",
            says: ["line 11", "pattern"]),
        setting(
            "a default that is no choice", "[settings.a]\nchoices = ['x', 'y']\ndefault = 'z'",
            says: ["line 12", "default", "x, y", "'z'"]),
        setting("no variable's name", "[settings.a]\nenv = 'A-B'", says: ["line 11", "'A-B'"]),
        setting(
            "a secret of another program", "[settings.a]\nenv = 'AWS_SECRET_ACCESS_KEY'",
            says: ["line 11", "AWS_SECRET_ACCESS_KEY", "secret"]),
        setting("a token of another program", "[settings.a]\nenv = 'GITHUB_TOKEN'", says: ["line 11", "GITHUB_TOKEN"]),
        form("key_env that is no name", "\"MINE_API_KEY\"", "\"MINE API KEY\"", says: ["line 2", "'MINE API KEY'"]),
        form("key_env of three", "\"MINE_API_KEY\"", "\"A:B:C\"", says: ["line 2", "'A:B:C'"]),
        form("an empty key_env", "\"MINE_API_KEY\"", "[]", says: ["line 2", "key_env"]),
        top("a name that is not its file's", "name = '../mine'", says: ["line 1", "unknown key 'name'"]),
    ]

    private static func setting(_ name: String, _ lines: String, says: [String]) -> DescriptionRow {
        more(name, lines, says: says)
    }
}
