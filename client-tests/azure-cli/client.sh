# Azure CLI.
title="Azure CLI"

install() { install_pytest && install_azure_cli; }
version() { "$azure_cli/bin/python" -c 'from importlib.metadata import version; print(version("azure-cli"))'; }
# A command is a second of one processor.
tests() { run_pytest --numprocesses 2; }
guide() { run_guide "PATH=$azure_cli/bin:$PATH"; }
run() { each tests guide; }
