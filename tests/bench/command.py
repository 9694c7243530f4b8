"""The command line in a process of its own, as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
import time

# Python keeps what it has compiled, as it does for every user: to compile our modules takes a quarter of a second
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def seconds(*arguments: str) -> float:
    """Wall seconds of `kg` with these arguments, its start included."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "kg", *arguments]
    quiet = subprocess.DEVNULL
    subprocess.run(command, env=_ENVIRONMENT, stdout=quiet, stderr=quiet, check=True)  # noqa: S603  ourselves
    return time.perf_counter() - begun
