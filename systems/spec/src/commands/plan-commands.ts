import type { Command } from '@heavylift/core'

const path = { name: 'path', summary: 'Root of the git repository. Default: here.', optional: true }
const change = {
  flags: '--change <name>',
  summary: 'A change of OpenSpec (openspec/changes/<name>). Default: what differs from the last commit.',
}

/** From an edited spec to code. */
export const planCommands: Command[] = [
  {
    name: 'plan',
    summary:
      'Tells what an edited spec changes (its delta), and the tasks for the code: what is to hold, where it stands, in which order.',
    args: [path],
    options: [change],
    run: async (input) => (await import('./run-plan.ts')).runPlan(input),
  },
  {
    name: 'build',
    summary:
      'Lets a coding agent (ACP) do the plan in a git worktree, and takes the result only through the gates: paths, tests, spec, other requirements. Ends in a branch; goes on where it was cut off.',
    args: [path],
    options: [
      change,
      {
        flags: '--name <name>',
        summary: 'Of the build and its branch spec/<name>. Default: the change, or spec-edit.',
      },
      {
        flags: '--agent <command>',
        summary:
          'A name of spec.agents, or a command that speaks ACP. Default: literals, which needs no model.',
      },
      {
        flags: '--test <command>',
        summary: 'The project\'s tests. Default: what its root tells; none: say "".',
      },
      { flags: '--body <file>', summary: 'Writes the text for the pull request there.' },
      { flags: '--again', summary: 'Forgets what an earlier build of this name did, and begins anew.' },
    ],
    no: 'a gate refused what the agent did',
    run: async (input) => (await import('./run-build.ts')).runBuild(input),
  },
]
