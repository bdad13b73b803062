import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Fact } from '../../src/facts/fact.ts'
import { readOpenSpec } from '../../src/formats/openspec.ts'
import { build, forgetBuild } from '../../src/plan/build.ts'
import { changeBetween } from '../../src/plan/change.ts'
import { makePlan } from '../../src/plan/make-plan.ts'
import { fact } from '../made-facts.ts'

/** Reads a service that is a table: a line `METHOD path status` for each operation. */
function extract(folder: string): Promise<Fact[]> {
  const facts = readdirSync(join(folder, 'src')).flatMap((name) => {
    const text = readFileSync(join(folder, 'src', name), 'utf8')
    return [...text.matchAll(/([A-Z]+) (\/\S+) (\d{3})/g)].flatMap((match) => {
      const evidence = [
        {
          path: `src/${name}`,
          symbol: '',
          startByte: match.index,
          endByte: match.index + match[0].length,
          line: 1,
          tokenHash: match[0],
        },
      ]
      const base = { service: '', grade: 'proved' as const, condition: [[]], evidence }
      const operation = fact({
        ...base,
        kind: 'operation',
        method: match[1] ?? '',
        path: match[2] ?? '',
        handler: '',
        framework: 'table',
        summary: '',
      })
      return [
        operation,
        fact({
          ...base,
          kind: 'response',
          operation: operation.id,
          status: Number(match[3]),
          mediaType: '',
          shape: { type: 'unknown' },
        }),
      ]
    })
  })
  return Promise.resolve(facts)
}

const specOf = (status: number) =>
  readOpenSpec(
    `## Requirements\n\n### Requirement: POST /loans\n\nTHE service SHALL answer POST /loans.\nWHEN a client sends POST /loans, the service SHALL answer ${status}.\n`,
    'spec',
  )

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

async function buildWith(
  behaviour: string,
  testCommand: readonly [string, ...string[]] | null = [
    process.execPath,
    '-e',
    "const f='test/loans.test.js'; require('fs').existsSync(f) && require(require('path').resolve(f))",
  ],
) {
  const before = await extract(repository)
  const plan = makePlan(changeBetween(specOf(201), specOf(202)), before)
  const turns = join(folder, 'turns')
  writeFileSync(turns, '', { flag: 'a' })
  return build({
    name: 'answer-202',
    repository,
    runsFolder: join(folder, 'runs'),
    plan,
    before,
    agentCommand: [
      process.execPath,
      '--no-warnings',
      join(import.meta.dirname, 'scripted-agent-child.ts'),
      behaviour,
      turns,
    ],
    testCommand,
    extract,
    onLine: () => undefined,
    signal: new AbortController().signal,
  })
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
  ['commits', 'paths', /The agent made a commit/],
  ['nothing', 'paths', /Nothing was changed/],
  ['asks-outside', 'paths', /Nothing was changed/],
])('refuses what an agent did: %s, by the gate of %s [SPEC-BUILD-02]', async (behaviour, gate, reason) => {
  const { state, body } = await buildWith(behaviour)
  expect(state.step).toBe('refused')
  expect(state.gates.at(-1)).toMatchObject({ gate, isPassed: false })
  expect(state.gates.at(-1)?.reasons.join('\n')).toMatch(reason)
  expect(body).toMatch(/^## Refused/)
  expect(run(['branch', '--list', 'spec/*'])).toBe('')
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
