"""A real S3 server with enforced signatures (SeaweedFS), and boto3 beside it as presigner and as independent reader.

Prints one line of JSON with its own address, its keys and its bucket once it is ready, and with the URL of its control
plane:
  POST /presign  {"key", "content_type", "metadata", "tagging", "expires"} -> {"url", "headers", "id"}
  POST /read     {"key"} -> {"sha256", "bytes", "content_type", "metadata", "tags"}; 404 where there is no such object
"""
import ctypes
import hashlib
import http.server
import json
import pathlib
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time

import boto3
import botocore.exceptions
from botocore.config import Config

ACCESS, SECRET, BUCKET = "AKTEST", "SKTEST", "media"


def free_ports(count):
    """Below the range that the kernel gives to connections: other tests would take them meanwhile."""
    ports = []
    for port in random.sample(range(10000, 32000), 200):
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        ports.append(port)
        if len(ports) == count:
            return ports
    raise RuntimeError("no free ports")


def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def start(directory):
    config = pathlib.Path(directory, "s3.json")
    identity = {
        "name": "tests",
        "credentials": [{"accessKey": ACCESS, "secretKey": SECRET}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    config.write_text(json.dumps({"identities": [identity]}))
    names = ["master", "volume", "filer", "s3"]
    ports = free_ports(8)
    flags = [f"-{name}.port={ports[i]}" for i, name in enumerate(names)]
    flags += [f"-{name}.port.grpc={ports[4 + i]}" for i, name in enumerate(names)]
    # Off: these two have fixed ports, so that a machine could have one server only.
    flags += ["-s3.port.iceberg=0", "-s3.port.lance=0"]
    weed = pathlib.Path(sys.executable).parent / "weed"
    log = open(pathlib.Path(directory, "log"), "wb")
    process = subprocess.Popen(
        [weed, "server", f"-dir={directory}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3",
         f"-s3.config={config}", "-volume.max=8", "-master.volumeSizeLimitMB=1024", *flags],
        stdout=log, stderr=log, preexec_fn=die_with_parent,
    )
    return process, f"http://127.0.0.1:{ports[3]}"


def client(endpoint):
    return boto3.client(
        "s3", endpoint_url=endpoint, aws_access_key_id=ACCESS, aws_secret_access_key=SECRET, region_name="us-east-1",
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}, retries={"max_attempts": 0}),
    )


def create_bucket(s3, process, directory):
    deadline = time.monotonic() + 120
    while True:
        try:
            s3.create_bucket(Bucket=BUCKET)
            # Ready is what takes an object: the volumes come up after the gateway.
            s3.put_object(Bucket=BUCKET, Key="ready", Body=b"1")
            return
        except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError):
            if time.monotonic() > deadline or process.poll() is not None:
                print(pathlib.Path(directory, "log").read_text()[-2000:], file=sys.stderr)
                raise
            time.sleep(0.1)


class Control(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            status, answer = 200, getattr(self, self.path.strip("/"))(asked)
        except botocore.exceptions.ClientError as error:
            status, answer = 404, {"error": str(error)}
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def presign(self, asked):
        params = {"Bucket": BUCKET, "Key": asked["key"], "ContentType": asked["content_type"]}
        headers = {"Content-Type": asked["content_type"]}
        if asked.get("metadata"):
            params["Metadata"] = asked["metadata"]
            headers |= {f"x-amz-meta-{name}": value for name, value in asked["metadata"].items()}
        if asked.get("tagging"):
            params["Tagging"] = asked["tagging"]
            headers["x-amz-tagging"] = asked["tagging"]
        url = self.s3.generate_presigned_url("put_object", Params=params, ExpiresIn=asked.get("expires", 900))
        return {"url": url, "headers": headers, "id": asked["key"]}

    def read(self, asked):
        found = self.s3.get_object(Bucket=BUCKET, Key=asked["key"])
        digest, count = hashlib.sha256(), 0
        for part in found["Body"].iter_chunks(1 << 20):
            digest.update(part)
            count += len(part)
        tags = self.s3.get_object_tagging(Bucket=BUCKET, Key=asked["key"])["TagSet"]
        return {
            "sha256": digest.hexdigest(), "bytes": count, "content_type": found["ContentType"],
            "metadata": found["Metadata"], "tags": {tag["Key"]: tag["Value"] for tag in tags},
        }

    def log_message(self, *_):
        pass


with tempfile.TemporaryDirectory() as directory:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    process, endpoint = start(directory)
    Control.s3 = client(endpoint)
    create_bucket(Control.s3, process, directory)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Control)
    print(json.dumps({
        "endpoint": endpoint, "access_key": ACCESS, "secret_key": SECRET, "bucket": BUCKET,
        "control": f"http://127.0.0.1:{server.server_port}",
    }), flush=True)
    server.serve_forever()
