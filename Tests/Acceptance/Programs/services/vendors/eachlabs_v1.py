"""each::labs API v1. Source: the vendor's documentation repository as of 2026-08-21.

An `expires_in_seconds` out of its bounds is clamped, as is told: it is answered, and a complaint.
"""
import uuid

from core import shape
from core.contract import Refusal
from core.service import Item, Route
from core.storage import S3
from core.wire import Reply, Request
from vendors.eachlabs import KINDS, in_days, shared_key

BODY = shape.mapping(
    {"content_type": shape.media_type},
    {"file_type": shape.text(choices=KINDS), "expires_in_seconds": shape.number(float("-inf"), whole=True)},
)
LONGEST, USUAL = 31_536_000, 180 * 86_400
MOST_BYTES = 100 << 20


class EachLabsV1(S3):
    name = "eachlabs-v1"
    variables = ("EACHLABS_API_KEY",)
    routes = (
        Route("prepare", "POST", "/v1/upload/presign", "prepare"),
        Route("delete", "DELETE", "/v1/files/([^/]+)", "delete"),
    )

    def new_secrets(self) -> dict[str, str]:
        return shared_key(super().new_secrets())

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        return Reply(refusal.status, {} if refusal.status == 401 else {"error": refusal.message})

    def prepare(self, request: Request) -> Reply:
        fields = self.fields(request, BODY)
        asked = fields.get("expires_in_seconds", USUAL)
        if not 60 <= asked <= LONGEST:
            self.complain(request, f"expires_in_seconds is {asked}, not within 60...{LONGEST}")
        self.proceed(request)
        item = self.new_item(str(uuid.uuid4()))
        required = {"x-amz-meta-file-id": item.id, "x-amz-tagging": "uploader=customer&ttl_days=180"}
        item.data["headers"] = required | {"Content-Type": fields["content_type"]}
        url = self.presign(item, item.id, tuple(item.data["headers"]))
        return Reply(200, {
            "id": item.id, "presigned_url": url, "public_url": self.public(item),
            "expires_at": in_days(min(max(asked, 60), LONGEST) / 86_400), "required_headers": required,
        })

    def store(self, request: Request, item: Item) -> Reply:
        if (request.length or 0) > MOST_BYTES:
            raise Refusal(400, f"at most {MOST_BYTES} bytes are taken", "EntityTooLarge")
        return Reply(200, None, self.receive(request, item, item.data["headers"]))

    def delete(self, request: Request, identifier: str) -> Reply:
        try:
            known = self.items.get(str(uuid.UUID(identifier)))
        except ValueError:
            raise Refusal(400, "the id is not a UUID", complaint=False) from None
        if known is None:
            raise Refusal(404, "there is no such file in your organisation", complaint=False)
        self.proceed(request)
        known.deleted = True
        return Reply(204)
