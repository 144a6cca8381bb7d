#!/bin/sh
# Sets up what a fresh Debian or Ubuntu lacks. `venv DIR` makes the virtual environment, `tools DIR` adds
# what the tests need to it, `chromium` sees to a browser.
set -eu

fail() { printf '%s\n' "$*" >&2; exit 1; }

install() { # packages of the system, where we may
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    apt-get update -qq >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

case "${1:-}" in
venv)
    dir=$2
    python=${PYTHON:-python3}
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "sitegen needs Python 3.11 or newer; '$python' is $("$python" -V). Try: make PYTHON=python3.12 …"
    echo "Setting up $dir (once) …"
    if ! "$python" -m venv --clear "$dir" 2>/dev/null; then
        # Debian splits venv off Python itself.
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        install "python$version-venv" || install python3-venv || fail "Python's venv is missing. Try: sudo apt-get install python$version-venv"
        "$python" -m venv --clear "$dir"
    fi
    "$dir/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r .requirements.txt
    "$dir/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
    ;;
tools)
    dir=$2
    echo "Installing the tools of the tests (once) …"
    "$dir/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r .requirements-test.txt
    ;;
chromium)
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null && exit 0
    done
    echo "Installing Chromium for the browser tests …"
    install chromium || fail "The browser tests need Chromium. Try: sudo apt-get install chromium"
    command -v chromium >/dev/null || fail "Chromium was installed, but there is no command 'chromium'"
    ;;
*) fail "usage: setup.sh venv DIR | tools DIR | chromium" ;;
esac
