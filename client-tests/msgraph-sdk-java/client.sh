# Graph's typed SDK for Java, signed in by azure-identity for Java.
title="msgraph-sdk-java"
slow=yes

# Maven, with a repository in the work tree.
maven() { limit mvn --batch-mode --quiet --file "$folder/pom.xml" "-Dmaven.repo.local=$folder/.m2" "$@"; }

install() {
  local mark
  mark=$(fingerprint "$folder/pom.xml")
  if stamped "$folder/.m2/.installed" "$mark"; then return 0; fi
  needs java mvn keytool || return
  # With a test that is not there, everything that the tests take is fetched and none is run.
  maven test -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false &&
    maven dependency:build-classpath "-Dmdep.outputFile=$folder/.m2/.classpath" &&
    stamp "$folder/.m2/.installed" "$mark"
}

version() { sed -n '/<artifactId>microsoft-graph</{n;s/.*<version>\(.*\)<.*/\1/p;}' "$folder/pom.xml"; }

guide() { run_guide "CLASSPATH=$(cat "$folder/.m2/.classpath")"; }

tests() {
  local trusted=$work/truststore.p12 code=0
  keytool -importcert -noprompt -alias pim-emulator -file "$(ready caFile)" \
    -keystore "$trusted" -storetype PKCS12 -storepass changeit 2>/dev/null || return
  rm -rf "$folder/target/surefire-reports"
  maven --offline test "-DargLine=-Djavax.net.ssl.trustStore=$trusted -Djavax.net.ssl.trustStorePassword=changeit" || code=$?
  python3 "$here/support/surefire.py" "$folder/target/surefire-reports" "$results"
  return "$code"
}

run() { each tests guide; }
