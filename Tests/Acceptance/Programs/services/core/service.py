"""What all stand-ins share: routes, keys, complaints, what came, refusals on demand, and the words of a status."""
import base64
import dataclasses
import re
import secrets
import threading
import urllib.parse
import uuid
from collections.abc import Mapping

from core import shape
from core.body import Malformed, Part
from core.contract import Checks, Refusal
from core.wire import Origin, Reply, Request

@dataclasses.dataclass
class Item:
    """One upload, from the call that announces it to its delete."""

    id: str
    data: dict = dataclasses.field(default_factory=dict)
    target: str = ""
    outcome: str = "done"
    reason: str = ""
    stored: bool = False
    deleted: bool = False
    asked: int = 0
    count: int = 0
    sha256: str = ""
    md5: bytes = b""
    head: bytes = b""

    @property
    def etag(self) -> str:
        return f'"{self.md5.hex()}"'


@dataclasses.dataclass
class Route:
    step: str
    method: str
    path: str
    handler: str
    query: Mapping[str, shape.Check] = dataclasses.field(default_factory=dict)
    optional_query: Mapping[str, shape.Check] = dataclasses.field(default_factory=dict)


class Service(Checks):
    name = ""
    # The base path that the contract's base URL has.
    base_path = ""
    # The variables that hold the key; all of them have the same value.
    variables: tuple[str, ...] = ()
    settings: dict[str, str] = {}
    words: tuple[str, ...] = ()
    failed_word = ""
    routes: tuple[Route, ...] = ()

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.secrets = self.new_secrets()
        self.key = next(iter(self.secrets.values()), "")
        for secret in list(self.secrets.values()):
            self.all_secrets |= {secret, base64.b64encode(secret.encode()).decode()}
        self.service = Origin("service", self.answer)
        self.storage = Origin("storage", self.answer)
        self.reset()

    def new_secrets(self) -> dict[str, str]:
        key = f"{self.name}-{secrets.token_hex(20)}"
        return dict.fromkeys(self.variables, key)

    def reset(self) -> None:
        with self.lock:
            self.records: list[dict] = []
            self.complaints: list[str] = []
            self.faults: list[dict] = []
            self.items: dict[str, Item] = {}
            self.outcome, self.reason = "done", ""

    # Answering

    def answer(self, request: Request) -> Reply:
        with self.lock:
            self.records.append(request.record)
        try:
            self.check_headers(request)
            reply = self.at_service(request) if request.origin == "service" else self.at_storage(request)
            if reply.status < 400 and not request.proceeded:
                raise AssertionError(f"{self.name}: {request.path} did not look for a refusal on demand")
        except (Refusal, Malformed) as error:
            refusal = error if isinstance(error, Refusal) else Refusal(self.broken, str(error))
            if refusal.complaint:
                self.complain(request, refusal.message)
            reply = self.refused(request, refusal)
            if refusal.retry_after is not None:
                reply.headers["Retry-After"] = str(refusal.retry_after)
        request.finish()
        self.look_for_keys(request)
        return reply

    def refused(self, request: Request, refusal: Refusal) -> Reply:
        if request.origin == "storage":
            return self.storage_error(refusal)
        return self.error(refusal, uuid.uuid4().hex)

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        """The service's own error shape."""
        raise NotImplementedError

    def storage_error(self, refusal: Refusal) -> Reply:
        raise NotImplementedError

    def at_service(self, request: Request) -> Reply:
        found = [(route, re.fullmatch(self.base_path + route.path, request.path)) for route in self.routes]
        found = [(route, match) for route, match in found if match]
        if not found:
            raise Refusal(404, f"there is no path {request.path}")
        fitting = [(route, match) for route, match in found if route.method == request.method]
        if not fitting:
            raise Refusal(405, f"{request.path} does not take {request.method}")
        route, match = fitting[0]
        request.step = route.step
        self.authorize(request)
        for name, value in self.fixed_headers.items():
            if request.headers.get(name) != value:
                raise Refusal(400, f"{name} is {request.headers.get(name)!r}, not {value!r}")
        check = shape.mapping(route.query, route.optional_query)
        pairs = request.pairs()
        if len(dict(pairs)) != len(pairs):
            raise Refusal(self.broken, f"the query {request.query!r} has a name twice")
        if wrong := check(dict(pairs)):
            raise Refusal(self.broken, f"the query {request.query!r} {wrong}")
        if request.method in ("GET", "DELETE") and (request.length or request.chunked):
            self.complain(request, f"{request.method} has a body")
        return getattr(self, route.handler)(request, *match.groups())

    def at_storage(self, request: Request) -> Reply:
        request.step = "upload"
        with self.lock:
            item = next((item for item in self.items.values() if item.target.partition("?")[0] == request.path), None)
        if item is None:
            raise Refusal(404, f"storage has no place {request.path}", "NoSuchKey")
        return self.store(request, item)

    def store(self, request: Request, item: Item) -> Reply:
        raise NotImplementedError

    def proceed(self, request: Request) -> None:
        """The call is as the contract says; refuses it all the same where the test asked for that."""
        request.proceeded = True
        with self.lock:
            fault = next((fault for fault in self.faults if fault["step"] == request.step and fault["times"] > 0), None)
            if fault is None:
                return
            fault["times"] -= 1
        raise Refusal(
            fault["status"], "refused for the test", fault.get("code"), complaint=False,
            retry_after=fault.get("retry_after"))

    # Uploads

    def new_item(self, identifier: str, **data) -> Item:
        with self.lock:
            item = Item(identifier, data, outcome=self.outcome, reason=self.reason)
            self.items[identifier] = item
        return item

    def keep(self, item: Item, file) -> None:
        """Notes the bytes of `file`, a part of a form or a whole body, as those of the upload."""
        head = file.head if isinstance(file, Part) else bytes(file.prefix[:64])
        item.count, item.sha256, item.md5, item.head = file.count, file.sha256.hexdigest(), file.md5.digest(), head
        item.stored = True

    def find(self, identifier: str, message: str = "not found") -> Item:
        """The upload of this id. None is no complaint: ids are the user's, and a delete may come twice."""
        item = self.items.get(urllib.parse.unquote(identifier))
        if item is None or item.deleted:
            raise Refusal(404, message, complaint=False)
        return item

    def word(self, item: Item) -> str:
        """The status: the first word until the bytes are there, then one further on each question."""
        words = (*self.words[:-1], self.failed_word) if item.outcome == "failed" else self.words
        if not item.stored:
            return words[0]
        with self.lock:
            word = words[min(item.asked, len(words) - 1)]
            item.asked += 1
        return word

    def steps(self) -> set[str]:
        stores = type(self).store is not Service.store
        return {route.step for route in self.routes} | ({"upload"} if stores else set())
