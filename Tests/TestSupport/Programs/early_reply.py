"""A server that answers before it has taken the body, and ends the connection: nothing of what was sent is kept.

Arguments: the HTTP version of its replies (1.0 or 1.1), how many requests it treats so (later ones it takes whole), and
how: `hold` answers behind the head and takes nothing more; a number answers when so many bytes are
left, and closes; `continue` answers together with 100 Continue. Prints its port, then for each request `early`, or the SHA-256 of the body that it took.
"""
import hashlib
import socket
import sys
import threading

version, early, how = sys.argv[1], int(sys.argv[2]), sys.argv[3]
server = socket.socket()
if how == "hold":
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
    with lock:
        is_early, early = early > 0, early - 1
    closing = "" if is_early and how == "continue" else "Connection: close\r\n"
    if b"expect" in fields and closing:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    left = int(fields[b"content-length"]) - len(data)
    digest = hashlib.sha256(data)
    unread = left if not how.isdigit() else min(left, int(how))
    if not is_early:
        unread = 0
    while left > unread:
        part = connection.recv(min(1 << 20, left - unread))
        digest.update(part)
        left -= len(part)
    print("early" if is_early else digest.hexdigest(), flush=True)
    if not closing:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    reply = f"HTTP/{version} 200 OK\r\nContent-Length: {len(BODY)}\r\n{closing}\r\n".encode() + BODY
    connection.sendall(reply)
    if is_early and how.isdigit():
        connection.close()
        return
    if closing:
        connection.shutdown(socket.SHUT_WR)
    if is_early and how == "hold":
        # Whatever it took now could be there before the client looks what was taken before the reply.
        threading.Event().wait()
    # Closing at once would reset the connection, and could take the reply with it.
    while connection.recv(1 << 20):
        pass
    connection.close()


while True:
    threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
