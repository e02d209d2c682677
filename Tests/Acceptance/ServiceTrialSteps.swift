import Foundation
import TestSupport
import Testing

/// What is tried with each service.
extension ServiceTrial {
    /// A small file and a large one: each step once and in order, the bytes as they are, the handles in the record.
    func uploads() async throws {
        for file in [small, large] {
            try await standIns.reset(service.name)
            let (record, finished) = try await upload(file, isWaiting: true)
            #expect(finished.errors.isEmpty)
            let seen = try await standIns.seen(service.name)
            let asked = Array(repeating: service.question ?? "", count: service.questions)
            #expect(seen.map { phrase($0, id: record[idField]) } == service.steps + asked)
            #expect(seen.allSatisfy { (200...299).contains($0.status) })
            let digest = try await sha256(of: file)
            let arrived = seen.filter { $0.sha256 == digest }
            #expect(arrived.map(\.bytes) == [try Data(contentsOf: URL(filePath: file)).count])
            for handle in service.handles { #expect(!record[handle].isEmpty, "no \(handle)") }
            if let place = service.place {
                let storage = try #require(standIns.storage[service.name])
                #expect(record[place] == storage + (arrived.first?.path ?? ""))
            }
            try await expectNoComplaint()
        }
    }

    /// The field of a record that has what stands in the paths of later calls.
    private var idField: String { service.name == "vidu" ? "id" : service.id }

    /// What `--set` says arrives in the service's words, of the right type.
    func settings() async throws {
        guard !service.options.isEmpty else { return }
        try await standIns.reset(service.name)
        _ = try await hoist("upload", [small] + service.options.flatMap { ["--set", $0.setting] })
        let first = try #require(try await standIns.seen(service.name).first)
        let values = first.json?.mapValues(\.text) ?? first.texts ?? [:]
        for option in service.options { #expect(values[option.field] == option.value) }
        try await expectNoComplaint()
    }

    /// Each step refuses: for good, for the key, and for a moment.
    func refusals() async throws {
        for step in service.refusals {
            try await standIns.reset(service.name)
            try await standIns.refuse(step, of: service.name, with: 422)
            let refused = try await upload(small, code: 69)
            #expect(refused.finished.errors.contains("refused for the test"))
            #expect(refused.record.error["message"]?.contains("refused for the test") == true)
            #expect(refused.record.error["http_status"] == "422")
            #expect(refused.record["ok"] == "0")
            try await standIns.refuse(step, of: service.name, with: 401)
            let unauthorized = try await upload(small, code: 77)
            #expect(unauthorized.record.error["http_status"] == "401")
            try await standIns.refuse(step, of: service.name, with: 429, retryAfter: 0)
            // It is waited for, and is no attempt.
            #expect(try await upload(small).record["attempts"] == "1")
            try await standIns.refuse(step, of: service.name, with: 500)
            #expect(try await upload(small).record["attempts"] == "2")
            try await expectNoComplaint()
        }
    }

    /// The service's own word on a wrong key, and nothing sent to storage.
    func wrongKey() async throws {
        try await standIns.reset(service.name)
        let wrong = (standIns.keys[service.name] ?? [:]).mapValues { _ in "wrong-key-of-the-test" }
        let (record, finished) = try await upload(small, code: 77, changing: wrong)
        #expect(record.error["http_status"] == "401")
        let variables = standIns.keys[service.name] ?? [:]
        #expect(variables.keys.contains { finished.errors.contains($0) })
        #expect(try await standIns.seen(service.name).map(\.status) == [401])
    }

    /// `hoist status` of an upload, and one that ends in failure, with the service's reason.
    func status() async throws {
        guard service.questions > 0 else { return }
        try await standIns.reset(service.name)
        let id = try await upload(small).record[service.id]
        try await standIns.refuse("status", of: service.name, with: 500)
        let asked = try await hoist("status", ["--wait", "--wait-interval", "10ms", "--", id])
        #expect(asked.record["ok"] == "1")
        try await standIns.failProcessing(of: service.name, reason: "the codec is not supported")
        let failed = try await upload(small, code: 69, isWaiting: true)
        #expect(failed.record["status_reason"] == "the codec is not supported")
        #expect(failed.record.error["code"] == "processing_failed")
        #expect(failed.finished.errors.contains("the codec is not supported"))
        #expect(!failed.record["status"].isEmpty && failed.record["status"] != asked.record["status"])
        #expect(failed.record[service.id] != "")
        try await expectNoComplaint()
    }

    /// Once, after a conflict that passes, and once more.
    func delete() async throws {
        guard let delete = service.delete else { return }
        try await standIns.reset(service.name)
        let id = try await upload(small, isWaiting: delete.id != nil).record[delete.id ?? service.id]
        try await standIns.refuse("delete", of: service.name, with: 409)
        let deleted = try await hoist("delete", ["--", id])
        #expect(deleted.record["outcome"] == "deleted")
        #expect(deleted.record["attempts"] == "2")
        let calls = try await standIns.seen(service.name).suffix(2)
        #expect(calls.map { phrase($0, id: id) } == [delete.call, delete.call])
        switch delete.again {
        case .deleted: #expect(try await hoist("delete", ["--", id]).record["outcome"] == "deleted")
        case .alreadyGone: #expect(try await hoist("delete", ["--", id]).record["outcome"] == "already_gone")
        case .refused: #expect(try await hoist("delete", ["--", id], code: 69).record.error["http_status"] == "404")
        }
        try await expectNoComplaint()
    }

    /// A URL now, the file later.
    func presignAndPut() async throws {
        guard service.canPresign else { return }
        try await standIns.reset(service.name)
        let presigned = try await hoist("presign", [small]).finished
        let reply = try directory.file("presigned.json", presigned.outputBytes)
        _ = try await hoist("put", [small, "--presigned", reply])
        let seen = try await standIns.seen(service.name)
        #expect(seen.map { phrase($0, id: "") } == service.steps)
        #expect(seen.last?.sha256 == (try await sha256(of: small)))
        try await expectNoComplaint()
    }
}
