"""Runs programs that upload through a proxy that breaks requests, and compares what they say with what is stored.

reliability.py run OPTIONS -- COMMAND ...    one run of one program, added to the file of results
reliability.py report OPTIONS                the table of all programs, for docs/reliability.md

What is stored is read back from the server itself, past the proxy: no program is taken at its own word.
"""
import argparse
import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

LIMIT = 900


# ---- What a program says it has stored: the names of the files


def names(files):
    return {pathlib.Path(file).name for file in files}


def records(output):
    return [record for record in map(json.loads, output.splitlines()) if record["ok"]]


def said_by_hoist(finished, _):
    return names(record["file"] for record in records(finished.stdout))


def said_by_curl(finished, _):
    """Lines of `--write-out "%{exitcode} %{http_code} %{url}"`."""
    lines = [line.split(" ") for line in finished.stdout.splitlines()]
    return names(url.split("?")[0] for code, status, url in lines if code == "0" and status[0] == "2")


def said_by_s5cmd(finished, _):
    return names(line["source"] for line in map(json.loads, finished.stdout.splitlines()) if line.get("success"))


def said_by_rclone(finished, files):
    """Exit code 0 says that all files are there: those that it found there on a later try it does not mention."""
    if finished.returncode == 0:
        return set(files)
    lines = [json.loads(line) for line in finished.stderr.splitlines() if line.startswith("{")]
    return names(line["object"] for line in lines if line["msg"].startswith("Copied ("))


# ---- What is stored


def content(url):
    try:
        return urllib.request.urlopen(url).read()
    except urllib.error.HTTPError:
        return None


def stored_in_bucket(options, files, _):
    import boto3
    from botocore.config import Config

    s3 = boto3.client(
        "s3", endpoint_url=options.endpoint, region_name="us-east-1",
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}))
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=options.bucket, Prefix=options.prefix + "/")
    keys = [entry["Key"] for page in pages for entry in page.get("Contents", [])]
    bodies = {pathlib.Path(key).name: s3.get_object(Bucket=options.bucket, Key=key)["Body"].read() for key in keys}
    return {name for name, file in files.items() if bodies.get(name) == file.read_bytes()}


def stored_in_sandbox(options, files, output):
    """The files whose record leads to their bytes, and those that arrived without a record that says so."""
    led = {}
    for record in records(output):
        led[pathlib.Path(record["file"]).name] = content(record.get("public_url") or record["image_url"])
    arrived = set()
    for seen in json.loads(content(options.sandbox + "/sandbox/requests")):
        if seen["status"] == 200 and seen["kind"] in ("put", "figur"):
            body = pathlib.Path(seen["body_path"]).read_bytes()
            arrived.add(digest(body if seen["kind"] == "put" else form_content(body)))
    return {
        name for name, file in files.items()
        if (led[name] == file.read_bytes() if name in led else digest(file.read_bytes()) in arrived)
    }


def digest(data):
    return hashlib.sha256(data).digest()


def form_content(form):
    """What is between the only part's head and the closing boundary."""
    return form[form.index(b"\r\n\r\n") + 4:form.rindex(b"\r\n--")]


# ---- One run


def run(options, command):
    files = {path.name: path for path in map(pathlib.Path, options.files.read_text().splitlines())}
    start = time.perf_counter()
    finished = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=LIMIT)
    seconds = time.perf_counter() - start
    said = SAID[options.said](finished, files)
    where = stored_in_sandbox if options.sandbox else stored_in_bucket
    stored = where(options, files, finished.stdout)
    faults = [json.loads(line)["fault"] for line in options.log.read_text().splitlines()]
    row = {
        "what": options.what, "files": len(files), "stored": len(stored), "said": len(said),
        "lies": len(said - stored), "seconds": seconds, "exit": finished.returncode,
        "requests": len(faults), "faults": sum(fault != "nothing" for fault in faults),
    }
    with open(options.results, "a") as results:
        print(json.dumps(row), file=results)
    print(json.dumps(row), file=sys.stderr)
    if not said and not stored:
        sys.exit(f"reliability.py: nothing was done: {finished.stderr[-2000:]}")


# ---- The table


def table_lines(rows):
    cells = [["", "stored", "said ok", "said ok, but not stored", "time"]]
    for what in dict.fromkeys(row["what"] for row in rows):
        runs = [row for row in rows if row["what"] == what]
        files, stored, said, lies = (sum(row[name] for row in runs) for name in ("files", "stored", "said", "lies"))
        seconds = sorted(row["seconds"] for row in runs)[len(runs) // 2]
        cells.append([
            what, f"{stored:,} of {files:,}" if stored == files else f"**{stored:,}** of {files:,}", f"{said:,}",
            f"**{lies}**" if lies else "0", f"{seconds:.1f} s"])
    widths = [max(map(len, column)) for column in zip(*cells)]
    lines = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in cells]
    rule = "|".join("-" * (width + 1) + (":" if index else "-") for index, width in enumerate(widths))
    return [lines[0], f"|{rule}|", *lines[1:]]


def machine():
    model = re.search(r"^model name\s*: (.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return f"{model[1] if model else os.uname().machine}, {os.cpu_count()} cores"


def report(options):
    rows = [json.loads(line) for line in options.results.read_text().splitlines()]
    table = "\n".join(table_lines(rows))
    print(table)
    requests, faults = (sum(row[name] for row in rows) for name in ("requests", "faults"))
    runs = len(rows) // len({row["what"] for row in rows})
    text = (
        f"{datetime.date.today()}, on {machine()}; {runs} runs of {rows[0]['files']} files each, times are medians; "
        f"{faults:,} of {requests:,} requests went wrong:\n\n{table}\n")
    before, marker, rest = options.page.read_text().partition("<!-- reliability -->\n")
    _, end_marker, after = rest.partition("<!-- /reliability -->")
    if not marker or not end_marker:
        sys.exit(f"reliability.py: {options.page} has no markers")
    options.page.write_text(before + marker + text + end_marker + after)


SAID = {"hoist": said_by_hoist, "curl": said_by_curl, "s5cmd": said_by_s5cmd, "rclone": said_by_rclone}


def parsed(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    one = actions.add_parser("run")
    one.add_argument("--what", required=True)
    one.add_argument("--said", required=True, choices=SAID)
    one.add_argument("--files", type=pathlib.Path, required=True, help="the paths, one a line")
    one.add_argument("--log", type=pathlib.Path, required=True, help="the proxy's")
    one.add_argument("--sandbox", help="its URL; without it, the files are in a bucket")
    for name in ("endpoint", "bucket", "prefix"):
        one.add_argument("--" + name)
    everything = actions.add_parser("report")
    everything.add_argument("--page", type=pathlib.Path, required=True)
    for action in (one, everything):
        action.add_argument("--results", type=pathlib.Path, required=True)
    return parser.parse_args(arguments)


def main():
    arguments = sys.argv[1:]
    dashes = arguments.index("--") if "--" in arguments else len(arguments)
    options = parsed(arguments[:dashes])
    if options.action == "run":
        run(options, arguments[dashes + 1:])
    else:
        report(options)


main()
