# shellcheck shell=bash
# shellcheck disable=SC2154 # what Scripts/bench sets
# Sourced by Scripts/bench: what grows with the number of files.

bench_growth() {
    start_sink
    make_files "$memory/100,000" 100000 64 128 >/dev/null
    make_files "$memory/10,000" 10000 64 128 >/dev/null
    local upload_all=("$hoist" upload --quiet --to eachlabs --probe off --recursive)
    compare --what "100,000 files in a directory" --against "10,000 files, also by hoist" --rounds 5 \
        --time-at-most 10.5 --memory-at-most 150 \
        -- "${upload_all[@]}" "$memory/100,000" -- "${upload_all[@]}" "$memory/10,000"
    rm -r "$memory/100,000" "$memory/10,000"
    local count=1000000
    if [ ${#quick[@]} -gt 0 ]; then count=10000; fi
    "$python" "$root/Benchmarks/growth.py" --results "$results/growth" --hoist "$hoist" --directory "$memory/million" \
        --files "$count"
}

bench_scenarios() {
    local options=()
    if [ ${#quick[@]} -gt 0 ]; then options=(--rounds 1 --jobs "8,64"); fi
    "$python" "$root/Benchmarks/links" --hoist "$hoist" --results "$results/scenarios" "${options[@]}" >&2
}
