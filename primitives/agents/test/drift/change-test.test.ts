import { createRandom } from '@heavylift/core/math'
import { expect, it } from 'vitest'
import { beginTest, changeOf, evidenceOf, observe } from '../../src/drift/change-test.ts'
import type { ChangeTest, OutcomeKind } from '../../src/drift/change-test.ts'

/** Feeds outcomes until the evidence reaches 1/α; how many that took, or null. */
function play(
  kind: OutcomeKind,
  valueAt: (at: number) => number,
  { outcomes, alpha, seed }: { outcomes: number; alpha: number; seed: number },
): { at: number | null; test: ChangeTest } {
  const test = beginTest(kind)
  for (let at = 0; at < outcomes; at++) {
    observe(test, kind, { id: `${seed}/${at}`, value: valueAt(at), atMs: at, version: at < 500 ? 1 : 2 })
    if (evidenceOf(test) >= 1 / alpha) return { at: at + 1, test }
  }
  return { at: null, test }
}

it('raises at most the stated share of false alarms, however often it looks [AGENTS-DRIFT-01]', () => {
  const alpha = 0.1
  const trials = 400
  for (const share of [0.005, 0.05, 0.3]) {
    const alarms = Array.from({ length: trials }, (_, seed) => {
      const random = createRandom(`same ${share} ${seed}`)
      return play('share', () => Number(random.chance(share)), { outcomes: 600, alpha, seed }).at
    }).filter((at) => at !== null).length
    // Four standard deviations above the promise, so that only a broken promise fails.
    expect(alarms / trials).toBeLessThanOrEqual(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / trials))
  }
  const dear = Array.from({ length: 100 }, (_, seed) => {
    const random = createRandom(`cost ${seed}`)
    return play('amount', () => Math.exp(8 + random.normal()), { outcomes: 400, alpha, seed }).at
  }).filter((at) => at !== null).length
  expect(dear / 100).toBeLessThanOrEqual(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / 100))
})

it('notices outcomes that have become worse, and says since when and in which version [AGENTS-DRIFT-01]', () => {
  const found = Array.from({ length: 40 }, (_, seed) => {
    const random = createRandom(`worse ${seed}`)
    return play('share', (at) => Number(random.chance(at < 500 ? 0.05 : 0.25)), {
      outcomes: 1_500,
      alpha: 0.0025,
      seed,
    })
  })
  const late = found.filter(({ at }) => at !== null && at > 500)
  expect(late.length).toBeGreaterThanOrEqual(38)
  const changes = late.map(({ test }) => changeOf(test)!)
  expect(changes.filter(({ since }) => Math.abs(since.atMs - 500) <= 60).length).toBeGreaterThanOrEqual(30)
  for (const { before, after } of changes) expect(after.mean).toBeGreaterThan(before.mean)
})

it('notices dearer runs, and lets cheaper ones pass [AGENTS-DRIFT-01]', () => {
  const costs = (factor: number, seed: number) => {
    const random = createRandom(`dear ${seed}`)
    return play('amount', (at) => Math.exp(8 + 0.5 * random.normal()) * (at < 300 ? 1 : factor), {
      outcomes: 900,
      alpha: 0.0025,
      seed,
    }).at
  }
  const seeds = Array.from({ length: 20 }, (_, seed) => seed)
  expect(seeds.filter((seed) => (costs(1.6, seed) ?? 0) > 300).length).toBeGreaterThanOrEqual(19)
  expect(seeds.filter((seed) => costs(0.6, seed) !== null).length).toBeLessThanOrEqual(1)
})
