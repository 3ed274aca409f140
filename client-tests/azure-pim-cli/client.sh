# az-pim, as it comes from crates.io. It gets its tokens from the real `az`.
title="azure-pim-cli"
az_pim_version=0.17.0
az_pim=$folder/.cargo-root

install() {
  install_pytest && install_azure_cli && install_az_pim
}

# Built without optimising and without what a debugger wants: that takes half as long, and the program is the same.
install_az_pim() {
  if stamped "$az_pim/.installed" "$az_pim_version"; then return 0; fi
  needs cargo pkg-config || return
  if ! pkg-config --exists openssl; then
    echo "client-tests/run: $client needs OpenSSL's headers (libssl-dev), which this machine does not have" >&2
    return 1
  fi
  # Not in the emulator's own target directory, and not by the tools that its toolchain file names.
  (cd "$folder" && CARGO_TARGET_DIR=$az_pim/target CARGO_PROFILE_DEV_DEBUG=0 cargo install --quiet --debug --locked --root "$az_pim" \
    --version "$az_pim_version" azure-pim-cli) || return
  rm -rf "$az_pim/target"
  stamp "$az_pim/.installed" "$az_pim_version"
}

version() { "$az_pim/bin/az-pim" --version | sed 's/^.* //'; }
# Each of its commands runs `az`.
tests() { run_pytest --numprocesses 2; }
guide() { run_guide "PATH=$az_pim/bin:$azure_cli/bin:$PATH"; }
run() { each tests guide; }
