"""Cloudflare Images and Stream. Source: cloudflare/cloudflare-typescript@faaaf89ed (2026-08-18),
cloudflare-python@ac1ae1cb4 (2025-06-16), cloudflare/cloudflare-docs@0d70abe and @0aa0758.

What else than the fields named there may be sent with a Stream upload is not listed: it is taken unseen. What the
`result` of a delete holds is not told. An account that is not the user's is a 403 here.
"""
import secrets

from core import shape
from core.contract import Refusal, json_text
from core.service import Item, Route, Service
from core.storage import S3
from core.wire import Reply, Request
from vendors.eachlabs import in_days

BASE = "/client/v4"
ACCOUNT = secrets.token_hex(16)
VIDEO = shape.mapping(
    {"maxDurationSeconds": shape.number(1, whole=True)},
    {"expiry": shape.text(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)"), "meta": shape.mapping({}, others=True),
     "requireSignedURLs": shape.boolean},
    others=True,
)


class Cloudflare(Service):
    base_path = BASE
    variables = ("CLOUDFLARE_API_TOKEN",)
    settings = {"account": ACCOUNT}

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        number = {401: 10000, 403: 10000, 404: 5404}.get(refusal.status, 5400)
        errors = [{"code": number, "message": refusal.message}]
        return Reply(refusal.status, {"success": False, "errors": errors, "messages": [], "result": None})

    def good(self, result: object) -> Reply:
        return Reply(200, {"success": True, "errors": [], "messages": [], "result": result})

    def check_account(self, account: str) -> None:
        if account != ACCOUNT:
            raise Refusal(403, f"{account} is not an account of this token")

    def delete(self, request: Request, account: str, identifier: str) -> Reply:
        self.check_account(account)
        item = self.find(identifier)
        self.proceed(request)
        item.deleted = True
        return self.good({})


class Images(Cloudflare):
    name = "cloudflare-images"
    routes = (
        Route("upload", "POST", "/accounts/([^/]+)/images/v1", "upload"),
        Route("status", "GET", "/accounts/([^/]+)/images/v1/([^/]+)", "get"),
        Route("delete", "DELETE", "/accounts/([^/]+)/images/v1/([^/]+)", "delete"),
    )

    def upload(self, request: Request, account: str) -> Reply:
        self.check_account(account)
        texts, file = self.form(request, optional={
            "id": shape.text(), "metadata": json_text, "requireSignedURLs": shape.text(choices=("true", "false"))})
        if not file.type.startswith("image/"):
            raise Refusal(415, f"the type {file.type} is not taken")
        if texts.get("id") in self.items:
            raise Refusal(409, "the id is taken", complaint=False)
        self.proceed(request)
        item = self.new_item(texts.get("id", secrets.token_hex(16)))
        self.keep(item, file)
        item.data |= {
            "id": item.id, "filename": file.filename, "uploaded": in_days(0),
            "requireSignedURLs": texts.get("requireSignedURLs") == "true",
            "variants": [f"{self.storage.url}/{item.id}/public"],
        }
        return self.good(item.data)

    def get(self, request: Request, account: str, identifier: str) -> Reply:
        self.check_account(account)
        item = self.find(identifier)
        self.proceed(request)
        return self.good(item.data)


class Stream(Cloudflare, S3):
    name = "cloudflare-stream"
    words, failed_word = ("pendingupload", "inprogress", "ready"), "error"
    storage_method = "POST"
    routes = (
        Route("prepare", "POST", "/accounts/([^/]+)/stream/direct_upload", "prepare"),
        Route("status", "GET", "/accounts/([^/]+)/stream/([^/]+)", "status"),
        Route("delete", "DELETE", "/accounts/([^/]+)/stream/([^/]+)", "delete"),
    )

    def prepare(self, request: Request, account: str) -> Reply:
        self.check_account(account)
        self.fields(request, VIDEO)
        self.proceed(request)
        item = self.new_item(secrets.token_hex(16))
        return self.good({"uploadURL": self.place(item, item.id), "uid": item.id})

    def store(self, request: Request, item: Item) -> Reply:
        self.guard(request, item, {}, {"content-type"})
        _, file = self.form(request)
        self.limit(file, 200 << 20)
        self.proceed(request)
        self.keep(item, file)
        return Reply(200)

    def status(self, request: Request, account: str, identifier: str) -> Reply:
        self.check_account(account)
        item = self.find(identifier)
        self.proceed(request)
        word = self.word(item)
        state: dict[str, object] = {"state": word}
        if word in ("inprogress", "ready"):
            state["pctComplete"] = "100.000000" if word == "ready" else "39.000000"
        if word == "error":
            state |= {"errorReasonCode": "ERR_NON_VIDEO", "errorReasonText": item.reason}
        return self.good({"uid": item.id, "readyToStream": word == "ready", "status": state})
