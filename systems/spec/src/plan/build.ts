import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { replaceFile } from '@heavylift/core/runtime/replace-file'
import { z } from 'zod'
import type { Fact } from '../facts/fact.ts'
import { runAgent } from './agent.ts'
import { gateNames, passGates, repositoryState } from './gates.ts'
import type { GateResult } from './gates.ts'
import { git, restoreTree } from './git.ts'
import { writePrompt } from './make-plan.ts'
import type { Plan } from './make-plan.ts'

const stateSchema = z.object({
  /**
   * `begun`: nothing but this file. `ready`: the worktree stands at `base`. `written`: the agent ended its turn. `passed` or
   * `refused`: the gates have spoken. `done`: the branch has the commit.
   */
  step: z.enum(['begun', 'ready', 'written', 'passed', 'refused', 'done']),
  base: z.string(),
  branch: z.string(),
  worktree: z.string(),
  /** Of git: what the agent left, which the gates judge and the commit holds, whatever is written after its turn. */
  tree: z.string().nullable().default(null),
  /** What the agent said last. */
  said: z.string().default(''),
  repositoryState: z.string(),
  gates: z.array(z.object({ gate: z.enum(gateNames), isPassed: z.boolean(), reasons: z.array(z.string()) })),
  commit: z.string().nullable(),
})
export type BuildState = z.output<typeof stateSchema>

export interface BuildInput {
  /** Of the change; a build of the same name goes on where it stopped. */
  name: string
  repository: string
  /** Folder for worktrees and states; outside the repository, or ignored by it. */
  runsFolder: string
  plan: Plan
  before: readonly Fact[]
  agentCommand: readonly [string, ...string[]]
  testCommand: readonly [string, ...string[]] | null
  extract: (folder: string) => Promise<readonly Fact[]>
  /** Before the commit, with what passed: brings the spec in the worktree to what was built. May be called again. */
  finish?: (worktree: string) => Promise<void>
  onStep?: (state: BuildState) => void
  onLine: (line: string) => void
  signal: AbortSignal
}

export interface BuildResult {
  state: BuildState
  /** For the pull request. */
  body: string
}

/**
 * Lets an agent do a plan in a worktree of its own, and takes what it did only through the gates. Every step is written down
 * before the next begins, and a build that was killed goes on at the step that it was in; the agent's own step begins anew
 * from the base, since half a turn is no turn. Ends in a branch `spec/<name>`; the repository's own checkout is not touched.
 */
export async function build(input: BuildInput): Promise<BuildResult> {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(input.name))
    throw new InvalidInputError({
      code: 'change-name-invalid',
      message: `A change is called by small letters, digits and dashes; "${input.name}" is not.`,
    })
  await mkdir(input.runsFolder, { recursive: true })
  const file = join(input.runsFolder, `${input.name}.json`)
  const save = async (state: BuildState): Promise<BuildState> => {
    await replaceFile(file, `${JSON.stringify(state, null, 2)}\n`)
    input.onStep?.(state)
    return state
  }
  let state = await readState(file)
  const isResumed = state !== null
  const branch = `spec/${input.name}`
  if (!state)
    state = await save({
      step: 'begun',
      base: (await git(input.repository, ['rev-parse', 'HEAD'])).trim(),
      branch,
      worktree: join(input.runsFolder, input.name),
      tree: null,
      said: '',
      repositoryState: await repositoryState(input.repository, branch),
      gates: [],
      commit: null,
    })
  if (state.step === 'begun') {
    await makeWorktree(input.repository, state)
    state = await save({ ...state, step: 'ready' })
  }
  if (state.step === 'ready') {
    // An agent may outlive the server that was killed: where it was at work nobody works again.
    if (isResumed) {
      const before = state.worktree
      state = await save({ ...state, step: 'begun', worktree: nextFolder(before) })
      await makeWorktree(input.repository, state)
      // It may write there while its folder goes.
      await rm(before, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
      state = await save({ ...state, step: 'ready' })
    }
    const prompt = writePrompt(input.plan)
    const { log } = await runAgent({
      command: input.agentCommand,
      folder: state.worktree,
      prompt,
      onLine: input.onLine,
      signal: input.signal,
    })
    await git(state.worktree, ['add', '--all'])
    const tree = (await git(state.worktree, ['write-tree'])).trim()
    state = await save({ ...state, step: 'written', tree, said: log.at(-1) ?? '' })
  }
  if (state.step === 'written') {
    const gates = await passGates({
      ...input,
      worktree: state.worktree,
      tree: state.tree,
      branch,
      state: state.repositoryState,
      base: state.base,
      said: state.said,
    })
    state = await save({
      ...state,
      gates,
      step: gates.every(({ isPassed }) => isPassed) ? 'passed' : 'refused',
    })
  }
  if (state.step === 'passed')
    state = await save({ ...state, step: 'done', commit: await commit(input, state) })
  return { state, body: writeBody(input, state) }
}

/** Forgets a build: its worktree, its branch unless it is done, and its state. */
export async function forgetBuild(repository: string, runsFolder: string, name: string): Promise<void> {
  const file = join(runsFolder, `${name}.json`)
  const state = await readState(file)
  if (!state) return
  for (let folder = join(runsFolder, name), at = 0; at < 100; at++, folder = nextFolder(folder)) {
    await rm(folder, { recursive: true, force: true })
    if (folder === state.worktree) break
  }
  await git(repository, ['worktree', 'prune'])
  if (state.step !== 'done')
    await git(repository, ['branch', '--quiet', '-D', state.branch]).catch(() => undefined)
  await rm(file, { force: true })
}

async function makeWorktree(repository: string, { worktree, base }: BuildState) {
  // One that was cut off while it was made is made again.
  await rm(worktree, { recursive: true, force: true })
  await git(repository, ['worktree', 'prune'])
  await git(repository, ['worktree', 'add', '--quiet', '--detach', worktree, base])
}

/** `change-1` to `change-1.2`, and that to `change-1.3`. */
const nextFolder = (folder: string) => {
  const at = Number(/\.(\d+)$/.exec(folder)?.[1] ?? 1)
  return `${folder.replace(/\.\d+$/, '')}.${at + 1}`
}

async function commit({ repository, name, plan, finish }: BuildInput, state: BuildState): Promise<string> {
  const { worktree, branch, base } = state
  const head = (await git(worktree, ['rev-parse', 'HEAD'])).trim()
  // Killed between the commit and its note, the commit is there already.
  if (head === base) {
    await restoreTree(worktree, state.tree)
    await finish?.(worktree)
    await git(worktree, ['add', '--all'])
    const message = `${name}: ${plan.tasks.map(({ what, requirement }) => `${what} ${requirement}`).join(', ')}`
    await git(worktree, [
      '-c',
      'user.name=Heavylift',
      '-c',
      'user.email=heavylift@localhost',
      'commit',
      '--quiet',
      '--no-verify',
      '-m',
      message,
    ])
  }
  const made = (await git(worktree, ['rev-parse', 'HEAD'])).trim()
  await git(repository, ['branch', '--force', branch, made])
  return made
}

async function readState(file: string): Promise<BuildState | null> {
  const text = await readFile(file, 'utf8').catch(() => null)
  return text === null ? null : stateSchema.parse(JSON.parse(text))
}

function writeBody({ plan, testCommand }: BuildInput, { gates, step }: BuildState): string {
  const tasks = plan.tasks.map(
    ({ id, what, requirement, operations, shall, shallNot }) =>
      `### ${id}. ${what} ${requirement}\n\n${operations.length > 0 ? `${operations.join(', ')}\n\n` : ''}${[...shallNot.map((one) => `- was: ${one}`), ...shall.map((one) => `- now: ${one}`)].join('\n')}`,
  )
  const passed = gates.map(
    ({ gate, isPassed, reasons }: GateResult) =>
      `- ${isPassed ? 'passed' : 'refused'}: ${gate}${reasons.map((one) => `\n  - ${one}`).join('')}`,
  )
  return `${[
    step === 'refused' ? '## Refused' : '## Spec change',
    ...tasks,
    '## Gates',
    passed.join('\n'),
    ...(testCommand ? [] : ['The project has no tests that were run.']),
  ].join('\n\n')}\n`
}
