/// What all requests have in common.
package struct TransportConfiguration: Sendable {
    /// Which addresses of a host are used.
    package enum AddressFamily: Sendable {
        case any
        case ipv4
        case ipv6
    }

    /// How long there may be no connection.
    package var connectTimeout: Duration
    /// How long the peer may take no byte of a request.
    package var timeout: Duration
    /// How long a reply may take once the peer has the whole request: a service stores and checks a file before it
    /// answers.
    package var replyTimeout: Duration
    package var certificates: Certificates
    package var addressFamily = AddressFamily.any
    /// How many connections are kept open for the next request.
    package var connections: Int
    /// Bytes a second, of all files together; nil sets no limit.
    package var sendRate: Double?

    /// CA certificates to use instead of the system's.
    package struct Certificates: Sendable {
        package var file: String?
        package var directory: String?

        package init(file: String? = nil, directory: String? = nil) {
            self.file = file
            self.directory = directory
        }
    }

    package init(
        connectTimeout: Duration = .seconds(20), timeout: Duration = .seconds(60),
        replyTimeout: Duration = .seconds(300), certificates: Certificates = Certificates(), connections: Int = 16,
        sendRate: Double? = nil
    ) {
        self.connectTimeout = connectTimeout
        self.timeout = timeout
        self.replyTimeout = replyTimeout
        self.certificates = certificates
        self.connections = connections
        self.sendRate = sendRate
    }
}
