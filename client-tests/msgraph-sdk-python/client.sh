# Graph's typed SDK for Python, signed in by azure-identity.
title="msgraph-sdk for Python"

install() { install_pytest; }
version() { "$venv/bin/python" -m pip show msgraph-sdk | sed -n 's/^Version: //p'; }
guide() { run_guide "PATH=$venv/bin:$PATH"; }
run() { each run_pytest guide; }
