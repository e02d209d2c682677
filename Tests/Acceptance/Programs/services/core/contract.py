"""The checks that contracts have in common.

What is not as a contract says becomes a complaint, and mostly a refusal.
"""
import json
import re
import threading
import urllib.parse
from collections.abc import Mapping

from core import shape
from core.body import Malformed, Part
from core.wire import Origin, Request

UNWANTED = ("authorization", "auth", "api-key", "apikey", "api_key", "token", "secret", "cookie", "accesskey")
CODES = {
    400: "BAD_REQUEST", 401: "UNAUTHORIZED", 402: "PAYMENT_REQUIRED", 403: "FORBIDDEN", 404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED", 409: "CONFLICT", 413: "PAYLOAD_TOO_LARGE", 415: "UNSUPPORTED_MEDIA_TYPE",
    422: "UNPROCESSABLE_ENTITY", 429: "TOO_MANY_REQUESTS",
}


class Refusal(Exception):
    """A call that is refused; a complaint as well, except where the test or an earlier delete asked for it."""

    def __init__(self, status: int, message: str, code: str | None = None, complaint: bool = True, retry_after=None):
        super().__init__(message)
        self.status, self.message, self.complaint = status, message, complaint
        self.code = code or CODES.get(status, "INTERNAL_ERROR")
        self.retry_after = retry_after


class Checks:
    # The header that holds the key, and its form.
    key_header = "authorization"
    key_form = "Bearer {key}"
    key = ""
    fixed_headers: dict[str, str] = {}
    # Headers beginning with x- that the contract knows besides; all others are a complaint.
    known_headers: tuple[str, ...] = ()
    # What a call that breaks the contract is answered with.
    broken = 400
    # The secrets of all stand-ins: none may turn up where it does not belong.
    all_secrets: set[str] = set()
    lock: threading.RLock
    complaints: list[str]
    service: Origin
    storage: Origin

    def complain(self, request: Request, text: str) -> None:
        with self.lock:
            self.complaints.append(f"{request.origin}: {request.method} {request.path}: {text}")

    def authorize(self, request: Request) -> None:
        expected = self.key_form.format(key=self.key)
        given = request.headers.get(self.key_header)
        if given != expected:
            what = "is absent" if given is None else "is not the key in the form that the contract has"
            raise Refusal(401, f"{self.key_header} {what}")

    def check_headers(self, request: Request) -> None:
        names = [name for name, _ in request.lines]
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.complain(request, f"the header {name} is there {names.count(name)} times")
        host = (self.service if request.origin == "service" else self.storage).url.removeprefix("http://")
        if request.headers.get("host") != host:
            self.complain(request, f"the header host is {request.headers.get('host')!r}, not {host!r}")
        if request.origin == "storage":
            return
        known = {*self.known_headers, *self.fixed_headers, self.key_header}
        for name in names:
            if name not in known and (name.startswith("x-") or any(word in name for word in UNWANTED)):
                self.complain(request, f"the service knows no header {name}")

    def look_for_keys(self, request: Request) -> None:
        """Keys stand in the header that is meant for them, and nowhere else."""
        own = self.key_header if request.origin == "service" else None
        places = [(f"header {name}", value) for name, value in request.lines if name != own]
        places += [("path", urllib.parse.unquote(request.path)), ("query", urllib.parse.unquote_plus(request.query))]
        places.append(("body", bytes(request.body.prefix).decode("latin-1")))
        for place, value in places:
            if any(secret in value for secret in self.all_secrets):
                self.complain(request, f"a key is in the {place}")

    def fields(self, request: Request, check: shape.Check) -> dict:
        """The body, which has to be an object of JSON."""
        kind = request.headers.get("content-type", "")
        if not re.fullmatch(r"application/json(\s*;\s*charset=utf-8)?", kind, re.I):
            raise Refusal(self.broken, f"Content-Type is {kind!r}, not application/json")
        value = request.json()
        if wrong := check(value):
            raise Refusal(self.broken, f"the body {wrong}")
        return value

    def form(
        self, request: Request, file_field: str = "file", required: Mapping[str, shape.Check] = {},
        optional: Mapping[str, shape.Check] = {}, exact: list[tuple[str, str]] | None = None,
    ) -> tuple[dict[str, str], Part]:
        """The texts and the file of a form: texts first, each once, and nothing that the contract does not know."""
        parts = request.form(file_field)
        files = [part for part in parts if part.is_file]
        if len(files) != 1:
            raise Refusal(self.broken, f"the form has {len(files)} parts {file_field!r}, not one")
        if parts[-1] is not files[0]:
            raise Refusal(self.broken, f"the field {parts[-1].name!r} comes after the file")
        texts = [(part.name, text_of(part)) for part in parts[:-1]]
        if exact is not None:
            if texts[: len(exact)] != exact:
                raise Refusal(403, "the form's fields are not those of the reply in their order", "AccessDenied")
            texts = texts[len(exact):]
        if len(dict(texts)) != len(texts):
            raise Refusal(self.broken, "the form has a field twice")
        if wrong := shape.mapping(required, optional)(dict(texts)):
            raise Refusal(self.broken, f"the form {wrong}")
        self.check_file(files[0])
        return dict(texts), files[0]

    def check_file(self, file: Part) -> None:
        if not file.filename or re.search(r"[/\x00-\x1f]", file.filename):
            raise Refusal(self.broken, f"the file's part has the file name {file.filename!r}")
        if not re.fullmatch(shape.MEDIA_TYPE, file.type or ""):
            raise Refusal(self.broken, f"the file's part has the Content-Type {file.type!r}")
        if others := set(file.headers) - {"content-disposition", "content-type"}:
            raise Refusal(self.broken, f"the file's part has the headers {', '.join(sorted(others))}")

    def limit(self, file: Part, most: int, types: tuple[str, ...] = (), type_status: int = 415) -> None:
        if file.count > most:
            raise Refusal(413, f"the file has {file.count} bytes, at most {most} are taken")
        if types and file.type not in types:
            raise Refusal(type_status, f"the type {file.type} is not taken")


def text_of(part: Part) -> str:
    others = set(part.headers) - {"content-disposition", "content-type"}
    if others or not re.match(r"(text/plain|application/json)\b", part.headers.get("content-type", "text/plain")):
        raise Malformed(f"the text field {part.name!r} has the headers {part.headers}")
    try:
        return part.text.decode()
    except UnicodeDecodeError as error:
        raise Malformed(f"the text field {part.name!r} is not UTF-8") from error


def load(content: str) -> object:
    try:
        return json.loads(content)
    except ValueError:
        return None


def json_text(value: object) -> str | None:
    """A check of a form's field: text that is an object of JSON."""
    return None if isinstance(value, str) and isinstance(load(value), dict) else f"is {value!r}, not an object of JSON"
