#compdef watpl
# Completion of watpl for zsh.
_watpl() {
    local line
    local -a words_found shown
    while IFS= read -r line; do
        words_found+=("${line%%$'\t'*}")
        shown+=("${line%%$'\t'*}  ${line#*$'\t'}")
    done < <(watpl __complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)
    if (( ${#words_found} )); then
        compadd -l -d shown -a words_found
    else
        _files
    fi
}
if [[ "$funcstack[1]" == _watpl ]]; then
    _watpl "$@"
else
    compdef _watpl watpl
fi
