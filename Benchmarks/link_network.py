"""The servers and links of a scenario of `links`."""
import json
import pathlib
import subprocess
import urllib.request

from link_scenarios import HERE, Scenario


def build(directory: pathlib.Path) -> None:
    for name in ("link", "sink"):
        subprocess.run(["gcc", "-O2", "-o", directory / name, HERE / f"{name}.c"], check=True)


def get(url: str) -> bytes:
    return urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url).read()


class Network:
    """Servers and links of a scenario, new for every run."""

    def __init__(self, programs: pathlib.Path, scenario: Scenario):
        self.scenario, self.processes = scenario, []
        self.api, = self.start([programs / "sink", *scenario.api], 1)
        self.storage, = self.start([programs / "sink", *scenario.storage], 1)
        width = str(scenario.uplink)
        round_trip = str(scenario.round_trip)
        if scenario.round_trip == 0:
            self.api_link, self.storage_link = self.api, self.storage
        else:
            self.api_link, self.storage_link = self.start(
                [programs / "link", round_trip, width, self.api, round_trip, "=", self.storage], 2)
        get(f"{self.api}/storage?{self.storage_link}")

    def start(self, command: list, urls: int) -> list[str]:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.processes.append(process)
        return [process.stdout.readline().strip() for _ in range(urls)]

    def change(self) -> None:
        _, round_trip, width = self.scenario.change
        commands = self.processes[-1].stdin
        # The storage's link has the uplink of the first.
        commands.write(f"1 {round_trip} {width}\n2 {round_trip} =\n")
        commands.flush()

    def counts(self) -> dict[str, int]:
        both = [json.loads(get(f"{url}/stats")) for url in (self.api, self.storage)]
        return {name: sum(counts[name] for counts in both) for name in both[0]}

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
            process.stdin.close()
            process.stdout.close()
