import HoistCore
import HoistMedia
import HoistTransport

/// A place that takes media files. A new service is one new folder beside this file, and one case of `ServiceName`.
package protocol UploadService: Sendable {
    var name: ServiceName { get }

    /// Whether it wants to know durations and bitrates.
    var wantsProbe: Bool { get }

    /// Throws `refusedHere` or `usage` for what the service would refuse anyway; asks nobody.
    func check(_ file: MediaFile) throws(Failure)

    /// Puts the file there. What the service had handed out before a failure is in the failure's receipt.
    func upload(_ file: MediaFile, over exchange: Exchange) async throws(Failure) -> Receipt

    /// Whether a file that it has is not known to be finished, and the user wants to wait for that.
    func isUnfinished(_ receipt: Receipt) -> Bool

    /// Waits until a file that it has is finished, where the user wants that.
    func finish(_ receipt: Receipt, over exchange: Exchange) async throws(Failure) -> Receipt
}

/// What a service takes, in types and bytes.
package struct Limits: Sendable {
    /// The types taken and how to say them; nil takes everything.
    var types: (accepted: Set<String>, phrase: String)?
    let largest: Int64
    /// The largest size as people say it.
    let largestPhrase: String

    /// Throws `refusedHere` for a file that the service would refuse.
    package func check(_ file: MediaFile, for service: ServiceName) throws(Failure) {
        if let refusal = refusal(of: file, by: service) { throw refusal }
    }

    package func refusal(of file: MediaFile, by service: ServiceName) -> Failure? {
        if let types, !types.accepted.contains(file.type.essence) {
            return Failure(
                .refusedHere, code: "unsupported_type",
                "\(service.title) takes \(types.phrase); \(file.input.name) is \(file.type.essence)")
        }
        if file.input.size > largest {
            return Failure(
                .refusedHere, code: "too_large",
                "\(service.title) takes at most \(largestPhrase) (\(largest) bytes); \(file.input.name) has \(file.input.size)"
            )
        }
        return nil
    }
}
