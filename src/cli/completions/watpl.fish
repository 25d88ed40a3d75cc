# Completion of watpl for fish.
function __watpl_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found (watpl __complete -- $words[2..] 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c watpl -f -a '(__watpl_complete)'
