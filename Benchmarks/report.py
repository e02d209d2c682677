"""report.py --results DIRECTORY --readme FILE --page FILE --svg FILE: writes what was measured last of each part: a
picture for the README, and tables for the page."""
import argparse
import datetime
import json
import math
import os
import pathlib
import re
import sys

from figures import show_number

# ---- The table


def table_lines(rows):
    cells = [["", "against", "hoist", "peer", "ratio", "wanted", "met"]]
    for row in rows:
        name = [row["what"], row["against"]]
        for line in row["lines"]:
            cells.append(name + [
                line["hoist"], line["peer"], line["ratio"], line["wanted"], "yes" if line["met"] else "**no**"])
            # Said once for all figures of a row.
            name = ["", ""]
    return aligned(cells, numbers=range(2, 6))


def aligned(cells, numbers):
    widths = [max(map(len, column)) for column in zip(*cells)]
    lines = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in cells]
    # Numbers are read from the right.
    rule = "|".join("-" * (width + 1) + (":" if index in numbers else "-") for index, width in enumerate(widths))
    return [lines[0], f"|{rule}|", *lines[1:]]


FIXED_SHOWN = ["1", "8", "64", "256"]


def fixed_time(row, jobs):
    if jobs not in row["fixed"]:
        return ""
    run = row["fixed"][jobs]
    if not run:
        return "slow"
    lost = row["files"] - run["ok"]
    return f"{run['seconds']:.1f} s" + (f", {lost:,} lost" if lost else "")


def scenario_lines(rows):
    cells = [["", "files", *(f"-j {jobs}" for jobs in FIXED_SHOWN), "best", "auto", "ratio", "refused", "lost", "met"]]
    for row in rows:
        cells.append([
            row["scenario"], f"{row['files']:,}", *(fixed_time(row, jobs) for jobs in FIXED_SHOWN),
            f"{row['best_seconds']:.2f} s ({row['best']})", f"{row['seconds']:.2f} s",
            f"{row['seconds'] / row['best_seconds']:.2f}×", f"{row['refused']:.1%}", str(row["lost"]),
            "yes" if row["met"] else "**no**"])
    return aligned(cells, numbers=range(1, 11))


# ---- The plot: how many times as fast as each peer, on a log scale around 1; what was done with all of them is one group

PLOT_WIDTH, NAMES_WIDTH, ROW_HEIGHT, GROUP_GAP, TOP, RIGHT = 860, 250, 19, 30, 34, 60
# Readable on light and on dark: an SVG in a page cannot know which of the two the page is.
TEXT, FAINT, FASTER, SLOWER = "#7a828e", "#7a828e55", "#2f8fdd", "#d9822b"
TICKS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500]


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def scale_of(speeds):
    """Where a speed is on the x axis, and the ticks of that axis: from the tick below all to the tick above all."""
    low = max((tick for tick in TICKS if tick <= min(1, *speeds)), default=TICKS[0])
    high = min((tick for tick in TICKS if tick >= max(1, *speeds)), default=TICKS[-1])
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
    start, end = x(1), x(row["speed"])
    lost = row["lost"]["peer"]
    return [
        svg_text(NAMES_WIDTH - 16, y + 13, row["against"], "end"),
        f'<rect x="{min(start, end):.1f}" y="{y + 2}" width="{max(abs(end - start), 1):.1f}" height="14" rx="2" '
        f'fill="{FASTER if end >= start else SLOWER}"/>',
        # Right of both kinds of bars: left of them are the names.
        svg_text(max(start, end) + 7, y + 13,
                 f"{show_number(row['speed'])}×" + (f", and it lost {lost:,} files" if lost else "")),
    ]


def grouped(rows):
    groups = {}
    for row in rows:
        groups.setdefault(row["what"], []).append(row)
    return groups


def plot(rows):
    x, ticks = scale_of([row["speed"] for row in rows])
    bars, y = [], TOP
    for what, group in grouped(rows).items():
        bars.append(svg_text(NAMES_WIDTH - 16, y + 22, what, "end", ' font-weight="600"'))
        y += GROUP_GAP
        for row in group:
            bars += svg_bar(x, y, row)
            y += ROW_HEIGHT
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {PLOT_WIDTH} {y + 10}" font-size="13" '
        f'fill="{TEXT}" font-family="system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif">',
        "<title>How many times as fast as its peers hoist is</title>",
        *(svg_tick(x(tick), y, tick) for tick in ticks), *bars, "</svg>", ""])


# ---- The report


def machine():
    """What a reader has to know of the machine, and nothing that names it."""
    model = re.search(r"^model name\s*: (.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return f"{model[1] if model else os.uname().machine}, {os.cpu_count()} cores"


def put_between_markers(path, name, text):
    document = path.read_text()
    before, marker, rest = document.partition(f"<!-- {name} -->\n")
    _, end_marker, after = rest.partition(f"<!-- /{name} -->")
    if not marker or not end_marker:
        sys.exit(f"report.py: {path.name} has no {name} markers")
    path.write_text(before + marker + text + end_marker + after)


def rows_of(directory, part):
    path = directory / part
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def date_of(directory, part):
    return datetime.date.fromtimestamp((directory / part).stat().st_mtime)


def report(options):
    for part in ["program", "client", "instructions", "large", "growth", "links", "storage", "scenarios"]:
        rows = rows_of(options.results, part)
        if not rows:
            continue
        table = "\n".join(scenario_lines(rows) if part == "scenarios" else table_lines(rows))
        print(table)
        put_between_markers(options.page, part, f"{date_of(options.results, part)}, on {machine()}:\n\n{table}\n")
    pictured = [row for row in rows_of(options.results, "links") if row["picture"]]
    if pictured:
        options.svg.write_text(plot(pictured))
        put_between_markers(options.readme, "benchmark", (
            "![How many times as fast as its peers hoist is]"
            f"({os.path.relpath(options.svg, options.readme.parent)})\n"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ["results", "readme", "page", "svg"]:
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    report(parser.parse_args())


main()
