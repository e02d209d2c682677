import FoundationEssentials
import NIOHTTP1

/// `PUT upload_url`
struct PutObject: Endpoint {
    let presigner: Presigner
    let uploads: Uploads

    func refusal(_ request: Request) async -> Reply? {
        if let error = await error(in: request) { return error.reply }
        await uploads.begin(at: request.path)
        return nil
    }

    func answer(_ request: Request, body: StoredBytes?) async throws -> Reply {
        guard let upload = await uploads.upload(at: request.path) else { return S3Error.noSuchKey.reply }
        guard let body else { return S3Error.missingContentLength.reply }
        if case .corrupt? = request.fault { try body.corrupt() }
        let reason: String? = if case .processingFails(let reason)? = request.fault { reason } else { nil }
        await uploads.store(body, for: upload.id, failure: reason)
        let tag = if case .tag(let tag)? = request.fault { tag } else { try body.md5() }
        return Reply(status: .ok, headers: ["ETag": "\"\(tag)\"", "x-amz-request-id": Identifier.hex()])
    }

    private func error(in request: Request) async -> S3Error? {
        guard !request.headers.contains(name: "Authorization"), !request.headers.contains(name: "X-API-Key") else {
            return .keySent
        }
        guard let upload = await uploads.upload(at: request.path) else { return .noSuchKey }
        if case .expired? = request.fault { return .expired(at: .now, now: .now) }
        return upload.presigned.refusal(request) ?? headerError(in: request, of: upload)
            ?? lengthError(in: request, of: upload)
    }

    /// The signature covers the host and the required headers, each exactly once and as it was given, and every
    /// `x-amz-*` header must be among them.
    private func headerError(in request: Request, of upload: Upload) -> S3Error? {
        let signed = Set(upload.requiredHeaders.keys.map { $0.lowercased() })
        let unsigned = request.headers.map { $0.name.lowercased() }
            .filter { $0.hasPrefix("x-amz-") && !signed.contains($0) }
        guard unsigned.isEmpty else { return .headersNotSigned(unsigned) }
        guard request.has("Host", presigner.host),
            upload.requiredHeaders.allSatisfy({ request.has($0.key, $0.value) })
        else { return .signatureDoesNotMatch }
        return nil
    }

    private func lengthError(in request: Request, of upload: Upload) -> S3Error? {
        guard let length = request.contentLength else { return .missingContentLength }
        return length > upload.limit ? .entityTooLarge : nil
    }
}

/// `GET public_url`
struct GetObject: Endpoint {
    let uploads: Uploads

    func refusal(_ request: Request) async -> Reply? { nil }

    func answer(_ request: Request, body: StoredBytes?) async throws -> Reply {
        guard let upload = await uploads.upload(at: request.path), let stored = upload.stored else {
            return S3Error.noSuchKey.reply
        }
        return .file(stored, contentType: upload.description.contentType)
    }
}
