# What every client's client.sh may count on. Sourced by client-tests/run, in a shell of its own for each client, with
#   $here     client-tests
#   $client   the client's name, which is that of its folder
#   $folder   the client's folder, beside this file or in helpers
#   $results  where its results go: a line for each test, OUTCOME <tab> FEATURE <tab> TEST
#             (passed, failed or skipped; a feature of features.tsv)
#   $work     a directory that is gone afterwards
# and with PIM_EMULATOR_BIN and PIM_EMULATOR_READY_FILE. A client.sh says:
#   title     what the client is, as people know it; `slow=yes` if its installation or its tests take minutes
#   version   prints the version under test
#   install   puts it into the work tree, once; what it needs of the machine and does not find, it names
#   run       runs its tests, and leaves the results

slow=no

# stamped FILE TEXT…: whether FILE says that exactly this was installed.
stamped() { [ "$(cat "$1" 2>/dev/null)" = "$(printf '%s\n' "${@:2}")" ]; }
stamp() { printf '%s\n' "${@:2}" >"$1"; }

fingerprint() { cksum "$@" | cksum | tr ' ' '-'; }

# needs PROGRAM…: names those that are missing.
needs() {
  local program missing=()
  for program in "$@"; do command -v "$program" >/dev/null || missing+=("$program"); done
  if [ ${#missing[@]} -gt 0 ]; then
    echo "client-tests/run: $client needs ${missing[*]}, which this machine does not have" >&2
    return 1
  fi
}

# A client that waits for ever is a failure, not a long night.
limit() {
  if command -v timeout >/dev/null; then timeout 900 "$@"; else "$@"; fi
}

# --- Python -----------------------------------------------------------------------------------------------------------

venv=$here/.venv

# virtual_environment DIRECTORY REQUIREMENTS: one with exactly these packages. uv puts hundreds of them there in a few seconds;
# where it cannot, because the way to the registry is known to pip alone, pip does.
virtual_environment() {
  local directory=$1 requirements=$2 mark
  mark=$(fingerprint "$requirements")
  if stamped "$directory/.installed" "$mark"; then return 0; fi
  needs python3 || return
  rm -rf "$directory"
  python3 -m venv "$directory" || return
  local pip=("$directory/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-compile)
  { "${pip[@]}" uv==0.13.9 &&
    "$directory/bin/uv" --quiet --no-progress --system-certs pip install --python "$directory" -r "$requirements"; } ||
    "${pip[@]}" -r "$requirements" || return
  stamp "$directory/.installed" "$mark"
}

# What the Python tests of every client run in: pytest, its plugin for the emulator, and the SDK.
install_pytest() { virtual_environment "$venv" "$here/requirements.txt"; }

# The real `az`, which others get their tokens from.
azure_cli=$here/azure-cli/.venv
install_azure_cli() { virtual_environment "$azure_cli" "$here/azure-cli/requirements.txt"; }

# run_pytest ARGUMENTS…: the tests of the client's folder.
run_pytest() {
  (cd "$folder" && PYTHONPATH=$here/support:$here/helpers/pytest-pim-emulator/src limit "$venv/bin/python" -m pytest \
    -c "$here/pytest.ini" --rootdir "$folder" -p no:cacheprovider -p pytest_pim_emulator.plugin -p results --results "$results" "$@" .)
}

# --- JavaScript -------------------------------------------------------------------------------------------------------

# The packages of all JavaScript clients: client-tests/package.json.
install_node() {
  local modules=$here/node_modules mark
  mark=$(fingerprint "$here/package-lock.json" "$here/.npmrc")
  if stamped "$modules/.installed" "$mark"; then return 0; fi
  needs node npm || return
  (cd "$here" && npm ci --silent --no-progress --ignore-scripts) && stamp "$modules/.installed" "$mark"
}

# node_version PACKAGE
node_version() { node -p "require('$here/node_modules/$1/package.json').version"; }

# run_node: the tests of the client's folder.
run_node() {
  local authority=''
  if [ -n "${PIM_EMULATOR_READY_FILE:-}" ]; then authority=$(ready caFile); fi
  (cd "$folder" && NODE_EXTRA_CA_CERTS=$authority limit node --test \
    --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter="$here/support/results.js" --test-reporter-destination="$results")
}

# --- guides -----------------------------------------------------------------------------------------------------------

# run_guide [NAME=VALUE…]: the client's page in docs/clients ($page, where its name is not the client's) as it is written, with
# those variables. An emulator runs, and `pim-emulator` finds it, as the pages say; what npm installed is there to import.
run_guide() (
  home=$work/guide-$client outcome=passed
  mkdir -p "$home/bin" "$home/here"
  ln -s "$PIM_EMULATOR_BIN" "$home/bin/pim-emulator"
  if [ -d "$here/node_modules" ]; then ln -s "$here/node_modules" "$home/here/node_modules"; fi
  # shellcheck disable=SC2163 # they are NAME=VALUE
  if [ $# -gt 0 ]; then export "$@"; fi
  export HOME=$home XDG_DATA_HOME=$home/data PATH=$home/bin:$PATH
  unset PIM_EMULATOR_READY_FILE
  pim-emulator serve --listen 127.0.0.1:0 --ready-file "$home/ready.json" >"$home/log" 2>&1 </dev/null &
  server=$!
  trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true' EXIT
  for _ in $(seq 150); do
    if [ -s "$home/ready.json" ] || ! kill -0 "$server" 2>/dev/null; then break; fi
    sleep 0.1
  done
  limit python3 "$here/support/guide.py" "$here/../docs/clients/${page:-$client}.md" "$home/here" || outcome=failed
  printf '%s\tguide\t%s.md\n' "$outcome" "${page:-$client}" >>"$results"
  [ "$outcome" = passed ]
)

# each FUNCTION…: all of them, whatever becomes of those before.
each() {
  local step code=0
  for step in "$@"; do "$step" || code=$?; done
  return "$code"
}

# ready MEMBER: what the emulator's ready file says.
ready() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$PIM_EMULATOR_READY_FILE" "$1"; }

# shellcheck disable=SC2154 # every client has one
title_of() { printf '%s\n' "$title"; }
