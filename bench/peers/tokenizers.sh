#!/bin/sh
# Javelin's tokenizer against llama.cpp's on ten megabytes of mixed text, in turns.
# Usage: bench/peers/tokenizers.sh VOCABULARY.gguf...   (after mvn -q package -DskipTests)
# Needs node with npm, and a JDK 25.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
peers="$here/../target/peers"
. "$here/../jdk25.sh"
mkdir -p "$peers"
if [ ! -d "$peers/node_modules/@node-llama-cpp/linux-x64" ]; then
    (cd "$peers" && echo '{"private": true}' > package.json \
        && npm install --ignore-scripts --omit=optional node-llama-cpp@3.22.1 \
        && npm install --ignore-scripts --omit=optional @node-llama-cpp/linux-x64@3.22.1) >&2
fi
cp "$here/tokenizers.mjs" "$peers/"
for vocabulary in "$@"; do
    echo "$vocabulary"
    "$jdk/bin/java" -cp "$here/../target/benchmarks.jar" dev.javelin.bench.TokenizerRace \
        "$(realpath "$vocabulary")" node "$peers/tokenizers.mjs"
done
