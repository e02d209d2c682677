"""The client of the self-test: sends what a flow wants to send, or a copy that a wrong way has changed."""
import dataclasses
import http.client
import json
import subprocess
import sys
import urllib.parse
from collections.abc import Callable
from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
BOUNDARY = "b0undary-of-the-self-test"


@dataclasses.dataclass
class Part:
    name: str
    content: bytes
    filename: str | None = None
    type: str | None = None
    more: str = ""

    def encoded(self) -> bytes:
        lines = f'Content-Disposition: form-data; name="{self.name}"'
        lines += "" if self.filename is None else f'; filename="{self.filename}"'
        lines += "" if self.type is None else f"\r\nContent-Type: {self.type}"
        return f"--{BOUNDARY}\r\n{lines}{self.more}\r\n\r\n".encode() + self.content + b"\r\n"


@dataclasses.dataclass
class Sent:
    """A request that is about to go out. Its body is one of `json`, `parts` and `raw`, or there is none."""

    step: str
    method: str
    url: str
    headers: dict[str, str]
    json: dict | None = None
    parts: list[Part] | None = None
    raw: bytes | None = None
    chunked: bool = False

    def body(self) -> bytes | None:
        if self.json is not None:
            return json.dumps(self.json).encode()
        if self.parts is not None:
            return b"".join(part.encoded() for part in self.parts) + f"--{BOUNDARY}--\r\n".encode()
        return self.raw


@dataclasses.dataclass
class Got:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def json(self) -> dict:
        return json.loads(self.body)


class Refused(Exception):
    def __init__(self, got: Got, sent: Sent):
        super().__init__(f"{sent.step}: {got.status} {got.body[:300]!r}")
        self.got, self.sent = got, sent


Change = Callable[[Sent], None]


class Client:
    def __init__(self, announced: dict, name: str):
        self.announced, self.name = announced, name
        self.base = announced["services"][name]
        self.storage = announced["storage"][name]
        self.keys, self.settings = announced["keys"][name], announced["settings"][name]
        self.auth: dict[str, str] = {}
        self.file = PNG
        self.connections: dict[str, http.client.HTTPConnection] = {}
        self.step: str | None = None
        self.change: Change | None = None
        self.sent: list[Sent] = []

    def send(self, step: str, method: str, url: str, headers: dict[str, str] = {}, **body) -> Got:
        """Sends a call; one to the service itself gets the key. A refusal is raised."""
        own = not url.startswith("http")
        sent = Sent(step, method, self.base + url if own else url, (self.auth if own else {}) | headers, **body)
        if sent.json is not None:
            sent.headers["Content-Type"] = "application/json"
        if sent.parts is not None:
            sent.headers["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
        if step == self.step and self.change:
            self.change(sent)
        self.sent.append(sent)
        got = self.exchange(sent)
        if got.status >= 300:
            raise Refused(got, sent)
        return got

    def exchange(self, sent: Sent) -> Got:
        parts = urllib.parse.urlsplit(sent.url)
        connection = self.connections.setdefault(parts.netloc, http.client.HTTPConnection(parts.netloc, timeout=20))
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        body = sent.body()
        if sent.chunked:
            connection.request(
                sent.method, target, iter([body]), sent.headers | {"Transfer-Encoding": "chunked"}, encode_chunked=True)
        else:
            connection.request(sent.method, target, body, sent.headers)
        reply = connection.getresponse()
        return Got(reply.status, reply.headers, reply.read())

    def file_part(self, name: str) -> Part:
        return Part(name, self.file, "shot.png", "image/png")

    def control(self, method: str, path: str, body: dict | None = None):
        url = f"{self.announced['control']}/{path}?service={self.name}"
        got = self.exchange(Sent("control", method, url, {}, json=body))
        if got.status != 200:
            raise AssertionError(f"{path}: {got.body!r}")
        return got.json()


class Program:
    """The stand-ins themselves, which end with their standard input."""

    def __enter__(self) -> dict:
        command = [sys.executable, str(Path(__file__).parent.with_name("main.py"))]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return json.loads(self.process.stdout.readline())

    def __exit__(self, *_) -> None:
        self.process.stdin.close()
        if self.process.wait(timeout=20) != 0:
            raise AssertionError("the stand-ins did not end well")
        self.process.stdout.close()
