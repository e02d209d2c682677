"""Figur, as far as an upload goes, with files that it always fails on: those whose name has `poison` in it.

Argument: the status that these get; 0 resets the connection. Prints its port.
"""
import itertools
import json
import socket
import struct
import sys
import threading

status = int(sys.argv[1])
numbers = itertools.count()
server = socket.create_server(("127.0.0.1", 0), backlog=64)
print(server.getsockname()[1], flush=True)


def serve(connection):
    data = b""
    while True:
        while b"\r\n\r\n" not in data:
            part = connection.recv(65536)
            if not part:
                return
            data += part
        head, data = data.split(b"\r\n\r\n", 1)
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        while len(data) < length:
            data += connection.recv(65536)
        body, data = data[:length], data[length:]
        line, reply = "200 OK", {"upload_key": f"inputs/{next(numbers)}.png", "image_url": "https://example.com/1.png"}
        if b"poison" in body[:500]:
            if status == 0:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                connection.close()
                return
            line, reply = f"{status} Poison", {"detail": "poison"}
        text = json.dumps(reply).encode()
        connection.sendall(f"HTTP/1.1 {line}\r\nContent-Length: {len(text)}\r\n\r\n".encode() + text)


while True:
    threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
