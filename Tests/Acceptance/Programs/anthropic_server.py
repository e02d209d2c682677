"""A stand-in for Anthropic's files. Source: anthropics/anthropic-sdk-python resources/beta/files.py@009b0353
(2026-08-07), platform.claude.com/docs/en/api/files-create.

Prints its base URL and its key as JSON once it listens. GET /seen tells what came.
"""
import email
import email.policy
import hashlib
import http.server
import json
import secrets

KEY = f"sk-ant-{secrets.token_hex(20)}"
FIXED = {"x-api-key": KEY, "anthropic-version": "2023-06-01", "anthropic-beta": "files-api-2025-04-14"}
files: dict[str, dict[str, object]] = {}
seen: list[dict[str, object]] = []


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def reply(self, status: int, value: object) -> None:
        content = json.dumps(value).encode()
        seen.append({"call": f"{self.command} {self.path}", "status": status})
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def refuse(self, status: int, kind: str, message: str) -> None:
        self.reply(status, {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_standin"})

    def has_headers(self) -> bool:
        wrong = [name for name, value in FIXED.items() if self.headers.get(name) != value]
        if wrong:
            status, kind = (401, "authentication_error") if wrong == ["x-api-key"] else (400, "invalid_request_error")
            self.refuse(status, kind, f"wrong or absent: {', '.join(wrong)}")
        return not wrong

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.has_headers():
            return
        if self.path != "/v1/files?beta=true":
            self.refuse(404, "not_found_error", self.path)
            return
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts = list(email.message_from_bytes(head + body, policy=email.policy.HTTP).iter_parts())
        names = [part.get_param("name", header="content-disposition") for part in parts]
        if names != ["file"] or not parts[0].get_filename():
            self.refuse(400, "invalid_request_error", f"the form has {names}, not a file")
            return
        content = parts[0].get_payload(decode=True)
        file = {
            "id": f"file_{secrets.token_hex(12)}", "type": "file", "filename": parts[0].get_filename(),
            "mime_type": parts[0].get_content_type(), "size_bytes": len(content), "downloadable": False,
            "created_at": "2026-11-24T00:00:00Z",
        }
        files[str(file["id"])] = file | {"sha256": hashlib.sha256(content).hexdigest()}
        self.reply(200, file)

    def do_DELETE(self) -> None:
        if not self.has_headers():
            return
        path, _, query = self.path.partition("?")
        name = path.removeprefix("/v1/files/")
        if query != "beta=true" or files.pop(name, None) is None:
            self.refuse(404, "not_found_error", f"there is no file {name}")
            return
        self.reply(200, {"id": name, "type": "file_deleted"})

    def do_GET(self) -> None:
        self.reply(200, {"calls": list(seen), "files": files})

    def log_message(self, *_) -> None:
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(json.dumps({"base_url": f"http://127.0.0.1:{server.server_port}", "key": KEY}), flush=True)
server.serve_forever()
