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
            __hoist_parse_subcommand -r 1 'to=' 'base-url=' 'api-key-file=' 'content-type=' 'file-type=' 'owner=' 'callback-url=' 'audio-duration=' 'video-duration=' 'video-bitrate=' 'timeout=' 'retries=' 'output=' 'json' 'field=' 'q/quiet' 'v/verbose' 'version' 'h/help'
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
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist" -eq 1' -fa 'upload' -d 'Uploads files and prints what the service calls them from then on.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_positional "hoist upload" -ge 1' -F
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" to' -l 'to' -d 'The service: figur or eachlabs. Default: HOIST_TO, else the only service that has a key.' -rfka 'figur eachlabs'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" base-url' -l 'base-url' -d 'The service\'s base URL, if not the vendor\'s (https, or http on loopback).' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" api-key-file' -l 'api-key-file' -d 'A file with the service\'s key that only its owner can read; - for standard input. Default: FIGUR_API_KEY or EACHLABS_API_KEY.' -rF
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" content-type' -l 'content-type' -d 'The media type to send instead of the one told from the content.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" file-type' -l 'file-type' -d 'The kind to send instead of the one that follows from the type.' -rfka 'image video audio other'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" owner' -l 'owner' -d 'The owner of the file, org-<org-id>. Default: EACHLABS_OWNER.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" callback-url' -l 'callback-url' -d 'A URL that is called when processing is complete.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" audio-duration' -l 'audio-duration' -d 'Duration of an audio file in seconds.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" video-duration' -l 'video-duration' -d 'Duration of a video in seconds.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" video-bitrate' -l 'video-bitrate' -d 'Bitrate of a video in kilobits a second.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" timeout' -l 'timeout' -d 'Seconds without a connection, or without a byte moving, before an attempt is given up; the reply may take five times as long.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" retries' -l 'retries' -d 'How often temporary trouble is tried again.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" output' -l 'output' -d 'auto (a table on a terminal, else JSON), table or json: one JSON object a line.' -rfka 'auto table json'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" json' -l 'json' -d 'The same as --output json.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" field' -l 'field' -d 'Print only that value of each record, raw.' -rfka ''
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" q quiet' -l 'quiet' -s 'q' -d 'No warnings or notices; errors are still shown.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" v verbose' -l 'verbose' -s 'v' -d 'Show requests and replies with their headers, keys and signatures taken out.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" version' -l 'version' -d 'Show the version.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist upload" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'hoist' -n '__hoist_should_offer_completions_for_flags_or_options "hoist help" version' -l 'version' -d 'Show the version.'
