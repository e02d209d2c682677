"""Measures hoist and a peer in turn, and shows what came of it.

measure.py compare OPTIONS -- HOIST ... -- PEER ...   measures one row, and adds it to the file of results
measure.py report OPTIONS                             prints all rows as a table; writes it and its plot for the README

`{round}` in a command is the round's number; round 0 is not measured.
"""
import argparse
import datetime
import json
import math
import os
import pathlib
import re
import socket
import subprocess
import sys
import time

# ---- Measuring


def run(command):
    """Wall and CPU seconds and peak memory in bytes, what the command started and waited for included. It has to
    succeed."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
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
    result = run([word.replace("{round}", str(round_number)) for word in command])
    if options.uploads is not None:
        arrived = uploads_since_last_asked(options.server)
        if arrived != options.uploads:
            sys.exit(f"measure.py: {pathlib.Path(command[0]).name} uploaded {arrived} of {options.uploads} files")
    return result


def median(values):
    return sorted(values)[len(values) // 2]


def median_of_each_figure(results):
    return {figure: median([result[figure] for result in results]) for figure in results[0]}


def compare(options, commands):
    results = [[], []]
    for round_number in range(options.rounds + 1):
        # In turn, so that what else the machine does hits both alike.
        for command, measured in zip(commands, results):
            result = checked_run(command, round_number, options)
            if round_number > 0:
                measured.append(result)
    hoist, peer = map(median_of_each_figure, results)
    row = {
        "what": options.what, "against": options.against, "work": options.work, "unit": options.unit,
        "limits": {figure: getattr(options, figure) for figure in FIGURES}, "hoist": hoist, "peer": peer,
    }
    with open(options.results, "a") as file:
        print(json.dumps(row), file=file)
    shown = [f"{figure.show_ratio(row)}, wanted {figure.wanted.format(limit)}" for figure, limit in wanted_figures(row)]
    print(f"{options.what}, against {options.against}: {'; '.join(shown)}", file=sys.stderr)


# ---- Figures: what one row of measurements says, each with its limit


def show_number(number):
    return f"{number:,.{2 if number < 10 else 1 if number < 100 else 0}f}"


def show_seconds(seconds):
    return f"{show_number(seconds * 1000)} ms" if seconds < 1 else f"{show_number(seconds)} s"


def show_memory(size):
    return f"{show_number(size / 2**20)} MiB"


def speed(row):
    return row["peer"]["seconds"] / row["hoist"]["seconds"]


def show_speed(row, who):
    seconds = row[who]["seconds"]
    return f"{row['work'] / seconds:,.0f} {row['unit']}/s" if row["work"] else show_seconds(seconds)


def quotient(figure):
    return lambda row: row["hoist"][figure] / row["peer"][figure]


class Figure:
    def __init__(self, words, show, ratio, wanted, judged=None):
        self.words, self.show, self.ratio, self.wanted = words, show, ratio, wanted
        # What is held against the limit, where that is not the ratio.
        self.judged = judged or ratio

    def show_ratio(self, row):
        return f"{show_number(self.ratio(row))}× {self.words}"

    def meets(self, row, limit):
        judged = self.judged(row)
        return judged >= limit if self.wanted.startswith("≥") else judged <= limit


FIGURES = {
    "speed_at_least": Figure("as fast", show_speed, speed, "≥ {:g}×"),
    "time_at_most": Figure(
        "the time", lambda row, who: show_seconds(row[who]["seconds"]), quotient("seconds"), "≤ {:g}×"),
    "cpu_at_most": Figure("the CPU", lambda row, who: show_seconds(row[who]["cpu"]), quotient("cpu"), "≤ {:g}×"),
    "memory_at_most": Figure(
        "the memory", lambda row, who: show_memory(row[who]["memory"]), quotient("memory"), "≤ {:g} MiB",
        judged=lambda row: row["hoist"]["memory"] / 2**20),
}


def wanted_figures(row):
    return [(FIGURES[name], limit) for name, limit in row["limits"].items() if limit is not None]


# ---- The table


def table_lines(rows):
    cells = [["", "against", "hoist", "peer", "ratio", "wanted", "met"]]
    for row in rows:
        name = [row["what"], row["against"]]
        for figure, limit in wanted_figures(row):
            cells.append(name + [
                figure.show(row, "hoist"), figure.show(row, "peer"), figure.show_ratio(row),
                figure.wanted.format(limit), "yes" if figure.meets(row, limit) else "**no**"])
            # Said once for all figures of a row.
            name = ["", ""]
    widths = [max(map(len, column)) for column in zip(*cells)]
    lines = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in cells]
    # Numbers are read from the right.
    rule = "|".join("-" * (width + 1) + (":" if 2 <= index <= 5 else "-") for index, width in enumerate(widths))
    return [lines[0], f"|{rule}|", *lines[1:]]


# ---- The plot: how many times as fast as the peer, on a log scale around 1

PLOT_WIDTH, NAMES_WIDTH, ROW_HEIGHT, TOP, RIGHT = 860, 250, 42, 34, 60
# Readable on light and on dark: an SVG in a page cannot know which of the two the page is.
TEXT, FAINT, FASTER, SLOWER = "#7a828e", "#7a828e55", "#2f8fdd", "#d9822b"
TICKS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500]


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def scale_of(speeds):
    """Where a speed is on the x axis, and the ticks of that axis: from the tick below all to the tick above all."""
    low = max((tick for tick in TICKS if tick <= min(speeds)), default=TICKS[0])
    high = min((tick for tick in TICKS if tick >= max(speeds)), default=TICKS[-1])
    width = (PLOT_WIDTH - NAMES_WIDTH - RIGHT) / math.log(high / low)
    return lambda speed: NAMES_WIDTH + math.log(speed / low) * width, [tick for tick in TICKS if low <= tick <= high]


def svg_text(x, y, text, anchor="start", style=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{style}>{escaped(text)}</text>'


def svg_tick(x, bottom, tick):
    # The line at 1 is what the bars start from.
    colour, width = (TEXT, 1.5) if tick == 1 else (FAINT, 1)
    line = f'<path d="M{x:.1f} {TOP - 6}V{bottom}" stroke="{colour}" stroke-width="{width}"/>'
    return line + svg_text(x, TOP - 12, f"{tick:g}×", "middle")


def svg_bar(x, y, row):
    start, end = x(1), x(speed(row))
    colour = FASTER if end >= start else SLOWER
    return [
        svg_text(NAMES_WIDTH - 16, y + 17, row["what"], "end"),
        svg_text(NAMES_WIDTH - 16, y + 33, f"against {row['against']}", "end", ' font-size="11" opacity="0.85"'),
        f'<rect x="{min(start, end):.1f}" y="{y + 10}" width="{max(abs(end - start), 1):.1f}" height="22" rx="2" '
        f'fill="{colour}"/>',
        # Right of both kinds of bars: left of them are the names.
        svg_text(max(start, end) + 7, y + 26, f"{show_number(speed(row))}×", style=' font-weight="600"'),
    ]


def plot(rows):
    rows = [row for row in rows if row["limits"]["speed_at_least"] is not None]
    x, ticks = scale_of([speed(row) for row in rows])
    bottom = TOP + len(rows) * ROW_HEIGHT
    parts = [svg_tick(x(tick), bottom, tick) for tick in ticks]
    for index, row in enumerate(rows):
        parts += svg_bar(x, TOP + index * ROW_HEIGHT, row)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {PLOT_WIDTH} {bottom + 10}" font-size="13" '
        f'fill="{TEXT}" font-family="system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif">',
        "<title>How many times as fast as its peers hoist is</title>", *parts, "</svg>", ""])


# ---- The report


def machine():
    """What a reader has to know of the machine, and nothing that names it."""
    model = re.search(r"^model name\s*: (.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return f"{model[1] if model else os.uname().machine}, {os.cpu_count()} cores"


def put_between_markers(document, text):
    before, marker, rest = document.partition("<!-- benchmark -->\n")
    _, end_marker, after = rest.partition("<!-- /benchmark -->")
    if not marker or not end_marker:
        sys.exit("measure.py: the README has no benchmark markers")
    return before + marker + text + end_marker + after


def report(options):
    rows = [json.loads(line) for line in options.results.read_text().splitlines()]
    table = "\n".join(table_lines(rows))
    print(table)
    readme = options.readme
    options.svg.parent.mkdir(exist_ok=True)
    options.svg.write_text(plot(rows))
    text = (
        f"![How many times as fast as its peers hoist is]({os.path.relpath(options.svg, readme.parent)})\n\n"
        f"Medians of {datetime.date.today()}, on {machine()}:\n\n{table}\n")
    readme.write_text(put_between_markers(readme.read_text(), text))


def parsed(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    one = actions.add_parser("compare")
    one.add_argument("--what", required=True)
    one.add_argument("--against", required=True)
    one.add_argument("--rounds", type=int, default=5, help="an odd number")
    one.add_argument("--work", type=int, help="how much is done, to show a rate instead of a time")
    one.add_argument("--unit", default="files")
    one.add_argument("--server", help="the discarding server's URL")
    one.add_argument("--uploads", type=int, help="how many files have to arrive there")
    for name in FIGURES:
        one.add_argument("--" + name.replace("_", "-"), type=float)
    everything = actions.add_parser("report")
    everything.add_argument("--readme", type=pathlib.Path, required=True)
    everything.add_argument("--svg", type=pathlib.Path, required=True)
    for action in (one, everything):
        action.add_argument("--results", type=pathlib.Path, required=True)
    return parser.parse_args(arguments)


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
    options = parsed(arguments)
    if options.action == "report":
        report(options)
    else:
        compare(options, commands)


main()
