#!/bin/sh
# Packs all that bench/gpu/check.sh needs on a Linux x86-64 machine with nothing but a GPU driver: a Java runtime with only the
# modules in use, the program with its tests, and the OpenCL loader.
# Usage: bench/gpu/pack.sh [FILE]   (after mvn -q package -DskipTests; default bench/target/gpu/javelin-gpu.tar.xz)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
file=${1:-$here/../target/gpu/javelin-gpu.tar.xz}
limit=40000000
. "$here/../jdk25.sh"

jar=$here/../target/benchmarks.jar
if [ ! -f "$jar" ]; then
    echo "pack.sh: $jar is missing: run mvn -q package -DskipTests first" >&2
    exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$(dirname "$file")" "$work/javelin-gpu/lib" "$work/javelin-gpu/vendors"

echo "linking a Java runtime" >&2
"$jdk/bin/jlink" --output "$work/javelin-gpu/java" \
    --add-modules java.base,java.logging,java.management,jdk.management,jdk.incubator.vector,jdk.unsupported \
    --strip-debug --no-header-files --no-man-pages --compress=zip-0 --vm=server
cp "$jar" "$work/javelin-gpu/lib/"

loader=
for folder in /usr/lib/x86_64-linux-gnu /usr/lib64 /usr/lib; do
    [ -e "$folder/libOpenCL.so.1" ] && loader=$folder/libOpenCL.so.1 && break
done
if [ -n "$loader" ]; then
    cp -L "$loader" "$work/javelin-gpu/lib/"
else
    echo "pack.sh: no OpenCL loader here (apt-get install ocl-icd-libopencl1), so none is packed" >&2
fi
echo libnvidia-opencl.so.1 >"$work/javelin-gpu/vendors/nvidia.icd"
(cd "$here/../.." && git describe --always --dirty 2>/dev/null || echo unknown) >"$work/javelin-gpu/commit"

echo "packing" >&2
tar -C "$work" -c javelin-gpu | xz -6 -T0 >"$file"
size=$(wc -c <"$file")
echo "$file: $size bytes"
if [ "$size" -gt "$limit" ]; then
    echo "pack.sh: the bundle is larger than $limit bytes" >&2
    exit 1
fi
