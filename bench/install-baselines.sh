#!/usr/bin/env bash
# Installs what `… -- compare` compares with, as far as this machine lets it: OpenBLAS, oneDNN and torch from Debian or
# Ubuntu, ONNX Runtime from npm into bench/.baselines. What is there already is left alone; says what it did. The exit
# code is the number of baselines that are missing afterwards.
set -uo pipefail
cd "$(dirname "$0")"

root=()
if ((EUID != 0)); then root=(sudo -n); fi
missing=0
updated=

report() { printf '%-14s %s\n' "$1" "$2"; }
has_library() { [[ $(ldconfig -p) == *$1* ]]; }
has_torch() { /usr/bin/python3 -c 'import torch' 2>/dev/null || python3 -c 'import torch' 2>/dev/null; }
onnx_runtime() { [[ -n $(find .baselines -path "*/linux/$(machine)/libonnxruntime.so*" 2>/dev/null) ]]; }
machine() { case $(uname -m) in x86_64) echo x64 ;; aarch64) echo arm64 ;; *) uname -m ;; esac; }

apt_install() {
    [[ -n $updated ]] || { "${root[@]}" apt-get update -qq >/dev/null 2>&1; updated=1; }
    "${root[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

# name, check, what to install it with
ensure() {
    local name=$1 check=$2
    shift 2
    if $check; then
        report "$name" "is there"
    elif "$@" && $check; then
        report "$name" "installed"
    else
        report "$name" "could not be installed ($*)"
        missing=$((missing + 1))
    fi
}

openblas() { has_library libopenblas; }
onednn() { has_library libdnnl.so.2; }
# Its own scripts would download GPU libraries; the one for the CPU is in the package. Those of other systems go.
npm_install() {
    mkdir -p .baselines
    npm install --prefix .baselines --ignore-scripts --no-audit --no-fund --silent "$@" >/dev/null 2>&1 || return 1
    find .baselines -path '*/bin/napi-*' \( -path '*/win32/*' -o -path '*/darwin/*' \) -type f -delete
}

ensure OpenBLAS openblas apt_install libopenblas0-pthread
ensure oneDNN onednn apt_install libdnnl2
ensure torch has_torch apt_install python3-torch
ensure "ONNX Runtime" onnx_runtime npm_install onnxruntime-node
exit $missing
