"""Krea. Source: docs.krea.ai/api-reference/assets/upload-an-asset.md, krea-ai/skills@2f2337f (2026-04-22).

Kinds of files are listed by their ending and not by type: what these endings are usually called is taken.
"""
import uuid

from core import shape
from core.contract import Refusal
from core.service import Route, Service
from core.wire import Reply, Request
from vendors.eachlabs import in_days

TYPES = (
    "image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", "video/mp4", "video/quicktime", "video/webm",
    "audio/webm", "model/gltf-binary", "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave", "audio/mpeg",
    "audio/mp3",
)


class Krea(Service):
    name = "krea"
    variables = ("KREA_API_TOKEN",)
    routes = (Route("upload", "POST", "/assets", "upload"),)

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        error = {"code": refusal.code, "message": refusal.message} if refusal.status == 402 else refusal.message
        return Reply(refusal.status, {"error": error, "message": refusal.message})

    def upload(self, request: Request) -> Reply:
        texts, file = self.form(request, optional={"description": shape.text()})
        self.limit(file, 75 << 20, TYPES)
        self.proceed(request)
        item = self.new_item(str(uuid.uuid4()))
        self.keep(item, file)
        return Reply(200, {
            "id": item.id, "image_url": f"{self.storage.url}/assets/{item.id}", "uploaded_at": in_days(0),
            "width": None, "height": None, "size_bytes": item.count, "mime_type": file.type,
            "description": texts.get("description"), "metadata": {},
        })
