function __sluice_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sluice_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sluice_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sluice_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sluice_parse_tokens -S
    set -l unparsed_tokens (__sluice_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sluice'
        __sluice_parse_subcommand 0 'config=' 'verbose' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'dashboard'
            __sluice_parse_subcommand 0 'config=' 'verbose' 'host=+' 'remote-program=' 'read-only' 'theme=' 'filter=' 'profile=' 'lively' 'ascii' 'once' 'plain' 'version' 'h/help'
        case 'sync'
            __sluice_parse_subcommand -r 1 'config=' 'verbose' 'all' 'dry-run' 'no-ingest' 'no-cleanup' 'bwlimit=' 'max-duration=' 'lanes=' 'force-delete' 'detach' 'json' 'version' 'h/help'
        case 'ingest'
            __sluice_parse_subcommand -r 1 'config=' 'verbose' 'all' 'dry-run' 'force' 'backfill' 'since=' 'until=' 'verify' 'accept=+' 'because=' 'withdraw=+' 'json' 'version' 'h/help'
        case 'cleanup'
            __sluice_parse_subcommand -r 1 'config=' 'verbose' 'all' 'dry-run' 'yes' 'force-delete' 'json' 'version' 'h/help'
        case 'verify'
            __sluice_parse_subcommand -r 1 'config=' 'verbose' 'all' 'subset=' 'since=' 'repair' 'json' 'version' 'h/help'
        case 'stats'
            __sluice_parse_subcommand -r 1 'config=' 'verbose' 'all' 'json' 'version' 'h/help'
        case 'status'
            __sluice_parse_subcommand 0 'config=' 'verbose' 'filter=' 'json' 'follow' 'version' 'h/help'
        case 'history'
            __sluice_parse_subcommand 1 'config=' 'verbose' 'run=' 'files' 'failed' 'since=' 'limit=' 'json' 'version' 'h/help'
        case 'logs'
            __sluice_parse_subcommand 1 'config=' 'verbose' 'since=' 'grep=' 'level=' 'follow' 'json' 'version' 'h/help'
        case 'coverage'
            __sluice_parse_subcommand 1 'config=' 'verbose' 'since=' 'until=' 'learn' 'json' 'version' 'h/help'
        case 'validate'
            __sluice_parse_subcommand 0 'config=' 'verbose' 'connect' 'version' 'h/help'
        case 'check'
            __sluice_parse_subcommand 0 'config=' 'verbose' 'max-age=' 'max-lag=' 'max-holes=' 'max-verified-age=' 'format=' 'json' 'version' 'h/help'
        case 'metrics'
            __sluice_parse_subcommand 0 'config=' 'verbose' 'output=' 'version' 'h/help'
        case 'stop'
            __sluice_parse_subcommand 1 'config=' 'verbose' 'run=' 'version' 'h/help'
        case 'limit'
            __sluice_parse_subcommand 2 'config=' 'verbose' 'run=' 'for=' 'until=' 'version' 'h/help'
        case 'pause'
            __sluice_parse_subcommand 1 'config=' 'verbose' 'run=' 'for=' 'until=' 'version' 'h/help'
        case 'resume'
            __sluice_parse_subcommand 1 'config=' 'verbose' 'run=' 'version' 'h/help'
        case 'attach'
            __sluice_parse_subcommand 1 'config=' 'verbose' 'run=' 'version' 'h/help'
        case 'ack'
            __sluice_parse_subcommand 1 'config=' 'verbose' 'because=' 'until=' 'clear' 'json' 'version' 'h/help'
        case 'schedule'
            __sluice_parse_subcommand -r 1 'config=' 'verbose' 'show' 'install' 'remove' 'cron' 'user' 'system' 'dry-run' 'json' 'version' 'h/help'
        case 'init'
            __sluice_parse_subcommand 0 'output=' 'force' 'root=' 'host=' 'port=' 'user=' 'key=' 'host-key=' 'remote-root=' 'name=' 'days=' 'ingest' 'no-ingest' 'schedule=' 'offline' 'version' 'h/help'
        case 'demo'
            __sluice_parse_subcommand 0 'read-only' 'theme=' 'filter=' 'profile=' 'lively' 'ascii' 'once' 'plain' 'rate=' 'version' 'h/help'
        case 'help'
            __sluice_parse_subcommand -r 1 'version'
        end
    end
end

function __sluice_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sluice_parse_subcommand -S -a positional_count
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

function __sluice_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sluice_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sluice_tokens -p)
    if test -z "$(__sluice_tokens -t)"
        set -l index (count (__sluice_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sluice' -f
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'dashboard' -d 'Watch and steer everything in a full screen; also what plain `sluice` opens.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'sync' -d 'Fetch what is new, ingest it, apply retention.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'ingest' -d 'Bring pending markers\' klines into the warehouse.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'cleanup' -d 'Delete directories older than the retention.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'verify' -d 'Hold the lake against the source byte for byte, and against itself, without transferring.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'stats' -d 'What a profile holds.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'status' -d 'One line a profile, live runs included.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'history' -d 'Past runs: outcome, files, bytes, duration, errors.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'logs' -d 'What all runs said, oldest first: the last day\'s, or --since.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'coverage' -d 'What is there day by day: holes and short days; exit 3 when there are any.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'validate' -d 'Check the configuration and the tools; with --connect each host.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'check' -d 'Exit 0 only if every enabled profile is as it should be; each reason on a line.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'metrics' -d 'Print Prometheus metrics, or write them to a file by rename.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'stop' -d 'End a profile\'s run; what has arrived is kept.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'limit' -d 'Change the bandwidth of a run that goes on.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'pause' -d 'Hold a run where it is.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'resume' -d 'Let a held run go on.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'attach' -d 'Follow a run in plain lines until it ends; ^C leaves it going.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'ack' -d 'Say that a profile\'s failure is known; without a name, list what is.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'schedule' -d 'Show, write or remove the timers that start the profiles\' syncs.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'init' -d 'Write a lake file by asking a few questions.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'demo' -d 'Try everything on a throwaway lake with its own SSH server.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice dashboard" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice dashboard" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice dashboard"' -l 'host' -d 'A lake of another machine, over ssh, by the sluice there: user@host or user@host:CONFIG. May be given again, as --config may.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice dashboard" remote-program' -l 'remote-program' -d 'sluice, as the machines of --host call it.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice dashboard" read-only' -l 'read-only' -d 'No key that starts, stops or steers anything works.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice dashboard" theme' -l 'theme' -d 'The theme; `t` in the dashboard lists them.' -rfka '(__sluice_custom_completion ---completion dashboard -- --theme (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice dashboard" filter' -l 'filter' -d 'Only these profiles: words as after `/` in the dashboard, such as \'gate state:failed age>2d !old\'.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice dashboard" profile' -l 'profile' -d 'Put the cursor on this profile at the start.' -rfka '(__sluice_custom_completion ---completion dashboard -- --profile (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice dashboard" lively' -l 'lively' -d 'Figures move every second instead of every five; about four times the bytes on a slow link (key L).'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice dashboard" ascii' -l 'ascii' -d 'Draw with ASCII only.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice dashboard" once' -l 'once' -d 'Print the table once as plain text and end.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice dashboard" plain' -l 'plain' -d 'Print a line for everything that happens; no full screen.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice dashboard" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice dashboard" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice sync" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice sync" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice sync" -ge 1' -fka '(__sluice_custom_completion ---completion sync -- positional@0 (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice sync" all' -l 'all' -d 'Every enabled profile; a failed one does not stop the others.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice sync" dry-run' -l 'dry-run' -d 'Only show what would come, go and expire.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice sync" no-ingest' -l 'no-ingest' -d 'Do not ingest after the transfer.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice sync" no-cleanup' -l 'no-cleanup' -d 'Do not apply retention after the transfer.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice sync" bwlimit' -l 'bwlimit' -d 'Start with this limit: KB/s, or a rate like 2M; 0 is none.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice sync" max-duration' -l 'max-duration' -d 'End like a stop after this time (6h, 90m); the next sync goes on from there.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice sync" lanes' -l 'lanes' -d 'Fetch with so many rsyncs at once: auto (the default), or 1 to 8.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice sync" force-delete' -l 'force-delete' -d 'Delete even what the guards refuse to.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice sync" detach' -l 'detach' -d 'Start it in its own session, print the run\'s id and return.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice sync" json' -l 'json' -d 'Print the results as JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice sync" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice sync" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ingest" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ingest" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice ingest" -ge 1' -fka '(__sluice_custom_completion ---completion ingest -- positional@0 (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ingest" all' -l 'all' -d 'Every enabled profile; a failed one does not stop the others.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ingest" dry-run' -l 'dry-run' -d 'Only list what would be read.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ingest" force' -l 'force' -d 'Ingest again what is in already.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ingest" backfill' -l 'backfill' -d 'Read the archives that are there, without markers.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ingest" since' -l 'since' -d 'First day of a backfill.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ingest" until' -l 'until' -d 'Last day of a backfill.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ingest" verify' -l 'verify' -d 'Compare what the ledger says with what the warehouse holds.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ingest"' -l 'accept' -d 'Take these archives though their .CHECKSUM is wrong or rows of them were refused, with their own hash, until they change; and ingest them.' -rF
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ingest" because' -l 'because' -d 'Why they are accepted; shown wherever they are.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ingest"' -l 'withdraw' -d 'Take back that these archives are accepted: their .CHECKSUM, and rows refused of them, count again.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ingest" json' -l 'json' -d 'Print the results as JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ingest" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ingest" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice cleanup" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice cleanup" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice cleanup" -ge 1' -fka '(__sluice_custom_completion ---completion cleanup -- positional@0 (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice cleanup" all' -l 'all' -d 'Every enabled profile; a failed one does not stop the others.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice cleanup" dry-run' -l 'dry-run' -d 'Only show what would be deleted.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice cleanup" yes' -l 'yes' -d 'Do not ask.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice cleanup" force-delete' -l 'force-delete' -d 'Delete even what the guards refuse to.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice cleanup" json' -l 'json' -d 'Print the results as JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice cleanup" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice cleanup" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice verify" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice verify" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice verify" -ge 1' -fka '(__sluice_custom_completion ---completion verify -- positional@0 (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice verify" all' -l 'all' -d 'Every enabled profile; a failed one does not stop the others.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice verify" subset' -l 'subset' -d 'Only this share of the files, always the same ones; auto/7 is another share every day.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice verify" since' -l 'since' -d 'Only files of this day and later.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice verify" repair' -l 'repair' -d 'Fetch again what differs from the source or is missing here, then verify that again.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice verify" json' -l 'json' -d 'Print the results as JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice verify" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice stats" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice stats" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice stats" -ge 1' -fka '(__sluice_custom_completion ---completion stats -- positional@0 (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice stats" all' -l 'all' -d 'Every enabled profile; a failed one does not stop the others.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice stats" json' -l 'json' -d 'Print JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice stats" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice stats" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice status" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice status" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice status" filter' -l 'filter' -d 'Only these profiles: words as after `/` in the dashboard, such as \'gate state:failed age>2d !old\'.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice status" json' -l 'json' -d 'Print JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice status" follow' -l 'follow' -d 'Go on printing lines as things happen; with --json an object a line.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice status" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice history" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice history" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice history" -eq 1' -fka '(__sluice_custom_completion ---completion history -- positional@0 (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice history" run' -l 'run' -d 'One run, whole.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice history" files' -l 'files' -d 'With --run: the per-file list.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice history" failed' -l 'failed' -d 'Only runs that did not end well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice history" since' -l 'since' -d 'From this UTC day on, or for this long: 2026-02-14, 2d, 6h.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice history" limit' -l 'limit' -d 'How many runs at most.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice history" json' -l 'json' -d 'Print JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice history" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice history" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice logs" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice logs" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice logs" -eq 1' -fka '(__sluice_custom_completion ---completion logs -- positional@0 (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice logs" since' -l 'since' -d 'From this UTC day on, or for this long: 2026-02-14, 2d, 6h.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice logs" grep' -l 'grep' -d 'Only lines with this text, in whatever case.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice logs" level' -l 'level' -d 'Only lines this serious: debug (with the commands run), info, warning, error.' -rfka 'debug info warning error'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice logs" follow' -l 'follow' -d 'Go on printing lines as they are said; ^C ends it.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice logs" json' -l 'json' -d 'Print JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice logs" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice logs" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice coverage" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice coverage" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice coverage" -eq 1' -fka '(__sluice_custom_completion ---completion coverage -- positional@0 (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice coverage" since' -l 'since' -d 'First day.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice coverage" until' -l 'until' -d 'Last day.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice coverage" learn' -l 'learn' -d 'Propose an `expect` block for the configuration from what is there.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice coverage" json' -l 'json' -d 'Print JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice coverage" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice coverage" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice validate" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice validate" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice validate" connect' -l 'connect' -d 'Log in to each enabled host: reachable, key known, directory there, space.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice validate" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice validate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice check" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice check" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice check" max-age' -l 'max-age' -d 'Oldest last success; else each profile\'s `stale_after`, else 26h.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice check" max-lag' -l 'max-lag' -d 'Oldest newest data; else each profile\'s `data_stale_after`.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice check" max-holes' -l 'max-holes' -d 'Missing and short days allowed; else 0 for profiles with `expect`.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice check" max-verified-age' -l 'max-verified-age' -d 'Oldest verification that found all right; else each profile\'s `keep_verified`.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice check" format' -l 'format' -d 'text (table is the same), json, or nagios: one line and figures as monitoring plugins write them, exit 0 to 3.' -rfka 'text table json nagios'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice check" json' -l 'json' -d 'Print JSON; the same as --format json.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice check" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice metrics" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice metrics" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice metrics" output' -l 'output' -d 'The file to replace.' -rF
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice metrics" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice metrics" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice stop" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice stop" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice stop" -eq 1' -fka '(__sluice_custom_completion ---completion stop -- positional@0 (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice stop" run' -l 'run' -d 'This run; else the profile\'s run, or its dry run while nothing else goes on.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice stop" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice stop" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice limit" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice limit" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice limit" -eq 1' -fka '(__sluice_custom_completion ---completion limit -- positional@0 (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice limit" run' -l 'run' -d 'This run; else the profile\'s run, or its dry run while nothing else goes on.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice limit" for' -l 'for' -d 'Only for so long (30m, 2h); then the order before it, else the run\'s own limit, is in force again.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice limit" until' -l 'until' -d 'The same until this time of day on this machine\'s clock (06:00), today\'s or tomorrow\'s.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice limit" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice limit" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice pause" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice pause" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice pause" -eq 1' -fka '(__sluice_custom_completion ---completion pause -- positional@0 (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice pause" run' -l 'run' -d 'This run; else the profile\'s run, or its dry run while nothing else goes on.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice pause" for' -l 'for' -d 'Only for so long (30m, 2h); the run goes on by itself then.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice pause" until' -l 'until' -d 'The same until this time of day on this machine\'s clock (06:00), today\'s or tomorrow\'s.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice pause" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice pause" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice resume" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice resume" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice resume" -eq 1' -fka '(__sluice_custom_completion ---completion resume -- positional@0 (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice resume" run' -l 'run' -d 'This run; else the profile\'s run, or its dry run while nothing else goes on.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice resume" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice resume" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice attach" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice attach" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice attach" -eq 1' -fka '(__sluice_custom_completion ---completion attach -- positional@0 (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice attach" run' -l 'run' -d 'This run; else the profile\'s run, or its dry run while nothing else goes on.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice attach" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice attach" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ack" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ack" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice ack" -eq 1' -fka '(__sluice_custom_completion ---completion ack -- positional@0 (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ack" because' -l 'because' -d 'Why it may stay so for now.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ack" until' -l 'until' -d 'The last day, or for how long; else 7d.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ack" clear' -l 'clear' -d 'Take it back.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ack" json' -l 'json' -d 'Print JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ack" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice ack" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice schedule" config' -l 'config' -d 'The configuration file (default: the places the guide lists, in order).' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice schedule" verbose' -l 'verbose' -d 'Log to stderr as well.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_positional "sluice schedule" -ge 1' -fka '(__sluice_custom_completion ---completion schedule -- positional@0 (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice schedule" show' -l 'show' -d 'Show what is there; the default.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice schedule" install' -l 'install' -d 'Write the timers of systemd; with --cron the lines of cron.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice schedule" remove' -l 'remove' -d 'Take away what --install wrote, in systemd and cron.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice schedule" cron' -l 'cron' -d 'Lines of cron, and not systemd; without --install they are only printed.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice schedule" user' -l 'user' -d 'This user\'s systemd or crontab; the default of everybody but root.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice schedule" system' -l 'system' -d 'The system\'s; the default of root.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice schedule" dry-run' -l 'dry-run' -d 'With --install or --remove: only print what would be written and run.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice schedule" json' -l 'json' -d 'Print JSON.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice schedule" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice schedule" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" output' -l 'output' -d 'Where to write it.' -rfa '(set -l exts \'yml\' \'yaml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" force' -l 'force' -d 'Write over a file that is there.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" root' -l 'root' -d 'Directory of the lake, absolute.' -rfa '(__sluice_complete_directories)'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" host' -l 'host' -d 'Host of the collector: a name, an address or an alias of ssh_config.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" port' -l 'port' -d 'Its SSH port (default: what ssh_config says, else 22).' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" user' -l 'user' -d 'The user there.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" key' -l 'key' -d 'Private key file (default: the agent, or what ssh_config says).' -rF
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" host-key' -l 'host-key' -d 'The host\'s own key, as its fingerprint (SHA256:...) or whole (ssh-ed25519 AAAA...).' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" remote-root' -l 'remote-root' -d 'Directory there.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" name' -l 'name' -d 'Name of the profile (default: the directory\'s).' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" days' -l 'days' -d 'Days to keep; 0 is for ever.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" ingest' -l 'ingest' -d 'Bring Binance klines into a warehouse.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" no-ingest' -l 'no-ingest' -d 'Bring Binance klines into a warehouse.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" schedule' -l 'schedule' -d 'When it is to be synced: five fields of cron or a calendar event of systemd.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" offline' -l 'offline' -d 'Log in nowhere: no key is shown, no directory listed.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice init" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice demo" read-only' -l 'read-only' -d 'No key that starts, stops or steers anything works.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice demo" theme' -l 'theme' -d 'The theme; `t` in the dashboard lists them.' -rfka '(__sluice_custom_completion ---completion demo -- --theme (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice demo" filter' -l 'filter' -d 'Only these profiles: words as after `/` in the dashboard, such as \'gate state:failed age>2d !old\'.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice demo" profile' -l 'profile' -d 'Put the cursor on this profile at the start.' -rfka '(__sluice_custom_completion ---completion demo -- --profile (count (__sluice_tokens -pc)) (__sluice_tokens -tC))'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice demo" lively' -l 'lively' -d 'Figures move every second instead of every five; about four times the bytes on a slow link (key L).'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice demo" ascii' -l 'ascii' -d 'Draw with ASCII only.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice demo" once' -l 'once' -d 'Print the table once as plain text and end.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice demo" plain' -l 'plain' -d 'Print a line for everything that happens; no full screen.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice demo" rate' -l 'rate' -d 'How slow the larger sync is.' -rfka ''
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice demo" version' -l 'version' -d 'Show the version.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice demo" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sluice' -n '__sluice_should_offer_completions_for_flags_or_options "sluice help" version' -l 'version' -d 'Show the version.'
