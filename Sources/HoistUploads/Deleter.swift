import HoistCore
import HoistFiles
import HoistMedia
import HoistServices

/// Deletes an upload. What is gone already is a success: the user wants it gone.
package struct Deleter: Sendable {
    private let service: Service
    private let maker: RecordMaker

    package init(service: Service, maker: RecordMaker) {
        self.service = service
        self.maker = maker
    }

    package func delete(_ id: String) async -> Record {
        await maker.complete(Record(.upload(id: id), service: service.name)) { _, exchange throws(Failure) in
            let wasThere = try await service.delete(id, over: exchange)
            exchange.learn(Receipt(fields: [.init("outcome", .string(wasThere ? "deleted" : "already_gone"))]))
        }
    }
}
