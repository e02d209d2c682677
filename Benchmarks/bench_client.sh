# shellcheck shell=bash
# shellcheck disable=SC2154 # what Scripts/bench sets
# Sourced by Scripts/bench: against a server that throws everything away, what is left is the client.

# small_files SERVICE NAME: one service, as the flag and as the table call it.
small_files() {
    compare --what "2,000 small files to $2" --against "the same calls in C" --rounds 11 --work 2000 \
        --server "$sink" --uploads 2000 --speed-at-least 0.8 --cpu-at-most 1.8 \
        -- "$hoist" upload --quiet --to "$1" --files-from "$work/small" -- "$work/floor" "$1" 8 "$work/small"
}

# On one core, so that the server is not on the client's: the scheduler would put it there now and then.
presigned_puts() {
    local client=(env)
    if [ "$(nproc)" -gt 1 ]; then
        taskset -cp $(($(nproc) - 1)) "$sink_pid" >/dev/null
        client=(taskset -c "0-$(($(nproc) - 2))")
    fi
    presign "$sink" small 2000 "$work/small"
    compare --what "2,000 presigned PUTs" --against "curl --parallel" --rounds 11 --work 2000 \
        --server "$sink" --uploads 2000 --speed-at-least 1.15 \
        -- "${client[@]}" "$hoist" put --quiet --files-from "$work/small" --presigned "$work/replies-small" \
        -- "${client[@]}" curl --no-progress-meter --parallel --parallel-max 8 --config "$work/puts-small"
    taskset -cp "0-$(($(nproc) - 1))" "$sink_pid" >/dev/null
}

bench_client() {
    local few
    make_files "$memory/small" 2000 1024 12288 >"$work/small"
    start_sink
    gcc -O2 -o "$work/floor" "$root/Benchmarks/floor.c" -lcurl -lmagic
    small_files eachlabs each::labs
    small_files figur Figur

    head -n 200 "$work/small" >"$work/few"
    mapfile -t few <"$work/few"
    compare --what "200 small files to each::labs" --against "shell pipeline in a loop" --rounds 3 --work 200 \
        --server "$sink" --uploads 200 --speed-at-least 50 \
        -- "$hoist" upload --quiet --to eachlabs --files-from "$work/few" -- "$root/Benchmarks/pipeline" "${few[@]}"
    presigned_puts
    rm -r "$memory/small"
}
