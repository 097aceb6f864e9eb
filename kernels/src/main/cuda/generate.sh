#!/usr/bin/env bash
# Makes the PTX that is shipped, for every line of modules.txt, and the manifest beside it. Needs nvcc, and nothing else does.
#
#   kernels/src/main/cuda/generate.sh            all modules
#   kernels/src/main/cuda/generate.sh NAME...    some, and the manifest of all
#
# The PTX says an older version than the compiler writes, so that older drivers take it: the assembler accepts it, as the
# tests see, and drivers check no more than that.
set -euo pipefail
cd "$(dirname "$0")"
to=../resources/dev/javelin/kernels/cuda
flags="-ptx -fmad=false -I."

version_of() {
    case $1 in
        sm_75) echo 6.5 ;;
        sm_80) echo 7.0 ;;
        *) echo 8.0 ;;
    esac
}

generate() {
    local target=$1 module=$2 text=$3
    shift 3
    mkdir -p "$to/$target"
    # shellcheck disable=SC2086
    nvcc $flags -arch="compute_${target#sm_}" "$@" -o "$to/$target/$module.tmp" "$text.cu"
    sed -e "s/^\.version .*/.version $(version_of "$target")/" -e '/^[[:space:]]*\/\//d' -e '/^[[:space:]]*$/d' \
        -e 's/[[:space:]]\{1,\}/ /g' -e 's/^ //' -e 's/, /,/g' \
        "$to/$target/$module.tmp" > "$to/$target/$module.ptx"
    rm "$to/$target/$module.tmp"
}

if [ $# -eq 0 ]; then
    rm -rf "$to"/sm_*
fi
while read -r module text targets options; do
    case $module in '' | '#'*) continue ;; esac
    if [ $# -gt 0 ] && ! [[ " $* " == *" $module "* ]]; then
        continue
    fi
    for target in ${targets//,/ }; do
        while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do
            wait -n
        done
        # shellcheck disable=SC2086
        generate "$target" "$module" "$text" $options &
    done
done < modules.txt
while [ "$(jobs -rp | wc -l)" -gt 0 ]; do
    wait -n
done

{
    echo "compiler $(nvcc --version | grep -o 'release.*')"
    echo "flags $flags"
    find . -name '*.cu' -o -name '*.cuh' -o -name '*.txt' -o -name '*.sh' | sed 's|^\./||' | LC_ALL=C sort | while read -r file; do
        echo "source $(sha256sum < "$file" | cut -d' ' -f1) $file"
    done
    (cd "$to" && find . -name '*.ptx' | sed 's|^\./||' | LC_ALL=C sort | while read -r file; do
        echo "ptx $(sha256sum < "$file" | cut -d' ' -f1) $file"
    done)
} > "$to/manifest.txt"
