# The JavaScript client of Graph, signed in by @azure/identity.
title="@microsoft/microsoft-graph-client"

install() { install_node; }
version() { node_version "$title"; }
run() { each run_node run_guide; }
