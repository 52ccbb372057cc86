#!/bin/sh
# Makes .venv from a lock file, with whatever is at hand: uv, else Python and pip, else a uv of our own.
# usage: requirements/install.sh app|test
set -eu

lock="requirements/$1.txt"
venv=.venv

supported='import ensurepip, sys, venv; sys.exit(not (3, 12) <= sys.version_info[:2] <= (3, 14))'
find_python() {
    for name in python3.13 python3.12 python3.14 python3 python; do
        if "$name" -c "$supported" >/dev/null 2>&1; then echo "$name"; return; fi
    done
}

find_uv() {
    if command -v uv >/dev/null 2>&1; then echo uv
    elif [ -x .tools/bin/uv ]; then echo .tools/bin/uv; fi
}

fetch_uv() {
    for name in python3 python; do
        "$name" -m venv .tools >/dev/null 2>&1 || continue
        .tools/bin/python -m pip install --quiet uv && return
    done
    echo "Python 3.12 or newer is needed, or uv. Install one of them, then run this again." >&2
    exit 1
}

python=${PYTHON:-$(find_python)}
uv=$(find_uv)
if [ -z "$uv" ] && [ -z "$python" ]; then
    echo "No Python 3.12 or newer here: fetching uv, which brings one."
    fetch_uv
    uv=.tools/bin/uv
fi

with_uv() {
    # Networks with a certificate authority of their own: trust what the system trusts.
    export UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1
    # A missing or half-made environment is made anew; a good one is kept.
    "$venv/bin/python" -c "$supported" 2>/dev/null ||
        "$uv" venv --quiet --clear --python "${python:-3.13}" "$venv" || return
    "$uv" pip install --quiet --require-hashes --python "$venv/bin/python" -r "$lock"
}

with_pip() {
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear "$venv"
    # The lock is complete, so nothing is resolved: the right versions, and quickly.
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
        --require-hashes --no-deps -r "$lock"
}

echo "Installing from $lock"
if [ -z "$uv" ]; then
    with_pip
elif ! with_uv; then
    [ -n "$python" ] || exit 1
    echo "uv could not do it; trying pip."
    with_pip
fi
