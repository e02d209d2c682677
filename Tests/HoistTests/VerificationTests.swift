import Foundation
import TestSupport
import Testing

/// `verified`: what storage says of the bytes, held against those that were sent.
@Suite struct VerificationTests {
    @Test(arguments: [1, 60_000, 70_000, 5_000_000])
    func theChecksumOfStorageIsThatOfTheBytesSent(bytes: Int) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let file = try directory.noise("noise.png", bytes: bytes)
                let run = try await hoist.upload(file, "--to", "eachlabs", "--sha256")
                #expect(run.exit == .code(0))
                #expect(run.record["verified"] as? Bool == true)
                #expect(run.record.number("attempts") == 1)
                let sum = try await Command("sha256sum", [file]).run().output
                #expect(run.record.text("sha256") == String(sum.prefix(64)))
                #expect(try await fetch(run.record.text("public_url") ?? "") == Media.bytes(file))
            }
        }
    }

    @Test func bytesThatChangeOnTheWayAreSentOnceMore() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(#"{"on":"put","action":"corrupt"}"#)
            let run = try await hoist.upload(Media.shot, "--to", "eachlabs")
            #expect(run.exit == .code(0))
            #expect(run.record["verified"] as? Bool == true)
            #expect(run.record.number("attempts") == 2)
            #expect(try await fetch(run.record.text("public_url") ?? "") == Media.bytes(Media.shot))
        }
    }

    @Test func storageThatKeepsOtherBytesIsAFailure() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(
                #"[{"on":"put","action":"etag","value":"00000000000000000000000000000001"},{"on":"put","action":"etag","value":"00000000000000000000000000000002"}]"#
            )
            let run = try await hoist.upload(Media.shot, "--to", "eachlabs")
            #expect(run.exit == .code(75))
            #expect(run.record.error.text("code") == "corrupted")
            #expect(run.record["verified"] as? Bool == false)
            #expect(run.record.text("id") != nil, "the handle is there to look at")
            #expect(try await hoist.sandbox.requests().count { $0.kind == "put" } == 2)
        }
    }

    /// A good upload is never called bad: an ETag may be anything.
    @Test(arguments: [
        "d41d8cd98f00b204e9800998ecf8427e-3", "W/x", "", "0x8DBD0A1B2C3D4E5", "00000000000000000000000000000001",
    ])
    func anETagThatIsNoMD5IsNoFailure(tag: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                try await hoist.sandbox.fault(#"{"on":"put","action":"etag","value":"\#(tag)","count":null}"#)
                let files = try directory.pictures(6)
                let run = try await hoist.run(["upload", "--to", "eachlabs", "--jobs", "1"] + files)
                #expect(run.exit == .code(0))
                #expect(run.records.allSatisfy { $0["verified"] is NSNull })
                // The first file finds out, at the price of sending it twice; the others know.
                let isMD5 = tag.count == 32
                #expect(run.records.map { $0.number("attempts") } == [isMD5 ? 2 : 1, 1, 1, 1, 1, 1])
                #expect(run.errors.contains("is not the MD5") == isMD5)
                #expect(Set(try await hoist.sandbox.storedBodies()) == Set(files.map(Media.bytes)))
            }
        }
    }

    @Test func encryptedStorageHasETagsOfItsOwn() async throws {
        for header in [
            "x-amz-server-side-encryption: aws:kms", "x-amz-server-side-encryption: aws:kms:dsse",
            "x-amz-server-side-encryption-customer-algorithm: AES256",
        ] {
            let run = try await put(
                "HTTP/1.1 200 OK\r\nETag: \"00000000000000000000000000000001\"\r\n\(header)\r\nContent-Length: 0\r\n\r\n"
            )
            #expect(run.exit == .code(0), "\(header)")
            #expect(run.record["verified"] is NSNull)
            #expect(run.record.number("attempts") == 1)
        }
    }

    /// SHA-256 as Amazon S3 repeats it, in base64.
    @Test func aSignedSHA256IsComparedToo() async throws {
        let sum = try await Command("sh", ["-c", "openssl dgst -sha256 -binary '\(Media.shot)' | base64"]).run().output
        let digest = sum.trimmingCharacters(in: .whitespacesAndNewlines)
        let ofNothing = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        for (stored, exit, isVerified, attempts) in [(digest, 0, true, 1), (ofNothing, 75, false, 2)]
            as [(String, Int32, Bool, Int)]
        {
            let run = try await put(
                "HTTP/1.1 200 OK\r\nx-amz-checksum-sha256: \(stored)\r\nContent-Length: 0\r\n\r\n",
                headers: #"{"x-amz-checksum-sha256":"\#(digest)"}"#)
            #expect(run.exit == .code(exit))
            #expect(run.record["verified"] as? Bool == isVerified)
            #expect(run.record.number("attempts") == attempts)
        }
    }

    @Test func aWebPageInsteadOfAReplyIsAWarning() async throws {
        let page = "<!doctype html><p>Welcome to the hotel's network"
        let run = try await put(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: \(page.count)\r\n\r\n\(page)")
        #expect(run.exit == .code(0))
        #expect(run.record["verified"] is NSNull)
        #expect((run.record["warnings"] as? [String])?.first?.contains("web page") == true)
        #expect(run.errors.contains("web page"))
    }

    /// S3 can find out after it has begun to answer.
    @Test(arguments: [("InternalError", 75), ("AccessDenied", 69)] as [(String, Int32)])
    func anErrorInAGoodReplyIsOne(code: String, exit: Int32) async throws {
        let error = #"<?xml version="1.0"?><Error><Code>\#(code)</Code><Message>Not stored</Message></Error>"#
        let run = try await put("HTTP/1.1 200 OK\r\nContent-Length: \(error.count)\r\n\r\n\(error)")
        #expect(run.exit == .code(exit))
        #expect(run.record.isOK == false)
        #expect(run.record.error.text("code") == code)
        #expect(run.record["verified"] == nil)
    }

    @Test func noVerifyComparesNothing() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(#"{"on":"put","action":"corrupt"}"#)
            let run = try await hoist.upload(Media.shot, "--to", "eachlabs", "--no-verify")
            #expect(run.exit == .code(0))
            #expect(run.record["verified"] is NSNull)
            #expect(run.record.number("attempts") == 1)
        }
    }

    @Test func figurSaysNoChecksum() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(Media.shot, "--to", "figur", "--sha256")
            #expect(run.record["verified"] is NSNull)
            // Of the file, and not of the form around it.
            let sum = try await Command("sha256sum", [Media.shot]).run().output
            #expect(run.record.text("sha256") == String(sum.prefix(64)))
        }
    }

    /// The outcome of putting a picture to an S3 that gives that reply.
    private func put(_ reply: String, headers: String = "{}") async throws -> Run {
        try await withRawServer(replies: [reply]) { server in
            let presigned =
                #"{"upload_url":"\#(server.baseURL)/o?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0","required_headers":\#(headers)}"#
            let command = Command(
                try Binaries.hoist, ["put", Media.shot, "--retries", "0"], input: Array(presigned.utf8))
            return Run(try await command.run())
        }
    }
}
