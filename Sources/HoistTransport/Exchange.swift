import HTTPTypes
import HoistCore

/// The conversation with a service about one input: sends its requests, repeats what is worth repeating, and counts.
package final class Exchange {
    private let transport: Transport
    private let origins: Origins
    private let notices: NoticeSink
    private let file: String
    /// How far the file has got.
    package let progress: FileProgress
    /// How often the work was tried: 0 before anything was sent, then one more than had to be repeated.
    package private(set) var attempts = 0
    /// What is known of the bytes that were stored; nil where none are known to be.
    package private(set) var proof: Proof?
    package private(set) var warnings: [String] = []
    /// What the service has handed out so far: it reaches the record whatever becomes of the rest.
    package private(set) var receipt: Receipt
    package let integrity: Integrity
    /// Whether its file is a large one, and was sent: then another one may begin while this one rests.
    private var hasSentLarge = false
    /// When everything has to be done; nil sets no limit beyond those of each request.
    package var deadline: ContinuousClock.Instant?

    package init(
        about progress: FileProgress, known: Receipt, transport: Transport, origins: Origins,
        integrity: Integrity, notices: @escaping NoticeSink
    ) {
        file = progress.name
        receipt = known
        self.progress = progress
        self.transport = transport
        self.origins = origins
        self.integrity = integrity
        self.notices = notices
    }

    /// Counts what begins from the start once more.
    package func startOver() { attempts += 1 }

    /// Takes in what the service says: newer fields replace older ones.
    package func learn(_ newer: Receipt) {
        if !newer.fields.isEmpty { receipt = receipt.fields.isEmpty ? newer : receipt.updated(by: newer) }
    }

    package func conclude(_ proof: Proof) { self.proof = proof }

    /// Says a warning at once, and keeps it for the record.
    package func warn(_ text: String) {
        warnings.append(text)
        notices(.warning(file: file, text))
    }

    package func origin(of request: HTTPRequest) -> Origin { origins.origin(of: request) }

    /// Sends a request until `read` accepts its reply, the trouble is not temporary, or the retries are used up.
    ///
    /// - Parameters:
    ///   - checksums: which of them the reply is to have, of the file's bytes.
    ///   - isCounted: whether the service counts it, so that it has to wait for its turn.
    package func perform<Value>(
        _ request: HTTPRequest, body: RequestBody = .none, checksums: Checksums.Kinds = [], isCounted: Bool,
        read: (Reply) throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let origin = origins.origin(of: request)
        let input = ObjectIdentifier(progress)
        var want = Origin.Want(input: input, bytes: body.file == nil ? 0 : body.length, isCounted: isCounted)
        if let deadline { want.deadline = MonotonicSeconds.now + (deadline - .now) / .seconds(1) }
        var firstSent: Double?
        var attempt = 1
        var staleConnections = 0
        while true {
            let pass: Origin.Pass
            do throws(Failure) { pass = try await origin.enter(want) } catch {
                // What waited for its first turn was not tried.
                guard attempts == 0 else { throw error }
                throw error.kind == .interrupted
                    ? .notAttempted("interrupted") : .notAttempted(error.what, advice: error.advice)
            }
            attempts = max(attempts, 1)
            hasSentLarge = hasSentLarge || want.isLarge
            let start = firstSent ?? pass.sent
            firstSent = start
            do throws(Failure) {
                let reply = try await transport.send(
                    request, body: body, checksums: checksums, deadline: deadline, progress: progress,
                    place: pass.place)
                let value = try read(reply)
                origin.leave(pass, latency: reply.latency, quota: reply.quota)
                return value
            } catch {
                let verdict = origin.leave(pass, error)
                if error.isStaleConnection, staleConnections < Self.mostStaleConnections {
                    staleConnections += 1
                    attempts += 1
                    continue
                }
                guard error.kind == .temporary else { throw error }
                switch verdict {
                case .hopeless: throw error
                case .tooMany(nil): continue
                case .tooMany(let hold?):
                    guard isInTime(after: .seconds(hold)) else { throw error }
                    notices(.held(server: origin.name, reason: error.what, wait: .seconds(hold)))
                    continue
                case .chance(let wait):
                    guard isInTime(after: .seconds(wait)) else { throw error }
                    try await rest(for: .seconds(wait))
                    continue
                case .away where origin.isAwaited:
                    notices(.away(host: request.authority ?? "the server", reason: error.what))
                case .away, .ordinary: break
                }
                let isChance = origin.hasAnsweredOthers(than: input)
                guard
                    let wait = origins.policy.wait(
                        after: error, attempt: attempt, elapsed: .seconds(MonotonicSeconds.now - start),
                        isChance: isChance)
                else { throw error }
                // Its turn comes when the server is back, or when it is the one to ask.
                let isAwaited = origin.isAwaited
                guard isAwaited || isInTime(after: wait) else { throw error }
                let most = origins.policy.most(isChance: isChance)
                if !isAwaited {
                    notices(.retrying(file: file, reason: error.what, wait: wait, retry: attempt, most: most))
                }
                attempt += 1
                attempts += 1
                if isAwaited { continue }
                try await rest(for: wait)
            }
        }
    }

    /// Whether there is time for more after such a wait.
    private func isInTime(after wait: Duration) -> Bool { deadline.map { ContinuousClock.now + wait < $0 } ?? true }

    /// Lets time pass; others may begin meanwhile. Throws `interrupted` when the task is cancelled.
    package func rest(for time: Duration) async throws(Failure) {
        let large = hasSentLarge ? 1 : 0
        origins.load.apply(.init(resting: 1, restingLarge: large))
        defer { origins.load.apply(.init(resting: -1, restingLarge: -large)) }
        do { try await Task.sleep(for: time) } catch { throw .interrupted }
    }

    /// Connections that one request may find closed at no cost: more is no chance.
    private static let mostStaleConnections = 2
}

/// What a person may want to know while the work goes on. Nothing here is part of a record.
package enum Notice: Sendable {
    case warning(file: String, String)
    /// - Parameters:
    ///   - retry: which one it is, from 1.
    ///   - most: how many there are as things stand.
    case retrying(file: String, reason: String, wait: Duration, retry: Int, most: Int)
    /// A server has too many requests: all wait.
    case held(server: String, reason: String, wait: Duration)
    /// A server refuses everybody: all wait for it.
    case away(host: String, reason: String)
}

package typealias NoticeSink = @Sendable (Notice) -> Void
