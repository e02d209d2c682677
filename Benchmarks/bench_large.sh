# shellcheck shell=bash
# shellcheck disable=SC2154 # what Scripts/bench sets
# Sourced by Scripts/bench: large files, and files that are not in memory.

# a_gigabyte AGAINST OPTION... -- HOIST'S FLAG... -- COMMAND...
a_gigabyte() {
    local against=$1 options=() flags=()
    shift
    while [ "$1" != -- ]; do options+=("$1"); shift; done
    shift
    while [ "$1" != -- ]; do flags+=("$1"); shift; done
    compare --against "$against" --rounds 7 --server "$sink" --uploads 1 "${options[@]}" \
        -- "$hoist" put --quiet "$memory/large" "${flags[@]}" "$@"
}

large_files() {
    head -c 1G /dev/zero >"$memory/large"
    gcc -O2 -o "$work/send_loop" "$root/Benchmarks/send_loop.c" -lssl -lcrypto
    start_nginx "$sink"
    a_gigabyte "a C loop of pread and send" --what "A PUT of 1 GiB, not verified" --work 1024 --unit MiB \
        --speed-at-least 0.9 --memory-at-most 32 \
        -- --no-verify --url "$sink/large" -- "$work/send_loop" "$memory/large" "$sink/large"
    a_gigabyte "a C loop of SSL_write" --what "A PUT of 1 GiB over TLS, not verified" --work 1024 --unit MiB \
        --speed-at-least 0.95 \
        -- --no-verify --url "$nginx/large" -- "$work/send_loop" "$memory/large" "$nginx/large" "$work/cert.pem"
    # hoist takes the MD5 of what goes to S3.
    presign "$sink" large 1 <(echo "$memory/large")
    a_gigabyte "curl -T" --what "A PUT of 1 GiB with its MD5" --work 1073.74 --unit MB --rate-at-least 600 \
        -- --presigned "$work/replies-large" -- curl -sS -f -T "$memory/large" "$sink/large"
    rm "$memory/large"
}

# On a disk, where they can be anything but in memory.
cold_files() {
    make_files "$work/cold" 3000 57344 57344 >"$work/cold-list"
    sync "$work/cold"
    compare --what "3,000 files of 56 KiB, not in memory" --against "the same again, in memory" --work 3000 \
        --server "$sink" --uploads 3000 --speed-at-least 0.8 --before "$python $root/Benchmarks/forget.py $work/cold-list" \
        -- "$hoist" upload --quiet --to figur --files-from "$work/cold-list" \
        -- "$hoist" upload --quiet --to figur --files-from "$work/cold-list"
    rm -r "$work/cold"
}

bench_large() {
    start_sink
    large_files
    cold_files
}
