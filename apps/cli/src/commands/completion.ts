export type Shell = 'bash' | 'zsh' | 'fish'

export function isShell(name: string): name is Shell {
  return name === 'bash' || name === 'zsh' || name === 'fish'
}

/**
 * The script that a shell sources; see the help of `heavylift completion` for where to put it. It holds no words of its own: it asks
 * `heavylift __complete` for each, so it never falls behind and knows ids that came just now.
 */
export function completionScript(shell: Shell): string {
  if (shell === 'fish') return fishScript
  return shell === 'zsh' ? `autoload -U +X bashcompinit && bashcompinit\n${bashScript}` : bashScript
}

const bashScript = `# Completion of heavylift. What may come next is asked of the command itself; where it knows nothing, files are offered.
_heavylift() {
  local current="\${COMP_WORDS[COMP_CWORD]}" IFS=$'\\n'
  COMPREPLY=($(compgen -W "$("\${COMP_WORDS[0]}" __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "$current"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -F _heavylift heavylift
`

const fishScript = `# Completion of heavylift. What may come next is asked of the command itself.
function __heavylift_complete
  set -l words (commandline -opc) (commandline -ct)
  heavylift __complete -- $words[2..-1] 2>/dev/null
end
complete -c heavylift -f -n 'test -n "$(__heavylift_complete)"' -a '(__heavylift_complete)'
`
