"""Leonardo. Source: Leonardo-Interactive/leonardo-ts-sdk@0eddd1b (2026-04-16), docs.leonardo.ai/docs/special-topics.

The service has no variable for its key of its own; LEONARDO_API_KEY is a choice. What a delete answers is not told.
"""
import json
import uuid

from core import shape
from core.contract import Refusal
from core.service import Item, Route
from core.storage import S3
from core.wire import Reply, Request
from vendors.eachlabs import in_days

BODY = shape.mapping({"extension": shape.text(choices=("png", "jpg", "jpeg", "webp"))})


class Leonardo(S3):
    name = "leonardo"
    base_path = "/api/rest/v1"
    variables = ("LEONARDO_API_KEY",)
    storage_method = "POST"
    routes = (
        Route("prepare", "POST", "/init-image", "prepare"),
        Route("status", "GET", "/init-image/([^/]+)", "get"),
        Route("delete", "DELETE", "/init-image/([^/]+)", "delete"),
    )

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        return Reply(refusal.status, {"error": refusal.message, "path": "$", "code": refusal.code.lower()})

    def prepare(self, request: Request) -> Reply:
        fields = self.fields(request, BODY)
        self.proceed(request)
        item = self.new_item(str(uuid.uuid4()))
        key = f"users/init/{item.id}/initImage.{fields['extension']}"
        item.data["fields"] = self.policy(key)
        return Reply(200, {"uploadInitImage": {
            "id": item.id, "url": self.place(item, item.id), "key": key, "fields": json.dumps(item.data["fields"]),
        }})

    def store(self, request: Request, item: Item) -> Reply:
        return Reply(204, None, self.receive_form(request, item, item.data["fields"]))

    def get(self, request: Request, identifier: str) -> Reply:
        item = self.find(identifier)
        self.proceed(request)
        return Reply(200, {"init_images_by_pk": {"id": item.id, "url": self.public(item), "createdAt": in_days(0)}})

    def delete(self, request: Request, identifier: str) -> Reply:
        item = self.find(identifier)
        self.proceed(request)
        item.deleted = True
        return Reply(200, {"delete_init_images_by_pk": {"id": item.id}})
