#!/bin/sh
# Javelin's tokenizer against llama.cpp's on ten megabytes of mixed text, in turns.
# Usage: bench/peers/tokenizers.sh VOCABULARY.gguf...   (after mvn -q package -DskipTests)
# Needs node with npm, and a JDK 25.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../jdk25.sh"
. "$here/fetch.sh"
for vocabulary in "$@"; do
    echo "$vocabulary"
    "$jdk/bin/java" -cp "$here/../target/benchmarks.jar" dev.javelin.bench.TokenizerRace \
        "$(realpath "$vocabulary")" node "$peers/tokenizers.mjs"
done
