# The Node package, under vitest and under Node's own runner, with nothing to lean on but the binary: it starts its own.
title="vitest and node --test, with pim-emulator-testing"
page=vitest

install() { install_node; }
version() { node_version vitest; }

types() {
  local outcome=passed
  "$here/node_modules/.bin/tsc" --noEmit --strict --target esnext --module nodenext "$folder/test/types.ts" || outcome=failed
  printf '%s\ttesting\tits types\n' "$outcome" >>"$results"
  [ "$outcome" = passed ]
}

under_vitest() (
  unset PIM_EMULATOR_READY_FILE
  export RESULTS=$results
  cd "$folder" && limit "$here/node_modules/.bin/vitest" run --reporter=default --reporter="$here/support/vitest-results.js"
)

under_node() (
  unset PIM_EMULATOR_READY_FILE
  run_node
)

run() { each under_node under_vitest types run_guide; }
