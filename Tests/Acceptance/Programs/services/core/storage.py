"""Where the bytes go: origins that a reply names. They answer as S3 or Google does, and take what was signed only."""
import base64
import datetime
import secrets
import urllib.parse
from collections.abc import Set

from core import shape
from core.contract import UNWANTED, Refusal
from core.service import Item, Service
from core.wire import Reply, Request

# What every client of HTTP may send of its own.
PLAIN = {"host", "user-agent", "accept", "accept-encoding", "content-length", "expect", "connection", "content-md5"}
XML_CODES = {
    400: "InvalidRequest", 403: "AccessDenied", 404: "NoSuchKey", 405: "MethodNotAllowed", 411: "MissingContentLength",
    429: "SlowDown", 500: "InternalError", 503: "SlowDown",
}
XML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Error><Code>{}</Code><Message>{}</Message><RequestId>{}</RequestId></Error>'
)


class S3(Service):
    """A service whose reply names a URL of S3."""

    storage_method = "PUT"

    def presign(self, item: Item, name: str, signed: tuple[str, ...] = ()) -> str:
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        query = urllib.parse.urlencode({
            "X-Amz-Algorithm": "AWS4-HMAC-SHA256", "X-Amz-Credential": f"AKSTANDIN/{now[:8]}/us-east-1/s3/aws4_request",
            "X-Amz-Date": now, "X-Amz-Expires": "900",
            "X-Amz-SignedHeaders": ";".join(sorted({"host", *(name.lower() for name in signed)})),
            "X-Amz-Signature": secrets.token_hex(32),
        })
        item.target = f"/{self.name}/uploads/{name}?{query}"
        return self.storage.url + item.target

    def place(self, item: Item, name: str) -> str:
        """A URL without a signature."""
        item.target = f"/{self.name}/uploads/{name}"
        return self.storage.url + item.target

    def public(self, item: Item) -> str:
        return self.storage.url + item.target.partition("?")[0]

    def storage_error(self, refusal: Refusal) -> Reply:
        known = refusal.code if any(letter.islower() for letter in refusal.code) else None
        code, request_id = known or XML_CODES.get(refusal.status, "InvalidRequest"), secrets.token_hex(8).upper()
        text = XML.format(code, refusal.message.replace("&", "&amp;").replace("<", "&lt;"), request_id)
        return Reply(
            refusal.status, text.encode(), {"Content-Type": "application/xml", "x-amz-request-id": request_id})

    def guard(self, request: Request, item: Item, given: dict[str, str], free: Set[str] = frozenset()) -> None:
        """The URL and the headers, before any byte of the body is wanted. `free` ones may be there or not."""
        if request.method != self.storage_method:
            raise Refusal(405, f"storage wants {self.storage_method}")
        allowed = PLAIN | set(given) | free
        for name in request.headers:
            if name in allowed:
                continue
            if any(word in name for word in UNWANTED):
                raise Refusal(400, f"storage got the header {name}, which is for the service alone", "InvalidArgument")
            self.complain(request, f"storage got the header {name}, which the reply did not name")
            if name.startswith("x-amz-"):
                raise Refusal(403, f"the header {name} is not signed", "AccessDenied")
        if request.target != item.target:
            raise Refusal(403, "the URL is not the one of the reply", "SignatureDoesNotMatch")
        for name, value in given.items():
            if request.headers.get(name) != value:
                wrong = f"the signed header {name} is {request.headers.get(name)!r}, not {value!r}"
                raise Refusal(403, wrong, "SignatureDoesNotMatch")
        if request.length is None:
            raise Refusal(411, "there is no Content-Length")

    def receive(
        self, request: Request, item: Item, given: dict[str, str], size: int | None = None,
        free: Set[str] = frozenset(),
    ) -> dict[str, str]:
        """Takes a raw body for an upload whose reply gave these headers; tells the reply's."""
        self.guard(request, item, {name.lower(): value for name, value in given.items()}, free)
        if size is not None and request.length != size:
            raise Refusal(403, f"Content-Length is {request.length}, announced were {size}", "SignatureDoesNotMatch")
        body = request.raw()
        told = request.headers.get("content-md5")
        if told is not None and told != base64.b64encode(body.md5.digest()).decode():
            raise Refusal(400, "Content-MD5 is not that of the body", "BadDigest")
        self.proceed(request)
        self.keep(item, body)
        return {"ETag": item.etag, "x-amz-request-id": secrets.token_hex(8).upper()}

    def receive_form(self, request: Request, item: Item, fields: dict[str, str], **more) -> dict[str, str]:
        """Takes a form whose first fields are those of a POST policy."""
        self.guard(request, item, {}, {"content-type"})
        _, file = self.form(request, exact=list(fields.items()), **more)
        self.proceed(request)
        self.keep(item, file)
        return {"ETag": item.etag, "Location": self.public(item), "x-amz-request-id": secrets.token_hex(8).upper()}

    def policy(self, key: str) -> dict[str, str]:
        """The fields of a POST policy, in an order that no sorting gives."""
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        return {
            "key": key, "X-Amz-Algorithm": "AWS4-HMAC-SHA256", "bucket": self.name,
            "X-Amz-Credential": f"AKSTANDIN/{now[:8]}/us-east-1/s3/aws4_request", "X-Amz-Date": now,
            "Policy": base64.b64encode(secrets.token_bytes(90)).decode(), "X-Amz-Signature": secrets.token_hex(32),
        }

    def check_type(self, request: Request) -> None:
        """The type that a raw body comes with, where the contract wants one and the reply does not name it."""
        if wrong := shape.media_type(request.headers.get("content-type")):
            raise Refusal(400, f"Content-Type {wrong}", "InvalidArgument")


class Google(S3):
    """The same at Google, which has a header of its own for checksums."""

    def presign(self, item: Item, name: str, signed: tuple[str, ...] = ()) -> str:
        query = urllib.parse.urlencode({"upload_id": secrets.token_urlsafe(48), "name": f"uploads/{name}"})
        item.target = f"/upload/storage/v1/b/{self.name}/o/{name}?{query}"
        return self.storage.url + item.target

    def checksums(self, item: Item) -> dict[str, str]:
        return {"ETag": item.etag, "x-goog-hash": f"md5={base64.b64encode(item.md5).decode()}"}
