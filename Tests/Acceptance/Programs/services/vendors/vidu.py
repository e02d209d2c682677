"""Vidu. Source: shengshu-ai/vidu-cli@39a8e30 (2026-04-28), vidu-skills@7f09407 (2026-06-24).

Whether an image's measures may be left out is not certain: they may be here, and where they are there they come with
the bytes again. The id may be text or a number: a number here, taken back as either. The error's shape is not told, nor
what finishing answers.
"""
import secrets
import urllib.parse

from core import shape
from core.contract import Refusal
from core.service import Item, Route
from core.storage import S3
from core.wire import Reply, Request
from vendors.eachlabs import in_days

BODY = shape.mapping(
    {"scene": shape.text(choices=("vidu",))},
    {"metadata": shape.mapping({}, {"image-width": shape.text("[0-9]+"), "image-height": shape.text("[0-9]+")})},
)
FINISH = shape.mapping({"etag": shape.text(), "id": shape.anything})


class Vidu(S3):
    name = "vidu"
    variables = ("VIDU_TOKEN",)
    key_form = "Token {key}"
    routes = (
        Route("prepare", "POST", "/tools/v1/files/uploads", "prepare"),
        Route("complete", "PUT", "/tools/v1/files/uploads/([^/]+)/finish", "complete"),
    )

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        return Reply(refusal.status, {"code": refusal.code, "message": refusal.message})

    def prepare(self, request: Request) -> Reply:
        fields = self.fields(request, BODY)
        self.proceed(request)
        item = self.new_item(str(secrets.randbelow(10**15) + 10**15))
        measures = {f"x-amz-meta-{name}": value for name, value in fields.get("metadata", {}).items()}
        item.data["headers"] = measures
        url = self.presign(item, item.id, tuple(measures))
        return Reply(200, {"id": int(item.id), "put_url": url, "expires_at": in_days(1)})

    def store(self, request: Request, item: Item) -> Reply:
        self.check_type(request)
        return Reply(200, None, self.receive(request, item, item.data["headers"], free={"content-type"}))

    def complete(self, request: Request, identifier: str) -> Reply:
        item = self.find(identifier, "upload not found")
        fields = self.fields(request, FINISH)
        if str(fields["id"]) != urllib.parse.unquote(identifier):
            raise Refusal(400, f"id is {fields['id']!r} in the body and {identifier!r} in the path")
        if not item.stored:
            raise Refusal(400, "the bytes are not there yet")
        if fields["etag"] != item.etag:
            raise Refusal(400, f"etag is {fields['etag']!r}, not {item.etag!r} as it came")
        self.proceed(request)
        return Reply(200, {"id": int(item.id), "uri": f"ssupload:?id={item.id}"})
