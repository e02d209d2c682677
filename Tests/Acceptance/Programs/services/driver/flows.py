"""How each service is spoken to the right way, and ways that are wrong for one service. For the self-test alone."""
import base64
import dataclasses
import hashlib
import json
import urllib.parse
from collections.abc import Callable

from driver.client import Change, Client, Got, Part


@dataclasses.dataclass
class Case:
    auth: Callable[[Client], dict[str, str]]
    # Uploads the client's file; tells the id, where there is one.
    upload: Callable[[Client], str]
    words: tuple[str, ...] = ()
    failed: str = ""
    # Tells the word, and the reason where it failed.
    status: Callable[[Client, str], tuple[str, str | None]] | None = None
    delete: Callable[[Client, str], Got] | None = None
    deleted_again: int = 404
    wrong: dict[str, tuple[str, Change]] = dataclasses.field(default_factory=dict)


def bearer(client: Client) -> dict[str, str]:
    return {"Authorization": f"Bearer {next(iter(client.keys.values()))}"}


def key_in(header: str, form: str = "{}") -> Callable[[Client], dict[str, str]]:
    return lambda client: {header: form.format(next(iter(client.keys.values())))}


def runway_auth(client: Client) -> dict[str, str]:
    return bearer(client) | {"X-Runway-Version": "2024-11-06"}


def mux_auth(client: Client) -> dict[str, str]:
    pair = f"{client.keys['MUX_TOKEN_ID']}:{client.keys['MUX_TOKEN_SECRET']}"
    return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}


def form(path: str, field: str, handle: Callable[[dict], str], texts: dict[str, str] = {}) -> Callable[[Client], str]:
    def upload(client: Client) -> str:
        parts = [Part(name, value.encode()) for name, value in texts.items()] + [client.file_part(field)]
        path_ = path.format(**client.settings)
        return handle(client.send("upload", "POST", path_, parts=parts).json())

    return upload


def put(path: str, fields: dict, url: str, handle: str, headers: Callable[[dict], dict]) -> Callable[[Client], str]:
    """A call that gives a URL, and the bytes there."""

    def upload(client: Client) -> str:
        values = {name: client.settings.get("owner") if value == "{owner}" else value for name, value in fields.items()}
        reply = client.send("prepare", "POST", path, json=values).json()
        client.send("upload", "PUT", reply[url], headers(reply), raw=client.file)
        return reply[handle]

    return upload


def policy_form(client: Client, url: str, fields: dict[str, str]) -> None:
    parts = [Part(name, value.encode()) for name, value in fields.items()] + [client.file_part("file")]
    client.send("upload", "POST", url, parts=parts)


def runway(client: Client) -> str:
    reply = client.send("prepare", "POST", "/v1/uploads", json={"filename": "shot.png", "type": "ephemeral"}).json()
    policy_form(client, reply["uploadUrl"], reply["fields"])
    return reply["runwayUri"]


def leonardo(client: Client) -> str:
    reply = client.send("prepare", "POST", "/init-image", json={"extension": "png"}).json()["uploadInitImage"]
    policy_form(client, reply["url"], json.loads(reply["fields"]))
    return reply["id"]


def assemblyai(client: Client) -> str:
    headers = {"Content-Type": "application/octet-stream"}
    return client.send("upload", "POST", "/v2/upload", headers, raw=client.file).json()["upload_url"]


def heygen_direct(client: Client) -> str:
    fields = {"filename": "shot.png", "content_type": "image/png", "size_bytes": len(client.file)}
    reply = client.send("prepare", "POST", "/v3/assets/direct-uploads", json=fields).json()["data"]
    client.send("upload", "PUT", reply["upload_url"], reply["upload_headers"], raw=client.file)
    path = f"/v3/assets/{reply['asset_id']}/complete"
    client.send("complete", "POST", path, json={})
    # Finishing twice is allowed.
    client.send("complete", "POST", path, json={"checksum_sha256": hashlib.sha256(client.file).hexdigest()})
    return reply["asset_id"]


def heygen_status(client: Client, name: str) -> tuple[str, str | None]:
    item = client.send("status", "GET", f"/v3/assets/statuses?asset_ids={name}").json()["data"][0]
    return item["status"], item["error"] and item["error"]["message"]


def wavespeed(client: Client) -> str:
    fields = {"filename": "shot.png", "size": len(client.file), "content_type": "image/png"}
    data = client.send("prepare", "POST", "/api/v3/media/uploads", json=fields).json()["data"]
    client.send("upload", data["upload"]["method"], data["upload"]["url"], data["upload"]["headers"], raw=client.file)
    return data["download_url"]


def mux(client: Client) -> str:
    fields = {"cors_origin": "*", "new_asset_settings": {"playback_policies": ["public"]}, "timeout": 3600}
    data = client.send("prepare", "POST", "/video/v1/uploads", json=fields).json()["data"]
    client.send("upload", "PUT", data["url"], {"Content-Type": "application/octet-stream"}, raw=client.file)
    return data["id"]


def mux_status(client: Client, name: str) -> tuple[str, str | None]:
    data = client.send("status", "GET", f"/video/v1/uploads/{name}").json()["data"]
    return data["status"], data.get("error", {}).get("message")


def mux_delete(client: Client, name: str) -> Got:
    """What is deleted is the asset, which has an id of its own once it is there."""
    while (data := client.send("status", "GET", f"/video/v1/uploads/{name}").json()["data"])["status"] == "waiting":
        pass
    return client.send("delete", "DELETE", f"/video/v1/assets/{data['asset_id']}")


def stream(client: Client) -> str:
    path = f"/accounts/{client.settings['account']}/stream/direct_upload"
    result = client.send("prepare", "POST", path, json={"maxDurationSeconds": 3600}).json()["result"]
    client.send("upload", "POST", result["uploadURL"], parts=[client.file_part("file")])
    return result["uid"]


def stream_status(client: Client, name: str) -> tuple[str, str | None]:
    path = f"/accounts/{client.settings['account']}/stream/{name}"
    status = client.send("status", "GET", path).json()["result"]["status"]
    return status["state"], status.get("errorReasonText")


def account_delete(kind: str) -> Callable[[Client, str], Got]:
    def call(client: Client, name: str) -> Got:
        return client.send("delete", "DELETE", f"/accounts/{client.settings['account']}/{kind}/{name}")

    return call


def gemini(client: Client) -> str:
    headers = {
        "X-Goog-Upload-Protocol": "resumable", "X-Goog-Upload-Command": "start",
        "X-Goog-Upload-Header-Content-Length": str(len(client.file)), "X-Goog-Upload-Header-Content-Type": "image/png",
    }
    reply = client.send("prepare", "POST", "/upload/v1beta/files", headers, json={"file": {"display_name": "shot.png"}})
    headers = {"X-Goog-Upload-Command": "upload, finalize", "X-Goog-Upload-Offset": "0"}
    got = client.send("upload", "POST", reply.headers["X-Goog-Upload-URL"], headers, raw=client.file)
    assert got.headers["X-Goog-Upload-Status"] == "final"
    return got.json()["file"]["name"]


def gemini_status(client: Client, name: str) -> tuple[str, str | None]:
    file = client.send("status", "GET", f"/v1beta/{name}").json()
    return file["state"], file.get("error", {}).get("message")


def vidu(client: Client) -> str:
    measures = {"image-width": "640", "image-height": "480"}
    fields = {"scene": "vidu", "metadata": measures}
    reply = client.send("prepare", "POST", "/tools/v1/files/uploads", json=fields).json()
    headers = {"Content-Type": "image/png"} | {f"x-amz-meta-{name}": value for name, value in measures.items()}
    etag = client.send("upload", "PUT", reply["put_url"], headers, raw=client.file).headers["ETag"]
    path = f"/tools/v1/files/uploads/{reply['id']}/finish"
    client.send("complete", "PUT", path, json={"etag": etag, "id": reply["id"]})
    return str(reply["id"])


def eachlabs_status(client: Client, name: str) -> tuple[str, str | None]:
    answer = client.send("status", "GET", f"/api/v1/uploads/{name}").json()
    return answer["status"], answer.get("error")


def openai_status(client: Client, name: str) -> tuple[str, str | None]:
    answer = client.send("status", "GET", f"/files/{name}").json()
    return answer["status"], answer.get("status_details")


def delete(path: str) -> Callable[[Client, str], Got]:
    return lambda client, name: client.send("delete", "DELETE", path + urllib.parse.quote(name, safe="/"))
