"""A server behind a thin link: it takes a body at a steady pace, with a small window and in small segments, so that the
client's kernel holds nearly all of the body for as long as that takes.

Argument: bytes a second. Prints its port, then the SHA-256 of each body.
"""
import hashlib
import socket
import sys
import time

rate = int(sys.argv[1])
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
server.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 1000)
server.bind(("127.0.0.1", 0))
server.listen()
print(server.getsockname()[1], flush=True)
while True:
    connection, _ = server.accept()
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(4096)
    head, data = data.split(b"\r\n\r\n", 1)
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
    while len(data) < length:
        part = connection.recv(rate // 20)
        if not part:
            break
        data += part
        time.sleep(0.05)
    print(hashlib.sha256(data).hexdigest(), flush=True)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    connection.close()
