#!/bin/sh
# Javelin's tokenizer against llama.cpp's on ten megabytes of mixed text, in turns.
# Usage: bench/peers/tokenizers.sh VOCABULARY.gguf...   (after mvn -q package -DskipTests)
# Needs node with npm, and a JDK 25 in JAVA25_HOME, JAVA_HOME or the path.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
peers="$here/../target/peers"
java=
for candidate in "${JAVA25_HOME:-/nowhere}/bin/java" "${JAVA_HOME:-/nowhere}/bin/java" java; do
    if "$candidate" -version 2>&1 | grep -q 'version "25'; then
        java=$candidate
        break
    fi
done
if [ -z "$java" ]; then
    echo "tokenizers.sh: a JDK 25 is needed: point JAVA25_HOME at one" >&2
    exit 1
fi
mkdir -p "$peers"
if [ ! -d "$peers/node_modules/@node-llama-cpp/linux-x64" ]; then
    (cd "$peers" && echo '{"private": true}' > package.json \
        && npm install --ignore-scripts --omit=optional node-llama-cpp@3.22.1 \
        && npm install --ignore-scripts --omit=optional @node-llama-cpp/linux-x64@3.22.1) >&2
fi
cp "$here/tokenizers.mjs" "$peers/"
for vocabulary in "$@"; do
    echo "$vocabulary"
    "$java" -cp "$here/../target/benchmarks.jar" dev.javelin.bench.TokenizerRace \
        "$(realpath "$vocabulary")" node "$peers/tokenizers.mjs"
done
