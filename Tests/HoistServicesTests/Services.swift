import HoistTestSupport
import Testing

@testable import HoistCore
@testable import HoistFiles
@testable import HoistMedia
@testable import HoistServices
@testable import HoistTransport

extension Service {
    /// A service that comes with the program.
    ///
    /// - Parameters:
    ///   - key: the user's; nil where there is none.
    ///   - settings: what the user says to it, by names.
    convenience init(builtIn name: String, key: String? = nil, settings: [String: String] = [:]) throws {
        try self.init(
            try Catalogue(environment: ["HOME": "/nonexistent"]).description(of: name), key: key, settings: settings)
    }

    convenience init(_ description: ServiceDescription, key: String? = nil, settings: [String: String] = [:]) throws {
        let source = description.key?.phrase ?? "a test"
        let credential = try key.map { key in try #require(Credential(key, from: source)) }
        self.init(
            description,
            Account(
                baseURL: description.baseURL,
                credential: credential.map(Result.success) ?? .failure(.interrupted)),
            SettingValues(description.settings, settings))
    }

    /// A conversation in which nobody is asked.
    static func exchange() -> Exchange {
        Exchange(
            about: FileProgress(name: "a"), known: Receipt(), transport: Transport(TransportConfiguration()),
            origins: Origins(policy: RetryPolicy(retries: 0), jobs: 1),
            integrity: Integrity(), notices: { _ in })
    }

    /// What becomes of a reply to a step, and what was handed out by it; nobody is asked.
    func take(
        _ reply: Reply, to step: Step, of context: UploadContext? = nil
    ) throws -> (failure: Failure?, receipt: Receipt) {
        let call = try #require(description.calls[step])
        let exchange = Self.exchange()
        let reader = StepReader(
            service: self, step: step, call: call, context: context ?? self.context(nil), exchange: exchange)
        do throws(Failure) {
            try reader.take(reply)
            return (nil, exchange.receipt)
        } catch { return (error, exchange.receipt) }
    }
}

extension ServiceDescription {
    /// A description that no file has.
    init(toml text: String) throws {
        self = try DescriptionReader(file: "test.toml", name: "test").description(Array(text.utf8))
    }
}
