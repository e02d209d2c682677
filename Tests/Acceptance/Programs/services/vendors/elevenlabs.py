"""ElevenLabs music. Source: elevenlabs/elevenlabs-python music/raw_client.py@54e58995 (2026-07-23).

How a refusal other than 422 looks is not told: `detail`, an object with `status` and `message`, as the 422 may be.
Which types and sizes are taken is not told either.
"""
import secrets

from core import shape
from core.contract import Refusal
from core.service import Route, Service
from core.wire import Reply, Request

BOOLEAN = shape.text(choices=("true", "false"))


class Music(Service):
    name = "elevenlabs-music"
    variables = ("ELEVENLABS_API_KEY",)
    broken = 422
    key_header, key_form = "xi-api-key", "{key}"
    routes = (Route("upload", "POST", "/v1/music/upload", "upload"),)

    def error(self, refusal: Refusal, request_id: str) -> Reply:
        if refusal.status == 422:
            return Reply(422, {"detail": [{"loc": ["body", "file"], "msg": refusal.message, "type": "value_error"}]})
        return Reply(refusal.status, {"detail": {"status": refusal.code.lower(), "message": refusal.message}})

    def upload(self, request: Request) -> Reply:
        _, file = self.form(request, optional={"extract_composition_plan": BOOLEAN, "with_timestamps": BOOLEAN})
        self.proceed(request)
        item = self.new_item(secrets.token_hex(10))
        self.keep(item, file)
        return Reply(200, {"song_id": item.id})
