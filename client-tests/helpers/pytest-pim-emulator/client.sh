# The pytest plugin, with nothing to lean on but the binary: it starts its own.
title="pytest, with pytest-pim-emulator"
page=pytest

install() { install_pytest; }
version() { "$venv/bin/python" -m pytest --version | sed 's/^pytest //'; }
tests() (
  unset PIM_EMULATOR_READY_FILE
  run_pytest
)
guide() { run_guide "PATH=$venv/bin:$PATH" "PYTHONPATH=$folder/src" PYTEST_PLUGINS=pytest_pim_emulator.plugin; }
run() { each tests guide; }
