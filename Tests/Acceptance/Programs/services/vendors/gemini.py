"""Gemini Files. Source: googleapis/python-genai@66807187 (2026-08-21), google-gemini/cookbook@f1e7e3de (2026-08-07).

What else than `display_name` may stand in `file` is not listed: it is taken unseen. Pieces are to follow each other;
whether their size must be a multiple of something is not told. What a delete answers is not told: 200 and `{}`.
"""
import base64
import re
import secrets

from core import shape
from core.contract import Refusal
from core.service import Item, Route
from core.storage import Google
from core.wire import Reply, Request
from vendors.eachlabs import in_days

START = "x-goog-upload-"
COMMAND, OFFSET, LENGTH, TYPE = (
    START + "command", START + "offset", START + "header-content-length", START + "header-content-type")
BODY = shape.mapping({"file": shape.mapping({}, {"display_name": shape.text()}, others=True)})
STATUSES = {401: "UNAUTHENTICATED", 400: "INVALID_ARGUMENT", 403: "PERMISSION_DENIED", 404: "NOT_FOUND",
            429: "RESOURCE_EXHAUSTED", 503: "UNAVAILABLE"}


class Gemini(Google):
    name = "gemini"
    variables = ("GOOGLE_API_KEY", "GEMINI_API_KEY")
    key_header, key_form = "x-goog-api-key", "{key}"
    known_headers = (START + "protocol", COMMAND, LENGTH, TYPE, START + "file-name", "x-goog-api-client")
    words, failed_word = ("PROCESSING", "ACTIVE"), "FAILED"
    storage_method = "POST"
    key_query = {"key": shape.text()}
    routes = (
        Route("prepare", "POST", "/upload/v1beta/files", "prepare", optional_query=key_query),
        Route("status", "GET", "/v1beta/(files/[^/]+)", "status", optional_query=key_query),
        Route("delete", "DELETE", "/v1beta/(files/[^/]+)", "delete", optional_query=key_query),
    )

    def authorize(self, request: Request) -> None:
        if dict(request.pairs()).get("key") != self.key or self.key_header in request.headers:
            super().authorize(request)

    def look_for_keys(self, request: Request) -> None:
        """The contract lets the key stand in the query of a call to the service."""
        if request.origin == "service" and dict(request.pairs()).get("key") == self.key:
            request.query = ""
        super().look_for_keys(request)

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        status = STATUSES.get(refusal.status, "INTERNAL" if refusal.status >= 500 else "FAILED_PRECONDITION")
        error = {"code": refusal.status, "message": refusal.message, "status": status}
        return Reply(refusal.status, {"error": error})

    def prepare(self, request: Request) -> Reply:
        for name, value in ((START + "protocol", "resumable"), (COMMAND, "start")):
            if request.headers.get(name) != value:
                raise Refusal(400, f"{name} is {request.headers.get(name)!r}, not {value!r}")
        size, kind = request.headers.get(LENGTH, ""), request.headers.get(TYPE, "")
        if not re.fullmatch("[0-9]{1,15}", size):
            raise Refusal(400, f"{LENGTH} is {size!r}, not a number")
        if wrong := shape.media_type(kind):
            raise Refusal(400, f"{TYPE} {wrong}")
        fields = self.fields(request, BODY)
        self.proceed(request)
        item = self.new_item(f"files/{secrets.token_hex(6)}", size=int(size), type=kind, at=0)
        item.data["name"] = fields["file"].get("display_name")
        return Reply(200, None, {
            "X-Goog-Upload-URL": self.presign(item, item.id.removeprefix("files/")), "X-Goog-Upload-Status": "active"})

    def store(self, request: Request, item: Item) -> Reply:
        self.guard(request, item, {}, {"content-type", COMMAND, OFFSET})
        command = request.headers.get(COMMAND, "")
        if command not in ("upload", "upload, finalize"):
            raise Refusal(400, f"{COMMAND} is {command!r}, not 'upload, finalize'")
        if request.headers.get(OFFSET) != str(item.data["at"]):
            raise Refusal(400, f"{OFFSET} is {request.headers.get(OFFSET)!r}, not '{item.data['at']}'")
        final = command == "upload, finalize"
        end = item.data["at"] + request.length
        if end > item.data["size"] or (final and end != item.data["size"]):
            raise Refusal(400, f"{end} bytes came, announced were {item.data['size']}")
        body = request.raw()
        self.proceed(request)
        if not final:
            item.data["at"] = end
            return Reply(200, None, {"X-Goog-Upload-Status": "active"})
        self.keep(item, body)
        return Reply(200, {"file": self.described(item, "PROCESSING")}, {"X-Goog-Upload-Status": "final"})

    def described(self, item: Item, state: str) -> dict:
        file = {
            "name": item.id, "uri": f"{self.service.url}/v1beta/{item.id}", "mimeType": item.data["type"],
            "sizeBytes": str(item.data["size"]), "sha256Hash": base64.b64encode(item.sha256.encode()).decode(),
            "expirationTime": in_days(2), "state": state,
        }
        if item.data["name"]:
            file["displayName"] = item.data["name"]
        return file | ({"error": {"code": 3, "message": item.reason}} if state == "FAILED" else {})

    def status(self, request: Request, identifier: str) -> Reply:
        item = self.find(identifier, f"File {identifier} does not exist")
        self.proceed(request)
        return Reply(200, self.described(item, self.word(item)))

    def delete(self, request: Request, identifier: str) -> Reply:
        item = self.find(identifier, f"File {identifier} does not exist")
        self.proceed(request)
        item.deleted = True
        return Reply(200, {})
