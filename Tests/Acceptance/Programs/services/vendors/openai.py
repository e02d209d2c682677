"""OpenAI. Source: openai/openai-openapi openapi.yaml@f85dbe2 (2026-08-21).

`status` is deprecated, and how soon it changes is not told: uploaded on the first question here, processed on the next.
"""
import secrets
import time

from core import shape
from core.contract import Refusal
from core.service import Route, Service
from core.wire import Reply, Request

PURPOSES = ("assistants", "batch", "fine-tune", "vision", "user_data", "evals")
ANCHOR, SECONDS = "expires_after[anchor]", "expires_after[seconds]"
SHORTEST, LONGEST = 3600, 2_592_000


class OpenAI(Service):
    name = "openai"
    base_path = "/v1"
    variables = ("OPENAI_API_KEY",)
    words, failed_word = ("uploaded", "processed"), "error"
    routes = (
        Route("upload", "POST", "/files", "upload"),
        Route("status", "GET", "/files/([^/]+)", "get"),
        Route("delete", "DELETE", "/files/([^/]+)", "delete"),
    )

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        kind = "invalid_request_error" if refusal.status < 500 else "server_error"
        error = {"message": refusal.message, "type": kind, "param": None, "code": refusal.code.lower()}
        return Reply(refusal.status, {"error": error})

    def upload(self, request: Request) -> Reply:
        texts, file = self.form(
            request, required={"purpose": shape.text(choices=PURPOSES)},
            optional={ANCHOR: shape.text(choices=("created_at",)), SECONDS: shape.text("[0-9]{1,9}")})
        if (ANCHOR in texts) != (SECONDS in texts):
            raise Refusal(400, f"{ANCHOR} and {SECONDS} belong together")
        lives = int(texts[SECONDS]) if SECONDS in texts else None
        if lives is not None and not SHORTEST <= lives <= LONGEST:
            raise Refusal(400, f"{SECONDS} is {lives}, not within {SHORTEST}...{LONGEST}")
        self.limit(file, 512 << 20)
        self.proceed(request)
        item, now = self.new_item(f"file-{secrets.token_hex(12)}"), int(time.time())
        self.keep(item, file)
        item.data |= {
            "id": item.id, "object": "file", "bytes": item.count, "created_at": now, "filename": file.filename,
            "purpose": texts["purpose"], "expires_at": None if lives is None else now + lives,
        }
        return Reply(200, item.data | {"status": "uploaded"})

    def get(self, request: Request, identifier: str) -> Reply:
        item = self.find(identifier, f"No such File object: {identifier}")
        self.proceed(request)
        word = self.word(item)
        return Reply(200, item.data | {"status": word} | ({"status_details": item.reason} if word == "error" else {}))

    def delete(self, request: Request, identifier: str) -> Reply:
        item = self.find(identifier, f"No such File object: {identifier}")
        self.proceed(request)
        item.deleted = True
        return Reply(200, {"id": item.id, "object": "file", "deleted": True})
