"""WaveSpeed. Source: WaveSpeedAI/wavespeed-python@a420718 (2026-08-21).

The error's shape is not told: `code` and `message`, as in replies that are good.
"""
import secrets

from core import shape
from core.contract import Refusal
from core.service import Item, Route
from core.storage import S3
from core.wire import Reply, Request

BODY = shape.mapping(
    {"filename": shape.text(), "size": shape.number(whole=True)}, {"content_type": shape.media_type})


class WaveSpeed(S3):
    name = "wavespeed"
    variables = ("WAVESPEED_API_KEY",)
    routes = (Route("prepare", "POST", "/api/v3/media/uploads", "prepare"),)

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        return Reply(refusal.status, {"code": refusal.status, "message": refusal.message, "data": None})

    def prepare(self, request: Request) -> Reply:
        fields = self.fields(request, BODY)
        self.proceed(request)
        kind = fields.get("content_type")
        # The bytes come with exactly one of the two: with one header a client may not add the other by itself.
        headers = {"If-None-Match": "*"} if kind is None else {"Content-Type": kind}
        item = self.new_item(secrets.token_hex(16), headers=headers, size=fields["size"])
        url = self.presign(item, item.id, tuple(headers))
        return Reply(200, {"code": 200, "message": "success", "data": {
            "type": (kind or "file").partition("/")[0], "download_url": self.public(item),
            "filename": fields["filename"], "size": fields["size"],
            "upload": {"method": "PUT", "url": url, "headers": headers},
        }})

    def store(self, request: Request, item: Item) -> Reply:
        return Reply(200, None, self.receive(request, item, item.data["headers"], size=item.data["size"]))
