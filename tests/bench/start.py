"""How long whole processes take: `python -m tests.bench.start [DIR]`, each beside `python -c pass`.

With no graph given, that of the golden cases is made. Printed: seconds (the best of seven) and the ratio.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.store.graphs import ALL, keep

_LIMITS = {"kg --help": 0.15, "kg query": 0.4}  # seconds on a machine with nothing else to do


def seconds(*arguments: str) -> float:
    """Seconds of the processor, the best of seven runs: what else the machine does counts least."""
    taken = []
    for _ in range(7):
        begun = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)  # noqa: S603  ourselves
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime)
    return min(taken)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        directory = sys.argv[1] if len(sys.argv) > 1 else folder
        if directory == folder:
            keep(Path(folder), ALL)
        nothing = seconds("-c", "pass")
        print(f"{'python -c pass':<24}{nothing:8.3f} s")
        for name, arguments in {
            "kg --help": ("-m", "kg", "--help"),
            "kg query": ("-m", "kg", "query", directory, "who-said-what"),
            "kg query --set": ("-m", "kg", "query", directory, "chain", "--set", "type=kg:Rescue", "--csv"),
            "kg info": ("-m", "kg", "info", directory),
        }.items():
            took = seconds(*arguments)
            limit = f"   limit {_LIMITS[name]:.2f} s" if name in _LIMITS else ""
            print(f"{name:<24}{took:8.3f} s   {took / nothing:5.1f} times nothing{limit}")


if __name__ == "__main__":
    main()
