# shellcheck shell=bash
# shellcheck disable=SC2154 # what Scripts/bench sets
# Sourced by Scripts/bench: over links of some length, to storage and to servers with limits, each tool at its defaults.

# uploads_over WHAT ENDPOINT COUNT PEER ROUNDS OPTION...: hoist and a peer PUT the same files.
uploads_over() {
    local what=$1 endpoint=$2 count=$3 peer=$4 rounds=$5 round command prefix
    shift 5
    over=$((${over:-0} + 1))
    for round in $(seq 0 "$rounds"); do
        presign "$endpoint" "over-$over-$round" "$count" "$work/objects"
    done
    head -n "$count" "$work/objects" >"$work/some"
    prefix="$bucket/$peer-$over-{round}"
    case $peer in
        "curl --parallel") command=(curl --no-progress-meter --parallel --config "$work/puts-over-$over-{round}") ;;
        s5cmd) command=("$peers/s5cmd" --endpoint-url "$endpoint" --log error cp "$memory/objects-$count/" "s3://$prefix/") ;;
        rclone) command=(env RCLONE_CONFIG_STORAGE_ENDPOINT="$endpoint" "$peers/rclone" copy "${rclone_flags[@]}"
            "$memory/objects-$count" "storage:$prefix") ;;
        "aws s3 cp") command=("$peers/aws" s3 cp --recursive --only-show-errors --endpoint-url "$endpoint"
            "$memory/objects-$count" "s3://$prefix/") ;;
    esac
    compare --what "$what" --against "$peer" --rounds "$rounds" --work "$count" "$@" \
        -- "$hoist" put --quiet --files-from "$work/some" --presigned "$work/replies-over-$over-{round}" -- "${command[@]}"
    rm "$work"/*-over-"$over"-*
}

# all_over WHAT ENDPOINT COUNT CURL S5CMD OTHERS OPTION...: against all, with how many times as fast hoist has to be.
all_over() {
    local what=$1 endpoint=$2 count=$3 curl=$4 s5cmd=$5 others=$6
    shift 6
    uploads_over "$what" "$endpoint" "$count" "curl --parallel" 5 --picture --speed-at-least "$curl" "$@"
    uploads_over "$what" "$endpoint" "$count" s5cmd 5 --picture --speed-at-least "$s5cmd" "$@"
    uploads_over "$what" "$endpoint" "$count" rclone 1 --no-warm-up --picture --speed-at-least "$others" "$@"
    uploads_over "$what" "$endpoint" "$count" "aws s3 cp" 1 --no-warm-up --picture --speed-at-least "$others" "$@"
}

to_storage_over_links() {
    local round_trip
    rclone_flags=()
    start_storage
    for round_trip in 40 150; do
        start_link "$round_trip" 0 "$storage"
        all_over "1,000 PUTs over $round_trip ms" "$link" 1000 2 1.11 2
    done
    start_nginx "$storage"
    start_link 40 0 "$nginx"
    all_over "1,000 PUTs over 40 ms, TLS" "$link" 1000 2 1.11 2
    # Here all wait for the link.
    start_link 40 20 "$storage"
    all_over "1,000 PUTs over 20 Mbit/s" "$link" 1000 0.95 0.95 0.95
}

to_servers_with_limits() {
    # It has no list of what it holds, and no HEAD.
    rclone_flags=(--no-check-dest --s3-no-check-bucket --s3-no-head)
    start_sink --at-once 8 --service 20
    start_link 40 0 "$sink"
    all_over "1,000 PUTs, 8 at once" "$link" 1000 0.95 0.95 0.95 --server "$sink" --uploads 1000
    start_sink --rate 50 --burst 10
    start_link 40 0 "$sink"
    all_over "300 PUTs, 50 a second" "$link" 300 0.9 0.9 0.9 --server "$sink" --uploads 300 --may-fail --lost-at-most 0
    figur_at_its_rate
}

# What a script would use: curl takes the pause from the 429.
figur_at_its_rate() {
    local file
    export FIGUR_BASE_URL=$link
    head -n 300 "$work/objects" >"$work/some"
    while read -r file; do
        printf 'next\nsilent\nfail\nretry = 10\nurl = %s/v1/uploads\nform = "file=@%s;type=image/png"\noutput = /dev/null\n' \
            "$link" "$file"
        printf 'header = "Authorization: Bearer %s"\n' "$FIGUR_API_KEY"
    done <"$work/some" >"$work/forms"
    compare --what "300 files to Figur, 50 a second" --against "curl --parallel --retry 10" --rounds 1 --no-warm-up \
        --work 300 --server "$sink" --uploads 300 --may-fail --picture --speed-at-least 0.9 --lost-at-most 0 \
        -- "$hoist" upload --quiet --to figur --files-from "$work/some" \
        -- curl --no-progress-meter --parallel --config "$work/forms"
}

# What one small file costs where each round trip counts: TCP, TLS and the request are three of them.
one_small_file() {
    local api
    start_sink
    start_nginx "$sink"
    start_link 40 0 "$nginx"
    api=$link
    start_link 40 0 "$nginx"
    curl -sS "$sink/storage?$link"
    export EACHLABS_BASE_URL=$api FIGUR_BASE_URL=$api
    compare --what "One small file to Figur, 40 ms, TLS" --against "curl -F" --rounds 11 --round-trip 40 --trips-at-most 3.7 \
        -- "$hoist" upload --quiet --to figur "$root/Tests/Media/shot.png" \
        -- curl -sS -f -o /dev/null -H "Authorization: Bearer $FIGUR_API_KEY" \
        -F "file=@$root/Tests/Media/shot.png;type=image/png" "$api/v1/uploads"
    compare --what "One small file to each::labs, 40 ms, TLS" --against "shell pipeline" --rounds 11 --round-trip 40 \
        --trips-at-most 6.7 -- "$hoist" upload --quiet --to eachlabs "$root/Tests/Media/shot.png" \
        -- "$root/Benchmarks/pipeline" "$root/Tests/Media/shot.png"
}

bench_links() {
    local count
    for count in 300 1000; do make_files "$memory/objects-$count" "$count" 10240 10240 >"$work/objects"; done
    to_storage_over_links
    to_servers_with_limits
    one_small_file
    rm -r "$memory"/objects-*
}
