# A table of all services, of what `hoist services --json` says.
def size:
    if . == null then "none known"
    elif . % 1073741824 == 0 then "\(. / 1073741824) GiB"
    elif . % 1048576 == 0 then "\(. / 1048576) MiB"
    else "\(. / 1000000) MB" end;
def code: "`\(.)`";
# Names of variables are all that is in capitals.
def key: gsub("(?<name>[A-Z][A-Z_]+)"; "`\(.name)`");
def settings: .missing_settings as $required
    | .settings | map(if IN($required[]) then "**\(code)**" else code end) | join(" ");

"| Service | Title | Verbs | Takes | Limit | Key | Settings | Written from | Tested against |",
"|---|---|---|---|---|---|---|---|---|",
(.[] | [
    (.name | code), "[\(.title)](\(.docs))", (.verbs | join(", ")),
    (if .types == [] then "everything" else .types | map(code) | join(" ") end), (.max_bytes | size), (.key_env | key),
    settings, .source, "a \(.tested_against)"
] | "| \(join(" | ")) |")
