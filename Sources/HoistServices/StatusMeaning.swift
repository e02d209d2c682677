import HoistCore

/// What an HTTP status that is no success comes to: one table for services and for storage.
struct StatusMeaning {
    let kind: FailureClass
    /// Hoist's word for it, where the reply has none.
    let code: String

    init(_ status: Int) {
        (kind, code) =
            switch status {
            case 300..<400: (.contract, "redirected")
            case 401: (.notAllowed, "unauthorized")
            // The account's balance, by all that use it.
            case 402: (.notAllowed, "payment_required")
            case 403: (.notAllowed, "forbidden")
            case 408, 425: (.temporary, "service_trouble")
            case 429: (.temporary, "rate_limited")
            case 400..<500: (.refusedByService, "refused")
            case 500...: (.temporary, "service_trouble")
            default: (.contract, "unexpected_reply")
            }
    }
}
