import type { Command, CompleteWord } from '@heavylift/core'

const complete: CompleteWord = async (input) => {
  const { askServer } = await import('./ask-server.ts')
  const { agents } = await askServer<{ agents: { name: string }[] }>(input, 'GET', '/agents')
  return agents.map(({ name }) => name)
}
const name = { name: 'name', summary: 'The agent.', complete }
const dir = { name: 'dir', summary: 'A folder of definitions, a file each.' }
const dryRun = { flags: '--dry-run', summary: 'Shows what would be done, and writes nothing.' }
const conflicts = 'agents that both sides changed in the same place, or files that cannot be read'

/** Subcommands of `heavylift agents`. */
export const commands: Command[] = [
  {
    name: 'list',
    summary: 'Lists agents with their live versions.',
    run: async (input) => (await import('./one-agent.ts')).listAgents(input),
  },
  {
    name: 'show',
    summary: 'Prints the definition of an agent as it is edited, and what is wrong with it.',
    args: [name],
    run: async (input) => (await import('./one-agent.ts')).showAgent(input),
  },
  {
    name: 'check',
    summary: 'Says what is wrong with a definition, with line and column. Needs no server.',
    args: [{ name: 'file', summary: 'A definition in YAML or JSON.' }],
    options: [{ flags: '--canonical', summary: 'Prints it in its canonical form.' }],
    no: 'the definition has problems',
    run: async (input) => (await import('./one-agent.ts')).checkAgentFile(input),
  },
  {
    name: 'import',
    summary:
      'Makes a draft of a workflow of n8n, Dify, Flowise or Arazzo, a skill or AGENTS.md, and says what became of each part. Runs and connects to nothing.',
    args: [{ name: 'file', summary: 'The file; OpenAPI, MCP, A2A and lists of functions show their tools.' }],
    options: [
      { flags: '--save', summary: 'Saves the draft at the server. Else its text is printed.' },
      { flags: '--all', summary: 'Prints what was mapped, too, and not only what differs.' },
    ],
    run: async (input) => (await import('./import-file.ts')).importAgentFile(input),
  },
  {
    name: 'run',
    summary: 'Runs the live version of an agent, and prints its result.',
    args: [name],
    options: [{ flags: '--input <json>', summary: 'The input as JSON, or @FILE.' }],
    no: 'the run failed; exit code 6 where it waits for a person',
    run: async (input) => (await import('./one-agent.ts')).runAgent(input),
  },
  {
    name: 'publish',
    summary: 'Writes the draft of an agent down as a version, plays its cases, and gives it to new runs.',
    args: [name],
    options: [
      { flags: '--share <percent>', summary: 'Of new runs: a canary beside the live version. Default 100.' },
      { flags: '--note <text>', summary: 'Why.' },
      { flags: '--despite <text>', summary: 'Why it goes live although its cases do not pass.' },
    ],
    no: 'its cases do not pass, and it is not live',
    run: async (input) => (await import('./one-agent.ts')).publishAgent(input),
  },
  {
    name: 'evaluate',
    summary: 'Plays the cases of an agent, and says which fail and where. Nothing outside is changed by it.',
    args: [name],
    options: [{ flags: '--version <number>', summary: 'Default: the newest version.' }],
    no: 'cases fail',
    run: async (input) => (await import('./evaluate.ts')).evaluateAgent(input),
  },
  {
    name: 'sync',
    summary:
      'Brings a folder of definitions and the server together; both sides’ edits are merged by meaning.',
    args: [dir],
    options: [dryRun],
    no: conflicts,
    run: async (input) => (await import('./sync.ts')).syncFolder(input, 'both'),
  },
  {
    name: 'pull',
    summary: 'As sync, and writes the folder only.',
    args: [dir],
    options: [dryRun],
    no: conflicts,
    run: async (input) => (await import('./sync.ts')).syncFolder(input, 'pull'),
  },
  {
    name: 'push',
    summary: 'As sync, and writes the server only.',
    args: [dir],
    options: [dryRun],
    no: conflicts,
    run: async (input) => (await import('./sync.ts')).syncFolder(input, 'push'),
  },
]
