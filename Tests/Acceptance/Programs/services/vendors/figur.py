"""Figur. Source: the contract's document 000_70c8c02061a35f5a and the vendor's other pages (read
2026-11-21 and 2026-11-24).

What the service answers to a type that it does not take or to a file that is too large is not told: 415 and 413 here.
The size in "at most 25 MB" is read as MiB, the larger of the two.
"""
import secrets

from core.contract import Refusal
from core.service import Route, Service
from core.wire import Reply, Request


class Figur(Service):
    name = "figur"
    variables = ("FIGUR_API_KEY",)
    broken = 422
    routes = (Route("upload", "POST", "/v1/uploads", "upload"),)

    def new_secrets(self) -> dict[str, str]:
        return {"FIGUR_API_KEY": f"sk_test_{secrets.token_hex(20)}"}

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        if refusal.status == 422:
            detail = {"loc": ["body", "file", 0], "msg": refusal.message, "type": "value_error"}
            return Reply(422, {"detail": [detail]})
        error = {"code": refusal.code.lower(), "message": refusal.message, "request_id": request_id}
        return Reply(refusal.status, {"error": error})

    def upload(self, request: Request) -> Reply:
        _, file = self.form(request)
        self.limit(file, 25 << 20, ("image/jpeg", "image/png", "image/webp"))
        self.proceed(request)
        item = self.new_item(f"uploads/{secrets.token_hex(8)}")
        self.keep(item, file)
        preview = f"{self.storage.url}/preview/{item.id}?X-Amz-Expires=300&X-Amz-Signature={secrets.token_hex(32)}"
        return Reply(200, {"upload_key": item.id, "image_url": preview})
