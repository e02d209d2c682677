import Dispatch
import HoistCore
import HoistFiles
import HoistUploads

/// Finds the files of a run: those that were named, and those in lists and directories.
struct InputListing: Sendable {
    let operands: [InputPath]
    let lists: [PathList]
    /// Whether standard input is one of the lists.
    let isInputAList: Bool
    /// How to find the files in directories; nil where directories are none of the inputs.
    let walk: DirectoryWalk?
    /// Whether no files at all are no mistake.
    let mayBeEmpty: Bool
    /// Files that are set aside, since this run uses them for something else.
    let inUse: FilesInUse
    let console: Console

    /// Calls `body` with one file after another, in their order, until it returns false. Returns what was left out.
    ///
    /// Throws `noInput` where a list cannot be read or there are no files, `usage` where none but files in use are named.
    @discardableResult
    func visit(_ body: (InputCandidate) -> Bool) throws(Failure) -> LeftOut {
        var leftOut = LeftOut()
        var isUseNamed = false
        var isAnyLeft = false
        func take(_ candidate: InputCandidate) -> Bool {
            guard let use = inUse.use(of: candidate) else {
                isAnyLeft = true
                return body(candidate)
            }
            // Of what a directory has beside the files, nobody wants to hear.
            if candidate.isNamed {
                console.notice(.warning(file: candidate.path.text, "is \(use), and no input"))
                isUseNamed = true
            }
            return body(candidate.setAside())
        }
        func takeAll(at path: InputPath) -> Bool {
            walk?.visit(path, counting: &leftOut, take) ?? take(InputCandidate(lookingAt: path))
        }
        for path in operands { guard takeAll(at: path) else { return leftOut } }
        for list in lists {
            let isVisited = try list.visit { (path) throws(Failure) in
                if isInputAList, path.isStandardInput { throw Self.inputIsTaken }
                return takeAll(at: path)
            }
            guard isVisited else { return leftOut }
        }
        guard isAnyLeft || !isUseNamed else {
            throw Failure(.usage, code: "no_input", "no other file is named; give the files to work on")
        }
        guard isAnyLeft || mayBeEmpty else { throw nothing(leftOut) }
        return leftOut
    }

    /// A run that has nothing to do is most often one that looks in the wrong place.
    private func nothing(_ leftOut: LeftOut) -> Failure {
        func names(_ names: [String]) -> String {
            names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
        }
        let places = [
            operands.isEmpty ? nil : "no files in \(names(operands.map(\.text.safeForTerminal)))",
            lists.isEmpty ? nil : "no file names in \(names(lists.map(\.name)))",
        ]
        let what = places.compactMap(\.self).joined(separator: " and ")
        return Failure(
            .noInput, code: "no_files", leftOut.text.map { "\(what) (\($0))" } ?? what,
            advice: "with --allow-empty that is no failure")
    }

    private static var inputIsTaken: Failure {
        Failure(
            .usage, code: "input_taken",
            "- is in the list of files and means standard input, which is the list; write ./- for a file of that name")
    }

    // MARK: - While the work goes on

    /// Brings the files to the queue, on a thread of its own where that may take long.
    ///
    /// - Parameters:
    ///   - repeats: where other names of the same files go; nil where each name is a file of its own.
    ///   - isMeasured: whether somebody wants to know how wide the names are.
    func fill(_ queue: InputQueue, shard: Shard, repeats: RepeatBook?, isMeasured: Bool) {
        let fill: @Sendable () -> Void = {
            var numbering = InputNumbering(mergesRepeats: repeats != nil, shard: shard)
            var trouble: Failure?
            var leftOut = LeftOut()
            do throws(Failure) {
                leftOut = try visit { candidate in
                    let place: Int
                    switch numbering.place(candidate) {
                    case .elsewhere: return true
                    case .own(let own): place = own
                    case .again(let first, let again):
                        let other = BatchRepeat(position: again, name: candidate.path)
                        if repeats?.add(other, of: first) == true { return true }
                        numbering.remember(candidate, at: again)
                        place = again
                    }
                    return queue.append(
                        candidate.path, at: place, size: candidate.stamp?.size ?? 0,
                        width: isMeasured ? Table.width(of: candidate.path.text) : 0)
                }
            } catch {
                trouble = error
            }
            repeats?.close()
            queue.end(trouble, leaving: leftOut) { console.report($0, about: nil) }
        }
        guard walk != nil || !lists.isEmpty else { return fill() }
        DispatchQueue(label: "inputs").async(execute: fill)
        // What is found in a moment is known when the work begins.
        queue.waitUntilFinal(Self.moment)
    }

    private static let moment = DispatchTimeInterval.milliseconds(20)
}
