"""Mux. Source: muxinc/mux-node-sdk@89eff086 (2026-04-20), muxinc/cli@761b7bc (2026-02-27),
mux.com/docs/guides/upload-files-directly.

Whether the bytes need a Content-Type is not told (the CLI sends application/octet-stream): any is taken, or none. The
error's shape is not certain. What may stand in `new_asset_settings` besides `playback_policies` is not listed.
"""
import base64
import secrets

from core import shape
from core.contract import Refusal
from core.service import Item, Route
from core.storage import Google
from core.wire import Reply, Request

BODY = shape.mapping(
    {"cors_origin": shape.text()},
    {"new_asset_settings": shape.mapping({}, {"playback_policies": shape.texts}, others=True),
     "timeout": shape.number(60, 604_800, whole=True), "test": shape.boolean},
)
USUAL_TIMEOUT = 3600


class Mux(Google):
    name = "mux"
    key_form = "Basic {key}"
    words, failed_word = ("waiting", "asset_created"), "errored"
    routes = (
        Route("prepare", "POST", "/video/v1/uploads", "prepare"),
        Route("status", "GET", "/video/v1/uploads/([^/]+)", "status"),
        Route("delete", "PUT", "/video/v1/uploads/([^/]+)/cancel", "cancel"),
        Route("delete", "DELETE", "/video/v1/assets/([^/]+)", "delete"),
    )

    def new_secrets(self) -> dict[str, str]:
        return {"MUX_TOKEN_ID": secrets.token_hex(16), "MUX_TOKEN_SECRET": secrets.token_urlsafe(48)}

    def __init__(self) -> None:
        super().__init__()
        pair = f"{self.secrets['MUX_TOKEN_ID']}:{self.secrets['MUX_TOKEN_SECRET']}"
        self.key = base64.b64encode(pair.encode()).decode()
        self.all_secrets.add(self.key)

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        error = {"type": refusal.code.lower(), "messages": [refusal.message]}
        return Reply(refusal.status, {"error": error})

    def prepare(self, request: Request) -> Reply:
        fields = self.fields(request, BODY)
        self.proceed(request)
        item = self.new_item(secrets.token_urlsafe(24), timeout=fields.get("timeout", USUAL_TIMEOUT))
        item.data["asset"] = secrets.token_hex(20)
        url = self.presign(item, item.id)
        return Reply(201, {"data": {
            "id": item.id, "url": url, "status": "waiting", "timeout": item.data["timeout"],
            "cors_origin": fields["cors_origin"],
        }})

    def store(self, request: Request, item: Item) -> Reply:
        self.receive(request, item, {}, free={"content-type"})
        return Reply(200, None, self.checksums(item))

    def status(self, request: Request, identifier: str) -> Reply:
        item = self.find(identifier, "Upload not found")
        self.proceed(request)
        word = "cancelled" if item.data.get("cancelled") else self.word(item)
        answer = {"id": item.id, "status": word, "timeout": item.data["timeout"]}
        if word == "asset_created":
            answer["asset_id"] = item.data["asset"]
        if word == "errored":
            answer["error"] = {"type": "invalid_input", "message": item.reason}
        return Reply(200, {"data": answer})

    def cancel(self, request: Request, identifier: str) -> Reply:
        item = self.find(identifier, "Upload not found")
        if item.stored or item.data.get("cancelled"):
            raise Refusal(400, "the upload does not wait any more", complaint=False)
        self.proceed(request)
        item.data["cancelled"] = True
        return Reply(200, {"data": {"id": item.id, "status": "cancelled", "timeout": item.data["timeout"]}})

    def delete(self, request: Request, identifier: str) -> Reply:
        item = next((item for item in self.items.values() if item.data["asset"] == identifier), None)
        if item is None or item.deleted or not item.stored:
            raise Refusal(404, "Asset not found", complaint=False)
        self.proceed(request)
        item.deleted = True
        return Reply(204)
