"""Drives every stand-in the right way, which must give no complaint, and many wrong ways, which each must give one.

Prints a line a service; ends with 1 where something is not as it should be.
"""
import hashlib
import os
import re
import socket
import sys
import urllib.parse

# No __pycache__ in the working copy.
sys.dont_write_bytecode = True

from driver.cases import CASES, header  # noqa: E402
from driver.client import Change, Client, Part, Program, Refused, Sent  # noqa: E402

LARGE = 20_000_000
failures: list[str] = []


def expect(right: object, text: str) -> None:
    if not right:
        failures.append(text)


def right_way(client: Client, size: int) -> None:
    client.control("POST", "reset")
    client.file = client.file[:8] + os.urandom(size - 8)
    case = CASES[client.name]
    identifier = case.upload(client)
    records = client.control("GET", "requests")
    uploads = [record for record in records if record["sha256"] == hashlib.sha256(client.file).hexdigest()]
    expect(len(uploads) == 1 and uploads[0]["bytes"] == size, f"{client.name}: the file did not arrive once")
    forms = [[f"file:{part.name}" if part.filename else part.name for part in sent.parts]
             for sent in client.sent if sent.parts]
    told = [record["fields"] for record in records if record["fields"]]
    expect(told == forms[-len(told):], f"{client.name}: the fields {told} are not {forms}")
    expect(all(200 <= record["status"] < 300 for record in records), f"{client.name}: {records}")
    if case.status:
        words = [case.status(client, identifier)[0] for _ in case.words]
        expect(words == list(case.words), f"{client.name}: the words are {words}")
    if case.delete:
        expect(case.delete(client, identifier).status < 300, f"{client.name}: delete")
        again = status_of(lambda: client.exchange(client.sent[-1]).status)
        expect(again == case.deleted_again, f"{client.name}: the second delete is answered with {again}")
    complaints = client.control("GET", "complaints")
    expect(not complaints, f"{client.name}: the right way has complaints: {complaints}")


def status_of(call) -> int:
    try:
        return call()
    except Refused as refused:
        return refused.got.status


def wrong_way(client: Client, label: str, step: str, change: Change, refused: bool = True) -> None:
    client.control("POST", "reset")
    client.step, client.change = step, change
    try:
        CASES[client.name].upload(client)
        was_refused = False
    except Refused as error:
        was_refused = True
        shape_of(client, error, label)
    finally:
        client.step = client.change = None
    expect(was_refused == refused, f"{client.name}, {label}: {'not ' if refused else ''}refused")
    expect(client.control("GET", "complaints"), f"{client.name}, {label}: no complaint")


def shape_of(client: Client, refused: Refused, label: str) -> None:
    """Refusals are JSON at the service and XML at storage."""
    stored = refused.sent.url.startswith(client.storage)
    kind = b"<?xml" if stored else b"{"
    expect(refused.got.body.startswith(kind), f"{client.name}, {label}: {refused.got.body[:80]!r}")


def general(sent: list[Sent], client: Client) -> list[tuple[str, str, Change, bool]]:
    """The wrong ways that follow from what the right way sends."""
    steps = {each.step: each for each in sent if each.step in ("prepare", "upload", "complete")}
    ways: list[tuple[str, str, Change, bool]] = []
    key = next(iter(client.keys.values()))
    for step, each in steps.items():
        own = each.url.startswith(client.base)
        if own:
            name = next(iter(client.auth))
            ways.append((f"no key, {step}", step, header(name, None), True))
            ways.append((f"another key, {step}", step, header(name, each.headers[name] + "x"), True))
            ways.append((f"another path, {step}", step, lambda sent: setattr(sent, "url", sent.url + "/more"), True))
            ways.append((f"a cookie, {step}", step, header("Cookie", "a=b"), False))
            ways.append((f"the key in a header, {step}", step, header("Referer", f"http://127.0.0.1/{key}"), False))
        else:
            ways += [(f"{name} at storage", step, header(name, "x"), True) for name in
                     ("Authorization", "X-API-Key", "xi-api-key", "x-goog-api-key", "Cookie")]
            ways.append(("a common header at storage", step, header("X-Runway-Version", "2024-11-06"), False))
            ways.append(("the key in a header of storage", step, header("User-Agent", key), False))
            ways.append((
                "the key in the URL of storage", step, lambda sent: setattr(sent, "url", more(sent.url, key)), True))
        ways.append((f"another method, {step}", step, lambda sent: setattr(sent, "method", "PATCH"), True))
        if each.json is not None:
            ways.append((f"no JSON, {step}", step, lambda sent: vars(sent).update(json=None, raw=b"{"), True))
            # Stream's contract does not list all fields.
            if client.name != "cloudflare-stream":
                ways.append((f"an unknown field, {step}", step, lambda sent: sent.json.update(unknown=1), True))
        if each.parts is not None:
            ways += [
                ("text after the file", step, lambda sent: sent.parts.append(Part("purpose", b"x")), True),
                ("no file name", step, lambda sent: setattr(sent.parts[-1], "filename", None), True),
                ("no type", step, lambda sent: setattr(sent.parts[-1], "type", None), True),
                ("two files", step, lambda sent: sent.parts.append(sent.parts[-1]), True),
                ("the file's part encoded", step,
                 lambda sent: setattr(sent.parts[-1], "more", "\r\nContent-Transfer-Encoding: binary"), True),
            ]
        if each.raw is not None:
            ways.append(("chunks", step, lambda sent: setattr(sent, "chunked", True), True))
            # The flow of heygen-direct tells a checksum, which is another one then.
            ways.append((
                "the key in the body", step, lambda sent: setattr(sent, "raw", in_place(sent.raw, key)),
                client.name == "heygen-direct"))
    return ways


def in_place(raw: bytes, key: str) -> bytes:
    return raw[:64] + key.encode() + raw[64 + len(key):]


def more(url: str, key: str) -> str:
    return url + ("&" if "?" in url else "?") + "key=" + urllib.parse.quote(key)


def on_demand(client: Client) -> None:
    """Refusals and failures that a test orders are no complaints."""
    case = CASES[client.name]
    client.control("POST", "reset")
    identifier = case.upload(client)
    steps = {sent.step for sent in client.sent}
    for step in sorted(steps & {"prepare", "upload", "complete", "status", "delete"}):
        client.control("POST", "fail", {"step": step, "status": 503, "times": 1, "retry_after": 2})
        call = {"status": case.status, "delete": case.delete}.get(step, lambda client, _: case.upload(client))
        try:
            call(client, identifier)
            expect(False, f"{client.name}: {step} was not refused on demand")
        except Refused as refused:
            got = refused.got
            expect(refused.sent.step == step and got.status == 503, f"{client.name}: {refused}")
            told = b"refused for the test" in got.body and got.headers["Retry-After"] == "2"
            expect(told, f"{client.name}: {refused}")
    if case.status:
        client.control("POST", "state", {"outcome": "failed", "reason": "the codec is not supported"})
        identifier = case.upload(client)
        last = [case.status(client, identifier) for _ in case.words][-1]
        expect(last == (case.failed, "the codec is not supported"), f"{client.name}: ends with {last}")
    complaints = client.control("GET", "complaints")
    expect(not complaints, f"{client.name}: refusals on demand have complaints: {complaints}")


def continued(client: Client, key: bool) -> None:
    """100 comes before the body, and not at all to whom the headers alone have refused."""
    client.control("POST", "reset")
    CASES[client.name].upload(client)
    sent = next(each for each in client.sent[::-1] if each.step == "upload")
    body, parts = sent.body(), urllib.parse.urlsplit(sent.url)
    headers = sent.headers | {"Host": parts.netloc, "Content-Length": str(len(body)), "Expect": "100-continue"}
    if not key:
        headers["X-Api-Key" if sent.url.startswith(client.storage) else next(iter(client.auth))] = "wrong"
    head = f"{sent.method} {parts.path}{'?' if parts.query else ''}{parts.query} HTTP/1.1\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as connection:
        connection.sendall(head.encode())
        reply = connection.makefile("rb")
        first = reply.readline()
        if not key:
            expect(re.match(rb"HTTP/1.1 4", first), f"{client.name}: Expect without the key: {first!r}")
            closed = b"connection: close" in reply.read().lower()
            expect(closed, f"{client.name}: the connection goes on without the body")
            return
        expect(first.startswith(b"HTTP/1.1 100"), f"{client.name}: Expect: {first!r}")
        reply.readline()
        connection.sendall(body)
        final = reply.readline()
        expect(final.startswith(b"HTTP/1.1 2"), f"{client.name}: after 100: {final!r}")


def test(client: Client) -> int:
    client.auth = CASES[client.name].auth(client)
    right_way(client, LARGE)
    right_way(client, 4096)
    ways = general(client.sent, client)
    ways += [(label, step, change, True) for label, (step, change) in CASES[client.name].wrong.items()]
    for label, step, change, refused in ways:
        wrong_way(client, label, step, change, refused)
    on_demand(client)
    continued(client, key=True)
    continued(client, key=False)
    return len(ways)


def main() -> int:
    with Program() as announced:
        expect(set(announced["services"]) == set(CASES), "not every stand-in has a case")
        for name in announced["services"]:
            before = len(failures)
            ways = test(Client(announced, name))
            print(f"{name}: {ways} wrong ways, {'well' if len(failures) == before else 'NOT WELL'}", flush=True)
    print("\n".join(failures), file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
