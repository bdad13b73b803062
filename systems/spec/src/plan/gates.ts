import { spawn } from 'node:child_process'
import { lstat, realpath, rm } from 'node:fs/promises'
import { basename, dirname, extname, isAbsolute, join, relative } from 'node:path'
import { compareFacts } from '../drift/compare-facts.ts'
import { sayDrift } from '../drift/reports.ts'
import type { Fact } from '../facts/fact.ts'
import { isOfFacts, operationTitle, sayFact } from '../requirements/say-fact.ts'
import { changedPaths, foreignEnvironment, git, restoreTree } from './git.ts'
import { withTitle } from './change.ts'
import { eachOperation } from './make-plan.ts'
import type { Plan } from './make-plan.ts'
import { askedOfTests, readHunks, runnerFile, weakenings } from './weakened-tests.ts'

export const gateNames = ['paths', 'tests', 'spec', 'others'] as const
export type GateName = (typeof gateNames)[number]

export interface GateResult {
  gate: GateName
  isPassed: boolean
  /** Why not, one line each. */
  reasons: string[]
}

export interface GateInput {
  worktree: string
  /** Of git, what the agent left; null where nobody noted it. */
  tree: string | null
  /** The repository that the worktree is of: it must be as it was. */
  repository: string
  branch: string
  /** Its state when the agent began (`repositoryState`). */
  state: string
  base: string
  /** What the agent said last; empty where it said nothing. */
  said: string
  plan: Plan
  /** Facts of the base. */
  before: readonly Fact[]
  /** The project's tests; null where it has none, which is said. */
  testCommand: readonly [string, ...string[]] | null
  extract: (folder: string) => Promise<readonly Fact[]>
  signal: AbortSignal
}

/** All gates in order; those after the first that is shut are not tried. */
export async function passGates(input: GateInput): Promise<GateResult[]> {
  const results: GateResult[] = []
  const gates: [GateName, () => Promise<string[]>][] = [
    ['paths', () => checkPaths(input)],
    ['tests', () => checkTests(input)],
    ['spec', () => checkSpec(input)],
    ['others', () => checkOthers(input)],
  ]
  for (const [gate, check] of gates) {
    input.signal.throwIfAborted()
    // Tests write files too, and a gate that was cut off began to run them.
    await restoreTree(input.worktree, input.tree)
    const reasons = await check()
    results.push({ gate, isPassed: reasons.length === 0, reasons })
    if (reasons.length > 0) break
  }
  return results
}

/** What of the repository itself an agent must leave alone: its head, its branches but for the one of the build, its settings, and what is not committed. */
export async function repositoryState(repository: string, branch: string): Promise<string> {
  const [refs, settings, status] = await Promise.all([
    git(repository, ['for-each-ref', '--format=%(refname) %(objectname)']),
    git(repository, ['config', '--local', '--list', '-z']),
    git(repository, ['status', '--porcelain=v1', '-z', '--untracked-files=normal']),
  ])
  const others = refs.split('\n').filter((line) => !line.startsWith(`refs/heads/${branch} `))
  return JSON.stringify([others, settings, status])
}

const testFile =
  /(?:^|\/)(?:tests?|__tests__|spec|specs|e2e)\/|(?:\.|_|-)(?:test|spec|tests)\.\w+$|(?:^|\/)test_[^/]+\.py$|Tests?\.java$/i

async function checkPaths({
  worktree,
  repository,
  branch,
  state,
  base,
  plan,
  said,
}: GateInput): Promise<string[]> {
  const reasons: string[] = []
  const folders = new Set(plan.paths.map(dirname))
  const root = await realpath(worktree)
  if ((await repositoryState(repository, branch)) !== state)
    reasons.push('The repository outside the worktree was changed, by the agent or by somebody meanwhile.')
  if ((await git(worktree, ['rev-parse', 'HEAD'])).trim() !== base) reasons.push('The agent made a commit.')
  const changed = await changedPaths(worktree, base)
  if (changed.length === 0)
    reasons.push(said === '' ? 'Nothing was changed.' : `Nothing was changed. The agent says: ${said}`)
  for (const { path, isDeleted } of changed) {
    const isTest = testFile.test(path)
    if (isTest && isDeleted) reasons.push(`A test was deleted: ${path}`)
    const isNew = !isDeleted && !(await isTracked(worktree, base, path))
    const isAllowed =
      plan.paths.length === 0 || plan.paths.includes(path) || isTest || (isNew && folders.has(dirname(path)))
    if (!isAllowed) reasons.push(`A file outside of the plan was changed: ${path}`)
    if (isDeleted) continue
    const status = await lstat(join(worktree, path)).catch(() => null)
    const target = await realpath(join(worktree, path)).catch(() => '')
    const below = relative(root, target)
    if (status?.isSymbolicLink() && (below.startsWith('..') || isAbsolute(below)))
      reasons.push(`A link leads out of the worktree: ${path}`)
  }
  return reasons
}

async function isTracked(worktree: string, base: string, path: string): Promise<boolean> {
  return (await git(worktree, ['ls-tree', '--name-only', base, '--', path])).trim() !== ''
}

/**
 * The project's tests, of which none that was there may say less than it did. Files that the agent added to them are left out in a second
 * run: what passes only beside them does not pass.
 */
async function checkTests(input: GateInput): Promise<string[]> {
  const { worktree, base, plan, testCommand } = input
  const changed = (await changedPaths(worktree, base)).filter(
    ({ path, isDeleted }) => !isDeleted && (testFile.test(path) || runnerFile.test(path)),
  )
  const [reasons, added, taken]: [string[], string[], string[]] = [[], [], []]
  const asked = askedOfTests(plan)
  for (const { path } of changed) {
    const isNew = !(await isTracked(worktree, base, path))
    if (runnerFile.test(path)) reasons.push(`How the tests are run was changed: ${path}`)
    else if (isNew) added.push(path)
    else {
      const flags = [
        '--unified=0',
        '--ignore-all-space',
        '--ignore-blank-lines',
        '--no-ext-diff',
        '--no-textconv',
        '--text',
      ]
      const hunks = readHunks(await git(worktree, ['diff', ...flags, base, '--', path]))
      taken.push(...hunks.flatMap((hunk) => hunk.added))
      reasons.push(...weakenings(path, hunks, asked, await git(worktree, ['show', `${base}:${path}`])))
    }
  }
  if (reasons.length > 0 || !testCommand) return reasons
  const failed = await runTests(input)
  if (failed.length > 0) return [...failed, ...(await failedBefore(input))]
  // What tests that were there import now is no more in doubt than they are.
  const doubtful = added.filter((path) => !taken.some((line) => line.includes(basename(path, extname(path)))))
  if (doubtful.length === 0) return []
  await restoreTree(worktree, input.tree)
  for (const path of doubtful) await rm(join(worktree, path))
  const alone = await runTests(input)
  return alone.map((reason) => `Without ${doubtful.join(', ')}, which the agent added: ${reason}`)
}

/** What tests say that fail without the change too: then it is not the change that they refuse. */
async function failedBefore(input: GateInput): Promise<string[]> {
  await restoreTree(input.worktree, input.base)
  const before = await runTests(input)
  await restoreTree(input.worktree, input.tree)
  return before.length === 0
    ? []
    : [
        'They fail without the change too: install what they need, mend them, or give another command; without one no test is run.',
      ]
}

async function runTests({ worktree, testCommand, signal }: GateInput): Promise<string[]> {
  if (!testCommand) return []
  const [program, ...args] = testCommand
  return new Promise((resolve) => {
    let tail = ''
    const child = spawn(program, args, {
      cwd: worktree,
      env: foreignEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    })
    const take = (chunk: Buffer) => void (tail = (tail + chunk.toString()).slice(-8000))
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.once('error', (error) => resolve([`The tests could not be run: ${error.message}`]))
    child.once('close', (code) =>
      resolve(code === 0 ? [] : [`The tests failed (${code ?? 'ended by a signal'}): ${whatFailed(tail)}`]),
    )
  })
}

/** Lines that say what failed, as runners print them; else the last ones. */
function whatFailed(output: string): string {
  const lines = output
    .trim()
    .split('\n')
    .map((line) => line.trim())
  const telling = lines.filter((line) => /^not ok\b|\bFAIL(?:ED)?\b|Error\b|[✗✖×]/.test(line))
  return (telling.length > 0 ? telling.slice(0, 5) : lines.slice(-3)).join(' ')
}

/** Each sentence of a task that a fact can show must be what a fact of the new code says, and none that holds no more. */
async function checkSpec({ worktree, plan, extract, before }: GateInput): Promise<string[]> {
  const [now, old] = [sentencesOf(await extract(worktree)), sentencesOf(before)]
  const tasks = plan.tasks.flatMap(eachOperation)
  const asked = Map.groupBy(tasks, ({ subject }) => subject)
  return tasks.flatMap(({ requirement, subject, what, shall, shallNot }) => {
    // What an operation is called that has another path, it is asked by that.
    const own = new Set([...(now.get(subject) ?? []), ...(now.get(requirement) ?? [])])
    const had = new Set([...(old.get(subject) ?? [])].map((one) => withTitle(one, subject, requirement)))
    if (what === 'remove' && requirement === subject)
      return own.size > 0 ? [`${requirement} is still there.`] : []
    const all = asked.get(subject)?.flatMap((task) => task.shall) ?? []
    const gone = new Set(
      asked.get(subject)?.flatMap((task) => task.shallNot.map((one) => withTitle(one, subject, requirement))),
    )
    return [
      ...shall
        .filter((one) => isOfFacts(one) && !own.has(one))
        .map((one) => `The code does not show: ${one}`),
      ...shallNot.filter((one) => own.has(one)).map((one) => `The code still shows: ${one}`),
      ...(what === 'change'
        ? [...had]
            .filter((one) => !own.has(one) && !gone.has(one))
            .map((one) => `${requirement} does no more what nobody took out: ${one}`)
        : []),
      ...[...own]
        .filter((one) => !had.has(one) && !all.includes(one))
        .map((one) => `${requirement} does what nobody asked for: ${one}`),
    ]
  })
}

async function checkOthers({ worktree, plan, before, extract }: GateInput): Promise<string[]> {
  const planned = new Set(
    plan.tasks.flatMap(eachOperation).flatMap(({ subject, requirement }) => [subject, requirement]),
  )
  const { drifts } = compareFacts(before, await extract(worktree))
  return drifts
    .filter(({ requirement }) => !planned.has(requirement))
    .map((drift) => `Another requirement moved: ${sayDrift(drift)}`)
}

function sentencesOf(facts: readonly Fact[]): Map<string, Set<string>> {
  const titles = new Map(
    facts.flatMap((fact) => (fact.kind === 'operation' ? [[fact.id, operationTitle(fact)] as const] : [])),
  )
  const sentences = new Map<string, Set<string>>()
  for (const fact of facts) {
    if (fact.kind === 'assertion') continue
    const title =
      fact.kind === 'operation'
        ? operationTitle(fact)
        : 'operation' in fact
          ? titles.get(fact.operation)
          : fact.name
    if (title === undefined) continue
    const own = sentences.get(title) ?? new Set()
    sentences.set(title, own.add(sayFact(fact, title)))
  }
  return sentences
}
