# shellcheck shell=bash
# shellcheck disable=SC2034 # what the scripts that source this use
# Sourced by the other scripts: where things are, and how to get what is missing.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
bin="$root/.build/release"

say() { printf '%s\n' "$*" >&2; }

# need PACKAGE COMMAND...: installs the Debian package unless the command succeeds. Collects, so that one call of
# install_missing does it all.
missing=()
need() {
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || missing+=("$package")
}

install_missing() {
    [ ${#missing[@]} -eq 0 ] && return
    local packages="${missing[*]}"
    missing=()
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { say "missing: $packages. Install with: apt-get install $packages"; exit 1; }
        as_root=(sudo)
    fi
    say "installing: $packages"
    # shellcheck disable=SC2086 # a list of package names
    if ! { "${as_root[@]}" apt-get update -qq \
        && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages; } >&2
    then
        say "installing failed; try: apt-get install $packages"
        exit 1
    fi
}

need_build_tools() {
    command -v swift >/dev/null || { say "missing: a Swift 6 toolchain; see https://www.swift.org/install/linux/"; exit 1; }
    need pkg-config command -v pkg-config
    need libcurl4-openssl-dev test -e /usr/include/curl/curl.h -o -e "/usr/include/$(uname -m)-linux-gnu/curl/curl.h"
    need libmagic-dev test -e /usr/include/magic.h
    need libssl-dev test -e /usr/include/openssl/evp.h
    install_missing
}

# What Tests/Media/make-corpus makes the media corpus with.
need_corpus_tools() {
    need python3 command -v python3
    need ffmpeg command -v ffmpeg
    need imagemagick command -v identify
    need libheif-examples command -v heif-enc
    need libjxl-tools command -v cjxl
    need webp command -v img2webp
    need zip command -v zip
}

# python_with REQUIREMENTS NAME: makes .build/NAME, a Python environment with these packages, and prints the path of its
# interpreter. Needs python3-venv.
python_with() {
    local wanted=$1 environment="$root/.build/$2"
    if ! cmp -s "$wanted" "$environment/installed.txt"; then
        say "installing into $environment: $(grep -v '^#' "$wanted" | tr '\n' ' ')"
        python3 -m venv --clear "$environment" >&2
        "$environment/bin/pip" install --quiet --disable-pip-version-check -r "$wanted" >&2
        cp "$wanted" "$environment/installed.txt"
    fi
    echo "$environment/bin/python"
}

# The programs as they are shipped: release, the Swift libraries linked in, stripped. A target that imports one that it
# does not name would build too, where that one happened to be built before.
build_release() {
    say "building the release binaries"
    swift build --package-path "$root" -c release --static-swift-stdlib --disable-local-rpath -Xlinker -s \
        --explicit-target-dependency-import-check error >&2
}

# start_sandbox: runs hoist-sandbox until the script ends, with its URLs and keys in the environment and "$work" as a
# directory that goes with it. Needs jq.
start_sandbox() {
    work=$(mktemp -d)
    trap 'kill "${sandbox:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
    mkfifo "$work/announcement"
    "$bin/hoist-sandbox" >"$work/announcement" &
    sandbox=$!
    local announcement
    read -r announcement <"$work/announcement"
    told() { jq -r ".$1" <<<"$announcement"; }
    FIGUR_BASE_URL=$(told figur_base_url) FIGUR_API_KEY=$(told figur_api_key)
    EACHLABS_BASE_URL=$(told eachlabs_base_url) EACHLABS_API_KEY=$(told eachlabs_api_key) EACHLABS_OWNER=$(told owner)
    EACHLABS_V1_BASE_URL=$EACHLABS_BASE_URL
    export FIGUR_BASE_URL FIGUR_API_KEY EACHLABS_BASE_URL EACHLABS_V1_BASE_URL EACHLABS_API_KEY EACHLABS_OWNER
}
