#!/bin/sh
# Makes this checkout ready: setup.sh leaflets | test. Quick when nothing has changed.
# What is missing is installed where we may (root, or sudo without a password); elsewhere the
# command to run is printed, and the exit code is 3.
set -eu
cd "$(dirname "$0")/.."
venv=.venv/bin/python

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then env DEBIAN_FRONTEND=noninteractive "$@"
    else sudo -n env DEBIAN_FRONTEND=noninteractive "$@"; fi
}

apt_install() { as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }

install() { # packages, as Debian names them
    if command -v apt-get >/dev/null && as_root true 2>/dev/null; then
        say "Installing $*"
        # A fresh machine has no package lists, or old ones.
        if apt_install "$@" 2>/dev/null; then return 0; fi
        if as_root apt-get update -qq >/dev/null && apt_install "$@"; then return 0; fi
        say "That failed. When it is mended, please run as root, then try again:"
    else
        say "Something is missing. Please run as root, then try again:"
    fi
    say "apt-get install -y $*"
    exit 3
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
makes_venvs() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

find_python() { # test: sets $python to the first that passes
    for python in ${PYTHON:-python3.14 python3.13 python3.12 python3.11 python3}; do
        if new_enough "$python" && "$1" "$python"; then return 0; fi
    done
    return 1
}

make_venv() {
    if [ -x $venv ] && new_enough $venv && $venv -m pip --version >/dev/null 2>&1; then return 0; fi
    if ! find_python makes_venvs; then
        if find_python new_enough; then
            install "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
        elif [ -n "${PYTHON:-}" ]; then
            say "Plainleaf needs Python 3.11 or newer, and $PYTHON is not."
            exit 3
        else
            install python3 python3-venv
        fi
        if ! find_python makes_venvs; then
            say "Plainleaf needs Python 3.11 or newer that can make virtual environments."
            say "Name one: make PYTHON=/path/to/python3"
            exit 3
        fi
    fi
    say "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
}

fill_venv() { # lock file
    stamp=".venv/$1.stamp"
    key=$({ pwd; cat "$1" pyproject.toml; } | cksum)
    if [ "$(cat "$stamp" 2>/dev/null)" = "$key" ]; then return 0; fi
    say "Installing the packages of $1"
    $venv -m pip install -q --disable-pip-version-check --require-hashes -r "$1"
    $venv -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
    printf '%s\n' "$key" >"$stamp"
}

has_pango() { # asks the loader, which is quick; then WeasyPrint, which knows other systems' names
    $venv - <<'PYTHON' 2>/dev/null || $venv -c "$slowly" >/dev/null 2>&1
import ctypes
for name in "pango-1.0", "pangoft2-1.0", "harfbuzz-subset":
    ctypes.CDLL(f"lib{name}.so.0")
PYTHON
}
slowly="import weasyprint.text.ffi as ffi; assert ffi.harfbuzz_subset"

see_to_pango() {
    if has_pango; then return 0; fi
    install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    has_pango || { say "Pango is installed, and Python still cannot load it."; exit 3; }
}

java_package() {
    if apt-cache show openjdk-17-jdk-headless >/dev/null 2>&1; then echo openjdk-17-jdk-headless
    else echo default-jdk-headless; fi
}

has() { command -v "$1" >/dev/null || [ -x "/usr/sbin/$1" ]; } # users' PATH has no sbin

see_to_tools() {
    packages=""
    command -v pdftotext >/dev/null || packages="$packages poppler-utils"
    command -v mutool >/dev/null || packages="$packages mupdf-tools"
    command -v msgfmt >/dev/null || packages="$packages gettext"
    # A print room for the tests; they start it themselves, beside the system's own.
    { has cupsd && [ -x /usr/lib/cups/filter/pdftopdf ]; } || packages="$packages cups"
    has lp || packages="$packages cups-client"
    has ippeveprinter || packages="$packages cups-ipp-utils"
    has avahi-daemon || packages="$packages avahi-daemon"
    has dbus-daemon || packages="$packages dbus"
    has chromium || packages="$packages chromium"
    { command -v java && command -v javac; } >/dev/null || packages="$packages $(java_package)"
    # shellcheck disable=SC2086 # one word a package
    [ -z "$packages" ] || install $packages
    $venv - <<'PYTHON'
import sys
sys.path.insert(0, "tools/verapdf")
import verapdf
try:
    verapdf.collected()
except verapdf.NotHere as reason:
    sys.exit(str(reason))
PYTHON
}

case "${1:-}" in
leaflets)
    make_venv
    fill_venv requirements.lock
    see_to_pango
    ;;
test)
    make_venv
    fill_venv requirements-dev.lock
    see_to_pango
    see_to_tools
    ;;
*)
    say "setup.sh leaflets | test"
    exit 2
    ;;
esac
