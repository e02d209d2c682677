"""AssemblyAI. Source: AssemblyAI/assemblyai-node-sdk@3034899 (2026-03-12),
assemblyai.com/docs/api-reference/files/upload.md.
"""
import uuid

from core.contract import Refusal
from core.service import Route, Service
from core.wire import Reply, Request

MOST_BYTES = 2_200_000_000


class AssemblyAI(Service):
    name = "assemblyai"
    variables = ("ASSEMBLYAI_API_KEY",)
    key_form = "{key}"
    routes = (Route("upload", "POST", "/v2/upload", "upload"),)

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        return Reply(refusal.status, {"error": refusal.message})

    def upload(self, request: Request) -> Reply:
        kind = request.headers.get("content-type")
        if kind != "application/octet-stream":
            raise Refusal(400, f"Content-Type is {kind!r}, not 'application/octet-stream'")
        if request.length is None:
            raise Refusal(411, "there is no Content-Length")
        if request.length > MOST_BYTES:
            raise Refusal(413, f"at most {MOST_BYTES} bytes are taken")
        body = request.raw()
        self.proceed(request)
        item = self.new_item(str(uuid.uuid4()))
        self.keep(item, body)
        return Reply(200, {"upload_url": f"{self.storage.url}/upload/{item.id}"})
