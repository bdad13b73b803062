import type { Command } from 'commander'

export type Shell = 'bash' | 'zsh' | 'fish'

/** Words that may follow each command path: `''` → top level, `shop` → its commands, `eval` → its measures. */
export type CompletionTree = Map<string, { word: string; summary: string }[]>

/** Reads the tree from the program itself, so that completion never falls behind. */
export function completionTree(
  program: Command,
  extra: Record<string, { word: string; summary: string }[]>,
): CompletionTree {
  const tree: CompletionTree = new Map()
  const visit = (command: Command, path: string): void => {
    const children = command.commands
      .filter((child) => !child.name().startsWith('_'))
      .map((child) => ({ word: child.name(), summary: child.summary() || child.description() }))
    const options = command.options.flatMap((option) =>
      option.long === undefined || option.long === null
        ? []
        : [{ word: option.long, summary: option.description }],
    )
    tree.set(path, [...children, ...(extra[path] ?? []), ...options])
    for (const child of command.commands) visit(child, `${path} ${child.name()}`.trim())
  }
  visit(program, '')
  return tree
}

/** The script that a shell sources; see the help of `heavylift completion` for where to put it. */
export function completionScript(shell: Shell, tree: CompletionTree): string {
  if (shell === 'fish') return fishScript(tree)
  const bash = bashScript(tree)
  return shell === 'zsh' ? `autoload -U +X bashcompinit && bashcompinit\n${bash}` : bash
}

function bashScript(tree: CompletionTree): string {
  const cases = [...tree].map(
    ([path, words]) => `    '${path}') words='${words.map(({ word }) => word).join(' ')}' ;;`,
  )
  return `# Completion of heavylift. The words typed so far, without options, choose what may come next.
_heavylift() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path='' words='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) path="\${path:+$path }$word" ;; esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -F _heavylift heavylift
`
}

function fishScript(tree: CompletionTree): string {
  const quote = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`
  const lines = [...tree].flatMap(([path, words]) =>
    words.map(({ word, summary }) => {
      const when = path === '' ? '__fish_use_subcommand' : `__heavylift_after ${path}`
      const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-a ${quote(word)}`
      return `complete -c heavylift -n ${quote(when)} ${what} -d ${quote(summary)}`
    }),
  )
  return `# Completion of heavylift.
function __heavylift_after
  set -l typed (commandline -opc | string match -v -- '-*')
  test "$typed[2..-1]" = "$argv"
end
${lines.join('\n')}
`
}
