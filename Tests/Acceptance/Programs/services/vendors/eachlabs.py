"""each::labs storage. Source: the contract's document 004_db92782a241e75ee;
status words from the vendor's documentation repository (April 2026).

The size in a status before the bytes are there is not told: 0 here. Audio and video of types that the vendor does not
list are to come with file_type "other": anything else is the 400 for an "unsupported content type".
"""
import datetime
import uuid

from core import shape
from core.contract import Refusal
from core.service import Item, Route
from core.storage import S3
from core.wire import Reply, Request

KINDS = ("image", "video", "audio", "other")
LISTED = {
    "video": ("video/mp4", "video/mkv", "video/avi", "video/webm", "video/quicktime"),
    "audio": ("audio/mpeg", "audio/aac", "audio/wav", "audio/mp4"),
}
DURATIONS = {
    "audio_duration_seconds": ("audio",), "video_duration_seconds": ("video",), "video_bitrate_kbps": ("video",),
}
BODY = shape.mapping(
    {"owner": shape.text("org-.+"), "uploader": shape.text(choices=("customer",))},
    {"file_type": shape.text(choices=KINDS), "content_type": shape.media_type,
     "callback_url": shape.text("https?://.+"), **dict.fromkeys(DURATIONS, shape.number())},
)
# One key is for both of the vendor's APIs.
KEY: dict[str, str] = {}


def shared_key(made: dict[str, str]) -> dict[str, str]:
    KEY.update({} if KEY else made)
    return dict(KEY)


def in_days(days: float) -> str:
    then = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
    return then.strftime("%Y-%m-%dT%H:%M:%SZ")


class EachLabs(S3):
    name = "eachlabs"
    variables = ("EACHLABS_API_KEY",)
    settings = {"owner": f"org-{uuid.uuid4()}"}
    key_header, key_form = "x-api-key", "{key}"
    words, failed_word = ("PENDING", "UPLOADING", "PROCESSING", "COMPLETED"), "ERROR"
    routes = (
        Route("prepare", "POST", "/api/v1/uploads", "prepare"),
        Route("status", "GET", "/api/v1/uploads/([^/]+)", "status"),
    )

    def new_secrets(self) -> dict[str, str]:
        return shared_key(super().new_secrets())

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        return Reply(refusal.status, {
            "status": refusal.status, "error": refusal.message, "code": refusal.code, "request_id": request_id,
            "details": {},
        })

    def prepare(self, request: Request) -> Reply:
        fields = self.fields(request, BODY)
        kind, content_type = fields.get("file_type", "other"), fields.get("content_type", "application/octet-stream")
        for name, kinds in DURATIONS.items():
            if name in fields and kind not in kinds:
                raise Refusal(400, f"{name} does not belong to file_type {kind!r}")
        listed = LISTED.get(kind, (content_type,))
        fits = content_type.startswith("image/") if kind == "image" else content_type in listed
        if not fits and "content_type" in fields:
            raise Refusal(400, f"unsupported content type {content_type} for file_type {kind}")
        self.proceed(request)
        item, expires = self.new_item(str(uuid.uuid4()), file_type=kind), in_days(30)
        headers = {
            "Content-Type": content_type, "x-amz-meta-file-id": item.id, "x-amz-meta-expires-at": expires,
            "x-amz-tagging": "uploader=customer&ttl_days=30",
        }
        for name in DURATIONS:
            if name in fields:
                headers[f"x-amz-meta-{name.replace('_', '-')}"] = str(fields[name])
        item.data["headers"] = headers
        url = self.presign(item, item.id, tuple(headers))
        return Reply(200, {
            "id": item.id, "upload_url": url, "public_url": self.public(item), "expires_at": expires,
            "status": "PENDING", "required_headers": headers,
        })

    def store(self, request: Request, item: Item) -> Reply:
        return Reply(200, None, self.receive(request, item, item.data["headers"]))

    def status(self, request: Request, identifier: str) -> Reply:
        item = self.find(identifier, "upload not found")
        self.proceed(request)
        word = self.word(item)
        answer = {"id": item.id, "status": word, "file_type": item.data["file_type"], "size_bytes": item.count}
        return Reply(200, answer | ({"error": item.reason} if word == "ERROR" else {}))
