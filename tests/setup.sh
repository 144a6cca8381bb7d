#!/bin/sh
# Sets up what a fresh Debian or Ubuntu lacks. `venv DIR` makes the virtual environment, `tools DIR` adds
# what the tests need to it, `chromium` sees to a browser, `gates DIR` adds the tools of other languages
# that judge pages (tests/browser/gates/package.json), `lighthouse DIR` the one that `make lighthouse` asks.
set -eu

fail() { printf '%s\n' "$*" >&2; exit 1; }

install() { # packages of the system, where we may
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    apt-get update -qq >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_node() { # html-validate needs 18.19, which Debian 12 has
    command -v node >/dev/null && command -v npm >/dev/null || install nodejs npm || fail "The gates need Node.js and npm. Try: sudo apt-get install nodejs npm"
    node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 18 || (a == 18 && b >= 19) ? 0 : 1)' ||
        fail "The gates need Node.js 18.19 or newer; this is $(node --version)"
}

need_java() { # the Nu HTML checker needs 17
    command -v java >/dev/null || install openjdk-17-jre-headless || install default-jre-headless ||
        fail "The gates need Java 17 or newer. Try: sudo apt-get install default-jre-headless"
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
gates)
    dir=$2/gates
    need_node
    need_java
    echo "Installing the tools of the gates (once) …"
    mkdir -p "$dir"
    cp tests/browser/gates/package.json tests/browser/gates/package-lock.json "$dir"
    npm --prefix "$dir" ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
    ;;
lighthouse)
    dir=$2/lighthouse
    need_node
    mkdir -p "$dir"
    [ -e "$dir/node_modules/.bin/lighthouse" ] && exit 0
    echo "Installing Lighthouse (once) …"
    npm --prefix "$dir" install --ignore-scripts --no-audit --no-fund --loglevel=error lighthouse@12.8.2 >/dev/null
    ;;
*) fail "usage: setup.sh venv DIR | tools DIR | chromium | gates DIR | lighthouse DIR" ;;
esac
