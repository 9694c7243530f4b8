#!/bin/sh
# Installs everything that the tests need, then runs lint, types and all tests.
# On a fresh machine it needs only a shell and Python 3.11 or newer. Debian's Chromium, Virtuoso and Java are installed where
# that may be done (apt-get as root); where one is not found, the tests that need it say that they were not run.
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

# a browser for the page, a second SPARQL server for remote stores, Java for Spark: real ones, from Debian's packages
for package in chromium virtuoso-opensource $(command -v java >/dev/null || echo default-jre-headless); do
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && ! dpkg -s "$package" >/dev/null 2>&1; then
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package"; } >/dev/null 2>&1 ||
            echo "$package could not be installed: the tests that need it will be skipped" >&2
    fi
done

"$venv/bin/ruff" check kg tests
"$venv/bin/mypy"
"$venv/bin/python" -m pytest "$@"
