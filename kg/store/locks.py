"""Advisory locks on files, and files written through to the disk.

A lock belongs to the process that holds it and falls with it, however that ends (flock(2); LockFileEx elsewhere).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: IO[bytes], *, shared: bool) -> None:
        del shared  # Windows' byte locks are exclusive; a second reader then copies nothing and simply goes on
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: IO[bytes], *, shared: bool) -> None:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


def hold(path: Path, *, shared: bool) -> IO[bytes] | None:
    """The open, locked file, or None when another holds it. Closing it gives the lock back."""
    handle = path.open("ab")
    try:
        _lock(handle, shared=shared)
    except OSError:
        handle.close()
        return None
    return handle


def write_through(path: Path, content: bytes) -> None:
    """Replace a file whole: what is under its name is the old content or the new one, also after a power cut."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)
