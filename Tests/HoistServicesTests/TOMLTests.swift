import Testing

@testable import HoistCore
@testable import HoistServices

/// What the reader of TOML adds to the values, which Acceptance/TOMLTests holds against another reader: order, lines, and
/// errors that say where.
@Suite struct TOMLTests {
    private let reader = TOMLReader(file: "a.toml", code: "bad_description")

    private func document(_ text: String) throws(Failure) -> TOMLNode { try reader.document(Array(text.utf8)) }

    private func names(_ node: TOMLNode?) -> [String] {
        guard case .table(let members)? = node?.value else { return [] }
        return members.map(\.name)
    }

    @Test func membersKeepTheirOrder() throws {
        let root = try document("z = 1\na.y = 1\nb = { d = 1, c = 2 }\na.x = 2\n[t.u]\n[t]\nw = 1\n[s]")
        #expect(names(root) == ["z", "a", "b", "t", "s"])
        #expect(names(root["a"]) == ["y", "x"])
        #expect(names(root["b"]) == ["d", "c"])
        #expect(names(root["t"]) == ["u", "w"])
    }

    @Test func everythingKnowsItsLine() throws {
        let text =
            "\n# c\na = 1\r\nb = \"\"\"\nx\ny\"\"\"\nc = [\n  1,\n  # d\n  2 ]\n[t]\n\"k\" = '''\n\n'''\n[t.u]\nv = {w=1}\n[[l]]\n[[l]]"
        let root = try document(text)
        #expect(root["a"]?.line == 3)
        #expect(root["b"]?.line == 4)
        #expect(root["c"]?.line == 7)
        guard case .array(let elements)? = root["c"]?.value else { throw Failure.interrupted }
        #expect(elements.map(\.line) == [8, 10])
        #expect(root["t"]?.line == 11)
        #expect(root["t"]?["k"]?.line == 12)
        #expect(root["t"]?["u"]?.line == 15)
        #expect(root["t"]?["u"]?["v"]?["w"]?.line == 16)
        guard case .array(let tables)? = root["l"]?.value else { throw Failure.interrupted }
        #expect(tables.map(\.line) == [17, 18])
    }

    @Test(arguments: [
        ("a", 1, "a key is followed by ="), ("\n= 1", 2, "a key is made of"), ("a = ", 1, "a value is missing"),
        ("a = yes", 1, "'yes' is no value; text stands in quotes"), ("a = 1\na = 2", 2, "'a' is there twice"),
        ("[a]\n\n[a]", 3, "[a] is there twice"), ("a = 1\n[a]", 2, "[a] is there twice"),
        ("a = 1\n[a.b]", 2, "'a' is there already"), ("[[a]]\n[a]", 2, "[a] is there twice"),
        ("[a]\n[[a]]", 2, "is no list of tables"), ("a = {}\na.b = 1", 2, "'a' is there already"),
        ("[a.b]\n[a]\nb.c = 1", 3, "'b' is there already"), ("a = \"x", 1, "closing quote"),
        ("a = '''x\n\n", 3, "closing quote"), ("a = \"x\ny\"", 1, "closing quote"),
        ("a = 'x\u{1}'", 1, "a control character"),
        ("# \u{7F}", 1, "a control character in a comment"), ("a = \"\\q\"", 1, "an unknown escape"),
        ("a = \"\\ud800\"", 1, "an unknown escape"), ("a = \"\\U00110000\"", 1, "an unknown escape"),
        ("a = [1 2]", 1, "separated by commas"), ("a = [\n1,\n,]", 3, "a value is missing"),
        ("a = {b = 1,}", 1, "a key is made of"),
        ("a = {b = 1\n}", 1, "stands on one line"), ("a = 1 b = 2", 1, "one pair or table stands on a line"),
        ("[a] b = 1", 1, "one pair or table stands on a line"), ("[a", 1, "a table's name ends with ]"),
        ("[[a]", 1, "a table's name ends with ]]"), ("[]", 1, "a key is made of"), ("a = 0123", 1, "is no value"),
        ("a = 1__0", 1, "is no value"), ("a = 9223372036854775808", 1, "is no value"), ("a = .5", 1, "is no value"),
        ("a = 5.", 1, "is no value"), ("a = 0xG", 1, "is no value"),
        ("\"\"\"a\"\"\" = 1", 1, "a key stands on one line"),
        ("a = \"\"\"\"\"\"\"\"\"", 1, "too many quotes"), ("é = 1", 1, "a key is made of"),
        ("{}", 1, "a key is made of"),
    ])
    func anErrorSaysWhereAndWhat(_ text: String, _ line: Int, _ what: String) throws {
        let failure = try #require(#expect(throws: Failure.self) { _ = try document(text) })
        #expect(failure.kind == .configuration && failure.code == "bad_description")
        #expect(failure.message.hasPrefix("a.toml, line \(line): not TOML: "), "\(failure.message)")
        #expect(failure.message.contains(what), "\(failure.message)")
    }

    /// Each level takes room on the stack: nobody's file may end the program.
    @Test(arguments: [31, 32, 100_000])
    func depth(_ levels: Int) throws {
        for (opening, closing) in [("[", "]"), ("{a=", "}")] {
            let text =
                "a = " + String(repeating: opening, count: levels) + "1" + String(repeating: closing, count: levels)
            var failure: Failure?
            do throws(Failure) { _ = try document(text) } catch { failure = error }
            #expect((failure == nil) == (levels == 31), "\(failure?.message ?? "")")
        }
    }

    @Test func bytesThatAreNoText() throws {
        for bytes: [UInt8] in [
            [0xFF], Array("a = '".utf8) + [0xC3, 0x28] + Array("'".utf8), [0x61, 0x3D, 0xED, 0xA0, 0x80],
        ] {
            let failure = try #require(#expect(throws: Failure.self) { _ = try reader.document(bytes) })
            #expect(failure.kind == .configuration && failure.message.contains("not UTF-8"))
        }
        #expect(try document("\u{FEFF}a = 1")["a"]?.line == 1)
    }

    // MARK: - What is wanted of a value

    @Test func aValueOfAnotherKindIsNamed() throws {
        let root = try document(
            "text = 'x'\nnumber = 1\nflag = true\nlist = []\ntable = {}\ndate = 1979-05-27\nhalf = 0.5")
        let kinds = [
            "text": "text", "number": "a number", "flag": "true or false", "list": "a list", "table": "a table",
            "date": "a date", "half": "a number",
        ]
        for (name, kind) in kinds {
            let node = try #require(root[name])
            let attempts: [(String, Set<String>, () throws(Failure) -> Void)] = [
                ("text", ["text"], { () throws(Failure) in _ = try reader.text(node, "it") }),
                ("text", ["text", "list"], { () throws(Failure) in _ = try reader.texts(node, "it") }),
                (
                    "a whole number", ["number"],
                    { () throws(Failure) in _ = try reader.integer(node, "it", in: 0...9) }
                ),
                ("a number", ["number", "half"], { () throws(Failure) in _ = try reader.number(node, "it") }),
                ("true or false", ["flag"], { () throws(Failure) in _ = try reader.flag(node, "it") }),
                ("a table", ["table"], { () throws(Failure) in _ = try reader.members(of: node, "it") }),
            ]
            for (wanted, good, attempt) in attempts {
                var failure: Failure?
                do throws(Failure) { try attempt() } catch { failure = error }
                let expected = "a.toml, line \(node.line): it has to be \(wanted), not \(kind)"
                #expect(failure?.message == (good.contains(name) ? nil : expected))
            }
        }
    }

    @Test func numbersInTheirRange() throws {
        let root = try document("a = 10\nb = inf\nc = -1")
        for (name, least) in [("a", 11), ("c", 0)] {
            let node = try #require(root[name])
            let failure = #expect(throws: Failure.self) { _ = try reader.integer(node, name, in: least...20) }
            #expect(failure?.message.contains("\(name) is from \(least) to 20, not ") == true)
        }
        #expect(throws: Failure.self) { _ = try reader.number(try #require(root["b"]), "b") }
        #expect(try reader.number(try #require(root["a"]), "a") == 10)
    }

    @Test func textIsSafeOnATerminal() throws {
        for written in [#""\u001b[2J""#, #""\u202e""#, #""a\nb""#] {
            let node = try #require(try document("a = \(written)")["a"])
            let failure = #expect(throws: Failure.self) { _ = try reader.text(node, "a") }
            #expect(failure?.message == "a.toml, line 1: a has control characters in it")
        }
    }

    @Test func unknownMembersHaveAHint() throws {
        let root = try document("\ntitel = 'x'")
        let failure = #expect(throws: Failure.self) { _ = try reader.members(of: root, "", known: ["title", "docs"]) }
        #expect(failure?.message == "a.toml, line 2: unknown key 'titel'; did you mean 'title'?")
        let other = #expect(throws: Failure.self) { _ = try reader.members(of: root, "[x]", known: ["docs"]) }
        #expect(other?.message == "a.toml, line 2: unknown key 'titel' in [x]")
    }
}
