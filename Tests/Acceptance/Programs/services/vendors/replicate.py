"""Replicate. Source: replicate/replicate-python@0110c2c (2025-06-02), replicate-javascript@2fd6f39 (2025-11-17).

How large a file may be is not told: nothing is refused for that.
"""
import base64
import secrets

from core.body import Part
from core.contract import Refusal, json_text, load
from core.service import Item, Route, Service
from core.wire import Reply, Request
from vendors.eachlabs import in_days


class Replicate(Service):
    name = "replicate"
    variables = ("REPLICATE_API_TOKEN",)
    routes = (
        Route("upload", "POST", "/v1/files", "upload"),
        Route("status", "GET", "/v1/files/([^/]+)", "get"),
        Route("delete", "DELETE", "/v1/files/([^/]+)", "delete"),
    )

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        words = refusal.code.replace("_", " ").title()
        content = {"type": "about:blank", "title": words, "status": refusal.status, "detail": refusal.message}
        return Reply(refusal.status, content, {"Content-Type": "application/problem+json"})

    def upload(self, request: Request) -> Reply:
        texts, file = self.form(request, "content", optional={"metadata": json_text})
        self.proceed(request)
        item = self.new_item(base64.b32encode(secrets.token_bytes(30)).decode().lower())
        self.keep(item, file)
        item.data |= self.described(item, file, load(texts.get("metadata", "{}")))
        return Reply(201, item.data)

    def described(self, item: Item, file: Part, metadata: object) -> dict:
        return {
            "id": item.id, "name": file.filename, "content_type": file.type, "size": item.count, "etag": item.md5.hex(),
            "checksums": {"sha256": item.sha256, "md5": item.md5.hex()}, "metadata": metadata,
            "created_at": in_days(0), "expires_at": in_days(1),
            "urls": {"get": f"{self.service.url}/v1/files/{item.id}"},
        }

    def get(self, request: Request, identifier: str) -> Reply:
        item = self.find(identifier, "The requested file was not found.")
        self.proceed(request)
        return Reply(200, item.data)

    def delete(self, request: Request, identifier: str) -> Reply:
        item = self.find(identifier, "The requested file was not found.")
        self.proceed(request)
        item.deleted = True
        return Reply(204)
