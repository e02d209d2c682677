"""A service and whoever else its replies lead to: answers as it is told, and records all that comes.

Reads one JSON document from standard input: {"scenarios": {NAME: {"service": [ANSWER, ...], "other": [ANSWER, ...]}},
"certificate": PATH}. A request for /NAME/... belongs to that scenario; all others are kept under "". The first request to
`service` gets its first answer, the last answer serves all that follow, and where there is none it is `{}`. An ANSWER is
{"status", "headers", "body"}; @PORT, @OTHER and @NAME in it are filled in.

There are two plain ports, one for `service` and one for `other`. With a certificate there is a CONNECT proxy too: it plays
`service` for hosts whose names begin so, and `other` for all the rest.
Prints its ports as one line of JSON. GET /log lists the requests by scenario: where to, head, and body as Latin-1.
"""
import json
import socket
import ssl
import sys
import threading


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

    def send(self, status, headers, body):
        head = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
        self.connection.sendall("\r\n".join(head).encode() + body)


def filled(text, name):
    for word, value in {**ports, "NAME": name}.items():
        text = text.replace(f"@{word}", str(value))
    return text


def answer(name, role):
    scenario = scenarios.get(name, {})
    with lock:
        count = served.get((name, role), 0)
        served[name, role] = count + 1
    answers = scenario.get(role) or [{"status": "200 OK", "headers": [], "body": "{}"}]
    chosen = answers[min(count, len(answers) - 1)]
    headers = [filled(header, name) for header in chosen["headers"]]
    return chosen["status"], headers, filled(chosen["body"], name).encode()


def converse(conversation, place, role):
    while True:
        lines = conversation.head()
        method, target, _ = lines[0].split(" ", 2)
        if target == "/log":
            with lock:
                log = json.dumps(requests).encode()
            conversation.send("200 OK", [], log)
            continue
        if method == "CONNECT":
            conversation.connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            secure = context.wrap_socket(conversation.connection, server_side=True)
            role = "service" if target.startswith("service") else "other"
            converse(Conversation(secure), target, role)
        fields = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            fields[name.lower()] = value.strip()
        if fields.get("expect", "").lower() == "100-continue":
            conversation.connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = conversation.take(int(fields.get("content-length", "0")))
        name = target.split("/")[1].split("?")[0]
        name = name if name in scenarios else ""
        with lock:
            entry = {"place": place, "role": role, "head": lines, "body": body.decode("latin-1")}
            requests.setdefault(name, []).append(entry)
        conversation.send(*answer(name, role))


def serve(connection, place, role):
    try:
        with connection:
            converse(Conversation(connection), place, role)
    except (Left, OSError):
        pass


def listen(role):
    server = socket.create_server(("127.0.0.1", 0), backlog=128)
    port = server.getsockname()[1]

    def loop():
        while True:
            connection, _ = server.accept()
            arguments = (connection, f"127.0.0.1:{port}", role)
            threading.Thread(target=serve, args=arguments, daemon=True).start()

    threading.Thread(target=loop, daemon=True).start()
    return port


document = json.load(sys.stdin)
scenarios = document["scenarios"]
context = None
if document.get("certificate"):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(document["certificate"])
lock = threading.Lock()
served = {}
requests = {}
ports = {}
ports.update({"PORT": listen("service"), "OTHER": listen("other"), "PROXY": listen("proxy")})
print(json.dumps(ports), flush=True)
threading.Event().wait()
