#!/bin/sh
# Checks and measures the GPUs of a Linux x86-64 machine that has a driver and nothing else: probe, conformance kit, tiny model,
# speed of synthetic models. Goes on after a failure, ends with 1 if there was one, and takes less than nine minutes.
# Usage: bench/gpu/check.sh [BUNDLE [FOLDER]]   (a bundle of bench/gpu/pack.sh; the folder for the results, by default $OUT or .)
# Without DEVICES="cuda:0 opencl:0" it takes CUDA's devices, or all GPUs where there are none;
# MODELS="qwen3-8b/Q4_K_M" names other models, or none; MINUTES the time to take.
set -u
here=$(cd "$(dirname "$0")" && pwd)
bundle=${1:-$here/../target/gpu/javelin-gpu.tar.xz}
results=${2:-${OUT:-.}}
models=${MODELS-"qwen3-0.6b/Q4_0 qwen3-0.6b/F16 qwen3-8b/Q4_K_M"}
end=$(($(date +%s) + ${MINUTES:-8} * 60 + 40))

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$results" || exit 1
xz -dc "$bundle" | tar -C "$work" -x || { echo "check.sh: the bundle cannot be unpacked: $bundle" >&2; exit 1; }
home=$work/javelin-gpu
summary=$results/summary.md
failed=0

# The driver brings its library, but often neither the loader nor the file that names it.
export LD_LIBRARY_PATH="$home/lib:${LD_LIBRARY_PATH:-}"
ls /etc/OpenCL/vendors/*.icd >/dev/null 2>&1 || export OCL_ICD_VENDORS="$home/vendors"
export XDG_CACHE_HOME="$work/cache"
export CUDA_CACHE_PATH="$work/cache/nv" # so that the first check of a device pays for compiling, and the log says how much

cat >"$work/logging.properties" <<EOF
handlers=java.util.logging.ConsoleHandler
java.util.logging.ConsoleHandler.level=FINE
java.util.logging.SimpleFormatter.format=%5\$s%n
dev.javelin.cuda.level=FINE
EOF

# check SECONDS ARGUMENTS...: runs one check, never longer than there is time.
check() {
    most=$1
    left=$((end - $(date +%s)))
    [ "$left" -lt "$most" ] && most=$left
    shift
    if [ "$most" -lt 10 ]; then
        echo "- $*: NOT RUN, there was no time left" | tee -a "$summary"
        failed=1
        return
    fi
    timeout -k 5 "$most" "$home/java/bin/java" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
        -Djava.util.logging.config.file="$work/logging.properties" -Djava.io.tmpdir="$work" \
        -Djavelin.check.out="$work/json" ${JAVELIN_JAVA_OPTIONS:-} \
        -cp "$home/lib/benchmarks.jar" dev.javelin.bench.gpu.DeviceCheck "$@" >"$work/line" 2>"$work/log"
    code=$?
    if [ "$code" = 124 ] || [ "$code" = 137 ]; then
        echo "$*: FAILED; still running after $most s" >"$work/line"
    elif [ ! -s "$work/line" ]; then
        echo "$*: FAILED; it ended with $code and said: $(tail -n 1 "$work/log")" >"$work/line"
    fi
    [ "$code" = 0 ] || failed=1
    { echo "== $*"; cat "$work/log"; } >>"$results/log.txt"
    cat "$work/json" >>"$results/results.jsonl" 2>/dev/null
    rm -f "$work/json"
    sed 's/^/- /' "$work/line" | tee -a "$summary"
}

{
    echo "# Javelin at $(cat "$home/commit"), $(date -u +%Y-%m-%d)"
    echo
    (command -v nvidia-smi >/dev/null && nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader) || true
    echo
} >"$summary"

rm -f "$results/log.txt" "$results/results.jsonl"
check 60 probe
gpus=$(tr '{' '\n' <"$results/results.jsonl" 2>/dev/null | grep '"GPU"' | sed 's/.*"id": "\([^"]*\)".*/\1/')
cuda=$(echo "$gpus" | grep '^cuda:')
devices=${DEVICES:-${cuda:-$gpus}}
if [ -z "$devices" ]; then
    echo "- FAILED: there is no GPU; results.jsonl says why" | tee -a "$summary"
    exit 1
fi
for device in $devices; do
    check 60 tiny "$device"
    case $device in
        cuda:*) check 60 vectors "$device" "$results/instructions-${device#cuda:}.txt" ;;
    esac
    check 60 ceiling "$device"
    for model in $models; do
        check 120 speed "$device" "${model%/*}" "${model#*/}"
    done
    check 300 kit "$device"
done
[ "$failed" = 0 ] && echo "- all passed" | tee -a "$summary"
exit "$failed"
