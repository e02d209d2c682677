# shellcheck shell=bash
# shellcheck disable=SC2154 # what Scripts/bench sets
# Sourced by Scripts/bench: the program by itself.

bench_program() {
    compare --what "Starting" --against "curl --version" --rounds 21 --time-at-most 1.25 \
        -- "$hoist" --version -- curl --version

    # The corpus of the tests, copied to 2,000 files.
    local corpus number file
    "$root/Tests/Media/make-corpus" "$work/corpus" >&2
    mapfile -t corpus < <(find "$work/corpus" -type f -size +0 | sort)
    mkdir "$memory/corpus"
    for number in {1..2000}; do
        file=${corpus[number % ${#corpus[@]}]}
        cp "$file" "$memory/corpus/$number-${file##*/}"
    done
    compare --what "Telling the types of 2,000 files" --against "file --mime-type" --speed-at-least 0.77 \
        -- "$hoist" inspect --quiet --probe off "$memory"/corpus/* -- file --mime-type "$memory"/corpus/*
    rm -r "$memory/corpus"

    compare --what "One small file to each::labs" --against "shell pipeline" --rounds 21 --speed-at-least 2.86 \
        -- "$hoist" upload --quiet --to eachlabs "$root/Tests/Media/shot.png" \
        -- "$root/Benchmarks/pipeline" "$root/Tests/Media/shot.png"
}
