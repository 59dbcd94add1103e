#!/usr/bin/env bash
# Install what leafpress lacks, and nothing that is there already.
#
#   setup/setup.sh build    what a build needs: Python 3.11+, Pango, fonts, liblouis, a virtual environment; where
#                           clinic.yaml names more languages than are built anyhow, their fonts; OWN names a clinic's folder
#   setup/setup.sh serve    the same, and what the preview needs besides: Starlette, uvicorn, watchfiles
#   setup/setup.sh dask     the same as build, and Dask, for letters done by several machines (docs/it.md)
#   setup/setup.sh test     all of that, and what the tests need besides: Java, JAXB, poppler, gettext, Chromium, LibreOffice, systemd
#
# With root (or sudo without a password) and apt, system packages are installed. Otherwise one
# sentence says what to install, and the exit code is 3. Nothing outside this folder is changed
# but for those packages.
set -euo pipefail
cd "$(dirname "$0")/.."

kind=${1:-build}
case $kind in build) lock=requirements.txt ;; serve) lock=requirements-serve.txt ;; dask) lock=requirements-dask.txt ;; test) lock=requirements-test.txt ;;
  *) echo "usage: setup/setup.sh build|serve|dask|test" >&2; exit 2 ;;
esac

say() { printf 'setup: %s\n' "$1" >&2; }

# --- System packages: gathered first, so that one message names all of them -------------------

apt_packages=() dnf_packages=() brew_packages=()
need() { apt_packages+=("$1"); dnf_packages+=("$2"); brew_packages+=("$3"); }

python_fits() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null && python_fits "$name"; then command -v "$name"; return; fi
  done
  return 1
}

has_libraries() { # each argument is a library by its short name and version: pango-1.0.0
  "$python" - "$@" <<'PYTHON' 2>/dev/null
import ctypes, sys
for name in sys.argv[1:]:
    stem, _, version = name.rpartition(".")
    ctypes.CDLL(f"lib{stem}.{version}.dylib" if sys.platform == "darwin" else f"lib{stem}.so.{version}")
PYTHON
}

has_jdk() { command -v java >/dev/null && java --list-modules 2>/dev/null | grep -q '^jdk\.compiler'; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
can_apt() {
  command -v apt-get >/dev/null &&
    { [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }; }
}

gather() {
  python=$(find_python) || { need "python3 python3-venv" "python3" "python@3.12"; python=""; }
  if [ -n "$python" ]; then
    has_libraries pango-1.0.0 pangoft2-1.0.0 || need "libpango-1.0-0 libpangoft2-1.0-0" pango pango
    has_libraries harfbuzz-subset.0 || need libharfbuzz-subset0 harfbuzz harfbuzz
  else
    need "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" "pango harfbuzz" "pango harfbuzz"
  fi
  # npm only fetches the fonts: where they are, as in a copied folder, nobody needs it.
  [ -f node_modules/.leafpress ] || command -v npm >/dev/null || need npm npm node
  # Only braille needs liblouis: who cannot install it builds everything else.
  if ! command -v lou_translate >/dev/null; then
    if [ "$kind" = test ] || can_apt; then
      need "liblouis-bin liblouis-data" liblouis-utils liblouis
    else
      say "braille editions need liblouis (apt install liblouis-bin liblouis-data, dnf install liblouis-utils, brew install liblouis); all others are built without it."
    fi
  fi
  if [ "$kind" = test ]; then
    has_jdk || need default-jdk-headless java-latest-openjdk-devel openjdk
    [ -f /usr/share/java/jaxb-runtime.jar ] || need libjaxb-java jaxb-runtime jaxb
    command -v pdftotext >/dev/null || need poppler-utils poppler-utils poppler
    command -v msgfmt >/dev/null || need gettext gettext gettext
    command -v chromium >/dev/null || need chromium chromium chromium
    command -v chromedriver >/dev/null || need chromium-driver chromedriver chromedriver
    command -v soffice >/dev/null || need libreoffice-writer-nogui libreoffice-writer libreoffice
    command -v openssl >/dev/null || need openssl openssl openssl
    # It checks the units in setup/systemd. Only Linux has it.
    command -v systemd-analyze >/dev/null || [ "$(uname)" != Linux ] || need systemd systemd ""
  fi
}

# A machine that has just been started, or that updates itself, is busy: wait for it. apt waits for
# dpkg's lock by itself when it is told to, but not for those of its lists and archives (apt 2.6).
patience=600
apt_get() {
  local message waiting="" end=$((SECONDS + patience))
  until message=$(LC_ALL=C as_root apt-get -o DPkg::Lock::Timeout=$patience "$@" 2>&1 >/dev/null); do
    case $message in *"Could not get lock"*) ;; *) printf '%s\n' "$message" >&2; return 1 ;; esac
    [ $SECONDS -lt $end ] || {
      say "another program has been installing packages for ten minutes: run make again when it has ended."
      return 1
    }
    [ -n "$waiting" ] || say "another program is installing packages: waiting for it."
    waiting=yes
    sleep 2
  done
}

install_packages() {
  [ ${#apt_packages[@]} -gt 0 ] || return 0
  if ! can_apt; then
    case " ${apt_packages[*]} " in *" npm "*) say "npm is missing: it fetches the fonts, once. A folder node_modules copied from a machine that has it will do as well." ;; esac
    say "please install what is missing with \`apt install ${apt_packages[*]}\`, \`dnf install ${dnf_packages[*]}\` or \`brew install ${brew_packages[*]}\`, then run make again."
    exit 3
  fi
  say "installing ${apt_packages[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt_get update -qq || exit 3
  # shellcheck disable=SC2086  # one entry can hold several names
  apt_get install -y -qq --no-install-recommends ${apt_packages[*]} || exit 3
}

gather
if [ ${#apt_packages[@]} -gt 0 ]; then
  install_packages
  apt_packages=() dnf_packages=() brew_packages=()
  gather
  if [ ${#apt_packages[@]} -gt 0 ]; then
    say "${apt_packages[*]} could not be installed, or is too old (Python has to be 3.11 or newer): please install it by hand."
    exit 3
  fi
fi

# --- Fonts and Python packages: by lock files with digests, once ------------------------------

digest() { cat "$@" | "$python" -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'; }

# Fonts of languages that not every clinic has are optional packages: 57 MB for simplified Chinese alone.
if [ "$kind" = test ]; then omit="" fonts_for=test; else omit="--omit=dev --omit=optional" fonts_for=build; fi
fonts=$(digest package-lock.json)
case "$(cat node_modules/.leafpress 2>/dev/null)" in
  "$fonts test" | "$fonts $fonts_for") ;;
  *)
    say "fetching fonts"
    command -v npm >/dev/null || {
      say "the fonts have changed, and npm fetches them: please install npm, or copy the folder node_modules from a machine that has this version."
      exit 3
    }
    # Without a network npm would try for minutes, and say nothing.
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retries=1 --fetch-timeout=30000 $omit >&2 || {
      say "the fonts could not be fetched: is there a network? A folder node_modules copied from a machine that has this version will do as well."
      exit 3
    }
    printf '%s %s\n' "$fonts" "$fonts_for" >node_modules/.leafpress
    ;;
esac

if ! .venv/bin/python -c '' 2>/dev/null; then
  say "making a virtual environment with $("$python" --version)"
  rm -rf .venv
  "$python" -m venv .venv
fi
packages=$(digest "$lock")
stamp=.venv/.leafpress-$kind
if [ "$(cat "$stamp" 2>/dev/null)" != "$packages" ]; then
  say "installing Python packages of $lock"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$lock"
  # `pybabel extract` and tools have to find the package in this folder.
  .venv/bin/python -c 'import pathlib, sysconfig
pathlib.Path(sysconfig.get_path("purelib"), "leafpress.pth").write_text(str(pathlib.Path.cwd()) + "\n")'
  printf '%s\n' "$packages" >"$stamp"
fi

# --- Fonts of the clinic's languages: those of none but these, once ----------------------------

own=${OWN:-.}
clinic=clinic.yaml
[ ! -f "$own/clinic.yaml" ] || clinic=$own/clinic.yaml
if [ "$(cat node_modules/.leafpress)" != "$fonts test" ] && grep -q '^languages:' "$clinic"; then
  tables=(package-lock.json leafpress/pages/fonts.toml locales/languages.toml "$clinic")
  [ ! -f "$own/locales/languages.toml" ] || tables+=("$own/locales/languages.toml")
  chosen=$(digest "${tables[@]}")
  if [ "$(cat node_modules/.leafpress-languages 2>/dev/null)" != "$chosen" ]; then
    .venv/bin/python build.py fonts ${OWN:+--own "$OWN"} >&2
    printf '%s\n' "$chosen" >node_modules/.leafpress-languages
  fi
fi
