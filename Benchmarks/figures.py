"""What a row of measurements says: figures of hoist and its peer, each with its limit, as the lines of a table."""


def show_number(number):
    return f"{number:,.{2 if number < 10 else 1 if number < 100 else 0}f}"


def show_seconds(seconds):
    return f"{show_number(seconds * 1000)} ms" if seconds < 1 else f"{show_number(seconds)} s"


def show_memory(size):
    return f"{show_number(size / 2**20)} MiB"


def rate(row, who):
    """What arrived in a second: who loses files is not fast."""
    return ((row["work"] or 1) - row[who].get("lost", 0)) / row[who]["seconds"]


def speed(row):
    return rate(row, "hoist") / max(rate(row, "peer"), 1e-3)


def show_speed(row, who):
    return f"{rate(row, who):,.0f} {row['unit']}/s" if row["work"] else show_seconds(row[who]["seconds"])


def quotient(figure):
    return lambda row: row["hoist"][figure] / row["peer"][figure]


def times(ratio, words):
    return lambda row: f"{show_number(ratio(row))}× {words}"


def trips(row, who):
    return row[who]["seconds"] * 1000 / row["round_trip"]


class Figure:
    """How a figure is shown, and what of it is held against the limit: the ratio, or hoist's own."""

    def __init__(self, show, show_ratio, judged, wanted):
        self.show, self.show_ratio, self.judged, self.wanted = show, show_ratio, judged, wanted

    def meets(self, row, limit):
        judged = self.judged(row)
        return judged >= limit if self.wanted.startswith("≥") else judged <= limit

    def line(self, row, limit):
        return {"hoist": self.show(row, "hoist"), "peer": self.show(row, "peer"), "ratio": self.show_ratio(row),
                "wanted": self.wanted.format(limit), "met": self.meets(row, limit)}


FIGURES = {
    "speed_at_least": Figure(show_speed, times(speed, "as fast"), speed, "≥ {:g}×"),
    "time_at_most": Figure(
        lambda row, who: show_seconds(row[who]["seconds"]), times(quotient("seconds"), "the time"), quotient("seconds"),
        "≤ {:g}×"),
    "rate_at_least": Figure(
        show_speed, times(speed, "as fast"), lambda row: rate(row, "hoist"), "≥ {:g}/s"),
    "cpu_at_most": Figure(
        lambda row, who: show_seconds(row[who]["cpu"]), times(quotient("cpu"), "the CPU"), quotient("cpu"), "≤ {:g}×"),
    "memory_at_most": Figure(
        lambda row, who: show_memory(row[who]["memory"]), times(quotient("memory"), "the memory"),
        lambda row: row["hoist"]["memory"] / 2**20, "≤ {:g} MiB"),
    "trips_at_most": Figure(
        lambda row, who: f"{trips(row, who):.1f} round trips", times(speed, "as fast"), lambda row: trips(row, "hoist"),
        "≤ {:g}"),
    "lost_at_most": Figure(
        lambda row, who: f"{row[who]['lost']:,} lost", lambda row: "", lambda row: row["hoist"]["lost"], "≤ {:g}"),
}


def lines(row):
    return [FIGURES[name].line(row, limit) for name, limit in row["limits"].items() if limit is not None]


def line_alone(shown, judged, limit, unit):
    """A line of what has no peer: a number that must not be above the limit."""
    return {"hoist": shown, "peer": "", "ratio": "", "wanted": f"≤ {limit:g} {unit}".strip(), "met": judged <= limit}


def said(row):
    return "; ".join(
        f"{line['hoist']}{' against ' + line['peer'] if line['peer'] else ''}"
        f"{', ' + line['ratio'] if line['ratio'] else ''}, wanted {line['wanted']}{'' if line['met'] else ': NOT MET'}"
        for line in row["lines"])
