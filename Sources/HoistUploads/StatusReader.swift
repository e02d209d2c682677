import HoistCore
import HoistServices

/// Asks what became of an upload.
package struct StatusReader: Sendable {
    private let service: Service
    private let wait: StatusWait?
    private let maker: RecordMaker

    /// - Parameter wait: nil asks once.
    package init(service: Service, wait: StatusWait?, maker: RecordMaker) {
        self.service = service
        self.wait = wait
        self.maker = maker
    }

    package func status(of id: String) async -> Record {
        var record = Record(.upload(id: id), service: service.name)
        record.names = service.names
        return await maker.complete(record) { _, exchange throws(Failure) in
            if let wait {
                try await wait.untilFinished(service, id, over: exchange)
            } else {
                _ = try await service.status(of: id, over: exchange).isFinished(at: service.title)
            }
        }
    }
}
