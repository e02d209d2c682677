# shellcheck shell=bash
# shellcheck disable=SC2154 # what Scripts/bench sets
# Sourced by Scripts/bench: against storage on this machine, all with 16 files at a time.

# store PEER COMMAND...: every round of both has a prefix of its own, so that nothing is ever there already.
store() {
    local peer=$1 rounds=7 round
    shift
    for round in $(seq 0 "$rounds"); do
        presign "$storage" "$peer-$round" 2000 "$work/objects"
    done
    compare --what "2,000 PUTs to SeaweedFS" --against "$peer" --rounds "$rounds" --work 2000 --speed-at-least 1 \
        -- "$hoist" put --quiet --jobs 16 --files-from "$work/objects" --presigned "$work/replies-$peer-{round}" -- "$@"
}

bench_storage() {
    start_storage
    make_files "$memory/objects" 2000 10240 10240 >"$work/objects"
    store s5cmd "$peers/s5cmd" --endpoint-url "$storage" --log error --numworkers 16 cp "$memory/objects/" \
        "s3://$bucket/s5cmd-{round}/"
    # Without looking first what is there already, and afterwards what has arrived: that takes rclone longer.
    store rclone env RCLONE_CONFIG_STORAGE_ENDPOINT="$storage" "$peers/rclone" copy --transfers 16 --checkers 16 \
        --no-check-dest --s3-no-check-bucket --s3-no-head "$memory/objects" "storage:$bucket/rclone-{round}"
    rm -r "$memory/objects"
}
