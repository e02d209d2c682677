"""A server that answers before it has taken the body, and ends the connection: nothing of what was sent is kept.

Arguments: the HTTP version of its replies (1.0 or 1.1), and how many requests it treats so; later ones it takes whole.
Prints its port, then for each request `early`, or the SHA-256 of the body that it took.
"""
import hashlib
import socket
import sys
import threading

version, early = sys.argv[1], int(sys.argv[2])
server = socket.socket()
# What the server's own kernel has taken is out of anybody's sight; little fits into this one.
server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
server.bind(("127.0.0.1", 0))
server.listen()
print(server.getsockname()[1], flush=True)
lock = threading.Lock()
BODY = b'{"upload_key":"inputs/1.png","image_url":"https://example.com/1.png"}'


def serve(connection):
    global early
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, data = data.split(b"\r\n\r\n", 1)
    fields = {line.split(b":", 1)[0].lower(): line.split(b":", 1)[1].strip() for line in head.split(b"\r\n")[1:]}
    if b"expect" in fields:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    with lock:
        is_early, early = early > 0, early - 1
    if not is_early:
        missing = int(fields[b"content-length"])
        while len(data) < missing:
            data += connection.recv(1 << 20)
        print(hashlib.sha256(data).hexdigest(), flush=True)
    else:
        print("early", flush=True)
    reply = f"HTTP/{version} 200 OK\r\nContent-Length: {len(BODY)}\r\nConnection: close\r\n\r\n".encode() + BODY
    connection.sendall(reply)
    connection.shutdown(socket.SHUT_WR)
    # Closing at once would reset the connection, and could take the reply with it.
    while connection.recv(1 << 20):
        pass
    connection.close()


while True:
    threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
