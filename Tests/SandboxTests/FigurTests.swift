import Foundation
import TestSupport
import Testing

@Suite struct FigurTests {
    @Test(arguments: [
        (Sample.png, "image/png", "png"), (Sample.jpeg, "image/jpeg", "jpg"), (Sample.webp, "image/webp", "webp"),
    ])
    func storesAnImage(content: [UInt8], type: String, fileExtension: String) async throws {
        try await withSandbox { sandbox in
            try await withTemporaryDirectory { directory in
                let file = try directory.file("a", content)
                let reply = try await sandbox.figur(["-F", "file=@\(file);type=\(type)"])
                #expect(reply.status == 200)
                let key = try #require(reply["upload_key"])
                #expect(key.wholeMatch(of: /inputs\/[0-9a-f-]{36}\.(.+)/)?.1 == Substring(fileExtension))
                let preview = try await curl(try #require(reply["image_url"]))
                #expect(preview.status == 200)
                #expect(preview.body == content)
                #expect(preview.header("Content-Type") == type)
            }
        }
    }

    @Test(arguments: [
        (["-H", "Authorization;"], 401), (["-H", "Authorization: Bearer wrong"], 401),
        (["-H", "Authorization: sk_test_sandbox"], 401), ([], 401),
        (["-H", "Authorization: Bearer sk_test_sandbox", "-H", "X-API-Key: sandbox-key"], 400),
        (["-H", "Authorization: Bearer sk_test_sandbox", "-H", "Authorization: Bearer sk_test_sandbox"], 401),
    ])
    func checksTheKey(headers: [String], status: Int) async throws {
        try await withSandbox { sandbox in
            let reply = try await curl("\(sandbox.figurBaseURL)/v1/uploads", headers + ["-F", "file=hello"])
            #expect(reply.status == status)
            #expect(reply["error.code"] == (status == 401 ? "unauthorized" : "bad_request"))
            #expect(reply["error.message"] != nil)
            #expect(reply["error.request_id"]?.count == 32)
        }
    }

    @Test(arguments: [
        (Sample.gif, "image/gif", 415), (Array("hello".utf8), "image/png", 415), ([], "image/png", 422),
        (Sample.png, "image/jpeg", 422), (Sample.png, "application/octet-stream", 422),
    ])
    func looksAtTheContent(content: [UInt8], type: String, status: Int) async throws {
        try await withSandbox { sandbox in
            try await withTemporaryDirectory { directory in
                let file = try directory.file("a.png", content)
                let reply = try await sandbox.figur(["-F", "file=@\(file);type=\(type)"])
                #expect(reply.status == status)
                if status == 422 {
                    #expect(reply["detail.0.loc.0"] == "body")
                    #expect(reply["detail.0.loc.1"] == "file")
                } else {
                    #expect(reply["error.code"] == "unsupported_media_type")
                }
            }
        }
    }

    @Test(arguments: [(26_214_400, 200), (26_214_401, 413)])
    func takesTwentyFiveMebibytes(size: Int, status: Int) async throws {
        try await withSandbox { sandbox in
            try await withTemporaryDirectory { directory in
                let content = Sample.png + [UInt8](repeating: 0x0D, count: size - Sample.png.count)
                let file = try directory.file("a.png", content)
                #expect(try await sandbox.figur(["-F", "file=@\(file);type=image/png"]).status == status)
            }
        }
    }

    @Test(arguments: ["file=hello", "image=@FILE;type=image/png", "file=@FILE;type=image/png;filename="])
    func wantsAFile(form: String) async throws {
        try await withSandbox { sandbox in
            try await withTemporaryDirectory { directory in
                let file = try directory.file("a.png", Sample.png)
                let reply = try await sandbox.figur(["-F", form.replacing("FILE", with: file)])
                #expect(reply.status == 422)
                #expect(reply["detail.0.loc.1"] == "file")
            }
        }
    }

    /// Bodies around one good image, in which `|` stands for CRLF and `IMAGE` for a content that is none.
    @Test(arguments: [
        (
            "--b|Content-Disposition: form-data; name=\"file\"; filename=\"a\"|Content-Type: image/png||IMAGE|--b--|",
            415
        ),
        ("--b|Content-Disposition: form-data; name=\"file\"; filename=\"a\"|Content-Type: image/png||IMAGE|--b--", 415),
        (
            "--b|content-disposition: form-data; name=\"file\"; filename=\"a\"|content-type: image/png||IMAGE|--b--|",
            415
        ),
        ("--b|Content-Disposition: form-data; name=\"file\"; filename=\"%22\\é\"||IMAGE|--b--|", 415),
        ("--b|Content-Disposition: form-data; name=\"file\"; filename=\"a\"||IMAGE|--b|", 400),
        ("--b|Content-Disposition: form-data; name=\"file\"; filename=\"a\"||IMAGE", 400),
        ("--b|Content-Disposition: form-data; name=\"file\"; filename=\"a\"||IMAGE|--b--|more", 400),
        ("preamble|--b|Content-Disposition: form-data; name=\"file\"; filename=\"a\"||IMAGE|--b--|", 400),
        ("--b\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\n\nIMAGE\n--b--\n", 400),
        ("--b|Content-Disposition: form-data; name=\"file\"; filename=\"a\"b\"||IMAGE|--b--|", 400),
        ("--b|Content-Disposition: form-data; name=\"file\"; filename=\"a\nb\"||IMAGE|--b--|", 400),
        ("--b|Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''a||IMAGE|--b--|", 400),
        ("--b|Content-Disposition: attachment; name=\"file\"; filename=\"a\"||IMAGE|--b--|", 400),
        ("--b|Content-Disposition: form-data; filename=\"a\"||IMAGE|--b--|", 400),
        ("--b|Content-Type: image/png||IMAGE|--b--|", 400),
        ("--b|Content-Disposition: form-data; name=\"file\"; filename=\"a\"|X-More: 1||IMAGE|--b--|", 400),
        ("--c|Content-Disposition: form-data; name=\"file\"; filename=\"a\"||IMAGE|--c--|", 400),
        ("--bContent-Disposition: form-data; name=\"file\"; filename=\"a\"||IMAGE|--b--|", 400),
        ("--b--|", 422),
        ("", 400),
        (
            "--b|Content-Disposition: form-data; name=\"file\"; filename=\"a\"||IMAGE|"
                + "--b|Content-Disposition: form-data; name=\"file\"; filename=\"a\"||IMAGE|--b--|", 400
        ),
    ])
    func readsMultipartStrictly(body: String, status: Int) async throws {
        try await withSandbox { sandbox in
            let reply = try await curl(
                "\(sandbox.figurBaseURL)/v1/uploads",
                [
                    "-H", "Authorization: Bearer \(sandbox.figurKey)", "--data-binary", "@-",
                    "-H", "Content-Type: multipart/form-data; boundary=b",
                ],
                input: Array(body.replacing("|", with: "\r\n").utf8)
            )
            #expect(reply.status == status)
        }
    }

    @Test(arguments: [
        ("multipart/form-data", 400), ("multipart/form-data; boundary=", 400), ("image/png", 422),
        ("multipart/form-data; boundary=\"b\"", 415),
    ])
    func readsTheContentType(type: String, status: Int) async throws {
        try await withSandbox { sandbox in
            let body = "--b\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\nIMAGE\r\n--b--\r\n"
            let reply = try await sandbox.figur(["-H", "Content-Type: \(type)", "--data-binary", body])
            #expect(reply.status == status)
        }
    }

    @Test func previewsArePresigned() async throws {
        try await withSandbox { sandbox in
            try await withTemporaryDirectory { directory in
                let file = try directory.file("a.png", Sample.png)
                let reply = try await sandbox.figur(["-F", "file=@\(file);type=image/png"])
                let url = try #require(reply["image_url"])
                #expect(try await curl(String(url.prefix { $0 != "?" })).status == 403)
                #expect(try await curl(url + "0").status == 403)
                #expect(try await curl(url.replacing("/preview/", with: "/preview/x")).status == 404)
            }
        }
    }

    @Test func previewsLapse() async throws {
        try await withSandbox("--url-lifetime", "0") { sandbox in
            try await withTemporaryDirectory { directory in
                let file = try directory.file("a.png", Sample.png)
                let reply = try await sandbox.figur(["-F", "file=@\(file);type=image/png"])
                let preview = try await curl(try #require(reply["image_url"]))
                #expect(preview.status == 403)
                #expect(preview.text.contains("Request has expired"))
            }
        }
    }
}
