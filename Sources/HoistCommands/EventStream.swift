import Glibc
import HoistCore
import HoistTransport

/// The run as programs follow it: one JSON object a line (docs/progress.schema.json).
struct EventStream: Sendable {
    let descriptor: Int32

    /// What does not arrive, since nobody reads any more, is nobody's loss.
    func send(_ event: String, _ members: [JSONValue.Member]) {
        let line = JSONValue.object(
            [.init("event", .string(event)), .init("time", .string(Timestamp.now.text))] + members)
        _ = (line.bytes + [UInt8(ascii: "\n")]).withUnsafeBytes { Outlet.write($0, to: descriptor) }
    }

    /// What is said to people meanwhile, as an event; nil for what is none.
    func send(_ notice: Notice) {
        switch notice {
        case .warning(let file, let text):
            send("warning", [.init("file", .string(file)), .init("message", .string(text))])
        case .retrying(let file, let reason, let wait, let retry, let most):
            send(
                "retrying",
                [
                    .init("file", .string(file)), .init("reason", .string(reason)),
                    .init("seconds", Self.seconds(wait)),
                    .init("retry", .number(retry)), .init("retries", .number(most)),
                ])
        case .held(let server, let reason, let wait):
            send(
                "waiting",
                [
                    .init("server", .string(server)), .init("reason", .string(reason)),
                    .init("seconds", Self.seconds(wait)),
                ])
        case .away(let host, let reason):
            send(
                "waiting", [.init("server", .string(host)), .init("reason", .string(reason)), .init("seconds", .null)])
        }
    }

    private static func seconds(_ duration: Duration) -> JSONValue {
        .number(((duration / .milliseconds(1)).rounded() / 1000).description)
    }
}
