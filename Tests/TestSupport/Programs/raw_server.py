"""An HTTP server that answers with exactly the bytes it is given, and keeps every request head exactly as it came.

Reads replies from stdin: each a line of JSON, a string (Latin-1 bytes). PORT in them becomes its own port. The last one
is repeated; an empty one closes the connection; from DRIP on it sends a space now and then, without end. Arguments, if
any, are a command that it runs whenever a request has come whole, before it answers. Prints its port, then each request
head as one line of JSON.
"""
import json
import socket
import subprocess
import sys
import time

replies = [json.loads(line) for line in sys.stdin if line.strip()]
server = socket.create_server(("127.0.0.1", 0))
port = server.getsockname()[1]
print(port, flush=True)
while True:
    connection, _ = server.accept()
    data = b""
    while True:
        while b"\r\n\r\n" not in data:
            part = connection.recv(65536)
            if not part:
                break
            data += part
        if b"\r\n\r\n" not in data:
            break
        head, data = data.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        fields = {line.split(":", 1)[0].lower(): line.split(":", 1)[1].strip() for line in lines[1:]}
        if fields.get("expect") == "100-continue":
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        missing = int(fields.get("content-length", "0"))
        while len(data) < missing:
            data += connection.recv(65536)
        data = data[missing:]
        print(json.dumps(lines), flush=True)
        if len(sys.argv) > 1:
            subprocess.run(sys.argv[1:], check=True)
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        whole, *drops = reply.replace("PORT", str(port)).encode("latin-1").split(b"DRIP")
        connection.sendall(whole)
        try:
            while drops:
                connection.sendall(b" ")
                time.sleep(0.05)
        except OSError:
            break
        if not reply or "Connection: close" in reply:
            break
    connection.close()
