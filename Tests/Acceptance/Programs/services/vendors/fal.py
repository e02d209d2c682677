"""fal.ai. Source: fal-ai/fal-js@381105e (2026-08-02), fal-ai/fal fal_client@c6f0afaa (2026-08-21).

The header with an object's lifecycle has two names, and which one is right is not certain: both are taken.
"""
import secrets
import uuid

from core import shape
from core.contract import Refusal, load
from core.service import Item, Route
from core.storage import S3
from core.wire import Reply, Request

BODY = shape.mapping({"content_type": shape.media_type, "file_name": shape.text()})
LIFECYCLE = ("x-fal-object-lifecycle", "x-fal-object-lifecycle-preference")


class Fal(S3):
    name = "fal"
    broken = 422
    key_form = "Key {key}"
    known_headers = LIFECYCLE
    routes = (
        Route("prepare", "POST", "/storage/upload/initiate", "prepare",
              {"storage_type": shape.text(choices=("fal-cdn-v3", "gcs"))}),
    )

    def new_secrets(self) -> dict[str, str]:
        identifier, secret = str(uuid.uuid4()), secrets.token_hex(16)
        return {"FAL_KEY": f"{identifier}:{secret}", "FAL_KEY_ID": identifier, "FAL_KEY_SECRET": secret}

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        item = {"loc": ["body", 0], "msg": refusal.message, "type": "value_error"}
        detail = [item] if refusal.status == 422 else refusal.message
        return Reply(refusal.status, {"detail": detail}, {"x-fal-request-id": request_id})

    def prepare(self, request: Request) -> Reply:
        for name in LIFECYCLE:
            if name in request.headers and not isinstance(load(request.headers[name]), dict):
                raise Refusal(422, f"{name} is {request.headers[name]!r}, not an object of JSON")
        fields = self.fields(request, BODY)
        self.proceed(request)
        item = self.new_item(secrets.token_urlsafe(16), type=fields["content_type"])
        url = self.presign(item, item.id, ("content-type",))
        return Reply(200, {"upload_url": url, "file_url": self.public(item)})

    def store(self, request: Request, item: Item) -> Reply:
        return Reply(200, None, self.receive(request, item, {"Content-Type": item.data["type"]}))
