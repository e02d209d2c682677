import HoistCore
import HoistMedia
import HoistTransport

/// each::labs storage: initiate, then PUT to the presigned URL with the headers that the reply requires.
package struct EachLabsStorage: UploadService {
    package let name = ServiceName.eachlabs
    package let wantsProbe = true
    private let api: EachLabsAPI
    private let options: InitiateOptions
    /// How to wait until the service has processed the file; nil does not wait.
    private let wait: StatusWait?

    package init(_ api: EachLabsAPI, options: InitiateOptions, wait: StatusWait? = nil) {
        self.api = api
        self.options = options
        self.wait = wait
    }

    package func check(_ file: MediaFile) throws(Failure) {
        try name.limits.check(file, for: name)
        try options.check(against: file.media.fileType)
    }

    package func upload(_ file: MediaFile, over exchange: Exchange) async throws(Failure) -> Receipt {
        let receipt: Receipt
        do throws(Failure) {
            receipt = try await presignAndPut(file, over: exchange)
        } catch  where error.isExpiredURL {
            // The URL can lapse while a slow PUT is tried again. Only a new one cures that, and only this once.
            let lapsed = error.receipt
            exchange.startOver()
            do throws(Failure) {
                receipt = try await presignAndPut(file, over: exchange)
            } catch {
                throw error.keeping(lapsed.updated(by: error.receipt))
            }
        }
        return try await finish(receipt, over: exchange)
    }

    package func isUnfinished(_ receipt: Receipt) -> Bool { wait != nil && receipt["id"] != nil }

    package func finish(_ receipt: Receipt, over exchange: Exchange) async throws(Failure) -> Receipt {
        guard let wait, let id = receipt["id"]?.text else { return receipt }
        let status = try await wait.status(of: id, known: receipt, from: api, over: exchange)
        return receipt.updated(by: status)
    }

    private func presignAndPut(_ file: MediaFile, over exchange: Exchange) async throws(Failure) -> Receipt {
        let reply = try await api.initiate(file.media, options, over: exchange)
        let presigned = PresignedReply(.object(reply.fields))
        do throws(Failure) {
            try await presigned.put(length: file.input.size).send(file.input, over: exchange)
        } catch {
            throw error.keeping(presigned.receipt)
        }
        // Without the URL, which has served its purpose, and is a secret while it lives.
        return presigned.receipt
    }
}
