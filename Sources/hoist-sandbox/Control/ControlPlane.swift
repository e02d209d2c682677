import FoundationEssentials

/// `POST /sandbox/faults`
struct AddFaults: Endpoint {
    let plan: FaultPlan

    func refusal(_ request: Request) async -> Reply? { nil }

    func answer(_ request: Request, body: StoredBytes?) async throws -> Reply {
        do {
            await plan.add(try Fault.list(from: body.map { try Array($0.mapped()) } ?? []))
            return .json(.ok, [:])
        } catch let problem as Fields.Problem {
            return .json(.badRequest, ["detail": .string(problem.description)])
        }
    }
}

/// `DELETE /sandbox/faults`
struct ClearFaults: Endpoint {
    let plan: FaultPlan

    func refusal(_ request: Request) async -> Reply? { nil }

    func answer(_ request: Request, body: StoredBytes?) async throws -> Reply {
        await plan.clear()
        return .json(.ok, [:])
    }
}

/// `GET /sandbox/requests`
struct ListRequests: Endpoint {
    let log: RequestLog

    func refusal(_ request: Request) async -> Reply? { nil }

    func answer(_ request: Request, body: StoredBytes?) async throws -> Reply {
        .json(.ok, .array(await log.entries.map(\.json)))
    }
}

/// `GET /sandbox/wait?requests=N&ended=N&body_bytes=N&on=KIND&timeout_ms=N`: answers when all of it is so, with the
/// request list; 408 when that takes too long.
struct AwaitRequests: Endpoint {
    let log: RequestLog

    func refusal(_ request: Request) async -> Reply? { nil }

    func answer(_ request: Request, body: StoredBytes?) async throws -> Reply {
        do {
            let (condition, timeout) = try parse(request.query ?? "")
            guard await log.wait(for: condition, timeout: timeout) else {
                return .json(.requestTimeout, ["detail": "It did not happen in time"])
            }
            return .json(.ok, .array(await log.entries.map(\.json)))
        } catch let problem as Fields.Problem {
            return .json(.badRequest, ["detail": .string(problem.description)])
        }
    }

    private func parse(_ query: Substring) throws -> (RequestLog.Condition, timeout: Duration) {
        var condition = RequestLog.Condition()
        var timeout = Duration.seconds(10)
        for pair in query.split(separator: "&") {
            let name = String(pair.prefix { $0 != "=" })
            let value = String(pair.dropFirst(name.count + 1))
            if name == "on" {
                guard let kind = Request.Kind(rawValue: value) else {
                    throw Fields.Problem(field: name, reason: "is not a kind of request: \(value)")
                }
                condition.kind = kind
                continue
            }
            guard let number = Int(value), number >= 0 else {
                throw Fields.Problem(field: name, reason: "must be a number, zero or more")
            }
            switch name {
            case "requests": condition.requests = number
            case "ended": condition.ended = number
            case "body_bytes": condition.bodyBytes = number
            case "timeout_ms": timeout = .milliseconds(number)
            default: throw Fields.Problem(field: name, reason: "is not a known parameter")
            }
        }
        return (condition, timeout)
    }
}
