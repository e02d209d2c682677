"""HTTP/1.1 with connections that stay open: requests as values, replies as values, one thread a connection."""
import dataclasses
import http.server
import json
import sys
import threading
import urllib.parse

from core.body import Body, Malformed, Part, Parts, Truncated, boundary_of

JSON_LIMIT = 1 << 20


@dataclasses.dataclass
class Reply:
    """What is answered: `content` is bytes, a value that becomes JSON, or nothing."""

    status: int
    content: object = None
    headers: dict[str, str] = dataclasses.field(default_factory=dict)

    def encoded(self) -> bytes:
        if self.content is None:
            return b""
        if isinstance(self.content, bytes):
            return self.content
        self.headers.setdefault("Content-Type", "application/json")
        return json.dumps(self.content, ensure_ascii=False).encode()


class Request:
    """One request, its body not read yet."""

    def __init__(self, handler: "Handler", origin: str):
        self.origin, self.method, self.target = origin, handler.command, handler.path
        self.path, _, self.query = self.target.partition("?")
        self.lines = [(name.lower(), value.strip()) for name, value in handler.headers.items()]
        self.headers: dict[str, str] = {}
        for name, value in self.lines:
            self.headers[name] = f"{self.headers[name]}, {value}" if name in self.headers else value
        self.step: str | None = None
        self.proceeded = False
        self.record: dict[str, object] = {
            "origin": origin, "method": self.method, "path": self.path, "query": self.query, "headers": self.headers,
            "fields": [], "bytes": 0, "sha256": None, "status": None,
        }
        length = self.headers.get("content-length", "")
        self.length = int(length) if length.isascii() and length.isdigit() else None
        self.chunked = self.headers.get("transfer-encoding", "").lower() == "chunked"
        self.expecting = handler.expecting
        self.body = Body(handler.rfile, self.length, self.chunked, lambda: self._continue(handler))

    def _continue(self, handler: "Handler") -> None:
        if self.expecting:
            self.expecting = False
            handler.send_response_only(100)
            handler.end_headers()

    def pairs(self) -> list[tuple[str, str]]:
        return urllib.parse.parse_qsl(self.query, keep_blank_values=True)

    def raw(self) -> Body:
        """Reads the body as a file's bytes."""
        self.body.rest()
        self.record |= {"bytes": self.body.count, "sha256": self.body.sha256.hexdigest()}
        return self.body

    def json(self) -> object:
        content = self.body.whole(JSON_LIMIT)
        self.record |= {"bytes": self.body.count, "sha256": self.body.sha256.hexdigest()}
        try:
            value = json.loads(content.decode(), object_pairs_hook=distinct)
        except ValueError as error:
            raise Malformed(f"the body is not JSON: {error}") from error
        self.record["json"] = value
        return value

    def form(self, file_field: str) -> list[Part]:
        def begin(part: Part) -> None:
            part.is_file = part.name == file_field
            self.record["fields"].append(f"file:{part.name}" if part.is_file else part.name)

        parts = Parts(self.body, boundary_of(self.headers.get("content-type", "")), begin).read()
        self.record["texts"] = {part.name: part.text.decode("utf-8", "replace") for part in parts if not part.is_file}
        for part in parts:
            if part.is_file:
                self.record |= {
                    "bytes": part.count, "sha256": part.sha256.hexdigest(), "file_name": part.filename,
                    "file_type": part.type,
                }
        return parts

    def finish(self) -> bool:
        """Reads what is left, so that the reply is read. False where the connection must end instead."""
        if self.expecting and not self.body.ended:
            return False
        if not self.body.ended:
            self.body.rest()
        if self.record["sha256"] is None and self.body.count:
            self.record |= {"bytes": self.body.count, "sha256": self.body.sha256.hexdigest()}
        return True


def distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a name occurs twice in an object")
    return value


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "stand-in"
    sys_version = ""
    disable_nagle_algorithm = True
    expecting = False

    def handle_expect_100(self) -> bool:
        """100 goes out when the body is wanted: who is refused by the headers alone need not send it."""
        self.expecting = True
        return True

    def answer(self) -> None:
        request = Request(self, self.server.origin)
        self.expecting = False
        try:
            reply = self.server.answer(request)
            content = reply.encoded()
            going_on = request.finish()
        except (Truncated, ConnectionError):
            self.close_connection = True
            return
        # Before the reply: who has it may ask for the record at once.
        request.record["status"] = reply.status
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 204:
            self.send_header("Content-Length", str(len(content)))
        if not going_on:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content if self.command != "HEAD" and reply.status != 204 else b"")

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer

    def log_message(self, *_) -> None:
        pass


class Origin(http.server.ThreadingHTTPServer):
    """One origin: a port of its own on loopback. `answer` makes a reply of a request."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, origin: str, answer):
        super().__init__(("127.0.0.1", 0), Handler)
        self.origin, self.answer = origin, answer
        self.url = f"http://127.0.0.1:{self.server_port}"

    def start(self) -> None:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 3600}, daemon=True).start()

    def handle_error(self, request, client_address) -> None:
        """A client that goes away is no news; everything else is a mistake in a stand-in, and is shown."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)
