#!/bin/bash

__hoist_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__hoist_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__hoist_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__hoist_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_hoist() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __hoist_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    upload|presign|put|status|delete|inspect|services|help)
        # Offer subcommand argument completions
        "_hoist_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'upload presign put status delete inspect services help' -- "${cur}"))
        ;;
    esac
}

_hoist_upload() {
    repeating_flags=()
    non_repeating_flags=(--recursive -r --case-sensitive --allow-empty --strict --wait --sha256 --no-verify -4 --ipv4 -6 --ipv6 --unordered --fail-fast --print0 --json --quiet -q --verbose -v --version -h --help)
    repeating_options=(--include --exclude --files-from --files-from0 --set --field)
    non_repeating_options=(--shard --max-size --to --base-url --api-key-file --requests-per-second --content-type --file-type --probe --owner --callback-url --expires-in --audio-duration --video-duration --video-bitrate --wait-timeout --wait-interval --timeout --connect-timeout --reply-timeout --retries --retry-max-time --cacert --limit-rate -j --jobs --failed-to --progress --progress-fd --output -o --output-file --color --journal)
    __hoist_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--include')
        return
        ;;
    '--exclude')
        return
        ;;
    '--files-from')
        __hoist_add_completions -f
        return
        ;;
    '--files-from0')
        __hoist_add_completions -f
        return
        ;;
    '--shard')
        return
        ;;
    '--max-size')
        return
        ;;
    '--to')
        __hoist_add_completions -W 'assemblyai'$'\n''cloudflare-images'$'\n''cloudflare-stream'$'\n''eachlabs-v1'$'\n''eachlabs'$'\n''elevenlabs-music'$'\n''fal'$'\n''figur'$'\n''gemini'$'\n''heygen-direct'$'\n''heygen'$'\n''higgsfield'$'\n''krea'$'\n''leonardo'$'\n''mux'$'\n''openai'$'\n''replicate'$'\n''runway'$'\n''vidu'$'\n''wavespeed'
        return
        ;;
    '--base-url')
        return
        ;;
    '--api-key-file')
        __hoist_add_completions -f
        return
        ;;
    '--requests-per-second')
        return
        ;;
    '--content-type')
        return
        ;;
    '--file-type')
        __hoist_add_completions -W 'image'$'\n''video'$'\n''audio'$'\n''other'
        return
        ;;
    '--probe')
        __hoist_add_completions -W 'auto'$'\n''off'$'\n''require'
        return
        ;;
    '--set')
        return
        ;;
    '--owner')
        return
        ;;
    '--callback-url')
        return
        ;;
    '--expires-in')
        return
        ;;
    '--audio-duration')
        return
        ;;
    '--video-duration')
        return
        ;;
    '--video-bitrate')
        return
        ;;
    '--wait-timeout')
        return
        ;;
    '--wait-interval')
        return
        ;;
    '--timeout')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--reply-timeout')
        return
        ;;
    '--retries')
        return
        ;;
    '--retry-max-time')
        return
        ;;
    '--cacert')
        __hoist_add_completions -f
        return
        ;;
    '--limit-rate')
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    '--failed-to')
        __hoist_add_completions -f
        return
        ;;
    '--progress')
        __hoist_add_completions -W 'auto'$'\n''bar'$'\n''plain'$'\n''json'$'\n''none'
        return
        ;;
    '--progress-fd')
        return
        ;;
    '--output')
        __hoist_add_completions -W 'auto'$'\n''table'$'\n''json'$'\n''array'$'\n''csv'$'\n''tsv'$'\n''markdown'
        return
        ;;
    '-o'|'--output-file')
        __hoist_add_completions -f
        return
        ;;
    '--field')
        return
        ;;
    '--color')
        __hoist_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '--journal')
        __hoist_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __hoist_add_completions -f
        return
        ;;
    esac
}

_hoist_presign() {
    repeating_flags=()
    non_repeating_flags=(--recursive -r --case-sensitive --allow-empty --strict -4 --ipv4 -6 --ipv6 --unordered --fail-fast --print0 --json --quiet -q --verbose -v --version -h --help)
    repeating_options=(--include --exclude --files-from --files-from0 --set --field)
    non_repeating_options=(--shard --max-size --to --base-url --api-key-file --requests-per-second --content-type --file-type --probe --owner --callback-url --expires-in --audio-duration --video-duration --video-bitrate --timeout --connect-timeout --reply-timeout --retries --retry-max-time --cacert --limit-rate -j --jobs --failed-to --progress --progress-fd --output -o --output-file --color)
    __hoist_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--include')
        return
        ;;
    '--exclude')
        return
        ;;
    '--files-from')
        __hoist_add_completions -f
        return
        ;;
    '--files-from0')
        __hoist_add_completions -f
        return
        ;;
    '--shard')
        return
        ;;
    '--max-size')
        return
        ;;
    '--to')
        __hoist_add_completions -W 'assemblyai'$'\n''cloudflare-images'$'\n''cloudflare-stream'$'\n''eachlabs-v1'$'\n''eachlabs'$'\n''elevenlabs-music'$'\n''fal'$'\n''figur'$'\n''gemini'$'\n''heygen-direct'$'\n''heygen'$'\n''higgsfield'$'\n''krea'$'\n''leonardo'$'\n''mux'$'\n''openai'$'\n''replicate'$'\n''runway'$'\n''vidu'$'\n''wavespeed'
        return
        ;;
    '--base-url')
        return
        ;;
    '--api-key-file')
        __hoist_add_completions -f
        return
        ;;
    '--requests-per-second')
        return
        ;;
    '--content-type')
        return
        ;;
    '--file-type')
        __hoist_add_completions -W 'image'$'\n''video'$'\n''audio'$'\n''other'
        return
        ;;
    '--probe')
        __hoist_add_completions -W 'auto'$'\n''off'$'\n''require'
        return
        ;;
    '--set')
        return
        ;;
    '--owner')
        return
        ;;
    '--callback-url')
        return
        ;;
    '--expires-in')
        return
        ;;
    '--audio-duration')
        return
        ;;
    '--video-duration')
        return
        ;;
    '--video-bitrate')
        return
        ;;
    '--timeout')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--reply-timeout')
        return
        ;;
    '--retries')
        return
        ;;
    '--retry-max-time')
        return
        ;;
    '--cacert')
        __hoist_add_completions -f
        return
        ;;
    '--limit-rate')
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    '--failed-to')
        __hoist_add_completions -f
        return
        ;;
    '--progress')
        __hoist_add_completions -W 'auto'$'\n''bar'$'\n''plain'$'\n''json'$'\n''none'
        return
        ;;
    '--progress-fd')
        return
        ;;
    '--output')
        __hoist_add_completions -W 'auto'$'\n''table'$'\n''json'$'\n''array'$'\n''csv'$'\n''tsv'$'\n''markdown'
        return
        ;;
    '-o'|'--output-file')
        __hoist_add_completions -f
        return
        ;;
    '--field')
        return
        ;;
    '--color')
        __hoist_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __hoist_add_completions -f
        return
        ;;
    esac
}

_hoist_put() {
    repeating_flags=()
    non_repeating_flags=(--recursive -r --case-sensitive --allow-empty --sha256 --no-verify -4 --ipv4 -6 --ipv6 --unordered --fail-fast --print0 --json --quiet -q --verbose -v --no-expiry-check --version -h --help)
    repeating_options=(--include --exclude --files-from --files-from0 -H --header --field)
    non_repeating_options=(--shard --max-size --presigned --url-file --url --timeout --connect-timeout --reply-timeout --retries --retry-max-time --cacert --limit-rate -j --jobs --failed-to --progress --progress-fd --output -o --output-file --color --content-type)
    __hoist_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--include')
        return
        ;;
    '--exclude')
        return
        ;;
    '--files-from')
        __hoist_add_completions -f
        return
        ;;
    '--files-from0')
        __hoist_add_completions -f
        return
        ;;
    '--shard')
        return
        ;;
    '--max-size')
        return
        ;;
    '--presigned')
        __hoist_add_completions -f
        return
        ;;
    '--url-file')
        __hoist_add_completions -f
        return
        ;;
    '--url')
        return
        ;;
    '-H'|'--header')
        return
        ;;
    '--timeout')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--reply-timeout')
        return
        ;;
    '--retries')
        return
        ;;
    '--retry-max-time')
        return
        ;;
    '--cacert')
        __hoist_add_completions -f
        return
        ;;
    '--limit-rate')
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    '--failed-to')
        __hoist_add_completions -f
        return
        ;;
    '--progress')
        __hoist_add_completions -W 'auto'$'\n''bar'$'\n''plain'$'\n''json'$'\n''none'
        return
        ;;
    '--progress-fd')
        return
        ;;
    '--output')
        __hoist_add_completions -W 'auto'$'\n''table'$'\n''json'$'\n''array'$'\n''csv'$'\n''tsv'$'\n''markdown'
        return
        ;;
    '-o'|'--output-file')
        __hoist_add_completions -f
        return
        ;;
    '--field')
        return
        ;;
    '--color')
        __hoist_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '--content-type')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __hoist_add_completions -f
        return
        ;;
    esac
}

_hoist_status() {
    repeating_flags=()
    non_repeating_flags=(--wait -4 --ipv4 -6 --ipv6 --unordered --fail-fast --print0 --json --quiet -q --verbose -v --version -h --help)
    repeating_options=(--set --field)
    non_repeating_options=(--wait-timeout --wait-interval --to --base-url --api-key-file --requests-per-second --timeout --connect-timeout --reply-timeout --retries --retry-max-time --cacert --limit-rate -j --jobs --failed-to --progress --progress-fd --output -o --output-file --color)
    __hoist_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--wait-timeout')
        return
        ;;
    '--wait-interval')
        return
        ;;
    '--to')
        __hoist_add_completions -W 'assemblyai'$'\n''cloudflare-images'$'\n''cloudflare-stream'$'\n''eachlabs-v1'$'\n''eachlabs'$'\n''elevenlabs-music'$'\n''fal'$'\n''figur'$'\n''gemini'$'\n''heygen-direct'$'\n''heygen'$'\n''higgsfield'$'\n''krea'$'\n''leonardo'$'\n''mux'$'\n''openai'$'\n''replicate'$'\n''runway'$'\n''vidu'$'\n''wavespeed'
        return
        ;;
    '--base-url')
        return
        ;;
    '--api-key-file')
        __hoist_add_completions -f
        return
        ;;
    '--requests-per-second')
        return
        ;;
    '--set')
        return
        ;;
    '--timeout')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--reply-timeout')
        return
        ;;
    '--retries')
        return
        ;;
    '--retry-max-time')
        return
        ;;
    '--cacert')
        __hoist_add_completions -f
        return
        ;;
    '--limit-rate')
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    '--failed-to')
        __hoist_add_completions -f
        return
        ;;
    '--progress')
        __hoist_add_completions -W 'auto'$'\n''bar'$'\n''plain'$'\n''json'$'\n''none'
        return
        ;;
    '--progress-fd')
        return
        ;;
    '--output')
        __hoist_add_completions -W 'auto'$'\n''table'$'\n''json'$'\n''array'$'\n''csv'$'\n''tsv'$'\n''markdown'
        return
        ;;
    '-o'|'--output-file')
        __hoist_add_completions -f
        return
        ;;
    '--field')
        return
        ;;
    '--color')
        __hoist_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_hoist_delete() {
    repeating_flags=()
    non_repeating_flags=(-4 --ipv4 -6 --ipv6 --unordered --fail-fast --print0 --json --quiet -q --verbose -v --version -h --help)
    repeating_options=(--set --field)
    non_repeating_options=(--to --base-url --api-key-file --requests-per-second --timeout --connect-timeout --reply-timeout --retries --retry-max-time --cacert --limit-rate -j --jobs --failed-to --progress --progress-fd --output -o --output-file --color)
    __hoist_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--to')
        __hoist_add_completions -W 'assemblyai'$'\n''cloudflare-images'$'\n''cloudflare-stream'$'\n''eachlabs-v1'$'\n''eachlabs'$'\n''elevenlabs-music'$'\n''fal'$'\n''figur'$'\n''gemini'$'\n''heygen-direct'$'\n''heygen'$'\n''higgsfield'$'\n''krea'$'\n''leonardo'$'\n''mux'$'\n''openai'$'\n''replicate'$'\n''runway'$'\n''vidu'$'\n''wavespeed'
        return
        ;;
    '--base-url')
        return
        ;;
    '--api-key-file')
        __hoist_add_completions -f
        return
        ;;
    '--requests-per-second')
        return
        ;;
    '--set')
        return
        ;;
    '--timeout')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--reply-timeout')
        return
        ;;
    '--retries')
        return
        ;;
    '--retry-max-time')
        return
        ;;
    '--cacert')
        __hoist_add_completions -f
        return
        ;;
    '--limit-rate')
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    '--failed-to')
        __hoist_add_completions -f
        return
        ;;
    '--progress')
        __hoist_add_completions -W 'auto'$'\n''bar'$'\n''plain'$'\n''json'$'\n''none'
        return
        ;;
    '--progress-fd')
        return
        ;;
    '--output')
        __hoist_add_completions -W 'auto'$'\n''table'$'\n''json'$'\n''array'$'\n''csv'$'\n''tsv'$'\n''markdown'
        return
        ;;
    '-o'|'--output-file')
        __hoist_add_completions -f
        return
        ;;
    '--field')
        return
        ;;
    '--color')
        __hoist_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_hoist_inspect() {
    repeating_flags=()
    non_repeating_flags=(--recursive -r --case-sensitive --allow-empty --strict --unordered --fail-fast --print0 --json --quiet -q --verbose -v --version -h --help)
    repeating_options=(--include --exclude --files-from --files-from0 --field --to)
    non_repeating_options=(--shard --max-size --content-type --file-type --probe -j --jobs --failed-to --progress --progress-fd --output -o --output-file --color)
    __hoist_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--include')
        return
        ;;
    '--exclude')
        return
        ;;
    '--files-from')
        __hoist_add_completions -f
        return
        ;;
    '--files-from0')
        __hoist_add_completions -f
        return
        ;;
    '--shard')
        return
        ;;
    '--max-size')
        return
        ;;
    '--content-type')
        return
        ;;
    '--file-type')
        __hoist_add_completions -W 'image'$'\n''video'$'\n''audio'$'\n''other'
        return
        ;;
    '--probe')
        __hoist_add_completions -W 'auto'$'\n''off'$'\n''require'
        return
        ;;
    '-j'|'--jobs')
        return
        ;;
    '--failed-to')
        __hoist_add_completions -f
        return
        ;;
    '--progress')
        __hoist_add_completions -W 'auto'$'\n''bar'$'\n''plain'$'\n''json'$'\n''none'
        return
        ;;
    '--progress-fd')
        return
        ;;
    '--output')
        __hoist_add_completions -W 'auto'$'\n''table'$'\n''json'$'\n''array'$'\n''csv'$'\n''tsv'$'\n''markdown'
        return
        ;;
    '-o'|'--output-file')
        __hoist_add_completions -f
        return
        ;;
    '--field')
        return
        ;;
    '--color')
        __hoist_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '--to')
        __hoist_add_completions -W 'assemblyai'$'\n''cloudflare-images'$'\n''cloudflare-stream'$'\n''eachlabs-v1'$'\n''eachlabs'$'\n''elevenlabs-music'$'\n''fal'$'\n''figur'$'\n''gemini'$'\n''heygen-direct'$'\n''heygen'$'\n''higgsfield'$'\n''krea'$'\n''leonardo'$'\n''mux'$'\n''openai'$'\n''replicate'$'\n''runway'$'\n''vidu'$'\n''wavespeed'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __hoist_add_completions -f
        return
        ;;
    esac
}

_hoist_services() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __hoist_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|show|check)
        # Offer subcommand argument completions
        "_hoist_services_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list show check' -- "${cur}"))
        ;;
    esac
}

_hoist_services_list() {
    repeating_flags=()
    non_repeating_flags=(--print0 --json --quiet -q --verbose -v --version -h --help)
    repeating_options=(--field)
    non_repeating_options=(--output -o --output-file --color)
    __hoist_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--output')
        __hoist_add_completions -W 'auto'$'\n''table'$'\n''json'$'\n''array'$'\n''csv'$'\n''tsv'$'\n''markdown'
        return
        ;;
    '-o'|'--output-file')
        __hoist_add_completions -f
        return
        ;;
    '--field')
        return
        ;;
    '--color')
        __hoist_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_hoist_services_show() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __hoist_offer_flags_options 1

    # Offer positional completions
    case "${positional_number}" in
    1)
        __hoist_add_completions -W 'assemblyai'$'\n''cloudflare-images'$'\n''cloudflare-stream'$'\n''eachlabs-v1'$'\n''eachlabs'$'\n''elevenlabs-music'$'\n''fal'$'\n''figur'$'\n''gemini'$'\n''heygen-direct'$'\n''heygen'$'\n''higgsfield'$'\n''krea'$'\n''leonardo'$'\n''mux'$'\n''openai'$'\n''replicate'$'\n''runway'$'\n''vidu'$'\n''wavespeed'
        return
        ;;
    esac
}

_hoist_services_check() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __hoist_offer_flags_options 1

    # Offer positional completions
    case "${positional_number}" in
    1)
        __hoist_add_completions -o plusdirs -fX '!*.@(toml)'
        return
        ;;
    esac
}

_hoist_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __hoist_offer_flags_options -1
}

complete -o filenames -F _hoist hoist
