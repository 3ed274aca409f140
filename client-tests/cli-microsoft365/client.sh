# CLI for Microsoft 365, as it comes from npm. It knows nothing but the cloud's own addresses.
title="CLI for Microsoft 365"
slow=yes

install() {
  local modules=$folder/node_modules mark
  install_pytest || return
  mark=$(fingerprint "$folder/package-lock.json" "$folder/.npmrc")
  if stamped "$modules/.installed" "$mark"; then return 0; fi
  needs node npm || return
  (cd "$folder" && npm ci --silent --no-progress --ignore-scripts) && stamp "$modules/.installed" "$mark"
}

version() { node -p "require('$folder/node_modules/@pnp/cli-microsoft365/package.json').version"; }
# A command is seconds of one processor.
tests() { run_pytest --numprocesses 2; }
guide() { run_guide "PATH=$folder/node_modules/.bin:$PATH"; }
run() { each tests guide; }
