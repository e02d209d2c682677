"""growth.py --hoist PROGRAM --directory DIRECTORY --results FILE: what a million files cost hoist, beyond what a tenth of
them do. The service is at FIGUR_BASE_URL. The files take 5 GiB in DIRECTORY, which is removed at the end."""
import argparse
import itertools
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

from figures import line_alone, said, show_memory, show_seconds


def make_files(directory, count, names):
    """The smallest that hoist takes: what counts here is how many they are. Their names go into a file and not through
    this program: what it has in memory when it starts hoist counts as hoist's (Linux, ru_maxrss)."""
    with names.open("w") as output:
        subprocess.run(
            [sys.executable, pathlib.Path(__file__).with_name("make_files.py"), directory, str(count), "64", "64"],
            check=True, stdout=output)


def run(command):
    """Seconds to the first record and to the end, and peak memory in bytes."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    process.stdout.readline()
    first = time.perf_counter() - start
    while process.stdout.read(1 << 20):
        pass
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"growth.py: hoist ended with {process.returncode}")
    return {"first": first, "seconds": time.perf_counter() - start, "memory": usage.ru_maxrss * 1024}


def memory_line(few, many, more_files, limit):
    slope = (many["memory"] - few["memory"]) / more_files
    return line_alone(f"{slope:.0f} bytes a file ({show_memory(many['memory'])})", slope, limit, "bytes a file")


def add_row(options, what, lines):
    row = {"what": what, "against": "", "lines": lines}
    with options.results.open("a") as results:
        print(json.dumps(row), file=results)
    print(f"{what}: {said(row)}", file=sys.stderr)


def measure(options):
    all_of_them, some = options.files, options.files // 10
    lists = {count: options.directory / f"list-{count}" for count in (some, all_of_them)}
    options.directory.mkdir()
    make_files(options.directory / "files", all_of_them, lists[all_of_them])
    with lists[all_of_them].open() as names, lists[some].open("w") as first:
        first.writelines(itertools.islice(names, some))

    def upload(count):
        return run([options.hoist, "upload", "--quiet", "--to", "figur", "--files-from", lists[count],
                    "--journal", options.directory / f"journal-{count}"])

    few, many = upload(some), upload(all_of_them)
    add_row(options, f"{all_of_them:,} files from a list, with a journal", [
        memory_line(few, many, all_of_them - some, 250),
        line_alone(f"first record after {show_seconds(many['first'])}", many["first"], 2, "s")])
    # All of it is done: what is left is to read the journal, and to look at each file.
    few, many = upload(some), upload(all_of_them)
    add_row(options, "The same again: all are done", [
        memory_line(few, many, all_of_them - some, 400),
        line_alone(show_seconds(many["seconds"]), many["seconds"], 15, "s")])
    walk = run([options.hoist, "inspect", "--quiet", "--recursive", options.directory, "--include", "*.png"])
    add_row(options, f"{all_of_them:,} files in a directory", [
        line_alone(f"first record after {show_seconds(walk['first'])}", walk["first"], 2, "s")])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ["hoist", "directory", "results"]:
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--files", type=int, default=1_000_000)
    options = parser.parse_args()
    try:
        measure(options)
    finally:
        shutil.rmtree(options.directory, ignore_errors=True)


main()
