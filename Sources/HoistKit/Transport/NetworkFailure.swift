import CLibCurl
import HTTPTypes

/// Says what a libcurl error means for the person waiting.
enum NetworkFailure {
    static func describe(_ code: CURLcode, reason: String, request: HTTPRequest) -> Failure {
        let host = request.authority ?? "the server"
        let reason = Trace.redactedParameters(reason).safeForTerminal
        return switch code {
        case CURLE_OPERATION_TIMEDOUT:
            Failure(
                .temporary, code: "timeout",
                "no connection to \(host) (\(reason)); run it again, or allow more time with --timeout")
        case CURLE_COULDNT_RESOLVE_PROXY:
            Failure(
                .temporary, code: "no_connection",
                "the proxy cannot be reached (\(reason)); check HTTPS_PROXY and ALL_PROXY")
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT:
            Failure(
                .temporary, code: "no_connection",
                "\(host) cannot be reached (\(reason)); check the network, run it again")
        case CURLE_PEER_FAILED_VERIFICATION:
            Failure(
                .contract, code: "certificate_refused",
                "\(host) did not prove who it is (\(reason)); if it is yours, name its CA file in CURL_CA_BUNDLE")
        case CURLE_SSL_CACERT_BADFILE:
            Failure(.configuration, code: "bad_ca_file", "\(reason); check CURL_CA_BUNDLE or SSL_CERT_FILE")
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_URL_MALFORMAT, CURLE_BAD_CONTENT_ENCODING:
            Failure(.contract, code: "not_http", "\(host) did not answer as HTTP (\(reason)); check the base URL")
        case CURLE_OUT_OF_MEMORY:
            // What libcurl says of a header line that is too long for it (100 KB; measured).
            Failure(.contract, code: "not_http", "\(host) sent a header that is too long; check the base URL")
        case CURLE_FAILED_INIT, CURLE_BAD_FUNCTION_ARGUMENT, CURLE_UNKNOWN_OPTION,
            CURLE_NOT_BUILT_IN:
            Failure(.bug, code: "libcurl", "libcurl: \(reason); please report it")
        default:
            Failure(.temporary, code: "network", "the connection to \(host) failed (\(reason)); run it again")
        }
    }
}
