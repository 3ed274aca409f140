# The JavaScript client of Azure roles, signed in by @azure/identity.
title="@azure/arm-authorization"

install() { install_node; }
version() { node_version "$title"; }
run() { each run_node run_guide; }
