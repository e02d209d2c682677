import CLibCurl
import Glibc
import HTTPTypes
import HoistCore

/// Says what a libcurl error means for the person waiting.
enum NetworkFailure {
    /// What a proxy's reply to CONNECT comes to; nil where it opened the way, or none was asked. libcurl itself reports a
    /// failed connection (measured).
    static func proxyRefusal(_ status: Int) -> Failure? {
        guard status >= 300 else { return nil }
        let proxy = "the proxy \(proxyName)"
        return switch status {
        case 407:
            Failure(
                .notAllowed, code: "proxy_refused",
                "\(proxy) wants another user name or password (HTTP 407); put them into its URL, http://USER:PASSWORD@HOST"
            )
        case 408, 429, 500...:
            Failure(
                .temporary, code: "proxy_trouble", "\(proxy) cannot open the way (HTTP \(status))",
                advice: "run it again later")
        default:
            Failure(
                .notAllowed, code: "proxy_refused",
                "\(proxy) does not allow it (HTTP \(status)); ask who runs it, or name the host in NO_PROXY")
        }
    }

    /// The proxy of https URLs as libcurl chooses it (libcurl-env(3)), without what it is told in secret.
    private static var proxyName: String {
        let variables = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        let url = variables.lazy.compactMap { getenv($0) }.map { String(cString: $0) }.first { !$0.isEmpty } ?? ""
        let authority = url.split(separator: "://", maxSplits: 1).last ?? ""
        let host = authority.split(separator: "@").last?.prefix { $0 != "/" } ?? ""
        return String(host).safeForTerminal
    }

    static func describe(_ code: CURLcode, reason: String, request: HTTPRequest) -> Failure {
        let host = request.authority ?? "the server"
        let reason = Trace.redactedParameters(reason).safeForTerminal
        return switch code {
        case CURLE_OPERATION_TIMEDOUT:
            Failure(
                .temporary, code: "timeout",
                "no connection to \(host) (\(reason))",
                advice: "run it again, or allow more time with --connect-timeout")
        case CURLE_COULDNT_RESOLVE_PROXY:
            Failure(
                .temporary, code: "no_connection",
                "the proxy cannot be reached (\(reason))", advice: "check HTTPS_PROXY and ALL_PROXY")
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT:
            Failure(
                .temporary, code: "no_connection",
                "\(host) cannot be reached (\(reason))", advice: "check the network, run it again")
        case CURLE_PEER_FAILED_VERIFICATION:
            Failure(
                .contract, code: "certificate_refused",
                "\(host) did not prove who it is (\(reason)); if it is yours, name its CA file with --cacert")
        case CURLE_SSL_CACERT_BADFILE:
            Failure(
                .configuration, code: "bad_ca_file",
                "\(reason); check --cacert, CURL_CA_BUNDLE, SSL_CERT_FILE and SSL_CERT_DIR")
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_URL_MALFORMAT, CURLE_BAD_CONTENT_ENCODING:
            Failure(.contract, code: "not_http", "\(host) did not answer as HTTP (\(reason)); check the base URL")
        case CURLE_OUT_OF_MEMORY:
            // What libcurl says of a header line that is too long for it (100 KB; measured).
            Failure(.contract, code: "not_http", "\(host) sent a header that is too long; check the base URL")
        case CURLE_FAILED_INIT, CURLE_BAD_FUNCTION_ARGUMENT, CURLE_UNKNOWN_OPTION,
            CURLE_NOT_BUILT_IN:
            Failure(.bug, code: "libcurl", "libcurl: \(reason); please report it")
        default:
            Failure(
                .temporary, code: "network", "the connection to \(host) failed (\(reason))", advice: "run it again")
        }
    }
}
