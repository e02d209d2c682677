import FoundationEssentials
import HoistCore
import HoistServices

/// Asks what became of an upload.
package struct StatusReader: Sendable {
    private let api: EachLabsAPI
    private let wait: StatusWait?
    private let maker: RecordMaker

    /// - Parameter wait: nil asks once.
    package init(api: EachLabsAPI, wait: StatusWait?, maker: RecordMaker) {
        self.api = api
        self.wait = wait
        self.maker = maker
    }

    package func status(of id: String) async -> Record {
        await maker.complete(Record(.upload(id: id), service: .eachlabs)) { record, exchange throws(Failure) in
            if UUID(uuidString: id) == nil { maker.warn("is not a UUID, as each::labs' ids are", in: &record) }
            if let wait {
                record.receipt = try await wait.status(of: id, known: Receipt(), from: api, over: exchange)
            } else {
                record.receipt = try await api.status(of: id, over: exchange)
                _ = try StatusReply(record.receipt).isFinished
            }
        }
    }
}
