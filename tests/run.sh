#!/bin/sh
# Installs everything that the tests need, then runs lint, types and all tests.
# On a fresh machine it needs only a shell and Python 3.11 or newer. Debian's Chromium is installed where that may be
# done (apt-get as root); where no Chromium is found the browser tests say that they were not run.
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
venv=${KG_TEST_VENV:-.venv}

if [ ! -x "$venv/bin/python" ]; then
    "$python" -m venv "$venv" || {
        # Debian's own Python comes without ensurepip
        apt-get update -qq && apt-get install -y -qq python3-venv && "$python" -m venv "$venv"
    }
fi
"$venv/bin/python" -m pip install --quiet --requirement tests/requirements.txt
"$venv/bin/python" -m pip install --quiet --no-deps --editable .

if ! command -v chromium >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null ||
        echo "chromium could not be installed: the browser tests will be skipped" >&2
fi

"$venv/bin/ruff" check kg tests
"$venv/bin/mypy"
"$venv/bin/python" -m pytest "$@"
