import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { forgetBuild } from '../../src/plan/build.ts'
import { buildTable } from './table-service.ts'

let folder: string
let repository: string
const run = (args: string[]) => execFileSync('git', args, { cwd: repository }).toString().trim()

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spec-build-'))
  repository = join(folder, 'library')
  for (const name of ['src', 'test']) mkdirSync(join(repository, name), { recursive: true })
  writeFileSync(join(repository, 'package.json'), '{}\n')
  writeFileSync(join(repository, 'src/loans.js'), 'ok\nPOST /loans 201\nGET /loans 200\n')
  writeFileSync(
    join(repository, 'test/loans.test.js'),
    "if (!require('fs').readFileSync('src/loans.js', 'utf8').startsWith('ok')) process.exit(1)\n",
  )
  run(['init', '-q'])
  run(['add', '.'])
  run(['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'Begin'])
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const tests: readonly [string, ...string[]] = [
  process.execPath,
  '-e',
  "for (const f of require('fs').readdirSync('test').toSorted()) require(require('path').resolve('test', f))",
]

function buildWith(behaviour: string, testCommand = tests) {
  const turns = join(folder, 'turns')
  writeFileSync(turns, '', { flag: 'a' })
  return buildTable({ repository, runsFolder: join(folder, 'runs'), behaviour, turns, testCommand })
}

/** The same in a process that is killed at a step. */
async function buildAndKill(behaviour: string, killAt: string): Promise<NodeJS.Signals | null> {
  const turns = join(folder, 'turns')
  writeFileSync(turns, '', { flag: 'a' })
  const child = spawn(
    process.execPath,
    [
      '--no-warnings',
      join(import.meta.dirname, 'build-child.ts'),
      repository,
      join(folder, 'runs'),
      behaviour,
      turns,
      JSON.stringify(tests),
      killAt,
    ],
    { stdio: 'ignore' },
  )
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  return signal
}

test('ends in a branch and a text for the pull request, the checkout as it was [SPEC-BUILD-01]', async () => {
  const { state, body } = await buildWith('good')
  expect(state.gates.map(({ gate, isPassed }) => [gate, isPassed])).toEqual([
    ['paths', true],
    ['tests', true],
    ['spec', true],
    ['others', true],
  ])
  expect(state).toMatchObject({ step: 'done', branch: 'spec/answer-202' })
  expect(run(['show', 'spec/answer-202:src/loans.js'])).toContain('POST /loans 202')
  expect(run(['status', '--porcelain'])).toBe('')
  expect(readFileSync(join(repository, 'src/loans.js'), 'utf8')).toContain('POST /loans 201')
  expect(body).toContain('- was: WHEN a client sends POST /loans, the service SHALL answer 201.')
  expect(body).toContain('- now: WHEN a client sends POST /loans, the service SHALL answer 202.')
  await forgetBuild(repository, join(folder, 'runs'), 'answer-202')
  expect(run(['worktree', 'list']).split('\n')).toHaveLength(1)
})

test.each([
  ['wrong-status', 'spec', /The code does not show: .*202/],
  ['outside', 'paths', /A file outside of the plan was changed: package\.json/],
  ['moves-another', 'others', /Another requirement moved: changed\s+GET \/loans/],
  ['breaks-tests', 'tests', /The tests failed/],
  ['deletes-test', 'paths', /A test was deleted: test\/loans\.test\.js/],
  ['weakens-test', 'tests', /A test was weakened: test\/loans\.test\.js:1: this is not asked/],
  ['hides-failure', 'tests', /Without test\/a-quiet\.test\.js, which the agent added: The tests failed/],
  ['adds-runner', 'tests', /How the tests are run was changed: test\/jest\.config\.js/],
  ['commits', 'paths', /The agent made a commit/],
  ['nothing', 'paths', /Nothing was changed/],
  ['asks-outside', 'paths', /Nothing was changed/],
  ['settings', 'paths', /The repository outside the worktree was changed/],
  ['branches', 'paths', /The repository outside the worktree was changed/],
  ['links-outside', 'paths', /A link leads out of the worktree: src\/host\.js/],
])(
  'refuses what an agent did: %s, by the gate of %s [SPEC-BUILD-02] [SPEC-BUILD-06]',
  async (behaviour, gate, reason) => {
    const { state, body } = await buildWith(behaviour)
    expect(state.step).toBe('refused')
    expect(state.gates.at(-1)).toMatchObject({ gate, isPassed: false })
    expect(state.gates.at(-1)?.reasons.join('\n')).toMatch(reason)
    expect(body).toMatch(/^## Refused/)
    expect(run(['branch', '--list', 'spec/*'])).toBe('')
  },
)

test('says that tests fail without the change too, and judges what the agent left all the same [SPEC-BUILD-02]', async () => {
  writeFileSync(join(repository, 'test/other.test.js'), 'process.exit(1)\n')
  run(['add', '.'])
  run(['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'Break'])
  const { state } = await buildWith('good')
  expect(state.gates.at(-1)?.gate).toBe('tests')
  expect(state.gates.at(-1)?.reasons).toEqual([
    expect.stringContaining('The tests failed'),
    expect.stringContaining('They fail without the change too'),
  ])
  expect(readFileSync(join(state.worktree, 'src/loans.js'), 'utf8')).toContain('POST /loans 202')
})

test('begins the turn of an agent that died anew from the base, and goes on from each step without doing it again [SPEC-BUILD-03]', async () => {
  await expect(buildWith('dies-once')).rejects.toMatchObject({ code: 'agent-failed' })
  const { state } = await buildWith('dies-once')
  expect(state.step).toBe('done')
  const file = join(folder, 'runs', 'answer-202.json')
  // As a kill between a step and its note leaves it: the step before, everything of the next one done.
  for (const step of ['written', 'passed'] as const) {
    writeFileSync(
      file,
      JSON.stringify({ ...state, step, commit: null, gates: step === 'written' ? [] : state.gates }),
    )
    if (step === 'written')
      execFileSync('git', ['reset', '-q', '--soft', state.base], { cwd: state.worktree })
    const again = await buildWith('dies-once')
    expect(again.state).toMatchObject({ step: 'done', branch: state.branch })
  }
  expect(readFileSync(join(folder, 'turns'), 'utf8')).toBe('..')
  writeFileSync(file, JSON.stringify({ ...state, step: 'begun' }))
  expect((await buildWith('good')).state.step).toBe('done')
})

// How many turns the agent is asked for in all: a turn that was cut off is no turn, one that ended is not asked for again.
test.each([
  ['begun', 1],
  ['ready', 1],
  ['written', 1],
  ['in the tests', 1],
  ['passed', 1],
  ['before the commit', 1],
])(
  'a build that is killed with -9 at "%s" goes on there, with %i turn [SPEC-BUILD-03]',
  async (killAt, turns) => {
    expect(await buildAndKill('good', killAt)).toBe('SIGKILL')
    const { state } = await buildWith('good')
    expect(state).toMatchObject({ step: 'done', branch: 'spec/answer-202' })
    expect(run(['show', 'spec/answer-202:src/loans.js'])).toBe('ok\nPOST /loans 202\nGET /loans 200')
    expect(run(['rev-list', '--count', 'HEAD..spec/answer-202'])).toBe('1')
    expect(run(['status', '--porcelain'])).toBe('')
    expect(readFileSync(join(folder, 'turns'), 'utf8')).toHaveLength(turns)
  },
)

test('an agent that outlives the process that was killed in its turn does not write into what is built after it [SPEC-BUILD-03]', async () => {
  expect(await buildAndKill('lingers', '')).toBe('SIGKILL')
  const { state } = await buildWith('lingers')
  expect(state.step).toBe('done')
  expect(run(['show', 'spec/answer-202:src/loans.js'])).toBe('ok\nPOST /loans 202\nGET /loans 200')
  expect(readFileSync(join(folder, 'turns'), 'utf8')).toBe('..')
})

test('what the tests write is not in the branch [SPEC-BUILD-02]', async () => {
  const { state } = await buildWith('good', [
    process.execPath,
    '-e',
    "require('fs').writeFileSync('src/loans.js', 'ok'); require('fs').writeFileSync('package.json', '1')",
  ])
  expect(state.step).toBe('done')
  expect(run(['diff', '--name-only', 'HEAD', 'spec/answer-202'])).toBe('src/loans.js')
  expect(run(['show', 'spec/answer-202:src/loans.js'])).toBe('ok\nPOST /loans 202\nGET /loans 200')
})
