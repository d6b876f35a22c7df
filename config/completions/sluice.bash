#!/bin/bash

__sluice_cursor_index_in_current_word() {
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
__sluice_offer_flags_options() {
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

__sluice_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__sluice_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_sluice() {
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
    local -a non_repeating_flags=(--verbose --version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=(--config)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    esac

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    dashboard|sync|ingest|cleanup|verify|stats|status|history|logs|coverage|validate|check|metrics|stop|limit|pause|resume|attach|ack|schedule|init|demo|help)
        # Offer subcommand argument completions
        "_sluice_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'dashboard sync ingest cleanup verify stats status history logs coverage validate check metrics stop limit pause resume attach ack schedule init demo help' -- "${cur}"))
        ;;
    esac
}

_sluice_dashboard() {
    repeating_flags=()
    non_repeating_flags=(--verbose --read-only --lively --ascii --once --plain --version -h --help)
    repeating_options=(--host)
    non_repeating_options=(--config --remote-program --theme --filter --profile)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    '--host')
        return
        ;;
    '--remote-program')
        return
        ;;
    '--theme')
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion dashboard -- --theme "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    '--filter')
        return
        ;;
    '--profile')
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion dashboard -- --profile "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sluice_sync() {
    repeating_flags=()
    non_repeating_flags=(--verbose --all --dry-run --no-ingest --no-cleanup --force-delete --detach --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --bwlimit --max-duration --lanes)
    __sluice_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    '--bwlimit')
        return
        ;;
    '--max-duration')
        return
        ;;
    '--lanes')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion sync -- positional@0 "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sluice_ingest() {
    repeating_flags=()
    non_repeating_flags=(--verbose --all --dry-run --force --backfill --verify --json --version -h --help)
    repeating_options=(--accept --withdraw)
    non_repeating_options=(--config --since --until --because)
    __sluice_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    '--since')
        return
        ;;
    '--until')
        return
        ;;
    '--accept')
        __sluice_add_completions -f
        return
        ;;
    '--because')
        return
        ;;
    '--withdraw')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion ingest -- positional@0 "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sluice_cleanup() {
    repeating_flags=()
    non_repeating_flags=(--verbose --all --dry-run --yes --force-delete --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config)
    __sluice_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion cleanup -- positional@0 "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sluice_verify() {
    repeating_flags=()
    non_repeating_flags=(--verbose --all --repair --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --subset --since)
    __sluice_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    '--subset')
        return
        ;;
    '--since')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion verify -- positional@0 "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sluice_stats() {
    repeating_flags=()
    non_repeating_flags=(--verbose --all --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config)
    __sluice_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion stats -- positional@0 "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sluice_status() {
    repeating_flags=()
    non_repeating_flags=(--verbose --json --follow --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --filter)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    '--filter')
        return
        ;;
    esac
}

_sluice_history() {
    repeating_flags=()
    non_repeating_flags=(--verbose --files --failed --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --run --since --limit)
    __sluice_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    '--run')
        return
        ;;
    '--since')
        return
        ;;
    '--limit')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion history -- positional@0 "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sluice_logs() {
    repeating_flags=()
    non_repeating_flags=(--verbose --follow --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --since --grep --level)
    __sluice_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    '--since')
        return
        ;;
    '--grep')
        return
        ;;
    '--level')
        __sluice_add_completions -W 'debug'$'\n''info'$'\n''warning'$'\n''error'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion logs -- positional@0 "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sluice_coverage() {
    repeating_flags=()
    non_repeating_flags=(--verbose --learn --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --since --until)
    __sluice_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    '--since')
        return
        ;;
    '--until')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion coverage -- positional@0 "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sluice_validate() {
    repeating_flags=()
    non_repeating_flags=(--verbose --connect --version -h --help)
    repeating_options=()
    non_repeating_options=(--config)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    esac
}

_sluice_check() {
    repeating_flags=()
    non_repeating_flags=(--verbose --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --max-age --max-lag --max-holes --max-verified-age --format)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    '--max-age')
        return
        ;;
    '--max-lag')
        return
        ;;
    '--max-holes')
        return
        ;;
    '--max-verified-age')
        return
        ;;
    '--format')
        __sluice_add_completions -W 'text'$'\n''table'$'\n''json'$'\n''nagios'
        return
        ;;
    esac
}

_sluice_metrics() {
    repeating_flags=()
    non_repeating_flags=(--verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --output)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    '--output')
        __sluice_add_completions -f
        return
        ;;
    esac
}

_sluice_stop() {
    repeating_flags=()
    non_repeating_flags=(--verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --run)
    __sluice_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    '--run')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion stop -- positional@0 "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sluice_limit() {
    repeating_flags=()
    non_repeating_flags=(--verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --run --for --until)
    __sluice_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    '--run')
        return
        ;;
    '--for')
        return
        ;;
    '--until')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion limit -- positional@0 "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sluice_pause() {
    repeating_flags=()
    non_repeating_flags=(--verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --run --for --until)
    __sluice_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    '--run')
        return
        ;;
    '--for')
        return
        ;;
    '--until')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion pause -- positional@0 "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sluice_resume() {
    repeating_flags=()
    non_repeating_flags=(--verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --run)
    __sluice_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    '--run')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion resume -- positional@0 "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sluice_attach() {
    repeating_flags=()
    non_repeating_flags=(--verbose --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --run)
    __sluice_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    '--run')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion attach -- positional@0 "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sluice_ack() {
    repeating_flags=()
    non_repeating_flags=(--verbose --clear --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --because --until)
    __sluice_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    '--because')
        return
        ;;
    '--until')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion ack -- positional@0 "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sluice_schedule() {
    repeating_flags=()
    non_repeating_flags=(--verbose --show --install --remove --cron --user --system --dry-run --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config)
    __sluice_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion schedule -- positional@0 "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sluice_init() {
    repeating_flags=()
    non_repeating_flags=(--force --ingest --no-ingest --offline --version -h --help)
    repeating_options=()
    non_repeating_options=(--output --root --host --port --user --key --host-key --remote-root --name --days --schedule)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--output')
        __sluice_add_completions -o plusdirs -fX '!*.@(yml|yaml)'
        return
        ;;
    '--root')
        __sluice_add_completions -d
        return
        ;;
    '--host')
        return
        ;;
    '--port')
        return
        ;;
    '--user')
        return
        ;;
    '--key')
        __sluice_add_completions -f
        return
        ;;
    '--host-key')
        return
        ;;
    '--remote-root')
        return
        ;;
    '--name')
        return
        ;;
    '--days')
        return
        ;;
    '--schedule')
        return
        ;;
    esac
}

_sluice_demo() {
    repeating_flags=()
    non_repeating_flags=(--read-only --lively --ascii --once --plain --version -h --help)
    repeating_options=()
    non_repeating_options=(--theme --filter --profile --rate)
    __sluice_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--theme')
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion demo -- --theme "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    '--filter')
        return
        ;;
    '--profile')
        __sluice_add_completions -W "$(__sluice_custom_complete ---completion demo -- --profile "${COMP_CWORD}" "$(__sluice_cursor_index_in_current_word)")"
        return
        ;;
    '--rate')
        return
        ;;
    esac
}

_sluice_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __sluice_offer_flags_options -1
}

complete -o filenames -F _sluice sluice
