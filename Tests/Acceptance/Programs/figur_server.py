"""Figur's own framework with the contract's schema: what FastAPI's multipart parser makes of an upload.

POST /v1/uploads as documented; POST /strict/v1/uploads wants a field that hoist does not send, for FastAPI's own 422.
GET /seen tells what the last upload was. Prints one line of JSON with its base URL once it listens.
"""
import hashlib
import json
import socket

import fastapi
import fastapi.security
import pydantic
import uvicorn

KEY = "sk_test_fastapi"
app = fastapi.FastAPI()
seen = {}


class UploadResponse(pydantic.BaseModel):
    upload_key: str
    image_url: str


def authorized(credentials=fastapi.Security(fastapi.security.HTTPBearer(auto_error=False))):
    if credentials is None or credentials.credentials != KEY:
        raise fastapi.HTTPException(401, "Invalid API key")


@app.post("/v1/uploads", response_model=UploadResponse, dependencies=[fastapi.Depends(authorized)])
async def upload_v1_uploads_post(file: fastapi.UploadFile):
    content = await file.read()
    seen.update(
        filename=file.filename, content_type=file.content_type, bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return UploadResponse(upload_key=f"inputs/{seen['sha256'][:12]}", image_url="http://127.0.0.1/preview")


@app.post("/strict/v1/uploads", response_model=UploadResponse, dependencies=[fastapi.Depends(authorized)])
async def strict(file: fastapi.UploadFile, project: int = fastapi.Form(), tags: list[int] = fastapi.Form()):
    raise AssertionError("never valid")


@app.get("/seen")
async def last():
    return seen


listener = socket.create_server(("127.0.0.1", 0))
base = f"http://127.0.0.1:{listener.getsockname()[1]}"
print(json.dumps({"base_url": base, "key": KEY}), flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listener])
