import HTTPTypes
import HoistCore

/// The conversation with a service about one input: sends its requests, repeats what is worth repeating, and counts.
package final class Exchange {
    private let transport: Transport
    private let origins: Origins
    private let notices: NoticeSink
    private let pacer: RequestPacer
    private let file: String
    /// How far the file has got.
    let progress: FileProgress
    /// How often the work was tried: 0 before anything was sent, then one more than had to be repeated.
    package private(set) var attempts = 0
    /// What is known of the bytes that were stored; nil where none are known to be.
    package private(set) var proof: Proof?
    package private(set) var warnings: [String] = []
    /// What the service has handed out so far: it reaches the record whatever becomes of the rest.
    package private(set) var receipt: Receipt
    package let integrity: Integrity
    /// When everything has to be done; nil sets no limit beyond those of each request.
    package var deadline: ContinuousClock.Instant?

    package init(
        about progress: FileProgress, known: Receipt, transport: Transport, origins: Origins, pacer: RequestPacer,
        integrity: Integrity, notices: @escaping NoticeSink
    ) {
        file = progress.name
        receipt = known
        self.progress = progress
        self.transport = transport
        self.origins = origins
        self.pacer = pacer
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
        attempts = max(attempts, 1)
        let origin = origins.origin(of: request)
        let input = ObjectIdentifier(progress)
        let start = ContinuousClock.now
        var attempt = 1
        var staleConnections = 0
        while true {
            var turn = Origin.Turn.ordinary
            do throws(Failure) {
                if isCounted { try await pacer.turn() }
                turn = try await origin.turn(of: input, until: deadline)
                let value = try read(
                    try await transport.send(
                        request, body: body, checksums: checksums, deadline: deadline, progress: progress))
                origin.answered(input)
                return value
            } catch {
                let isNewlyAway = origin.failed(error, turn, input)
                if error.isStaleConnection, staleConnections < Self.mostStaleConnections {
                    staleConnections += 1
                    attempts += 1
                    continue
                }
                guard error.kind == .temporary else { throw error }
                if isNewlyAway, origin.isAwaited {
                    notices(.away(host: request.authority ?? "the server", reason: error.message))
                }
                let elapsed = ContinuousClock.now - start
                guard
                    let wait = origins.policy.wait(
                        after: error, attempt: attempt, elapsed: elapsed,
                        isChance: origin.hasAnsweredOthers(than: input))
                else { throw error }
                // Its turn comes when the server is back, or when it is the one to ask.
                if origin.isAwaited {
                    attempt += 1
                    attempts += 1
                    continue
                }
                if let deadline, ContinuousClock.now + wait >= deadline { throw error }
                // The others would only be told the same.
                if isCounted, error.httpStatus == 429 { pacer.hold(for: wait) }
                notices(.retrying(file: file, reason: error.message, wait: wait, next: attempts + 1))
                do { try await Task.sleep(for: wait) } catch { throw .interrupted }
                attempt += 1
                attempts += 1
            }
        }
    }

    /// Connections that one request may find closed at no cost: more is no chance.
    private static let mostStaleConnections = 2
}

/// What a person may want to know while the work goes on. Nothing here is part of a record.
package enum Notice: Sendable {
    case warning(file: String, String)
    case retrying(file: String, reason: String, wait: Duration, next: Int)
    /// A server refuses everybody: all wait for it.
    case away(host: String, reason: String)
}

package typealias NoticeSink = @Sendable (Notice) -> Void
