# shellcheck shell=bash
# shellcheck disable=SC2154 # what Scripts/bench sets
# Sourced by Scripts/bench: instructions a file, which no other program on this machine changes.

# instructions OPTIONS -- HOIST... -- PEER...
instructions() { "$python" "$root/Benchmarks/instructions.py" --results "$results/instructions" "$@"; }

bench_instructions() {
    local count
    start_sink
    gcc -O2 -o "$work/floor" "$root/Benchmarks/floor.c" -lcurl -lmagic
    make_files "$memory/counted" 2000 1024 12288 >"$work/counted"
    for count in 1000 2000; do
        head -n "$count" "$work/counted" >"$work/counted-$count"
        presign "$sink" "counted-$count" "$count" "$work/counted"
    done
    instructions --what "A file to each::labs" --against "the same calls in C" --at-most 400 \
        -- "$hoist" upload --quiet --to eachlabs --jobs 8 --files-from "$work/counted-{count}" \
        -- "$work/floor" eachlabs 8 "$work/counted-{count}"
    instructions --what "A file to Figur" --against "the same calls in C" --at-most 290 \
        -- "$hoist" upload --quiet --to figur --jobs 8 --files-from "$work/counted-{count}" \
        -- "$work/floor" figur 8 "$work/counted-{count}"
    instructions --what "A presigned PUT" --against "curl --parallel" --at-most 420 \
        -- "$hoist" put --quiet --jobs 8 --files-from "$work/counted-{count}" \
        --presigned "$work/replies-counted-{count}" \
        -- curl --no-progress-meter --parallel --parallel-max 8 --config "$work/puts-counted-{count}"
    rm -r "$memory/counted"
}
