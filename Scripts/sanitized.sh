# shellcheck shell=bash
# shellcheck disable=SC2154 # what common.sh sets
# Sourced by test-asan and test-tsan, after common.sh.

# test_sanitized SANITIZER OPTIONS [ARGUMENT...]: builds programs and tests with that sanitizer and runs the tests, with
# the arguments for swift test. Fails where a test fails, and where the sanitizer reported anything, be it in a program
# that a test started and whose messages the test did not look at. A library in "$preload" is loaded into all of them.
test_sanitized() {
    local sanitizer=$1 options=$2
    shift 2
    local short=${sanitizer:0:1}san
    local scratch="$root/.build-$short"
    local built="$scratch/debug" programs="$scratch/programs" reports="$scratch/reports"
    local variable=${short^^}_OPTIONS
    options="$options:log_path=$reports/report"
    say "building programs and tests with the sanitizer for $sanitizer"
    swift build --package-path "$root" --scratch-path "$scratch" --sanitize "$sanitizer" --build-tests >&2

    rm -rf "$programs" "$reports"
    mkdir -p "$programs" "$reports"
    # The tests start programs with an environment of their own.
    local program
    for program in hoist hoist-sandbox; do
        cat >"$programs/$program" <<END
#!/bin/sh
export $variable='$options' LD_PRELOAD='${preload:-}' SWIFT_BACKTRACE=enable=no
exec '$built/$program' "\$@"
END
        chmod +x "$programs/$program"
    done
    export HOIST_BIN_DIR=$programs HOIST_SANITIZED_BIN=$programs/hoist HOIST_TEST_PYTHON
    HOIST_TEST_PYTHON=${HOIST_TEST_PYTHON:-$("$root/Scripts/test-python")}
    local failed=0
    # What limits or measures memory, or the length of files, has no room for a sanitizer's own.
    env "$variable=$options" LD_PRELOAD="${preload:-}" SWIFT_BACKTRACE=enable=no \
        swift test --package-path "$root" --scratch-path "$scratch" --sanitize "$sanitizer" --skip-build \
        --skip littleAddressSpaceIsEnough --skip oneGiBTakesAtMost40MiB --skip whatCannotBeKeptIsStillPrinted "$@" || failed=1
    local report
    for report in "$reports"/report.*; do
        [ -e "$report" ] || continue
        failed=1
        say "$report:"
        grep -E 'WARNING|ERROR|SUMMARY' "$report" >&2 || true
    done
    return "$failed"
}
