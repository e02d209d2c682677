import HTTPTypes
import HoistCore
import HoistMedia
import HoistTransport

/// Figur: one multipart POST; the upload is complete when it returns.
package struct Figur: UploadService {
    package let name = ServiceName.figur
    package let wantsProbe = false
    private let account: Account

    package init(_ account: Account) {
        self.account = account
    }

    package func check(_ file: MediaFile) throws(Failure) {
        try name.limits.check(file, for: name)
    }

    /// An upload is complete when it returns.
    package func isUnfinished(_ receipt: Receipt) -> Bool { false }

    package func finish(_ receipt: Receipt, over exchange: Exchange) async throws(Failure) -> Receipt { receipt }

    package func upload(_ file: MediaFile, over exchange: Exchange) async throws(Failure) -> Receipt {
        let credential = try account.credential.get()
        let form = MultipartForm(file: file)
        let request = HTTPRequest(
            .post, account.baseURL.appending("/v1/uploads"),
            fields: [
                .authorization: "Bearer \(credential.secret)",
                .contentType: form.contentType,
                .accept: "application/json",
                .userAgent: userAgent,
            ])
        let origin = exchange.origin(of: request)
        let (receipt, proof) = try await exchange.perform(
            request, body: form.body, checksums: exchange.integrity.wantsSHA256 ? .sha256 : [], isCounted: true
        ) { (reply) throws(Failure) in
            let receipt = try ServiceReply(reply: reply, service: name, credential: credential)
                .receipt(requiring: ["upload_key", "image_url"])
            // The same file may be given the same key again; another one may not.
            guard origin.isNew(handle: receipt["upload_key"]?.text ?? "", of: file.input.size) else {
                throw Failure(
                    .temporary, code: "mixed_up_reply", "\(name.title) gave two files the same upload_key; run it again"
                )
            }
            return (receipt, Proof(isVerified: nil, sha256: reply.checksums.sha256))
        }
        exchange.conclude(proof)
        do throws(Failure) { try file.input.requireUnchanged() } catch { throw error.keeping(receipt) }
        return receipt
    }
}
