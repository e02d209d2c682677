"""Higgsfield. Source: higgsfield-ai/higgsfield-client@13dd62a (2026-06-30), higgsfield-js@09721af (2025-11-24).

How large a file may be is not told: nothing is refused for that.
"""
import secrets
import uuid

from core import shape
from core.contract import Refusal
from core.service import Item, Route
from core.storage import S3
from core.wire import Reply, Request

BODY = shape.mapping({"content_type": shape.media_type})


class Higgsfield(S3):
    name = "higgsfield"
    key_form = "Key {key}"
    routes = (Route("prepare", "POST", "/files/generate-upload-url", "prepare"),)

    def new_secrets(self) -> dict[str, str]:
        identifier, secret = str(uuid.uuid4()), secrets.token_hex(32)
        return {"HF_KEY": f"{identifier}:{secret}", "HF_API_KEY": identifier, "HF_API_SECRET": secret}

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        return Reply(refusal.status, {"detail": refusal.message})

    def prepare(self, request: Request) -> Reply:
        fields = self.fields(request, BODY)
        self.proceed(request)
        item = self.new_item(str(uuid.uuid4()), type=fields["content_type"])
        url = self.presign(item, item.id, ("content-type",))
        return Reply(200, {"public_url": self.public(item), "upload_url": url})

    def store(self, request: Request, item: Item) -> Reply:
        return Reply(200, None, self.receive(request, item, {"Content-Type": item.data["type"]}))
