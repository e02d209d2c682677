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
    /// Files that are set aside, since this run uses them for something else.
    let inUse: FilesInUse
    let console: Console

    /// Calls `body` with one file after another, in their order, until it returns false.
    ///
    /// Throws `noInput` where a list cannot be read, `usage` where none but files in use are named.
    func visit(_ body: (InputCandidate) -> Bool) throws(Failure) {
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
            walk?.visit(path, take) ?? take(InputCandidate(lookingAt: path))
        }
        for path in operands { guard takeAll(at: path) else { return } }
        for list in lists {
            let isVisited = try list.visit { (path) throws(Failure) in
                if isInputAList, path.isStandardInput { throw Self.inputIsTaken }
                return takeAll(at: path)
            }
            guard isVisited else { return }
        }
        guard isAnyLeft || !isUseNamed else {
            throw Failure(.usage, code: "no_input", "no other file is named; give the files to work on")
        }
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
            do throws(Failure) {
                try visit { candidate in
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
            if queue.end(trouble), let trouble { console.report(trouble, about: nil) }
        }
        guard walk != nil || !lists.isEmpty else { return fill() }
        DispatchQueue(label: "inputs").async(execute: fill)
        // What is found in a moment is known when the work begins.
        queue.waitUntilFinal(Self.moment)
    }

    private static let moment = DispatchTimeInterval.milliseconds(20)
}
