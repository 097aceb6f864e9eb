#!/bin/sh
# Javelin against llama.cpp with the same files, threads and tokens, in turns: prompts and generation.
# Usage: bench/peers/engines.sh [MODEL...]   (after mvn -q package -DskipTests)
# A model is a file, or a shape and a format such as qwen3-0.6b:Q4_0, of which a file with random weights is made. Without any:
# qwen3-0.6b in Q4_0, Q4_K, Q8_0 and F16. Needs node with npm, a JDK 25, and Linux on x86-64.
# PROMPT (512), TOKENS (32) and THREADS (the processors) say how much. Results are added to bench/target/engines.jsonl.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../jdk25.sh"
. "$here/fetch.sh"
[ $# -gt 0 ] || set -- qwen3-0.6b:Q4_0 qwen3-0.6b:Q4_K qwen3-0.6b:Q8_0 qwen3-0.6b:F16
count=$#
for model in "$@"; do
    case $model in
        *.gguf) file=$(realpath "$model") ;;
        *:*)
            mkdir -p "$here/../target/models"
            file=$here/../target/models/${model%%:*}-${model#*:}.gguf
            [ -f "$file" ] || "$here/../../javelin" synth "${model%%:*}" --format "${model#*:}" -o "$file" >&2
            ;;
        *)
            echo "$0: a model is a file *.gguf, or SHAPE:FORMAT: $model" >&2
            exit 2
            ;;
    esac
    set -- "$@" "$file"
done
shift "$count"
exec "$jdk/bin/java" @"$here/../../cli/src/main/assembly/vectors.args" --enable-native-access=ALL-UNNAMED \
    -cp "$here/../target/benchmarks.jar" dev.javelin.bench.EngineRace \
    "${PROMPT:-512}" "${TOKENS:-32}" "${THREADS:-$(nproc)}" "$here/../target/engines.jsonl" "$@" -- node "$peers/llama.mjs"
