function __hoist_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __hoist_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __hoist_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __hoist_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __hoist_parse_tokens -S
    set -l unparsed_tokens (__hoist_tokens -pc)
    switch $unparsed_tokens[1]
    case 'hoist'
        __hoist_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'upload'
            __hoist_parse_subcommand -r 1 'r/recursive' 'include=+' 'exclude=+' 'case-sensitive' 'allow-empty' 'files-from=+' 'files-from0=+' 'shard=' 'max-size=' 'to=' 'base-url=' 'api-key-file=' 'requests-per-second=' 'content-type=' 'file-type=' 'strict' 'probe=' 'set=+' 'owner=' 'callback-url=' 'expires-in=' 'audio-duration=' 'video-duration=' 'video-bitrate=' 'wait' 'wait-timeout=' 'wait-interval=' 'sha256' 'no-verify' 'timeout=' 'connect-timeout=' 'reply-timeout=' 'retries=' 'retry-max-time=' 'cacert=' '4/ipv4' '6/ipv6' 'limit-rate=' 'j/jobs=' 'unordered' 'fail-fast' 'failed-to=' 'progress=' 'progress-fd=' 'output=' 'o/output-file=' 'print0' 'json' 'field=+' 'color=' 'q/quiet' 'v/verbose' 'journal=' 'version' 'h/help'
        case 'presign'
            __hoist_parse_subcommand -r 1 'r/recursive' 'include=+' 'exclude=+' 'case-sensitive' 'allow-empty' 'files-from=+' 'files-from0=+' 'shard=' 'max-size=' 'to=' 'base-url=' 'api-key-file=' 'requests-per-second=' 'content-type=' 'file-type=' 'strict' 'probe=' 'set=+' 'owner=' 'callback-url=' 'expires-in=' 'audio-duration=' 'video-duration=' 'video-bitrate=' 'timeout=' 'connect-timeout=' 'reply-timeout=' 'retries=' 'retry-max-time=' 'cacert=' '4/ipv4' '6/ipv6' 'limit-rate=' 'j/jobs=' 'unordered' 'fail-fast' 'failed-to=' 'progress=' 'progress-fd=' 'output=' 'o/output-file=' 'print0' 'json' 'field=+' 'color=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'put'
            __hoist_parse_subcommand -r 1 'r/recursive' 'include=+' 'exclude=+' 'case-sensitive' 'allow-empty' 'files-from=+' 'files-from0=+' 'shard=' 'max-size=' 'presigned=' 'url-file=' 'url=' 'H/header=+' 'sha256' 'no-verify' 'timeout=' 'connect-timeout=' 'reply-timeout=' 'retries=' 'retry-max-time=' 'cacert=' '4/ipv4' '6/ipv6' 'limit-rate=' 'j/jobs=' 'unordered' 'fail-fast' 'failed-to=' 'progress=' 'progress-fd=' 'output=' 'o/output-file=' 'print0' 'json' 'field=+' 'color=' 'q/quiet' 'v/verbose' 'content-type=' 'no-expiry-check' 'version' 'h/help'
        case 'status'
            __hoist_parse_subcommand -r 1 'wait' 'wait-timeout=' 'wait-interval=' 'to=' 'base-url=' 'api-key-file=' 'requests-per-second=' 'set=+' 'timeout=' 'connect-timeout=' 'reply-timeout=' 'retries=' 'retry-max-time=' 'cacert=' '4/ipv4' '6/ipv6' 'limit-rate=' 'j/jobs=' 'unordered' 'fail-fast' 'failed-to=' 'progress=' 'progress-fd=' 'output=' 'o/output-file=' 'print0' 'json' 'field=+' 'color=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'delete'
            __hoist_parse_subcommand -r 1 'to=' 'base-url=' 'api-key-file=' 'requests-per-second=' 'set=+' 'timeout=' 'connect-timeout=' 'reply-timeout=' 'retries=' 'retry-max-time=' 'cacert=' '4/ipv4' '6/ipv6' 'limit-rate=' 'j/jobs=' 'unordered' 'fail-fast' 'failed-to=' 'progress=' 'progress-fd=' 'output=' 'o/output-file=' 'print0' 'json' 'field=+' 'color=' 'q/quiet' 'v/verbose' 'version' 'h/help'
        case 'inspect'
            __hoist_parse_subcommand -r 1 'r/recursive' 'include=+' 'exclude=+' 'case-sensitive' 'allow-empty' 'files-from=+' 'files-from0=+' 'shard=' 'max-size=' 'content-type=' 'file-type=' 'strict' 'probe=' 'j/jobs=' 'unordered' 'fail-fast' 'failed-to=' 'progress=' 'progress-fd=' 'output=' 'o/output-file=' 'print0' 'json' 'field=+' 'color=' 'q/quiet' 'v/verbose' 'to=+' 'version' 'h/help'
        case 'services'
            __hoist_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __hoist_parse_subcommand 0 'output=' 'o/output-file=' 'print0' 'json' 'field=+' 'color=' 'q/quiet' 'v/verbose' 'version' 'h/help'
            case 'show'
                __hoist_parse_subcommand 1 'version' 'h/help'
            case 'check'
                __hoist_parse_subcommand 1 'version' 'h/help'
            end
        case 'help'
            __hoist_parse_subcommand -r 1 'version'
        end
    end
end

function __hoist_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __hoist_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __hoist_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __hoist_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__hoist_tokens -p)
    if test -z "$(__hoist_tokens -t)"
        set -l index (count (__hoist_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'hoist' -f
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist" version' -l 'version' -d 'Show the version.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist" -eq 1' -fa 'upload' -d 'Upload files and print their keys, IDs and URLs.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist" -eq 1' -fa 'presign' -d 'Get presigned URLs to which files can be put later.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist" -eq 1' -fa 'put' -d 'Put files to presigned URLs, from hoist presign or anyone else.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist" -eq 1' -fa 'status' -d 'Show the processing status of uploads.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist" -eq 1' -fa 'delete' -d 'Delete uploads at a service.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist" -eq 1' -fa 'inspect' -d 'Show what files are and which services take them; send nothing.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist" -eq 1' -fa 'services' -d 'List the services, show their descriptions, check your own.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist upload" -ge 1' -F
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" r recursive' -l 'recursive' -s 'r' -d 'Take the files in directories, sorted by name, without hidden ones.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload"' -l 'include' -d 'With --recursive: take only files that match (\'*.png\'); repeatable. A pattern with a slash is for the path below the directory. Case does not matter.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload"' -l 'exclude' -d 'With --recursive: leave out files and directories that match; repeatable.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" case-sensitive' -l 'case-sensitive' -d 'Match --include and --exclude with case.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" allow-empty' -l 'allow-empty' -d 'Succeed if there are no files to work on.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload"' -l 'files-from' -d 'Read file names from this list, one per line; - for standard input; repeatable.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload"' -l 'files-from0' -d 'The same with NUL between the names, as find -print0 writes them.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" shard' -l 'shard' -d 'Take only part K of N, for one of N machines with the same list; auto or auto/N: as the CI system or the scheduler says.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" max-size' -l 'max-size' -d 'Maximum size read from standard input: bytes, or with K, M or G.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" to' -l 'to' -d 'The service, as hoist services lists it. Default: HOIST_TO, otherwise the only service with a key.' -rfka 'assemblyai cloudflare-images cloudflare-stream eachlabs-v1 eachlabs elevenlabs-music fal figur gemini heygen-direct heygen higgsfield krea leonardo mux openai replicate runway vidu wavespeed'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" base-url' -l 'base-url' -d 'The service\'s base URL, if not the vendor\'s (https, or http on loopback).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" api-key-file' -l 'api-key-file' -d 'A file with the service\'s key that only its owner can read; - for standard input. Default: the service\'s variable.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" requests-per-second' -l 'requests-per-second' -d 'Limit on calls to the service per second: 10, 0.5.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" content-type' -l 'content-type' -d 'Media type to send, overriding what the content says.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" file-type' -l 'file-type' -d 'Kind of media to send, overriding what the type says.' -rfka 'image video audio other'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" strict' -l 'strict' -d 'Refuse files with warnings: a name that disagrees with the content, a file that is cut off.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" probe' -l 'probe' -d 'Read durations and bitrate with ffprobe: auto (if it is installed), off or require.' -rfka 'auto off require'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload"' -l 'set' -d 'A setting of the service, as hoist services show NAME lists them; may be repeated.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" owner' -l 'owner' -d 'The owner of the file (--set owner=…).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" callback-url' -l 'callback-url' -d 'URL to call when processing is complete (--set callback_url=…).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" expires-in' -l 'expires-in' -d 'How long the service keeps the file: 12h, 7d (--set expires_in=…).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" audio-duration' -l 'audio-duration' -d 'Duration of an audio file in seconds, if ffprobe\'s is not right.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" video-duration' -l 'video-duration' -d 'Duration of a video in seconds, if ffprobe\'s is not right.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" video-bitrate' -l 'video-bitrate' -d 'Bitrate of a video in kilobits a second, if ffprobe\'s is not right.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" wait' -l 'wait' -d 'Wait until the service has processed the file.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" wait-timeout' -l 'wait-timeout' -d 'How long to wait in all (default: 600s).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" wait-interval' -l 'wait-interval' -d 'Polling interval: first and maximum (default: 2s...30s).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" sha256' -l 'sha256' -d 'Add the SHA-256 of the bytes sent to each record.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" no-verify' -l 'no-verify' -d 'Do not compare storage\'s checksum with that of the bytes sent.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" timeout' -l 'timeout' -d 'Give up an attempt after this long without progress.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" connect-timeout' -l 'connect-timeout' -d 'Give up connecting after this long (20s, or --timeout if that is less).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" reply-timeout' -l 'reply-timeout' -d 'Give up waiting for the reply after this long (5 times --timeout).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" retries' -l 'retries' -d 'Retries after temporary failures (no connection, timeouts, 408, 425, 5xx); up to three times as many while the server answers other files. 429 counts only if the server takes nothing at all.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" retry-max-time' -l 'retry-max-time' -d 'Stop retrying a request after this long.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" cacert' -l 'cacert' -d 'CA certificates to trust instead of the system\'s (PEM). Default: CURL_CA_BUNDLE, SSL_CERT_FILE.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" 4 ipv4' -s '4' -l 'ipv4' -d 'Connect to IPv4 addresses only.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" 6 ipv6' -s '6' -l 'ipv6' -d 'Connect to IPv6 addresses only.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" limit-rate' -l 'limit-rate' -d 'Total upload speed limit, in bytes per second, or with K, M or G.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" j jobs' -s 'j' -l 'jobs' -d 'Inputs under way at a time: a number, or auto for as many as the link and the service carry well.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" unordered' -l 'unordered' -d 'Print each record as soon as its input is done, instead of in input order.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" fail-fast' -l 'fail-fast' -d 'Begin nothing more after a failure; what is under way is finished.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" failed-to' -l 'failed-to' -d 'Write the names of inputs that failed or were not attempted to this file, for --files-from.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" progress' -l 'progress' -d 'Progress on standard error: bar, plain (a line at each quarter or every 10 s), json (one object per line), none, or auto: a bar on a terminal, otherwise plain if there are several files or it takes long.' -rfka 'auto bar plain json none'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" progress-fd' -l 'progress-fd' -d 'Write --progress json to this file descriptor instead of standard error.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" output' -l 'output' -d 'auto (a table on a terminal, otherwise JSON), table, json (one object per line), array (one JSON array), csv, tsv or markdown.' -rfka 'auto table json array csv tsv markdown'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" o output-file' -s 'o' -l 'output-file' -d 'Write the records to this file instead of standard output; it is there whole or not at all.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" print0' -l 'print0' -d 'End each record with NUL instead of a line break.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" json' -l 'json' -d 'The same as --output json.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload"' -l 'field' -d 'Print only this value of each record, raw: upload_key, error.message; several with commas, tab-separated. Of a failed input only ok, file, id and error have values.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" color' -l 'color' -d 'Colours in tables and progress: auto (on a terminal, unless NO_COLOR is set), always or never.' -rfka 'auto always never'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" q quiet' -l 'quiet' -s 'q' -d 'No warnings, notices or progress; errors are still shown.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" v verbose' -l 'verbose' -s 'v' -d 'Show requests and replies with their headers, keys and signatures taken out.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" journal' -l 'journal' -d 'Keep what is done in this file, and send only what is not there or has changed since; records of finished files are still printed.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" version' -l 'version' -d 'Show the version.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist presign" -ge 1' -F
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" r recursive' -l 'recursive' -s 'r' -d 'Take the files in directories, sorted by name, without hidden ones.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign"' -l 'include' -d 'With --recursive: take only files that match (\'*.png\'); repeatable. A pattern with a slash is for the path below the directory. Case does not matter.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign"' -l 'exclude' -d 'With --recursive: leave out files and directories that match; repeatable.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" case-sensitive' -l 'case-sensitive' -d 'Match --include and --exclude with case.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" allow-empty' -l 'allow-empty' -d 'Succeed if there are no files to work on.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign"' -l 'files-from' -d 'Read file names from this list, one per line; - for standard input; repeatable.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign"' -l 'files-from0' -d 'The same with NUL between the names, as find -print0 writes them.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" shard' -l 'shard' -d 'Take only part K of N, for one of N machines with the same list; auto or auto/N: as the CI system or the scheduler says.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" max-size' -l 'max-size' -d 'Maximum size read from standard input: bytes, or with K, M or G.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" to' -l 'to' -d 'The service, as hoist services lists it. Default: HOIST_TO, otherwise the only service with a key.' -rfka 'assemblyai cloudflare-images cloudflare-stream eachlabs-v1 eachlabs elevenlabs-music fal figur gemini heygen-direct heygen higgsfield krea leonardo mux openai replicate runway vidu wavespeed'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" base-url' -l 'base-url' -d 'The service\'s base URL, if not the vendor\'s (https, or http on loopback).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" api-key-file' -l 'api-key-file' -d 'A file with the service\'s key that only its owner can read; - for standard input. Default: the service\'s variable.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" requests-per-second' -l 'requests-per-second' -d 'Limit on calls to the service per second: 10, 0.5.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" content-type' -l 'content-type' -d 'Media type to send, overriding what the content says.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" file-type' -l 'file-type' -d 'Kind of media to send, overriding what the type says.' -rfka 'image video audio other'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" strict' -l 'strict' -d 'Refuse files with warnings: a name that disagrees with the content, a file that is cut off.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" probe' -l 'probe' -d 'Read durations and bitrate with ffprobe: auto (if it is installed), off or require.' -rfka 'auto off require'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign"' -l 'set' -d 'A setting of the service, as hoist services show NAME lists them; may be repeated.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" owner' -l 'owner' -d 'The owner of the file (--set owner=…).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" callback-url' -l 'callback-url' -d 'URL to call when processing is complete (--set callback_url=…).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" expires-in' -l 'expires-in' -d 'How long the service keeps the file: 12h, 7d (--set expires_in=…).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" audio-duration' -l 'audio-duration' -d 'Duration of an audio file in seconds, if ffprobe\'s is not right.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" video-duration' -l 'video-duration' -d 'Duration of a video in seconds, if ffprobe\'s is not right.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" video-bitrate' -l 'video-bitrate' -d 'Bitrate of a video in kilobits a second, if ffprobe\'s is not right.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" timeout' -l 'timeout' -d 'Give up an attempt after this long without progress.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" connect-timeout' -l 'connect-timeout' -d 'Give up connecting after this long (20s, or --timeout if that is less).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" reply-timeout' -l 'reply-timeout' -d 'Give up waiting for the reply after this long (5 times --timeout).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" retries' -l 'retries' -d 'Retries after temporary failures (no connection, timeouts, 408, 425, 5xx); up to three times as many while the server answers other files. 429 counts only if the server takes nothing at all.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" retry-max-time' -l 'retry-max-time' -d 'Stop retrying a request after this long.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" cacert' -l 'cacert' -d 'CA certificates to trust instead of the system\'s (PEM). Default: CURL_CA_BUNDLE, SSL_CERT_FILE.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" 4 ipv4' -s '4' -l 'ipv4' -d 'Connect to IPv4 addresses only.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" 6 ipv6' -s '6' -l 'ipv6' -d 'Connect to IPv6 addresses only.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" limit-rate' -l 'limit-rate' -d 'Total upload speed limit, in bytes per second, or with K, M or G.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" j jobs' -s 'j' -l 'jobs' -d 'Inputs under way at a time: a number, or auto for as many as the link and the service carry well.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" unordered' -l 'unordered' -d 'Print each record as soon as its input is done, instead of in input order.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" fail-fast' -l 'fail-fast' -d 'Begin nothing more after a failure; what is under way is finished.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" failed-to' -l 'failed-to' -d 'Write the names of inputs that failed or were not attempted to this file, for --files-from.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" progress' -l 'progress' -d 'Progress on standard error: bar, plain (a line at each quarter or every 10 s), json (one object per line), none, or auto: a bar on a terminal, otherwise plain if there are several files or it takes long.' -rfka 'auto bar plain json none'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" progress-fd' -l 'progress-fd' -d 'Write --progress json to this file descriptor instead of standard error.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" output' -l 'output' -d 'auto (a table on a terminal, otherwise JSON), table, json (one object per line), array (one JSON array), csv, tsv or markdown.' -rfka 'auto table json array csv tsv markdown'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" o output-file' -s 'o' -l 'output-file' -d 'Write the records to this file instead of standard output; it is there whole or not at all.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" print0' -l 'print0' -d 'End each record with NUL instead of a line break.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" json' -l 'json' -d 'The same as --output json.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign"' -l 'field' -d 'Print only this value of each record, raw: upload_key, error.message; several with commas, tab-separated. Of a failed input only ok, file, id and error have values.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" color' -l 'color' -d 'Colours in tables and progress: auto (on a terminal, unless NO_COLOR is set), always or never.' -rfka 'auto always never'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" q quiet' -l 'quiet' -s 'q' -d 'No warnings, notices or progress; errors are still shown.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" v verbose' -l 'verbose' -s 'v' -d 'Show requests and replies with their headers, keys and signatures taken out.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" version' -l 'version' -d 'Show the version.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist presign" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist put" -ge 1' -F
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" r recursive' -l 'recursive' -s 'r' -d 'Take the files in directories, sorted by name, without hidden ones.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put"' -l 'include' -d 'With --recursive: take only files that match (\'*.png\'); repeatable. A pattern with a slash is for the path below the directory. Case does not matter.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put"' -l 'exclude' -d 'With --recursive: leave out files and directories that match; repeatable.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" case-sensitive' -l 'case-sensitive' -d 'Match --include and --exclude with case.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" allow-empty' -l 'allow-empty' -d 'Succeed if there are no files to work on.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put"' -l 'files-from' -d 'Read file names from this list, one per line; - for standard input; repeatable.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put"' -l 'files-from0' -d 'The same with NUL between the names, as find -print0 writes them.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" shard' -l 'shard' -d 'Take only part K of N, for one of N machines with the same list; auto or auto/N: as the CI system or the scheduler says.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" max-size' -l 'max-size' -d 'Maximum size read from standard input: bytes, or with K, M or G.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" presigned' -l 'presigned' -d 'The presigner\'s reply as JSON; - for standard input, the default unless that is a terminal.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" url-file' -l 'url-file' -d 'A file with the presigned URL of one file.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" url' -l 'url' -d 'The presigned URL of one file. Every user of the machine can read it while hoist runs: --url-file keeps it to yourself.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put"' -s 'H' -l 'header' -d 'A header that the URL was signed with, \'Name: value\'.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" sha256' -l 'sha256' -d 'Add the SHA-256 of the bytes sent to each record.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" no-verify' -l 'no-verify' -d 'Do not compare storage\'s checksum with that of the bytes sent.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" timeout' -l 'timeout' -d 'Give up an attempt after this long without progress.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" connect-timeout' -l 'connect-timeout' -d 'Give up connecting after this long (20s, or --timeout if that is less).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" reply-timeout' -l 'reply-timeout' -d 'Give up waiting for the reply after this long (5 times --timeout).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" retries' -l 'retries' -d 'Retries after temporary failures (no connection, timeouts, 408, 425, 5xx); up to three times as many while the server answers other files. 429 counts only if the server takes nothing at all.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" retry-max-time' -l 'retry-max-time' -d 'Stop retrying a request after this long.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" cacert' -l 'cacert' -d 'CA certificates to trust instead of the system\'s (PEM). Default: CURL_CA_BUNDLE, SSL_CERT_FILE.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" 4 ipv4' -s '4' -l 'ipv4' -d 'Connect to IPv4 addresses only.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" 6 ipv6' -s '6' -l 'ipv6' -d 'Connect to IPv6 addresses only.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" limit-rate' -l 'limit-rate' -d 'Total upload speed limit, in bytes per second, or with K, M or G.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" j jobs' -s 'j' -l 'jobs' -d 'Inputs under way at a time: a number, or auto for as many as the link and the service carry well.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" unordered' -l 'unordered' -d 'Print each record as soon as its input is done, instead of in input order.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" fail-fast' -l 'fail-fast' -d 'Begin nothing more after a failure; what is under way is finished.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" failed-to' -l 'failed-to' -d 'Write the names of inputs that failed or were not attempted to this file, for --files-from.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" progress' -l 'progress' -d 'Progress on standard error: bar, plain (a line at each quarter or every 10 s), json (one object per line), none, or auto: a bar on a terminal, otherwise plain if there are several files or it takes long.' -rfka 'auto bar plain json none'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" progress-fd' -l 'progress-fd' -d 'Write --progress json to this file descriptor instead of standard error.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" output' -l 'output' -d 'auto (a table on a terminal, otherwise JSON), table, json (one object per line), array (one JSON array), csv, tsv or markdown.' -rfka 'auto table json array csv tsv markdown'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" o output-file' -s 'o' -l 'output-file' -d 'Write the records to this file instead of standard output; it is there whole or not at all.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" print0' -l 'print0' -d 'End each record with NUL instead of a line break.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" json' -l 'json' -d 'The same as --output json.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put"' -l 'field' -d 'Print only this value of each record, raw: upload_key, error.message; several with commas, tab-separated. Of a failed input only ok, file, id and error have values.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" color' -l 'color' -d 'Colours in tables and progress: auto (on a terminal, unless NO_COLOR is set), always or never.' -rfka 'auto always never'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" q quiet' -l 'quiet' -s 'q' -d 'No warnings, notices or progress; errors are still shown.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" v verbose' -l 'verbose' -s 'v' -d 'Show requests and replies with their headers, keys and signatures taken out.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" content-type' -l 'content-type' -d 'Media type to send if the presigned headers have none.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" no-expiry-check' -l 'no-expiry-check' -d 'Send even if the URL says it has expired, and let storage judge.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" version' -l 'version' -d 'Show the version.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist put" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" wait' -l 'wait' -d 'Wait until the service has processed the file.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" wait-timeout' -l 'wait-timeout' -d 'How long to wait in all (default: 600s).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" wait-interval' -l 'wait-interval' -d 'Polling interval: first and maximum (default: 2s...30s).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" to' -l 'to' -d 'The service, as hoist services lists it. Default: HOIST_TO, otherwise the only service with a key.' -rfka 'assemblyai cloudflare-images cloudflare-stream eachlabs-v1 eachlabs elevenlabs-music fal figur gemini heygen-direct heygen higgsfield krea leonardo mux openai replicate runway vidu wavespeed'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" base-url' -l 'base-url' -d 'The service\'s base URL, if not the vendor\'s (https, or http on loopback).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" api-key-file' -l 'api-key-file' -d 'A file with the service\'s key that only its owner can read; - for standard input. Default: the service\'s variable.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" requests-per-second' -l 'requests-per-second' -d 'Limit on calls to the service per second: 10, 0.5.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status"' -l 'set' -d 'A setting of the service, as hoist services show NAME lists them; may be repeated.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" timeout' -l 'timeout' -d 'Give up an attempt after this long without progress.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" connect-timeout' -l 'connect-timeout' -d 'Give up connecting after this long (20s, or --timeout if that is less).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" reply-timeout' -l 'reply-timeout' -d 'Give up waiting for the reply after this long (5 times --timeout).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" retries' -l 'retries' -d 'Retries after temporary failures (no connection, timeouts, 408, 425, 5xx); up to three times as many while the server answers other files. 429 counts only if the server takes nothing at all.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" retry-max-time' -l 'retry-max-time' -d 'Stop retrying a request after this long.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" cacert' -l 'cacert' -d 'CA certificates to trust instead of the system\'s (PEM). Default: CURL_CA_BUNDLE, SSL_CERT_FILE.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" 4 ipv4' -s '4' -l 'ipv4' -d 'Connect to IPv4 addresses only.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" 6 ipv6' -s '6' -l 'ipv6' -d 'Connect to IPv6 addresses only.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" limit-rate' -l 'limit-rate' -d 'Total upload speed limit, in bytes per second, or with K, M or G.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" j jobs' -s 'j' -l 'jobs' -d 'Inputs under way at a time: a number, or auto for as many as the link and the service carry well.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" unordered' -l 'unordered' -d 'Print each record as soon as its input is done, instead of in input order.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" fail-fast' -l 'fail-fast' -d 'Begin nothing more after a failure; what is under way is finished.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" failed-to' -l 'failed-to' -d 'Write the names of inputs that failed or were not attempted to this file, for --files-from.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" progress' -l 'progress' -d 'Progress on standard error: bar, plain (a line at each quarter or every 10 s), json (one object per line), none, or auto: a bar on a terminal, otherwise plain if there are several files or it takes long.' -rfka 'auto bar plain json none'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" progress-fd' -l 'progress-fd' -d 'Write --progress json to this file descriptor instead of standard error.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" output' -l 'output' -d 'auto (a table on a terminal, otherwise JSON), table, json (one object per line), array (one JSON array), csv, tsv or markdown.' -rfka 'auto table json array csv tsv markdown'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" o output-file' -s 'o' -l 'output-file' -d 'Write the records to this file instead of standard output; it is there whole or not at all.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" print0' -l 'print0' -d 'End each record with NUL instead of a line break.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" json' -l 'json' -d 'The same as --output json.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status"' -l 'field' -d 'Print only this value of each record, raw: upload_key, error.message; several with commas, tab-separated. Of a failed input only ok, file, id and error have values.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" color' -l 'color' -d 'Colours in tables and progress: auto (on a terminal, unless NO_COLOR is set), always or never.' -rfka 'auto always never'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" q quiet' -l 'quiet' -s 'q' -d 'No warnings, notices or progress; errors are still shown.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" v verbose' -l 'verbose' -s 'v' -d 'Show requests and replies with their headers, keys and signatures taken out.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" version' -l 'version' -d 'Show the version.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" to' -l 'to' -d 'The service, as hoist services lists it. Default: HOIST_TO, otherwise the only service with a key.' -rfka 'assemblyai cloudflare-images cloudflare-stream eachlabs-v1 eachlabs elevenlabs-music fal figur gemini heygen-direct heygen higgsfield krea leonardo mux openai replicate runway vidu wavespeed'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" base-url' -l 'base-url' -d 'The service\'s base URL, if not the vendor\'s (https, or http on loopback).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" api-key-file' -l 'api-key-file' -d 'A file with the service\'s key that only its owner can read; - for standard input. Default: the service\'s variable.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" requests-per-second' -l 'requests-per-second' -d 'Limit on calls to the service per second: 10, 0.5.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete"' -l 'set' -d 'A setting of the service, as hoist services show NAME lists them; may be repeated.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" timeout' -l 'timeout' -d 'Give up an attempt after this long without progress.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" connect-timeout' -l 'connect-timeout' -d 'Give up connecting after this long (20s, or --timeout if that is less).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" reply-timeout' -l 'reply-timeout' -d 'Give up waiting for the reply after this long (5 times --timeout).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" retries' -l 'retries' -d 'Retries after temporary failures (no connection, timeouts, 408, 425, 5xx); up to three times as many while the server answers other files. 429 counts only if the server takes nothing at all.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" retry-max-time' -l 'retry-max-time' -d 'Stop retrying a request after this long.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" cacert' -l 'cacert' -d 'CA certificates to trust instead of the system\'s (PEM). Default: CURL_CA_BUNDLE, SSL_CERT_FILE.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" 4 ipv4' -s '4' -l 'ipv4' -d 'Connect to IPv4 addresses only.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" 6 ipv6' -s '6' -l 'ipv6' -d 'Connect to IPv6 addresses only.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" limit-rate' -l 'limit-rate' -d 'Total upload speed limit, in bytes per second, or with K, M or G.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" j jobs' -s 'j' -l 'jobs' -d 'Inputs under way at a time: a number, or auto for as many as the link and the service carry well.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" unordered' -l 'unordered' -d 'Print each record as soon as its input is done, instead of in input order.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" fail-fast' -l 'fail-fast' -d 'Begin nothing more after a failure; what is under way is finished.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" failed-to' -l 'failed-to' -d 'Write the names of inputs that failed or were not attempted to this file, for --files-from.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" progress' -l 'progress' -d 'Progress on standard error: bar, plain (a line at each quarter or every 10 s), json (one object per line), none, or auto: a bar on a terminal, otherwise plain if there are several files or it takes long.' -rfka 'auto bar plain json none'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" progress-fd' -l 'progress-fd' -d 'Write --progress json to this file descriptor instead of standard error.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" output' -l 'output' -d 'auto (a table on a terminal, otherwise JSON), table, json (one object per line), array (one JSON array), csv, tsv or markdown.' -rfka 'auto table json array csv tsv markdown'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" o output-file' -s 'o' -l 'output-file' -d 'Write the records to this file instead of standard output; it is there whole or not at all.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" print0' -l 'print0' -d 'End each record with NUL instead of a line break.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" json' -l 'json' -d 'The same as --output json.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete"' -l 'field' -d 'Print only this value of each record, raw: upload_key, error.message; several with commas, tab-separated. Of a failed input only ok, file, id and error have values.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" color' -l 'color' -d 'Colours in tables and progress: auto (on a terminal, unless NO_COLOR is set), always or never.' -rfka 'auto always never'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" q quiet' -l 'quiet' -s 'q' -d 'No warnings, notices or progress; errors are still shown.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" v verbose' -l 'verbose' -s 'v' -d 'Show requests and replies with their headers, keys and signatures taken out.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" version' -l 'version' -d 'Show the version.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist delete" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist inspect" -ge 1' -F
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" r recursive' -l 'recursive' -s 'r' -d 'Take the files in directories, sorted by name, without hidden ones.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect"' -l 'include' -d 'With --recursive: take only files that match (\'*.png\'); repeatable. A pattern with a slash is for the path below the directory. Case does not matter.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect"' -l 'exclude' -d 'With --recursive: leave out files and directories that match; repeatable.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" case-sensitive' -l 'case-sensitive' -d 'Match --include and --exclude with case.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" allow-empty' -l 'allow-empty' -d 'Succeed if there are no files to work on.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect"' -l 'files-from' -d 'Read file names from this list, one per line; - for standard input; repeatable.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect"' -l 'files-from0' -d 'The same with NUL between the names, as find -print0 writes them.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" shard' -l 'shard' -d 'Take only part K of N, for one of N machines with the same list; auto or auto/N: as the CI system or the scheduler says.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" max-size' -l 'max-size' -d 'Maximum size read from standard input: bytes, or with K, M or G.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" content-type' -l 'content-type' -d 'Media type to send, overriding what the content says.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" file-type' -l 'file-type' -d 'Kind of media to send, overriding what the type says.' -rfka 'image video audio other'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" strict' -l 'strict' -d 'Refuse files with warnings: a name that disagrees with the content, a file that is cut off.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" probe' -l 'probe' -d 'Read durations and bitrate with ffprobe: auto (if it is installed), off or require.' -rfka 'auto off require'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" j jobs' -s 'j' -l 'jobs' -d 'Inputs under way at a time: a number, or auto for as many as the link and the service carry well.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" unordered' -l 'unordered' -d 'Print each record as soon as its input is done, instead of in input order.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" fail-fast' -l 'fail-fast' -d 'Begin nothing more after a failure; what is under way is finished.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" failed-to' -l 'failed-to' -d 'Write the names of inputs that failed or were not attempted to this file, for --files-from.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" progress' -l 'progress' -d 'Progress on standard error: bar, plain (a line at each quarter or every 10 s), json (one object per line), none, or auto: a bar on a terminal, otherwise plain if there are several files or it takes long.' -rfka 'auto bar plain json none'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" progress-fd' -l 'progress-fd' -d 'Write --progress json to this file descriptor instead of standard error.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" output' -l 'output' -d 'auto (a table on a terminal, otherwise JSON), table, json (one object per line), array (one JSON array), csv, tsv or markdown.' -rfka 'auto table json array csv tsv markdown'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" o output-file' -s 'o' -l 'output-file' -d 'Write the records to this file instead of standard output; it is there whole or not at all.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" print0' -l 'print0' -d 'End each record with NUL instead of a line break.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" json' -l 'json' -d 'The same as --output json.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect"' -l 'field' -d 'Print only this value of each record, raw: upload_key, error.message; several with commas, tab-separated. Of a failed input only ok, file, id and error have values.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" color' -l 'color' -d 'Colours in tables and progress: auto (on a terminal, unless NO_COLOR is set), always or never.' -rfka 'auto always never'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" q quiet' -l 'quiet' -s 'q' -d 'No warnings, notices or progress; errors are still shown.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" v verbose' -l 'verbose' -s 'v' -d 'Show requests and replies with their headers, keys and signatures taken out.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect"' -l 'to' -d 'Only this service, which has to take every file (65 if not); repeatable. Default: all of them.' -rfka 'assemblyai cloudflare-images cloudflare-stream eachlabs-v1 eachlabs elevenlabs-music fal figur gemini heygen-direct heygen higgsfield krea leonardo mux openai replicate runway vidu wavespeed'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" version' -l 'version' -d 'Show the version.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist inspect" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist services" version' -l 'version' -d 'Show the version.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist services" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist services" -eq 1' -fa 'list' -d 'List the services: what they take, and whether their key is set.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist services" -eq 1' -fa 'show' -d 'Print the description of a service: the start of one of your own.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist services" -eq 1' -fa 'check' -d 'Read a description and print what it would send for a file, step by step. Send nothing.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist services list" output' -l 'output' -d 'auto (a table on a terminal, otherwise JSON), table, json (one object per line), array (one JSON array), csv, tsv or markdown.' -rfka 'auto table json array csv tsv markdown'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist services list" o output-file' -s 'o' -l 'output-file' -d 'Write the records to this file instead of standard output; it is there whole or not at all.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist services list" print0' -l 'print0' -d 'End each record with NUL instead of a line break.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist services list" json' -l 'json' -d 'The same as --output json.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist services list"' -l 'field' -d 'Print only this value of each record, raw: upload_key, error.message; several with commas, tab-separated. Of a failed input only ok, file, id and error have values.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist services list" color' -l 'color' -d 'Colours in tables and progress: auto (on a terminal, unless NO_COLOR is set), always or never.' -rfka 'auto always never'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist services list" q quiet' -l 'quiet' -s 'q' -d 'No warnings, notices or progress; errors are still shown.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist services list" v verbose' -l 'verbose' -s 'v' -d 'Show requests and replies with their headers, keys and signatures taken out.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist services list" version' -l 'version' -d 'Show the version.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist services list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist services show" -eq 1' -fka 'assemblyai cloudflare-images cloudflare-stream eachlabs-v1 eachlabs elevenlabs-music fal figur gemini heygen-direct heygen higgsfield krea leonardo mux openai replicate runway vidu wavespeed'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist services show" version' -l 'version' -d 'Show the version.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist services show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist services check" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'toml\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist services check" version' -l 'version' -d 'Show the version.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist services check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist help" version' -l 'version' -d 'Show the version.'
