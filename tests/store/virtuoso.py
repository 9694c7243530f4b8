"""A Virtuoso of one's own: a real SPARQL 1.1 store by other people, on loopback, in a temporary folder."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = shutil.which("virtuoso-t")
MISSING = "Virtuoso is not installed; on Debian: apt-get install virtuoso-opensource"
USER, PASSWORD = "dba", "dba"  # as a new database has it

_CONFIGURATION = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
NumberOfBuffers = 10000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 100000
"""


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The address of its SPARQL endpoint, while it runs."""
    assert PROGRAM is not None
    http = free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(_CONFIGURATION.format(folder=folder, sql=free_port(), http=http), encoding="utf-8")
    command = [PROGRAM, "-f", "-c", str(settings)]
    with (folder / "out").open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as program:  # noqa: S603
        try:
            _wait(program, http, folder)
            yield f"http://127.0.0.1:{http}/sparql"
        finally:
            program.kill()


def _wait(program: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    for _ in range(600):
        if program.poll() is not None:
            break
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"Virtuoso did not start: {(folder / 'out').read_text(errors='replace')[-2000:]}")
