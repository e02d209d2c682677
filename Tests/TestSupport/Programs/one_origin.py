"""each::labs' API and its storage as one server, behind a proxy that says in X-Front where it is.

Prints its port, then for each PUT its path and the SHA-256 of what it stored.
"""
import asyncio
import hashlib
import json
import uuid


async def serve(reader, writer):
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, path, _ = head[0].split(" ")
            fields = dict(line.lower().split(": ", 1) for line in head[1:] if line)
            body = await reader.readexactly(int(fields.get("content-length", "0")))
            reply = b""
            if method == "POST":
                upload = str(uuid.uuid4())
                # Long enough for calls to be under way together.
                await asyncio.sleep(0.002)
                url = f"{fields['x-front']}/storage/{upload}"
                headers = {"Content-Type": json.loads(body)["content_type"]}
                reply = json.dumps(
                    {"id": upload, "upload_url": url, "public_url": url, "status": "PENDING", "required_headers": headers}
                ).encode()
            else:
                print(path.rsplit("/", 1)[1], hashlib.sha256(body).hexdigest(), flush=True)
            writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(reply)}\r\n\r\n".encode() + reply)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
