"""presign.py ENDPOINT BUCKET PREFIX: presigns a PUT of every PNG file whose path is on standard input, and prints the
replies as `hoist put --presigned` reads them. The keys are those of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."""
import json
import pathlib
import sys

import boto3
from botocore.config import Config

endpoint, bucket, prefix = sys.argv[1:]
s3 = boto3.client(
    "s3", endpoint_url=endpoint, region_name="us-east-1",
    config=Config(signature_version="s3v4", s3={"addressing_style": "path"}))
for line in sys.stdin:
    path = line.rstrip("\n")
    asked = {"Bucket": bucket, "Key": f"{prefix}/{pathlib.Path(path).name}", "ContentType": "image/png"}
    url = s3.generate_presigned_url("put_object", Params=asked, ExpiresIn=12 * 3600)
    print(json.dumps({"file": path, "upload_url": url, "required_headers": {"Content-Type": "image/png"}}))
