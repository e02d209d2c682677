"""A server that does to each client what a script says.

Reads scenarios from standard input, one a line: {"name", "directory", "scripts": {KIND: [SCRIPT, ...]}}. A request for
/s/NAME/... belongs to that scenario, and its KIND is what it asks for: figur, initiate, put or status; /e/NAME/... is
`elsewhere`, where nothing but a redirect leads. The first request of a kind gets the first script, the last script serves
all that follow, and a kind without scripts is answered as its contract says.

A script is a list of steps; the head of the request has been read before the first.
  ["body"]             reads the body to its end, after `100 Continue` where that is asked for
  ["read", N]          reads N bytes of the body
  ["send", TEXT]       sends it as UTF-8; @PORT (and the other ports), @NAME, @KEY and @ID are filled in
  ["reply", STATUS, HEADERS, BODY]  sends a whole reply with the right length; texts as in `send`
  ["raw", BASE64]      sends these bytes
  ["repeat", TEXT, N]  sends it N times
  ["flood", TEXT, MS]  sends it again and again, with pauses, until the client leaves
  ["drip", TEXT, MS]   sends it byte by byte, with pauses
  ["good"]             sends the contract's reply
  ["merge", JSON]      sends the contract's reply with these fields in it; null takes one away
  ["run", COMMAND]     runs a shell command in the scenario's directory
  ["hold"]             does nothing until the client leaves
  ["end"]              sends no more, and reads what still comes
  ["close"], ["reset"] ends the connection
Prints its ports as one line of JSON once it listens. GET /log/NAME lists the requests of a scenario: kind, head, bytes of
the body, whether that came whole, and the SHA-256 of the file in it.
"""
import base64
import hashlib
import json
import select
import socket
import struct
import subprocess
import sys
import threading
import time
import uuid

SIGNATURE = "5ca1ab1e" * 8
LONGEST_HOLD = 60


class Left(Exception):
    """The connection is over."""


class Conversation:
    def __init__(self, connection):
        self.connection = connection
        self.buffer = b""

    def receive(self):
        data = self.connection.recv(1 << 18)
        if not data:
            raise Left
        self.buffer += data

    def head(self):
        while b"\r\n\r\n" not in self.buffer:
            self.receive()
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        return head.decode("latin-1").split("\r\n")

    def take(self, count):
        while len(self.buffer) < count:
            self.receive()
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def send(self, data):
        self.connection.sendall(data)

    def has_left(self, seconds):
        """Whether the client is gone, after at most so many seconds; what it sends stays unread."""
        poll = select.poll()
        poll.register(self.connection, select.POLLRDHUP | select.POLLHUP | select.POLLERR)
        return bool(poll.poll(seconds * 1000))


class Request:
    def __init__(self, conversation, scenario, kind, lines, port, path):
        self.conversation = conversation
        self.scenario = scenario
        self.port = port
        self.fields = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            self.fields[name.lower()] = value.strip()
        self.left = int(self.fields.get("content-length", "0"))
        self.waits = self.fields.get("expect", "").lower() == "100-continue"
        self.body = []
        # A status is asked of an id; every other request gets one of its own.
        self.id = path.rsplit("/", 1)[1] if kind == "status" else str(uuid.uuid4())
        self.entry = {"kind": kind, "head": lines, "bytes": 0, "whole": False, "sha256": None}
        with scenario["lock"]:
            scenario["log"].append(self.entry)

    def read(self, count):
        if self.waits:
            self.waits = False
            self.conversation.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        while count > 0:
            part = self.conversation.take(min(count, self.left, 1 << 20))
            if not part:
                break
            self.body.append(part)
            count -= len(part)
            self.left -= len(part)
            self.entry["bytes"] += len(part)
        if self.left == 0 and not self.entry["whole"]:
            body = b"".join(self.body)
            self.md5 = hashlib.md5(body).hexdigest()
            content = file_in_form(body) if self.entry["kind"] == "figur" else body
            self.entry["sha256"] = hashlib.sha256(content).hexdigest()
            self.entry["whole"] = True

    def text(self, template):
        key = self.fields.get("x-api-key") or self.fields.get("authorization", "").removeprefix("Bearer ")
        name = self.scenario["name"]
        text = template.replace("@NAME", name).replace("@KEY", key).replace("@ID", self.id)
        for port, number in ports.items():
            text = text.replace("@" + port, str(number))
        return text

    def good(self, changes):
        kind = self.entry["kind"]
        base = f"http://127.0.0.1:{self.port}/s/{self.scenario['name']}"
        if kind in ("put", "elsewhere"):
            return b'HTTP/1.1 200 OK\r\nETag: "%s"\r\nContent-Length: 0\r\n\r\n' % self.md5.encode()
        if kind == "figur":
            answer = {"upload_key": f"inputs/stored-{self.id}.png", "image_url": f"{base}/i?X-Amz-Signature={SIGNATURE}"}
        elif kind == "status":
            answer = {"id": self.id, "status": "COMPLETED", "file_type": "image", "size_bytes": 5342}
        else:
            asked = json.loads(b"".join(self.body))
            now = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
            answer = {
                "id": self.id,
                "upload_url": f"{base}/object.png?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date={now}"
                f"&X-Amz-Expires=900&X-Amz-SignedHeaders=content-type%3Bhost&X-Amz-Signature={SIGNATURE}",
                "public_url": f"{base}/object.png",
                "expires_at": "2036-09-01T10:00:00Z",
                "status": "PENDING",
                "required_headers": {"Content-Type": asked.get("content_type"), "x-amz-meta-file-id": self.id},
            }
        answer.update(json.loads(self.text(changes)))
        answer = {name: value for name, value in answer.items() if value is not None}
        body = json.dumps(answer).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        return head.encode() + body

    def step(self, word, *rest):
        talk = self.conversation
        if word == "body":
            self.read(self.left if self.left else 1)
        elif word == "read":
            self.read(rest[0])
        elif word == "send":
            talk.send(self.text(rest[0]).encode())
        elif word == "reply":
            status, headers, body = rest
            body = self.text(body).encode()
            head = "\r\n".join(["HTTP/1.1 " + status] + headers + [f"Content-Length: {len(body)}", "", ""])
            talk.send(self.text(head).encode() + body)
        elif word == "raw":
            talk.send(base64.b64decode(rest[0]))
        elif word == "repeat":
            talk.send(rest[0].encode() * rest[1])
        elif word == "flood":
            while not talk.has_left(rest[1] / 1000):
                talk.send(rest[0].encode())
        elif word == "drip":
            for byte in self.text(rest[0]).encode():
                talk.send(bytes([byte]))
                time.sleep(rest[1] / 1000)
        elif word == "good":
            talk.send(self.good("{}"))
        elif word == "merge":
            talk.send(self.good(rest[0]))
        elif word == "run":
            subprocess.run(["bash", "-c", rest[0]], cwd=self.scenario["directory"], check=True)
        elif word == "hold":
            talk.has_left(LONGEST_HOLD)
            raise Left
        elif word == "end":
            talk.connection.shutdown(socket.SHUT_WR)
            while True:
                talk.buffer = b""
                talk.receive()
        elif word == "close":
            raise Left
        elif word == "reset":
            reset(talk.connection)
            raise Left
        else:
            raise ValueError(f"no such step: {word}")


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def file_in_form(body):
    """The content of a multipart form's one part."""
    boundary = body.split(b"\r\n", 1)[0]
    return body.split(b"\r\n\r\n", 1)[-1].rsplit(b"\r\n" + boundary, 1)[0]


def kind_of(method, path):
    if path.startswith("/e/"):
        return "elsewhere"
    if method == "PUT":
        return "put"
    if method == "GET":
        return "status"
    return "initiate" if path.endswith("/api/v1/uploads") else "figur"


def answer_log(conversation, name):
    scenario = scenarios[name]
    with scenario["lock"]:
        body = json.dumps(scenario["log"]).encode()
    conversation.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


def converse(connection, port):
    conversation = Conversation(connection)
    while True:
        lines = conversation.head()
        method, target, _ = lines[0].split(" ", 2)
        # A proxy is asked for whole URLs.
        target = target.removeprefix(f"http://127.0.0.1:{port}")
        path = target.split("?")[0]
        name = path.split("/")[2]
        if path.startswith("/log/"):
            answer_log(conversation, name)
            continue
        scenario = scenarios[name]
        kind = kind_of(method, path)
        request = Request(conversation, scenario, kind, lines, port, path)
        with scenario["lock"]:
            served = scenario["served"].get(kind, 0)
            scenario["served"][kind] = served + 1
        scripts = scenario["scripts"].get(kind) or [[["body"], ["good"]]]
        for step in scripts[min(served, len(scripts) - 1)]:
            request.step(*step)
        if request.left > 0:
            return


def serve(connection, port):
    try:
        with connection:
            converse(connection, port)
    except (Left, OSError):
        pass


def listen(accepted):
    """A port of its own, each connection of which `accepted` deals with."""
    server = socket.create_server(("127.0.0.1", 0))

    def loop():
        while True:
            connection, _ = server.accept()
            threading.Thread(target=accepted, args=(connection,), daemon=True).start()

    threading.Thread(target=loop, daemon=True).start()
    return server.getsockname()[1]


def silent(connection):
    Conversation(connection).has_left(LONGEST_HOLD)
    connection.close()


def hang_up(connection):
    reset(connection)
    connection.close()


def greet(connection):
    try:
        with connection:
            connection.sendall(b"220 mail.example.com ESMTP\r\n")
            while connection.recv(1 << 16):
                pass
    except OSError:
        pass


def refused():
    """A port where nobody listens, kept from everybody else."""
    reserved = socket.socket()
    reserved.bind(("127.0.0.1", 0))
    kept.append(reserved)
    return reserved.getsockname()[1]


def full():
    """A port whose queue of connections is full: there is no answer to who wants one more."""
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen(0)
    kept.append(server)
    for _ in range(4):
        waiting = socket.socket()
        waiting.setblocking(False)
        waiting.connect_ex(server.getsockname())
        kept.append(waiting)
    return server.getsockname()[1]


kept = []
scenarios = {}
for line in sys.stdin:
    scenario = json.loads(line)
    scenario.update(lock=threading.Lock(), log=[], served={})
    scenarios[scenario["name"]] = scenario
main = socket.create_server(("127.0.0.1", 0), backlog=256)
# Little that is sent and not read is on its way: a file that changes then has not been sent yet.
main.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
main_port = main.getsockname()[1]
ports = {
    "PORT": main_port,
    "SILENT": listen(silent),
    "RESETTING": listen(hang_up),
    "GREETING": listen(greet),
    "REFUSED": refused(),
    "FULL": full(),
}
print(json.dumps(ports), flush=True)
while True:
    client, _ = main.accept()
    threading.Thread(target=serve, args=(client, main_port), daemon=True).start()
