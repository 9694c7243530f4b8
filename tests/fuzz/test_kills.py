"""`kg add` killed at any moment loses nothing that it reported, and breaks nothing: `KG_KILLS` moments, else 10."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = int(os.environ.get("KG_KILLS", "10"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks and kills by signal")
def test_killed_at_any_moment(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz.killing", str(tmp_path), str(KILLS), "7"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  ourselves
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    assert found["killed"] + found["done"] == KILLS
    assert found["killed"] > 0
