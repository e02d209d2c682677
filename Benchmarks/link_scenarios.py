"""The scenarios of `links`: what is sent, by which service's steps, over which link, to which server."""
import dataclasses
import pathlib
import random
import subprocess
import sys

HERE = pathlib.Path(__file__).parent


@dataclasses.dataclass(frozen=True)
class Scenario:
    name: str
    # figur: one POST a file. eachlabs: a call, and a PUT to storage elsewhere. put: a presigned PUT alone.
    flow: str
    files: str
    count: int
    round_trip: int  # ms; 0: without a link
    uplink: float = 0  # Mbit/s; 0: no limit
    api: tuple[str, ...] = ()
    storage: tuple[str, ...] = ()
    # What the link becomes, and after how many seconds.
    change: tuple[float, int, float] | None = None
    # The part of the time after which the first file has to be done.
    first_by: float = 1

    @property
    def is_refused(self) -> bool:
        return bool({"--rate", "--refuse"} & {*self.api, *self.storage})

    @property
    def fixed(self) -> list[int]:
        """The numbers to compare with, likely the best first: the others are then ended early. A rate says by itself how
        long the files take, so that few will do."""
        return [8, 64, 256] if self.allowed_rate else [32, 64, 16, 128, 8, 256, 4, 2, 1]

    @property
    def allowed_rate(self) -> float | None:
        limited = self.storage if self.flow == "put" else self.api
        return float(limited[limited.index("--rate") + 1]) if "--rate" in limited else None


BUSY = ("--at-once", "8", "--service", "20")
REFUSING = ("--at-once", "16", "--service", "20", "--refuse")
PACED = ("--rate", "400", "--burst", "40")

SCENARIOS = [
    Scenario("small files, no link", "eachlabs", "small", 6000, 0),
    Scenario("small files, short link", "figur", "small", 4000, 5, 1000),
    Scenario("small files, long link", "figur", "small", 4000, 150, 1000),
    Scenario("small files in two calls, long link", "eachlabs", "small", 2000, 150, 1000),
    Scenario("small files, thin link", "put", "small", 1000, 40, 20),
    Scenario("large files, short link", "put", "large", 36, 5, 1000),
    Scenario("large files, long link", "put", "large", 24, 150, 500),
    Scenario("large files, thin link", "put", "medium", 10, 40, 20),
    Scenario("10 large files, one after another", "put", "video", 10, 40, 200, first_by=0.25),
    Scenario("busy server", "figur", "small", 1500, 40, 1000, api=BUSY),
    Scenario("busy storage", "eachlabs", "small", 1200, 40, 1000, storage=BUSY),
    Scenario("server that refuses above 16", "figur", "small", 2000, 40, 1000, api=REFUSING),
    Scenario("400 calls/s", "figur", "small", 2000, 40, 1000, api=PACED),
    Scenario("400 calls/s, then storage", "eachlabs", "small", 2000, 40, 1000, api=PACED),
    Scenario("400 PUTs/s", "put", "small", 2000, 40, 1000, storage=PACED),
    Scenario("small and large files", "eachlabs", "mixed", 412, 40, 100),
    Scenario("20 files only", "eachlabs", "small", 20, 150, 100),
    Scenario("link that becomes thin", "figur", "small", 1500, 40, 100, change=(0.7, 120, 20)),
    Scenario("link that becomes wide", "figur", "small", 3000, 120, 20, change=(2, 40, 200)),
]

KINDS = {
    "small": [(6000, 10240, 10240)],
    "medium": [(10, 1000000, 1000000)],
    "video": [(10, 16 << 20, 16 << 20)],
    "large": [(36, 8 << 20, 8 << 20)],
    "mixed": [(400, 4096, 102400), (12, 3 << 20, 3 << 20)],
}


def make_files(directory: pathlib.Path) -> dict[str, list[str]]:
    """The files of each kind, small and large in a seeded order."""
    files = {}
    for kind, parts in KINDS.items():
        paths: list[str] = []
        for number, sizes in enumerate(parts):
            made = subprocess.run(
                [sys.executable, HERE / "make_files.py", directory / kind / str(number), *map(str, sizes)],
                check=True, capture_output=True, text=True)
            paths += made.stdout.split()
        if len(parts) > 1:
            random.Random(1).shuffle(paths)
        files[kind] = paths
    return files
