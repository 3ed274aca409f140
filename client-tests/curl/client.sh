# The wire as it is, and the README's own commands as they are written there.
title=curl

install() { needs curl python3; }
version() { curl --version | sed -n '1s/^curl \([0-9.]*\).*/\1/p'; }
run() { PIM_EMULATOR_RESULTS=$results limit bash "$folder/run"; }
