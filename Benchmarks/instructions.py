"""instructions.py OPTIONS -- HOIST ... -- PEER ...: how many instructions a file more costs hoist and a peer, by callgrind.
`{count}` in a command is the number of files: FEW in one run and twice as many in another, and the difference counts."""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

from figures import said
from measure import split_at_dashes

FEW = 1000
# Else callgrind counts each byte that `rep stosb` writes as an instruction.
TUNABLES = "glibc.cpu.x86_rep_stosb_threshold=1000000000:glibc.cpu.x86_rep_movsb_threshold=1000000000"


def instructions(command, count):
    words = [word.replace("{count}", str(count)) for word in command]
    ended = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *words], stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=os.environ | {"GLIBC_TUNABLES": TUNABLES})
    collected = re.search(r"Collected : (\d+)", ended.stderr)
    if ended.returncode != 0 or not collected:
        sys.exit(f"instructions.py: {pathlib.Path(words[0]).name} ended with {ended.returncode}: {ended.stderr[-1000:]}")
    return int(collected[1])


def a_file_more(command):
    return (instructions(command, 2 * FEW) - instructions(command, FEW)) / FEW


def main():
    arguments, hoist, peer = split_at_dashes(sys.argv[1:])
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=pathlib.Path, required=True)
    parser.add_argument("--what", required=True)
    parser.add_argument("--against", required=True)
    parser.add_argument("--at-most", type=float, required=True, help="thousand instructions a file")
    options = parser.parse_args(arguments)
    own, others = a_file_more(hoist) / 1000, a_file_more(peer) / 1000
    row = {"what": options.what, "against": options.against, "lines": [{
        "hoist": f"{own:,.0f} thousand", "peer": f"{others:,.0f} thousand",
        "ratio": f"{own / others:.2f}× the instructions", "wanted": f"≤ {options.at_most:g}", "met": own <= options.at_most}]}
    with options.results.open("a") as results:
        print(json.dumps(row), file=results)
    print(f"{options.what}, against {options.against}: {said(row)}", file=sys.stderr)


main()
