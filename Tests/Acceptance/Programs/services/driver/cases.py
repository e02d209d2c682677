"""The self-test's services: the right way, the words, and the wrong ways that are a service's own."""
from driver import flows
from driver.client import Change, Part, Sent
from driver.flows import Case, bearer, key_in


def header(name: str, value: str | None) -> Change:
    def change(sent: Sent) -> None:
        for known in [known for known in sent.headers if known.lower() == name.lower()]:
            del sent.headers[known]
        if value is not None:
            sent.headers[name] = value

    return change


def field(name: str, value: object) -> Change:
    return lambda sent: sent.json.update({name: value})


def without(name: str) -> Change:
    return lambda sent: sent.json.pop(name)


def text(name: str, value: str) -> Change:
    """A text field, before the file and after what is there of this name."""

    def change(sent: Sent) -> None:
        sent.parts = [part for part in sent.parts if part.name != name]
        sent.parts.insert(0, Part(name, value.encode()))

    return change


def file_type(kind: str) -> Change:
    def change(sent: Sent) -> None:
        sent.parts[-1].type = kind

    return change


def file_field(name: str) -> Change:
    def change(sent: Sent) -> None:
        sent.parts[-1].name = name

    return change


def swapped(sent: Sent) -> None:
    sent.parts[0], sent.parts[1] = sent.parts[1], sent.parts[0]


def less(sent: Sent) -> None:
    sent.parts.pop(0)


def shorter(sent: Sent) -> None:
    sent.raw = sent.raw[:-1]


def jpeg(sent: Sent) -> None:
    sent.raw = b"\xff\xd8\xff" + sent.raw[3:]


def query(value: str) -> Change:
    def change(sent: Sent) -> None:
        sent.url = sent.url.partition("?")[0] + value

    return change


def path(old: str, new: str) -> Change:
    def change(sent: Sent) -> None:
        sent.url = sent.url.replace(old, new)

    return change


CASES: dict[str, Case] = {
    "figur": Case(bearer, flows.form("/v1/uploads", "file", lambda reply: reply["upload_key"]), wrong={
        "another field": ("upload", file_field("image")), "GIF": ("upload", file_type("image/gif")),
        "a field besides": ("upload", text("purpose", "x")),
    }),
    "eachlabs": Case(
        key_in("X-API-Key"),
        flows.put(
            "/api/v1/uploads",
            {"owner": "{owner}", "uploader": "customer", "file_type": "image", "content_type": "image/png"},
            "upload_url", "id", lambda reply: reply["required_headers"]),
        ("PENDING", "UPLOADING", "PROCESSING", "COMPLETED"), "ERROR", flows.eachlabs_status, wrong={
            "no owner": ("prepare", without("owner")), "an owner's form": ("prepare", field("owner", "acme")),
            "a duration of an image": ("prepare", field("audio_duration_seconds", 1.5)),
            "a type not listed": (
                "prepare", lambda sent: sent.json.update(file_type="video", content_type="video/matroska")),
            "a signed header absent": ("upload", header("x-amz-tagging", None)),
            "another type": ("upload", header("Content-Type", "image/jpeg")),
            "a header not signed": ("upload", header("x-amz-acl", "public-read")),
        }),
    "eachlabs-v1": Case(
        bearer,
        flows.put(
            "/v1/upload/presign", {"content_type": "image/png", "file_type": "image", "expires_in_seconds": 604800},
            "presigned_url", "id", lambda reply: reply["required_headers"] | {"Content-Type": "image/png"}),
        delete=flows.delete("/v1/files/"), deleted_again=204, wrong={
            "no type": ("prepare", without("content_type")),
            "text for a number": ("prepare", field("expires_in_seconds", "7")),
            "no Content-Type": ("upload", header("Content-Type", None)),
            "a required header absent": ("upload", header("x-amz-meta-file-id", None)),
        }),
    "replicate": Case(
        bearer, flows.form("/v1/files", "content", lambda reply: reply["id"], {"metadata": '{"a": 1}'}),
        delete=flows.delete("/v1/files/"), wrong={
            "another field": ("upload", file_field("file")),
            "metadata that is no JSON": ("upload", text("metadata", "a=1")),
        }),
    "fal": Case(
        key_in("Authorization", "Key {}"),
        flows.put(
            "/storage/upload/initiate?storage_type=fal-cdn-v3", {"content_type": "image/png", "file_name": "shot.png"},
            "upload_url", "file_url", lambda reply: {"Content-Type": "image/png"}),
        wrong={
            "no storage_type": ("prepare", query("")), "another storage_type": ("prepare", query("?storage_type=s3")),
            "no name": ("prepare", without("file_name")),
            "another type": ("upload", header("Content-Type", "image/gif")),
        }),
    "runway": Case(flows.runway_auth, flows.runway, wrong={
        "no version": ("prepare", header("X-Runway-Version", None)), "another kind": ("prepare", field("type", "kept")),
        "fields in another order": ("upload", swapped), "a field less": ("upload", less),
        "a signed header too many": ("upload", header("x-amz-acl", "private")),
    }),
    "openai": Case(
        bearer,
        flows.form("/files", "file", lambda reply: reply["id"], {
            "purpose": "vision", "expires_after[anchor]": "created_at", "expires_after[seconds]": "3600"}),
        ("uploaded", "processed"), "error", flows.openai_status, flows.delete("/files/"), wrong={
            "an unknown purpose": ("upload", text("purpose", "art")), "no purpose": ("upload", less),
            "too short a life": ("upload", text("expires_after[seconds]", "60")),
        }),
    "assemblyai": Case(key_in("Authorization"), flows.assemblyai, wrong={
        "Bearer": ("upload", lambda sent: sent.headers.update(Authorization="Bearer " + sent.headers["Authorization"])),
        "the file's type": ("upload", header("Content-Type", "audio/wav")),
    }),
    "heygen": Case(
        key_in("X-API-Key"), flows.form("/v3/assets", "file", lambda reply: reply["data"]["asset_id"]),
        delete=flows.delete("/v3/assets/"), wrong={
            "another type": ("upload", file_type("image/gif")), "a field besides": ("upload", text("name", "x")),
        }),
    "heygen-direct": Case(
        key_in("X-API-Key"), flows.heygen_direct, ("queued", "processing", "completed"), "failed", flows.heygen_status,
        flows.delete("/v3/assets/"), wrong={
            "no size": ("prepare", without("size_bytes")), "the size as text": ("prepare", field("size_bytes", "9")),
            "a byte less": ("upload", shorter), "an upload header absent": ("upload", header("If-None-Match", None)),
            "other bytes": ("upload", jpeg),
            "a checksum that differs": ("complete", field("checksum_sha256", "0" * 64)),
        }),
    "wavespeed": Case(bearer, flows.wavespeed, wrong={
        "the size as text": ("prepare", field("size", "9")), "a byte less": ("upload", shorter),
        "another type": ("upload", header("Content-Type", "image/gif")),
    }),
    "higgsfield": Case(
        key_in("Authorization", "Key {}"),
        flows.put(
            "/files/generate-upload-url", {"content_type": "image/png"}, "upload_url", "public_url",
            lambda reply: {"Content-Type": "image/png"}),
        wrong={
            "no type": ("prepare", without("content_type")),
            "no Content-Type": ("upload", header("Content-Type", None)),
        }),
    "mux": Case(
        flows.mux_auth, flows.mux, ("waiting", "asset_created"), "errored", flows.mux_status, flows.mux_delete, wrong={
            "no origin": ("prepare", without("cors_origin")), "too short a time": ("prepare", field("timeout", 5)),
            "another URL": ("upload", query("?upload_id=x")),
        }),
    "cloudflare-images": Case(
        bearer,
        flows.form("/accounts/{account}/images/v1", "file", lambda reply: reply["result"]["id"], {
            "metadata": "{}", "requireSignedURLs": "false"}),
        delete=flows.account_delete("images/v1"), wrong={
            "another account": ("upload", path("/accounts/", "/accounts/0")),
            "neither true nor false": ("upload", text("requireSignedURLs", "no")),
            "no image": ("upload", file_type("video/mp4")),
        }),
    "cloudflare-stream": Case(
        bearer, flows.stream, ("pendingupload", "inprogress", "ready"), "error", flows.stream_status,
        flows.account_delete("stream"), wrong={
            "no duration": ("prepare", without("maxDurationSeconds")),
            "the duration as text": ("prepare", field("maxDurationSeconds", "3600")),
            "another field": ("upload", file_field("video")), "a field besides": ("upload", text("name", "x")),
        }),
    "gemini": Case(
        key_in("x-goog-api-key"), flows.gemini, ("PROCESSING", "ACTIVE"), "FAILED", flows.gemini_status,
        flows.delete("/v1beta/"), wrong={
            "no protocol": ("prepare", header("X-Goog-Upload-Protocol", None)),
            "no length": ("prepare", header("X-Goog-Upload-Header-Content-Length", None)),
            "no end": ("upload", header("X-Goog-Upload-Command", "finalize")), "a byte less": ("upload", shorter),
            "an offset": ("upload", header("X-Goog-Upload-Offset", "1")),
        }),
    "elevenlabs-music": Case(
        key_in("xi-api-key"),
        flows.form("/v1/music/upload", "file", lambda reply: reply["song_id"], {"with_timestamps": "true"}), wrong={
            "neither true nor false": ("upload", text("with_timestamps", "1")),
            "another field": ("upload", file_field("audio")),
        }),
    "krea": Case(
        bearer, flows.form("/assets", "file", lambda reply: reply["id"], {"description": "a shot"}), wrong={
            "another type": ("upload", file_type("image/gif")), "a field besides": ("upload", text("name", "x")),
        }),
    "leonardo": Case(bearer, flows.leonardo, delete=flows.delete("/init-image/"), wrong={
        "another extension": ("prepare", field("extension", "gif")), "fields in another order": ("upload", swapped),
        "a field less": ("upload", less),
    }),
    "vidu": Case(key_in("Authorization", "Token {}"), flows.vidu, wrong={
        "another scene": ("prepare", field("scene", "film")),
        "no measure": ("upload", header("x-amz-meta-image-width", None)),
        "another ETag": ("complete", lambda sent: sent.json.update(etag=sent.json["etag"].strip('"'))),
        "no Content-Type": ("upload", header("Content-Type", None)),
    }),
}
