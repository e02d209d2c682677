"""HeyGen, v3: one form, and the direct upload. Source: heygen-com/heygen-cli gen/asset.go@7699a8e (2026-07-22).

Whether `checksum_sha256` is hex or base64 is not certain: both are taken. What a delete answers is not told, nor how
large a direct upload may be. A subtitle file (srt) has no one type: three are taken.
"""
import base64
import secrets
from collections.abc import Callable

from core import shape
from core.contract import Refusal
from core.service import Item, Route
from core.storage import S3
from core.wire import Reply, Request

TYPES = (
    "image/png", "image/jpeg", "video/mp4", "video/webm", "audio/mpeg", "audio/wav", "audio/x-wav", "audio/wave",
    "audio/vnd.wave", "application/pdf", "application/x-subrip", "text/srt", "text/plain",
)
# What the bytes of a type begin with, where that is certain.
BEGINNINGS: dict[str, Callable[[bytes], bool]] = {
    "image/png": lambda head: head.startswith(b"\x89PNG"),
    "image/jpeg": lambda head: head.startswith(b"\xff\xd8\xff"),
    "video/mp4": lambda head: head[4:8] == b"ftyp",
    "video/webm": lambda head: head.startswith(b"\x1a\x45\xdf\xa3"),
    "application/pdf": lambda head: head.startswith(b"%PDF"),
}
CHECKSUM = {"checksum_sha256": shape.text("[0-9a-f]{64}|[A-Za-z0-9+/]{43}=")}
ANNOUNCED = shape.mapping(
    {"filename": shape.text(), "content_type": shape.media_type, "size_bytes": shape.number(whole=True)}, CHECKSUM)
MOST_BYTES = 5 << 30


class HeyGen(S3):
    name = "heygen"
    variables = ("HEYGEN_API_KEY",)
    key_header, key_form = "x-api-key", "{key}"
    routes: tuple[Route, ...] = (
        Route("upload", "POST", "/v3/assets", "upload"),
        Route("status", "GET", "/v3/assets/([^/]+)", "get"),
        Route("delete", "DELETE", "/v3/assets/([^/]+)", "delete"),
    )

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        error = {"code": refusal.code.lower(), "message": refusal.message, "param": None, "doc_url": None}
        return Reply(refusal.status, {"error": error})

    def described(self, item: Item, kind: str) -> dict:
        return {
            "asset_id": item.id, "url": f"{self.storage.url}/asset/{item.id}", "mime_type": kind,
            "size_bytes": item.count,
        }

    def upload(self, request: Request) -> Reply:
        _, file = self.form(request)
        self.limit(file, 32 << 20, TYPES, type_status=400)
        self.proceed(request)
        item = self.new_item(secrets.token_hex(16), content_type=file.type)
        self.keep(item, file)
        return Reply(200, {"data": self.described(item, file.type)})

    def get(self, request: Request, identifier: str) -> Reply:
        item = self.find(identifier, "Asset not found")
        self.proceed(request)
        return Reply(200, {"data": self.described(item, item.data["content_type"])})

    def delete(self, request: Request, identifier: str) -> Reply:
        item = self.find(identifier, "Asset not found")
        self.proceed(request)
        item.deleted = True
        return Reply(200, {"data": {"asset_id": item.id}})


class HeyGenDirect(HeyGen):
    name = "heygen-direct"
    words, failed_word = ("queued", "processing", "completed"), "failed"
    routes: tuple[Route, ...] = (
        Route("prepare", "POST", "/v3/assets/direct-uploads", "prepare"),
        Route("complete", "POST", "/v3/assets/([^/]+)/complete", "complete"),
        Route("status", "GET", "/v3/assets/statuses", "status", {"asset_ids": shape.text()}),
        Route("status", "GET", "/v3/assets/([^/]+)", "get"),
        Route("delete", "DELETE", "/v3/assets/([^/]+)", "delete"),
    )

    def prepare(self, request: Request) -> Reply:
        fields = self.fields(request, ANNOUNCED)
        self.proceed(request)
        item = self.new_item(secrets.token_hex(16), **fields)
        headers = {"Content-Type": fields["content_type"], "x-amz-meta-asset-id": item.id, "If-None-Match": "*"}
        item.data["headers"] = headers
        return Reply(200, {"data": {
            "asset_id": item.id, "upload_url": self.presign(item, item.id, tuple(headers)), "upload_headers": headers,
            "expires_in_seconds": 3600, "max_bytes": MOST_BYTES, "status": "pending_upload",
        }})

    def store(self, request: Request, item: Item) -> Reply:
        headers = self.receive(request, item, item.data["headers"], size=item.data["size_bytes"])
        return Reply(200, None, headers)

    def complete(self, request: Request, identifier: str) -> Reply:
        item = self.find(identifier, "Asset not found")
        fields = self.fields(request, shape.mapping({}, CHECKSUM))
        if not item.stored:
            raise Refusal(409, "the bytes are not there yet")
        sums = {item.sha256, base64.b64encode(bytes.fromhex(item.sha256)).decode()}
        for told in (fields.get("checksum_sha256"), item.data.get("checksum_sha256")):
            if told is not None and told not in sums:
                raise Refusal(400, "checksum_sha256 is not that of the bytes")
        kind = item.data["content_type"]
        if not BEGINNINGS.get(kind, lambda head: True)(item.head):
            raise Refusal(400, f"the bytes are not {kind}")
        self.proceed(request)
        item.data["complete"] = True
        return Reply(200, {"data": self.described(item, kind) | {"status": "processing"}})

    def status(self, request: Request) -> Reply:
        self.proceed(request)
        return Reply(200, {"data": [self.state(name) for name in dict(request.pairs())["asset_ids"].split(",")]})

    def state(self, identifier: str) -> dict:
        item = self.items.get(identifier)
        if item is None or item.deleted:
            return {"video_id": identifier, "status": "not_found", "error": None}
        word = self.word(item) if item.data.get("complete") else self.words[0]
        reason = {"code": "processing_failed", "message": item.reason} if word == "failed" else None
        return {"video_id": item.id, "status": word, "error": reason}
