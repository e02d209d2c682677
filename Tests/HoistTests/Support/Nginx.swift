import Foundation
import TestSupport

/// nginx in front of the sandbox, with a log of the connections that requests came on.
struct Nginx: Sendable {
    let port: Int
    /// To be trusted; nil without TLS.
    let certificate: String?

    /// A request that nginx has answered.
    struct Entry: Equatable {
        let version: String
        let connection: String
        let method: String
        let path: String
        let status: String
        /// Whether its connection began with the TLS session of another one.
        let isResumed: Bool
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    fileprivate static func entries(in log: String) throws -> [Entry] {
        try log.split(separator: "\n").map { line in
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 6 else { throw Failure(description: "not a line of the log: \(line)") }
            return Entry(
                version: words[0], connection: words[1], method: words[2], path: words[3], status: words[4],
                isResumed: words[5] == "r")
        }
    }

    fileprivate static func configuration(
        _ directory: TemporaryDirectory, port: Int, isTLS: Bool, protocols: String, requestsPerConnection: Int,
        to server: Int
    ) -> String {
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map { "\($0)_temp_path \(directory.path)/\($0);" }.joined(separator: " ")
        let tls =
            "ssl_certificate \(directory.path)/cert.pem; ssl_certificate_key \(directory.path)/key.pem; \(protocols)"
        return """
            daemon off;
            master_process off;
            pid \(directory.path)/pid;
            error_log stderr notice;
            events { worker_connections 512; }
            http {
                \(temporary)
                log_format connections '$server_protocol $connection $request_method $uri $status $ssl_session_reused';
                access_log \(directory.path)/access.log connections;
                client_max_body_size 0;
                keepalive_requests \(requestsPerConnection);
                server {
                    listen 127.0.0.1:\(port)\(isTLS ? " ssl http2" : "");
                    \(isTLS ? tls : "")
                    location / {
                        proxy_pass http://127.0.0.1:\(server);
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_set_header X-Front https://localhost:\(port);
                    }
                }
            }
            """
    }
}

/// Runs `body` with nginx in front of that port; returns what it logged as well.
///
/// - Parameters:
///   - isTLS: whether it speaks TLS, and HTTP/2 to who can.
///   - protocols: its TLS settings beside the certificate, as nginx has them.
///   - requestsPerConnection: after so many it ends a connection.
func withNginx<Result: Sendable>(
    before server: Int, isTLS: Bool, protocols: String = "", requestsPerConnection: Int = 1000,
    _ body: @escaping @Sendable (Nginx) async throws -> Result
) async throws -> (result: Result, log: [Nginx.Entry]) {
    try await require("nginx", from: "nginx-light")
    return try await withTemporaryDirectory { directory in
        if isTLS { try await makeCertificate(in: directory) }
        let port = try freePort()
        let configuration = Nginx.configuration(
            directory, port: port, isTLS: isTLS, protocols: protocols, requestsPerConnection: requestsPerConnection,
            to: server)
        let file = try directory.file("nginx.conf", configuration.utf8)
        let command = Command("nginx", ["-p", directory.path, "-c", file, "-e", "stderr"])
        let result = try await command.withRunning { running in
            var messages: [String] = []
            for await line in running.errors {
                messages.append(line)
                // It listens before it says how it waits for events.
                if line.contains("event method") { break }
            }
            guard messages.last?.contains("event method") == true else {
                throw Nginx.Failure(description: "nginx did not start: \(messages.joined(separator: "\n"))")
            }
            let result = try await body(Nginx(port: port, certificate: isTLS ? directory.path("cert.pem") : nil))
            try running.signal(SIGQUIT)
            return result
        }.result
        let log = try String(contentsOfFile: directory.path("access.log"), encoding: .utf8)
        return (result, try Nginx.entries(in: log))
    }
}

private func makeCertificate(in directory: TemporaryDirectory) async throws {
    try await require("openssl", from: "openssl")
    let command = Command(
        "openssl",
        [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
            "subjectAltName=DNS:localhost", "-keyout", directory.path("key.pem"), "-out", directory.path("cert.pem"),
        ])
    let finished = try await command.run()
    guard finished.exit == .code(0) else { throw Nginx.Failure(description: "openssl: \(finished.errors)") }
}

/// A port that nobody has just now.
private func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Nginx.Failure(description: "no socket") }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
        }
    }
    guard isBound else { throw Nginx.Failure(description: "no free port") }
    return Int(UInt16(bigEndian: address.sin_port))
}
