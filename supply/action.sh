#!/usr/bin/env bash
# What action.yml runs. Everything that others choose comes as a variable of the environment, never as text of a script.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
venv=${RUNNER_TEMP:?}/onevoice
bin=$venv/bin
[ "${RUNNER_OS:-}" != Windows ] || bin=$venv/Scripts

install() {
  "${PYTHON:-python3}" -m venv "$venv"
  "$bin/python" -m pip --disable-pip-version-check install --quiet --require-hashes -r "$root/requirements/hook.txt"
  "$bin/python" -m pip --disable-pip-version-check install --quiet --no-deps "$root"
}

lint() {
  local options=(--fail-on "$FAIL_ON") code=0 paths=() path
  # The Bash of macOS has no mapfile.
  while IFS= read -r path; do
    [ -z "$path" ] || paths+=("$path")
  done <<<"$PATHS"
  [ -z "$HANDBOOK" ] || options+=(--handbook "$HANDBOOK")
  if [ "$SINCE" != all ]; then
    if ! git rev-parse --quiet --verify --end-of-options "$SINCE^{commit}" >/dev/null; then
      echo "::error title=onevoice::There is no revision $SINCE here. Give actions/checkout fetch-depth: 2 or more," \
        "or say \`since: all\`."
      exit 2
    fi
    options+=(--since "$SINCE")
  fi
  if [ "$STYLE" = true ]; then
    "$bin/onevoice" doctor --get-vale >&2 || [ $? -eq 3 ]
  else
    options+=(--no-vale)
  fi
  "$bin/onevoice" lint "${options[@]}" --format github -- "${paths[@]}" || code=$?
  if [ -n "$SARIF" ] && [ "$code" -le 1 ]; then
    "$bin/onevoice" lint "${options[@]}" --format sarif -- "${paths[@]}" >"$SARIF" 2>/dev/null || [ $? -eq 1 ]
  fi
  exit "$code"
}

"$1"
