"""chaos_proxy.py UPSTREAM: a proxy on 127.0.0.1 that breaks a share of the requests on their way to UPSTREAM.

It listens on two ports, one for the API and one for storage, and prints both as one line of JSON. Which fault a request
meets follows from the seed, its kind (call, question or storage, each small or large) and its number among those of that
kind: the same seed gives the same faults in the same order.

SIGUSR1 takes the service away: every connection is reset and new ones are refused, or answered 503 with --away 503.
SIGUSR2 brings it back. Both print a word once it is so.
"""
import argparse
import hashlib
import json
import re
import signal
import socket
import struct
import sys
import threading
import time

# ---- HTTP, as much of it as a proxy needs


class Gone(Exception):
    """The other side has closed the connection."""


class Stream:
    """A socket that is read up to a mark or up to a count."""

    def __init__(self, connection):
        self.socket, self.rest = connection, b""

    def fill(self):
        part = self.socket.recv(1 << 18)
        if not part:
            raise Gone
        self.rest += part

    def until(self, mark):
        while mark not in self.rest:
            self.fill()
        end = self.rest.index(mark) + len(mark)
        taken, self.rest = self.rest[:end], self.rest[end:]
        return taken

    def exactly(self, count):
        parts, missing = [self.rest[:count]], count - len(self.rest)
        self.rest = self.rest[count:]
        while missing > 0:
            part = self.socket.recv(min(missing, 1 << 20))
            if not part:
                raise Gone
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def chunks(self):
        """A chunked body, still in its chunks."""
        parts = []
        while True:
            size = self.until(b"\r\n")
            parts.append(size)
            count = int(size.split(b";")[0], 16)
            if count == 0:
                while parts[-1] != b"\r\n":
                    parts.append(self.until(b"\r\n"))
                return b"".join(parts)
            parts.append(self.exactly(count + 2))


class Head:
    def __init__(self, data):
        self.start, *lines = data.decode("latin-1").split("\r\n")[:-2]
        self.fields = [tuple(part.strip() for part in line.split(":", 1)) for line in lines]

    def value(self, name):
        return next((value for key, value in self.fields if key.lower() == name), None)

    def set(self, name, value):
        """Makes that field the only one of its name; None takes it away."""
        self.fields = [field for field in self.fields if field[0].lower() != name.lower()]
        if value is not None:
            self.fields.append((name, value))

    @property
    def data(self):
        return "\r\n".join([self.start, *map(": ".join, self.fields), "", ""]).encode("latin-1")

    @property
    def length(self):
        return int(self.value("content-length") or 0)

    @property
    def is_chunked(self):
        return (self.value("transfer-encoding") or "").lower() == "chunked"


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


# ---- One request, and what can happen to it


class Exchange:
    def __init__(self, connection, head, draw):
        self.connection, self.head, self.draw = connection, head, draw
        self.client, self.storage = connection.stream, connection.is_storage
        self.received = None

    def go_on(self):
        if (self.head.value("expect") or "").lower() == "100-continue":
            self.send(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.head.set("Expect", None)

    def body(self):
        """The whole body, as it came."""
        if self.received is None:
            self.go_on()
            self.received = self.client.chunks() if self.head.is_chunked else self.client.exactly(self.head.length)
        return self.received

    def send(self, data):
        self.client.socket.sendall(data)

    def forward(self):
        """The server's reply: its head and its body."""
        return self.connection.upstream.ask(self.head, self.body())

    def give(self, head, body):
        self.send(head.data + body)
        return (head.value("connection") or "").lower() != "close"

    # Each fault is said whether the connection goes on after it.

    def nothing(self):
        return self.give(*self.forward())

    def delay(self):
        time.sleep(0.05 + self.draw.share * 0.25)
        return self.nothing()

    def stall(self):
        self.go_on()
        first = b"" if self.head.is_chunked else self.client.exactly(self.head.length // 2)
        time.sleep(0.1 + self.draw.share * 0.3)
        self.received = first + (
            self.client.chunks() if self.head.is_chunked else self.client.exactly(self.head.length - len(first)))
        return self.nothing()

    def error(self, status, *fields, body=None, is_early=False):
        """An error of the server's own, for the whole request or before its body is read."""
        if body is None:
            body = '{"error":{"code":"chaos","message":"not now"}}' if not self.storage else xml("InternalError")
        if not is_early:
            self.body()
        closing = [("Connection", "close")] if is_early else []
        head = reply_head(status, [*fields, *closing], len(body))
        self.send(head + ("" if self.head.start.startswith("HEAD") else body).encode())
        return self.linger() if is_early else True

    def server_error(self):
        return self.error(self.draw.one_of(["500 Internal Server Error", "502 Bad Gateway", "504 Gateway Timeout"]))

    def early_server_error(self):
        return self.error("503 Service Unavailable", is_early=True)

    def unavailable(self):
        return self.error("503 Service Unavailable", *self.draw.one_of(RETRY_AFTER))

    def too_many(self):
        return self.error("429 Too Many Requests", *self.draw.one_of(RETRY_AFTER))

    def request_timeout(self):
        if self.storage:
            return self.error("400 Bad Request", body=xml("RequestTimeout"))
        return self.error("408 Request Timeout")

    def slow_down(self):
        return self.error("503 Slow Down", body=xml("SlowDown"))

    def reset_before_the_body(self):
        return reset(self.client.socket)

    def reset_in_the_body(self):
        self.go_on()
        if not self.head.is_chunked:
            self.client.exactly(int(self.head.length * self.draw.share))
        return reset(self.client.socket)

    def swallow(self):
        """The whole request is read, and goes nowhere."""
        self.body()
        return False

    def no_reply(self):
        """The server has done its work, and nobody hears of it."""
        self.forward()
        return False

    def cut_in_the_head(self):
        head, _ = self.forward()
        self.send(head.data[:int(len(head.data) * self.draw.share)])
        return False

    def cut_in_the_body(self):
        head, body = self.forward()
        # Without a body to be cut, its end of the head is: a reply all the same that is not whole.
        whole = head.data + body
        cut = len(head.data) + int(len(body) * self.draw.share) if body else len(whole) - 2
        self.send(whole[:cut])
        return False

    def idle_close(self):
        """A good reply that promises to keep the connection, which is then closed."""
        self.nothing()
        return False

    def reset_on_reuse(self):
        """A good reply, and a reset for the next request on this connection."""
        if self.nothing():
            self.connection.is_doomed = True
            return True
        return False

    def early_success(self):
        """The lie: a success before the body is read, of which nothing is kept."""
        name = hashlib.md5(self.draw.data).hexdigest()
        body, fields = "", [("ETag", f'"{name}"')]
        if not self.storage:
            body = json.dumps({"upload_key": f"inputs/{name}.png", "image_url": f"http://127.0.0.1:9/{name}.png"})
            fields = [("Content-Type", "application/json")]
        head = reply_head("200 OK", [*fields, ("Connection", "close")], len(body))
        if self.draw.share < 0.5:
            head = head.replace(b"HTTP/1.1", b"HTTP/1.0", 1).replace(b"Connection: close\r\n", b"")
        self.send(head + body.encode())
        return self.linger()

    def garbage(self):
        self.forward()
        self.send(reply_head("200 OK", [("Content-Type", "application/json")], 12) + b'{"upload_key')
        return True

    def corrupt(self):
        """A bit of the body changes on its way; storage tells the ETag of what it got."""
        body = bytearray(self.body())
        if body:
            body[int(len(body) * self.draw.share)] ^= 1
        self.received = bytes(body)
        return self.nothing()

    def linger(self):
        # Closed with unread bytes in it, the connection would be reset, and the reply with it.
        self.client.socket.shutdown(socket.SHUT_WR)
        time.sleep(0.2)
        return False


RETRY_AFTER = [[], [("Retry-After", "0")], [("Retry-After", "1")]]


def xml(code):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>not now</Message></Error>'


def reply_head(status, fields, length):
    lines = [f"HTTP/1.1 {status}", *map(": ".join, fields), f"Content-Length: {length}", "", ""]
    return "\r\n".join(lines).encode()


FAULTS = [
    "delay", "stall", "server_error", "early_server_error", "unavailable", "too_many", "request_timeout",
    "reset_before_the_body", "reset_in_the_body", "swallow", "no_reply", "cut_in_the_head", "cut_in_the_body",
    "idle_close", "reset_on_reuse",
]
OF_STORAGE = ["slow_down"]
# Where the kernel takes the whole body before anybody reads it, nobody could tell this lie: large bodies only.
LIE, LIE_FROM = "early_success", 1 << 20
OPTIONAL = ["garbage", "corrupt"]


class Draw:
    """What chance has in store for one request."""

    def __init__(self, options, kind, number):
        self.data = f"{options.seed} {kind} {number}".encode()
        numbers = struct.unpack(">4Q", hashlib.sha256(self.data).digest())
        self.chance, self.choice, self.share, self.detail = (number / 2**64 for number in numbers)

    def one_of(self, choices):
        return choices[int(self.detail * len(choices))]

    def fault(self, options, is_storage, size):
        if self.chance >= options.probability:
            return "nothing"
        wanted = options.faults or FAULTS + OF_STORAGE * is_storage + options.also
        possible = [
            name for name in wanted
            if not (name == "garbage" and is_storage) and not (name in OF_STORAGE + ["corrupt"] and not is_storage)
        ]
        # The large ones are few: every other fault of theirs is the lie.
        if size >= LIE_FROM and (not options.faults or LIE in options.faults):
            possible = possible + [LIE] * max(1, len(possible))
        possible = [name for name in possible if name != LIE or size >= LIE_FROM]
        return possible[int(self.choice * len(possible))] if possible else "nothing"


# ---- Connections


class Upstream:
    """The connection to the server that belongs to one client's connection."""

    def __init__(self, proxy):
        self.proxy, self.stream = proxy, None

    def ask(self, head, body):
        if not self.proxy.options.keep_host:
            head.set("Host", "%s:%d" % self.proxy.server)
        is_fresh = self.stream is None
        try:
            return self.exchange(head, body)
        except (Gone, OSError):
            self.close()
            if is_fresh:
                raise
            return self.exchange(head, body)

    def exchange(self, head, body):
        if self.stream is None:
            self.stream = Stream(socket.create_connection(self.proxy.server))
            self.stream.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.stream.socket.sendall(head.data + body)
        reply = Head(self.stream.until(b"\r\n\r\n"))
        while reply.start.split()[1] == "100":
            reply = Head(self.stream.until(b"\r\n\r\n"))
        if head.start.startswith("HEAD ") or reply.start.split()[1] in ("204", "304"):
            received = b""
        else:
            received = self.stream.chunks() if reply.is_chunked else self.stream.exactly(reply.length)
        if (reply.value("connection") or "").lower() == "close":
            self.close()
        return self.proxy.led_here(reply, received)

    def close(self):
        if self.stream is not None:
            self.stream.socket.close()
            self.stream = None


class Connection:
    def __init__(self, proxy, client, is_storage):
        self.proxy, self.is_storage = proxy, is_storage
        self.stream, self.upstream, self.is_doomed = Stream(client), Upstream(proxy), False

    def serve(self):
        try:
            while self.serve_one():
                pass
            self.stream.socket.close()
        except (Gone, OSError, ValueError):
            reset(self.stream.socket)
        finally:
            self.upstream.close()
            self.proxy.forget(self)

    def serve_one(self):
        """Whether there may be another request on this connection."""
        if self.is_doomed:
            self.stream.fill()
            return reset(self.stream.socket)
        try:
            head = Head(self.stream.until(b"\r\n\r\n"))
        except Gone:
            return False
        if self.proxy.is_away:
            self.proxy.note("away", head, "away")
            return Exchange(self, head, None).error("503 Service Unavailable", is_early=True)
        draw, fault = self.proxy.draw(head, self.is_storage)
        return getattr(Exchange(self, head, draw), fault)()


class Proxy:
    def __init__(self, options):
        self.options = options
        host, port = options.upstream.removeprefix("http://").rstrip("/").split(":")
        self.server = (host, int(port))
        self.lock, self.numbers, self.connections = threading.Lock(), {}, set()
        self.is_away, self.listeners, self.ports = False, [], [0, 0]
        self.log = open(options.log, "w", buffering=1) if options.log else None

    def open(self):
        self.listeners = [self.listener(port) for port in self.ports]
        self.ports = [listener.getsockname()[1] for listener in self.listeners]
        for listener, is_storage in zip(self.listeners, [False, True]):
            threading.Thread(target=self.accept, args=(listener, is_storage), daemon=True).start()

    def listener(self, port):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(1024)
        return listener

    def accept(self, listener, is_storage):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = Connection(self, client, is_storage)
            with self.lock:
                self.connections.add(connection)
            threading.Thread(target=connection.serve, daemon=True).start()

    def forget(self, connection):
        with self.lock:
            self.connections.discard(connection)

    def draw(self, head, is_storage):
        method = head.start.split()[0]
        kind = "storage" if is_storage else "call" if method == "POST" else "question"
        counted = f"large {kind}" if head.length >= LIE_FROM else kind
        with self.lock:
            number = self.numbers[counted] = self.numbers.get(counted, 0) + 1
        draw = Draw(self.options, counted, number)
        fault = draw.fault(self.options, is_storage, head.length)
        self.note(kind, head, fault)
        return draw, fault

    def note(self, kind, head, fault):
        if self.log:
            self.log.write(json.dumps({"kind": kind, "start": head.start, "fault": fault}) + "\n")

    def led_here(self, reply, body):
        """Presigned URLs lead to this proxy."""
        here = rb"\1http://127.0.0.1:%d/" % self.ports[1]
        there = rb'("upload_url"\s*:\s*")http://%s:%d/' % (re.escape(self.server[0].encode()), self.server[1])
        led, count = re.subn(there, here, body)
        if count and not reply.is_chunked:
            reply.set("Content-Length", str(len(led)))
        return reply, led if count else body

    def leave(self):
        self.is_away = True
        if self.options.away == "refuse":
            for listener in self.listeners:
                # Closing alone would leave the thread in accept, and the port open.
                listener.shutdown(socket.SHUT_RDWR)
                listener.close()
        with self.lock:
            connections = list(self.connections)
        for connection in connections:
            try:
                connection.stream.socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def come_back(self):
        self.is_away = False
        if self.options.away == "refuse":
            self.open()


def parsed():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("upstream", help="http://127.0.0.1:PORT")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--probability", type=float, default=0.3)
    parser.add_argument("--faults", type=lambda text: text.split(","), default=[], help="these only")
    parser.add_argument("--also", type=lambda text: text.split(","), default=[], help="garbage, corrupt")
    parser.add_argument("--keep-host", action="store_true", help="for clients that sign this proxy's own address")
    parser.add_argument("--away", choices=["refuse", "503"], default="refuse")
    parser.add_argument("--log", help="a file for one line of JSON a request")
    options = parser.parse_args()
    unknown = {*options.faults, *options.also} - {*FAULTS, *OF_STORAGE, LIE, *OPTIONAL}
    if unknown:
        parser.error(f"no such fault: {', '.join(sorted(unknown))}")
    return options


def main():
    signals = {signal.SIGUSR1, signal.SIGUSR2, signal.SIGTERM, signal.SIGINT}
    # Before any thread starts: they inherit it, and the signals are left to this one.
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    proxy = Proxy(parsed())
    proxy.open()
    api, storage = (f"http://127.0.0.1:{port}" for port in proxy.ports)
    print(json.dumps({"api": api, "storage": storage}), flush=True)
    while True:
        caught = signal.sigwait(signals)
        if caught == signal.SIGUSR1:
            proxy.leave()
            print("away", flush=True)
        elif caught == signal.SIGUSR2:
            proxy.come_back()
            print("back", flush=True)
        else:
            sys.exit(0)


main()
