/// The presigned replies that `put` was handed, and which file each is for.
package struct PresignedReplies: Sendable {
    private let replies: [PresignedReply]

    package init(_ reply: PresignedReply) {
        replies = [reply]
    }

    /// Reads one JSON object, several one a line (JSON Lines), or an array of them. Throws `contract` where there is
    /// something else.
    package init(parsing bytes: [UInt8]) throws(Failure) {
        if let whole = JSONValue(parsing: bytes) {
            if case .array(let values) = whole {
                replies = try values.map { (json) throws(Failure) in try PresignedReply(json) }
            } else {
                replies = [try PresignedReply(whole)]
            }
            return
        }
        let lines = bytes.split(separator: UInt8(ascii: "\n")).filter { line in
            line.contains { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
        }
        replies = try lines.map { (line) throws(Failure) in
            guard let json = JSONValue(parsing: Array(line)) else {
                let excerpt = Trace.redactedParameters(String(decoding: line.prefix(100), as: UTF8.self))
                throw Failure(
                    .contract, code: "unusable_presigned_url", "the presigned reply is not JSON: \(excerpt)")
            }
            return try PresignedReply(json)
        }
    }

    /// The reply for each file, in the files' order: by `file` where a reply has it (the whole path, else the last part
    /// of it), the others by their order. Standard input has no name, and takes what is left. Throws `usage` where they
    /// do not match one to one.
    package func matched(to files: [String]) throws(Failure) -> [(file: String, reply: PresignedReply)] {
        guard replies.count == files.count else {
            throw Self.mismatch("there are \(replies.count) presigned replies for \(files.count) files")
        }
        var names = Names(replies)
        var matches = files.map { names.take($0, by: \.self) }
        for index in files.indices where matches[index] == nil {
            matches[index] = names.take(files[index], by: Self.lastPart)
        }
        let taken = Set(matches.compactMap(\.self))
        var left = replies.indices.filter { !taken.contains($0) }[...]
        return try files.indices.map { (index) throws(Failure) in
            if let match = matches[index] { return (files[index], replies[match]) }
            guard let next = left.popFirst(), replies[next].file == nil || files[index] == "-" else {
                throw Self.mismatch("no presigned reply is for \(files[index].safeForTerminal)")
            }
            return (files[index], replies[next])
        }
    }

    /// The replies that say which file they are for, and are not taken yet.
    private struct Names {
        private var byPath: [String: [Int]] = [:]
        private var byLastPart: [String: [Int]] = [:]
        private var taken = Set<Int>()

        init(_ replies: [PresignedReply]) {
            // Backwards, so that the last of a list is the first reply.
            for (index, reply) in replies.enumerated().reversed() {
                guard let file = reply.file else { continue }
                byPath[file, default: []].append(index)
                byLastPart[PresignedReplies.lastPart(file), default: []].append(index)
            }
        }

        mutating func take(_ file: String, by name: (String) -> String) -> Int? {
            let isWhole = name(file) == file && byPath[file] != nil
            while let index = isWhole ? byPath[file]?.popLast() : byLastPart[name(file)]?.popLast() {
                if taken.insert(index).inserted { return index }
            }
            return nil
        }
    }

    private static func lastPart(_ path: String) -> String {
        path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? path
    }

    private static func mismatch(_ what: String) -> Failure {
        Failure(.usage, code: "presigned_mismatch", "\(what); presign exactly the files that are put")
    }
}
