# Azure's SDK for Go: armauthorization for Azure roles, signed in by azidentity.
title="Azure SDK for Go, armauthorization"
slow=yes

# Go, with its modules and what it builds in the work tree.
go_here() {
  (cd "$folder" && GOPATH=$folder/.go GOCACHE=$folder/.go/cache GOFLAGS=-modcacherw GOTOOLCHAIN=local limit go "$@")
}

install() {
  needs go python3 || return
  go_here vet .
}

version() { sed -n 's/^.*armauthorization\/v2 v\([0-9.]*\).*/\1/p' "$folder/go.mod"; }

tests() {
  local code=0
  SSL_CERT_FILE=$(ready caFile) go_here test -count=1 -json . >"$work/$client.json" || code=$?
  python3 "$here/support/go_test.py" "$work/$client.json" "$results"
  return "$code"
}

# What it takes is in the work tree: nothing is asked for.
guide() { run_guide "GOPATH=$folder/.go" "GOCACHE=$folder/.go/cache" GOPROXY=off GOSUMDB=off GOFLAGS=-modcacherw GOTOOLCHAIN=local; }

run() { each tests guide; }
