"""Stand-ins for the services that come with hoist, written from what their makers publish and from nothing of hoist's.

Each service has an origin of its own, and so has its storage; both check what comes as strictly as the published
contract allows. Prints one line of JSON with all addresses, keys and settings once it listens, and ends when its
standard input does. Tests ask the control origin:
  GET  /requests?service=NAME    what came, in order
  GET  /complaints?service=NAME  what was not as the contract says
  POST /reset?service=NAME
  POST /fail?service=NAME        {"step", "status", "times"}: refuses the next calls of a step
  POST /state?service=NAME       {"outcome": "failed", "reason"}: the next uploads end so
"""
import json
import sys

# No __pycache__ in the working copy.
sys.dont_write_bytecode = True

from core.control import Control, announcement  # noqa: E402
from core.service import Service  # noqa: E402
from core.wire import Origin  # noqa: E402
from vendors import (  # noqa: E402
    assemblyai, cloudflare, eachlabs, eachlabs_v1, elevenlabs, fal, figur, gemini, heygen, higgsfield, krea, leonardo,
    mux, openai, replicate, runway, vidu, wavespeed,
)

CLASSES: tuple[type[Service], ...] = (
    figur.Figur, eachlabs.EachLabs, eachlabs_v1.EachLabsV1, replicate.Replicate, fal.Fal, runway.Runway, openai.OpenAI,
    assemblyai.AssemblyAI, heygen.HeyGen, heygen.HeyGenDirect, wavespeed.WaveSpeed, higgsfield.Higgsfield, mux.Mux,
    cloudflare.Images, cloudflare.Stream, gemini.Gemini, elevenlabs.Music, krea.Krea, leonardo.Leonardo, vidu.Vidu,
)


def main() -> None:
    services = {made.name: made for made in (kind() for kind in CLASSES)}
    control = Origin("control", Control(services).answer)
    for service in services.values():
        service.service.start()
        service.storage.start()
    control.start()
    print(json.dumps(announcement(services, control.url)), flush=True)
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
