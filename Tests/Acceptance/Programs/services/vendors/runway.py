"""Runway. Source: runwayml/sdk-node@ecb7e33 (2026-07-23), docs.dev.runwayml.com/assets/uploads,
runwayml/skills@004d9f9.

What `metadata`, the optional field before the file, may hold is not told: any text is taken.
"""
import uuid

from core import shape
from core.contract import Refusal
from core.service import Item, Route
from core.storage import S3
from core.wire import Reply, Request

BODY = shape.mapping({"filename": shape.text(), "type": shape.text(choices=("ephemeral",))})
MOST_BYTES = 200 << 20


class Runway(S3):
    name = "runway"
    variables = ("RUNWAYML_API_SECRET",)
    fixed_headers = {"x-runway-version": "2024-11-06"}
    storage_method = "POST"
    routes = (Route("prepare", "POST", "/v1/uploads", "prepare"),)

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        return Reply(refusal.status, {"error": refusal.message})

    def prepare(self, request: Request) -> Reply:
        fields = self.fields(request, BODY)
        self.proceed(request)
        item = self.new_item(str(uuid.uuid4()))
        url = self.place(item, item.id)
        item.data["fields"] = self.policy(f"ephemeral/{item.id}/{fields['filename']}")
        return Reply(200, {
            "uploadUrl": url, "fields": item.data["fields"], "runwayUri": f"runway://{item.id}",
        })

    def store(self, request: Request, item: Item) -> Reply:
        if (request.length or 0) > MOST_BYTES:
            raise Refusal(400, f"at most {MOST_BYTES} bytes are taken", "EntityTooLarge")
        headers = self.receive_form(request, item, item.data["fields"], optional={"metadata": shape.text("(?s).*")})
        return Reply(204, None, headers)
