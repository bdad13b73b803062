import { createRandom } from '@heavylift/core'
import { expect, test } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import { evidentKinds } from '../../src/domain/kinds.ts'
import { observeRow } from '../../src/evidence/observe-case.ts'
import { committedModel } from '../../src/kind/model.ts'
import { fitTown, inTown } from '../../src/learn/town.ts'
import type { Answer } from '../../src/learn/town.ts'

/** Answers of a town in which `kind` is more usual than the probabilities have it: by weighting them with `odds`. */
function answersOf(odds: number, count: number): Answer[] {
  const random = createRandom('town')
  return Array.from({ length: count }, () => {
    const share = 0.2 + 0.6 * random.next()
    const probabilities = evidentKinds.map((_, at) => (at === 0 ? share : at === 3 ? 1 - share : 0))
    const business = (1 - share) * odds
    return {
      probabilities,
      kind: random.chance(business / (business + share)) ? 'business' : 'single-family',
    }
  })
}

test('answers tell what is usual in a town [ADDRESS-LEARN-04]', () => {
  const town = fitTown(answersOf(8, 300))!
  expect(town.shifts[3]! - town.shifts[0]!).toBeGreaterThan(Math.log(8) - 0.6)
  expect(town.shifts[3]! - town.shifts[0]!).toBeLessThan(Math.log(8) + 0.6)
})

test('a town that is as expected changes little, and few answers nothing [ADDRESS-LEARN-04]', () => {
  const town = fitTown(answersOf(1, 300))!
  expect(Math.abs(town.shifts[3]! - town.shifts[0]!)).toBeLessThan(0.5)
  expect(Math.abs(Math.log(town.sharpness))).toBeLessThan(0.5)
  expect(fitTown(answersOf(8, 9))).toBeNull()
})

test('a model decides by the town as its answers have it, and says so in its version [ADDRESS-LEARN-04]', () => {
  const model = committedModel()
  const observations = observeRow({
    address: '12 Elm St, Granby, MO 64844',
    unit: null,
    name: null,
    record: null,
  })
  const own = decide(model, observations)
  const town = fitTown(
    Array.from({ length: 30 }, () => ({
      probabilities: Object.values(own.probabilities),
      kind: 'vacant' as const,
    })),
  )
  const there = decide(inTown(model, town), observations)
  expect(own.kind).not.toBe('vacant')
  expect(there.kind).toBe('vacant')
  expect(there.version).toBe(`${model.version}+30`)
  // Sharpening and shifting the probabilities themselves comes to the same.
  const shifted = evidentKinds.map(
    (kind, at) => own.probabilities[kind] ** town!.sharpness * Math.exp(town!.shifts[at]!),
  )
  const total = shifted.reduce((sum, one) => sum + one, 0)
  evidentKinds.forEach((kind, at) => expect(there.probabilities[kind]).toBeCloseTo(shifted[at]! / total, 6))
  expect(inTown(model, null)).toBe(model)
  // Few answers are believed less than many.
  const flat = { ...town!, sharpness: 0.8 }
  const thresholds = [10, 30, 1_000].map((answers) => inTown(model, { ...flat, answers }).thresholds.rows)
  expect(thresholds).toEqual(thresholds.toSorted((a, b) => b - a))
  expect(thresholds.at(-1)).toBeCloseTo(0.95)
  const sharp = inTown(model, { ...flat, sharpness: 2 }).thresholds
  const flatly = inTown(model, flat).thresholds
  expect(sharp.rows).toBeGreaterThan(flatly.rows)
  // What documents say is not for the town to make more certain.
  expect(flatly.documents).toBeCloseTo(model.thresholds.documents)
  expect(sharp.documents).toBeGreaterThan(flatly.documents)
})
