"""The origin that tests ask what came, and where they order refusals and failures."""
import json

from core.service import Service
from core.wire import Reply, Request


class Wrong(Exception):
    """The test asks for what there is not."""


class Control:
    def __init__(self, services: dict[str, Service]):
        self.services = services

    def answer(self, request: Request) -> Reply:
        try:
            return Reply(200, self.act(request))
        except Wrong as wrong:
            return Reply(400, {"error": str(wrong)})

    def act(self, request: Request) -> object:
        name = dict(request.pairs()).get("service", "")
        if (service := self.services.get(name)) is None:
            raise Wrong(f"there is no service {name!r}")
        asked = (request.method, request.path)
        content = request.body.whole(1 << 16)
        body = json.loads(content) if content else {}
        with service.lock:
            if asked == ("GET", "/requests"):
                return [dict(record) for record in service.records]
            if asked == ("GET", "/complaints"):
                return list(service.complaints)
            if asked == ("POST", "/reset"):
                service.reset()
            elif asked == ("POST", "/fail"):
                self.fail(service, body)
            elif asked == ("POST", "/state"):
                self.state(service, body)
            else:
                raise Wrong(f"there is no {request.method} {request.path}")
        return {}

    def fail(self, service: Service, body: dict) -> None:
        """`code` and `retry_after` (a Retry-After header) may be there besides."""
        if body.get("step") not in service.steps():
            raise Wrong(f"{service.name} has no step {body.get('step')!r}")
        if not isinstance(body.get("status"), int) or not 400 <= body["status"] <= 599:
            raise Wrong("status is to be 400...599")
        service.faults.append({"times": 1} | body)

    def state(self, service: Service, body: dict) -> None:
        if not service.words:
            raise Wrong(f"{service.name} has no status")
        if body.get("outcome") not in ("failed", "done"):
            raise Wrong("outcome is to be failed or done")
        service.outcome, service.reason = body["outcome"], body.get("reason", "")


def announcement(services: dict[str, Service], control: str) -> dict[str, object]:
    return {
        "services": {name: service.service.url + service.base_path for name, service in services.items()},
        "origins": {name: service.service.url for name, service in services.items()},
        "storage": {name: service.storage.url for name, service in services.items()},
        "control": control,
        "keys": {name: service.secrets for name, service in services.items()},
        "settings": {name: service.settings for name, service in services.items()},
    }
