"""Servers that speak TLS, each in its own way, and proxies that keep what they were told.

Runs in the directory of make_certificates.sh. Prints its ports as one line of JSON once it listens; GET /log on the port
`plain` lists what each of them has seen: request heads, with TLS taken off by the servers, as they came to the proxies.
"""
import json
import select
import socket
import ssl
import struct
import threading
import uuid
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
STORED = b'{"upload_key":"inputs/stored.png","image_url":"https://x/y.png"}'

log = {}
lock = threading.Lock()


def note(name, head):
    with lock:
        log.setdefault(name, []).append(head.decode("latin-1").split("\r\n"))


def read_head(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            raise OSError("gone")
        data += part
    return data.split(b"\r\n\r\n", 1)


def reply(connection, status, headers=(), body=b""):
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
    connection.sendall("\r\n".join(lines).encode() + body)


def answer(connection, name, port):
    """One request after the other, as both services would answer."""
    while True:
        head, body = read_head(connection)
        note(name, head)
        method, target, _ = head.decode("latin-1").split("\r\n")[0].split(" ", 2)
        lines = head.lower().split(b"\r\n")
        left = sum(int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")) - len(body)
        if any(line.startswith(b"expect:") for line in lines):
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        while left > 0:
            part = connection.recv(65536)
            if not part:
                return
            left -= len(part)
        if target == "/log":
            with lock:
                reply(connection, "200 OK", body=json.dumps(log).encode())
        elif target.startswith("/redirect?"):
            reply(connection, "307 Temporary Redirect", ["Location: " + target.split("?", 1)[1]])
        elif method == "PUT":
            reply(connection, "200 OK")
        elif target.endswith("/api/v1/uploads"):
            url = f"https://localhost:{port}/object.png?X-Amz-Signature=feedface"
            reply(connection, "200 OK", body=json.dumps({
                "id": str(uuid.uuid4()), "upload_url": url, "public_url": "https://x/object.png", "status": "PENDING",
                "expires_at": "2036-09-01T10:00:00Z", "required_headers": {"Content-Type": "image/png"},
            }).encode())
        else:
            reply(connection, "200 OK", body=STORED)


def serve(name, context):
    """A server of that name; without a context it speaks plain HTTP."""
    def accepted(connection, port):
        if context is not None:
            connection = context.wrap_socket(connection, server_side=True)
        answer(connection, name, port)

    return listen(accepted)


def talker():
    """A server that speaks plain HTTP to whatever comes, TLS as well."""
    def accepted(connection, _):
        connection.recv(65536)
        reply(connection, "400 Bad Request", ["Connection: close"])

    return listen(accepted)


def proxy(name, status, headers=()):
    """A proxy that says this to CONNECT; with 200 it opens the way, without a status it hangs up."""
    def accepted(connection, _):
        head, _ = read_head(connection)
        note(name, head)
        if status is None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif status.startswith("200"):
            port = int(head.split(b" ")[1].rsplit(b":", 1)[1])
            with socket.create_connection(("127.0.0.1", port)) as server:
                connection.sendall(f"HTTP/1.1 {status}\r\n\r\n".encode())
                relay(connection, server)
        else:
            reply(connection, status, headers, b"<html>No</html>")

    return listen(accepted)


def relay(one, other):
    ends = {one: other, other: one}
    while True:
        for end in select.select(list(ends), [], [])[0]:
            data = end.recv(65536)
            if not data:
                return
            ends[end].sendall(data)


def listen(accepted):
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]

    def converse(connection):
        with connection:
            try:
                accepted(connection, port)
            except (OSError, ValueError, IndexError):
                pass

    def loop():
        while True:
            connection, _ = server.accept()
            threading.Thread(target=converse, args=(connection,), daemon=True).start()

    threading.Thread(target=loop, daemon=True).start()
    return port


def context(certificate, lowest=ssl.TLSVersion.TLSv1_2, highest=ssl.TLSVersion.TLSv1_3, ciphers=None):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(f"{certificate}.pem", f"{certificate}.key")
    if ciphers:
        made.set_ciphers(ciphers)
    made.minimum_version = lowest
    made.maximum_version = highest
    return made


ports = {name: serve(name, context(name)) for name in ("good", "expired", "early", "wrong-host", "self-signed")}
ports["other"] = serve("other", context("good"))
ports["plain"] = serve("plain", None)
ports["talker"] = talker()
# Without @SECLEVEL=0 OpenSSL 3 has no signature for them.
ports["tls10"] = serve("tls10", context("good", ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1, "DEFAULT@SECLEVEL=0"))
ports["tls11"] = serve("tls11", context("good", ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_1, "DEFAULT@SECLEVEL=0"))
ports["cbc"] = serve("cbc", context(
    "good", highest=ssl.TLSVersion.TLSv1_2, ciphers="ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES256-SHA384"))
ports["proxy"] = proxy("proxy", "200 Connection established")
ports["proxy407"] = proxy("proxy407", "407 Who are you", ['Proxy-Authenticate: Basic realm="office"'])
ports["proxy403"] = proxy("proxy403", "403 Not there")
ports["proxy502"] = proxy("proxy502", "502 Bad gateway")
ports["proxyreset"] = proxy("proxyreset", None)
print(json.dumps(ports), flush=True)
threading.Event().wait()
