import type { Command } from '@heavylift/core'

/** Commands on specs that are there. */
export const specCommands: Command[] = [
  {
    name: 'lint',
    summary:
      'Tells what is wrong with the specs of a repository (Kiro, OpenSpec, spec-kit): form, words, terms, contradictions, gaps.',
    args: [{ name: 'path', summary: 'Folder of the repository. Default: here.', optional: true }],
    no: 'a spec has a finding',
    run: async (input) => (await import('./run-lint.ts')).runLint(input),
  },
]
