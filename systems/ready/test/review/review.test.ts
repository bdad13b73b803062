import { expect, test } from 'vitest'
import { lensSchema, readAnswers, readyLens } from '../../src/review/lens.ts'
import type { Repository } from '../../src/review/repository.ts'
import { passes, review } from '../../src/review/review.ts'
import type { Measured, Sources } from '../../src/review/review.ts'
import { reviewJunit, reviewSarif } from '../../src/review/write-review.ts'

const nowMs = Date.parse('2026-11-28T00:00:00Z')

/** A repository of two files. */
const repository = {
  files: (glob: string) => Promise.resolve(glob === 'README*' ? ['README.md'] : []),
  find: (_glob: string, matches: string) =>
    Promise.resolve(matches === 'SIGTERM' ? { path: 'src/main.ts', line: 7 } : null),
} as unknown as Repository

const sources = (measured: Partial<Measured> = {}): Sources => ({
  repository,
  measured: { gameDay: null, load: null, ...measured },
  ask: null,
  nowMs,
})

const lens = lensSchema.parse({
  name: 'Ours',
  checks: [
    { id: 'readme', risk: 'low', one: { kind: 'file', glob: 'README*' } },
    { id: 'shutdown', risk: 'high', one: { kind: 'text', glob: '**', matches: 'SIGTERM' } },
    { id: 'timeout', risk: 'high', one: { kind: 'weakness', weakness: 'no-timeout' } },
    { id: 'health', risk: 'medium', one: { kind: 'http', path: '/health', status: 200 } },
    { id: 'oncall', risk: 'high', one: { kind: 'ask' } },
  ].map(({ id, risk, one }) => ({
    id,
    risk,
    pillar: 'reliability',
    question: `Is there ${id}?`,
    fix: 'Do it.',
    evidence: [one],
  })),
})

const states = async (answers: string, given = sources()) =>
  (await review(lens, readAnswers(answers), given)).results.map(({ state }) => state)

test('the lens that ships has sixty checks, each with evidence, an id of its own and what to do [READY-REVIEW-02]', async () => {
  const { checks } = await readyLens()
  expect([checks.length, new Set(checks.map(({ id }) => id)).size]).toEqual([60, 60])
  for (const { evidence } of checks)
    for (const one of evidence) if (one.kind === 'text') expect(() => new RegExp(one.matches)).not.toThrow()
})

test('a machine settles what it sees; what nobody answers stays open [READY-REVIEW-02]', async () => {
  expect(await states('{}')).toEqual(['ok', 'ok', 'open', 'open', 'open'])
  const gameDay = {
    atMs: nowMs,
    name: 'Day',
    owner: 'Team',
    target: 'http://127.0.0.1:1',
    made: 9,
    hasRecovered: true,
    findings: [{ kind: 'no-timeout' as const, at: 'payments', evidence: '3 of 3 hung.' }],
  }
  expect(await states('{}', sources({ gameDay }))).toEqual(['ok', 'ok', 'risk', 'open', 'open'])
  expect(await states('{}', sources({ gameDay: { ...gameDay, findings: [] } }))).toEqual([
    'ok',
    'ok',
    'ok',
    'open',
    'open',
  ])
  // What was found long ago says nothing of today.
  expect((await states('{}', sources({ gameDay: { ...gameDay, atMs: 0 } })))[2]).toBe('open')
})

const answered = `
owner: Shop team
answers:
  - { id: oncall, answer: yes, evidence: The rota, by: Ada, at: 2026-11-01 }
  - { id: readme, answer: no, evidence: I saw none, by: Ada, at: 2026-11-01 }
`

test('a person answers where no machine sees, and overrules none [READY-REVIEW-02]', async () => {
  expect(await states(answered.replaceAll('yes', "'yes'").replaceAll('answer: no', "answer: 'no'"))).toEqual([
    'ok',
    'ok',
    'open',
    'open',
    'ok',
  ])
})

test('a waiver holds to its day and no longer [READY-REVIEW-03]', async () => {
  const waived = (until: string) =>
    `waivers: [{ id: timeout, until: ${until}, by: Ada, reason: The peak is over then }]`
  expect((await states(waived('2026-11-28')))[2]).toBe('waived')
  expect((await states(waived('2026-11-27')))[2]).toBe('open')
  expect(() => readAnswers(waived('some day'))).toThrow('waivers.0.until')
})

test('no high risk may be left for a review to pass; CI learns it as SARIF and JUnit [READY-REVIEW-04]', async () => {
  const found = await review(
    lens,
    readAnswers('waivers: [{ id: timeout, until: 2027-01-01, by: Ada, reason: "a <b>" }]'),
    sources(),
  )
  expect(passes(found)).toBe(false)
  const sarif = JSON.parse(reviewSarif(found)) as {
    runs: { results: { ruleId: string; level: string; suppressions?: unknown[] }[] }[]
  }
  expect(
    sarif.runs[0]?.results.map(({ ruleId, level, suppressions }) => [ruleId, level, suppressions?.length]),
  ).toEqual([
    ['timeout', 'error', 1],
    ['health', 'warning', undefined],
    ['oncall', 'error', undefined],
  ])
  expect(reviewJunit(found)).toMatch(/tests="5" failures="0" skipped="3"/)
  const all = { ...lens, checks: lens.checks.slice(0, 2) }
  expect(passes(await review(all, readAnswers('{}'), sources()))).toBe(true)
})
