"""measure.py OPTIONS -- HOIST ... -- PEER ...: measures hoist and a peer in turn, and adds a row to the file of results.

`{round}` in a command is the round's number; round 0 is not measured.
"""
import argparse
import json
import os
import pathlib
import shlex
import socket
import subprocess
import sys
import time

from figures import FIGURES, lines, said, speed


def run(command, may_fail=False):
    """Wall and CPU seconds and peak memory in bytes, what the command started and waited for included."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL if may_fail else None)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0 and not may_fail:
        sys.exit(f"measure.py: {pathlib.Path(command[0]).name} ended with {process.returncode}")
    # The kernel counts the fork of this program in: less than its own dozen MiB cannot be told.
    return {"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss * 1024}


def uploads_since_last_asked(server):
    # By hand, since Python's HTTP client takes more memory than some of what is measured, see `run`.
    address, port = server.removeprefix("http://").split(":")
    with socket.create_connection((address, int(port))) as connection:
        connection.sendall(b"GET /uploads HTTP/1.1\r\n\r\n")
        return int(connection.recv(4096).split(b"\r\n\r\n")[1])


def checked_run(command, round_number, options):
    """The server counts what arrived: no program is taken at its own word."""
    result = run([word.replace("{round}", str(round_number)) for word in command], options.may_fail)
    if options.uploads is not None:
        arrived = uploads_since_last_asked(options.server)
        if arrived != options.uploads and not options.may_fail:
            sys.exit(f"measure.py: {pathlib.Path(command[0]).name} uploaded {arrived} of {options.uploads} files")
        result["lost"] = max(0, options.uploads - arrived)
    return result


def median(values):
    return sorted(values)[len(values) // 2]


def median_of_each_figure(results):
    return {figure: median([result[figure] for result in results]) for figure in results[0]}


def measured(options, commands):
    results = [[], []]
    for round_number in range(0 if options.warm_up else 1, options.rounds + 1):
        if options.before:
            subprocess.run(shlex.split(options.before), check=True)
        # In turn, so that what else the machine does hits both alike.
        for command, its_results in zip(commands, results):
            result = checked_run(command, round_number, options)
            if round_number > 0:
                its_results.append(result)
    return map(median_of_each_figure, results)


def compare(options, commands):
    hoist, peer = measured(options, commands)
    row = {"work": options.work, "unit": options.unit, "round_trip": options.round_trip,
           "limits": {figure: getattr(options, figure) for figure in FIGURES}, "hoist": hoist, "peer": peer}
    result = {"what": options.what, "against": options.against, "speed": speed(row), "picture": options.picture,
              "lost": {"hoist": hoist.get("lost", 0), "peer": peer.get("lost", 0)}, "lines": lines(row)}
    with open(options.results, "a") as file:
        print(json.dumps(result), file=file)
    print(f"{options.what}, against {options.against}: {said(result)}", file=sys.stderr)


def parsed(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=pathlib.Path, required=True)
    parser.add_argument("--what", required=True)
    parser.add_argument("--against", required=True)
    parser.add_argument("--rounds", type=int, default=5, help="an odd number")
    parser.add_argument("--no-warm-up", dest="warm_up", action="store_false", help="for what takes long")
    parser.add_argument("--quick", action="store_true", help="one round, to see that all is in order")
    parser.add_argument("--before", help="a command that is run before every pair of runs, and not measured")
    parser.add_argument("--work", type=float, help="how much is done, to show a rate instead of a time")
    parser.add_argument("--unit", default="files")
    parser.add_argument("--round-trip", type=float, help="of the link, in ms")
    parser.add_argument("--server", help="the discarding server's URL")
    parser.add_argument("--uploads", type=int, help="how many files have to arrive there")
    parser.add_argument("--may-fail", action="store_true", help="what did not arrive is counted")
    parser.add_argument("--picture", action="store_true", help="the row is in the README's picture")
    for name in FIGURES:
        parser.add_argument("--" + name.replace("_", "-"), type=float)
    options = parser.parse_args(arguments)
    if options.quick:
        options.rounds, options.warm_up = 1, False
    return options


def split_at_dashes(words):
    lists = [[]]
    for word in words:
        if word == "--":
            lists.append([])
        else:
            lists[-1].append(word)
    return lists


def main():
    arguments, *commands = split_at_dashes(sys.argv[1:])
    compare(parsed(arguments), commands)


if __name__ == "__main__":
    main()
