import { expect, test } from 'vitest'
import { softmax } from '@heavylift/core/math'
import { evidentKinds } from '../../src/domain/kinds.ts'
import { committedModel } from '../../src/kind/model.ts'
import { inTown } from '../../src/learn/town.ts'
import { readUsual, withUsual } from '../../src/learn/usual.ts'

test('what a list mostly holds is read as a person writes it, and refused with what is wrong [ADDRESS-LEARN-09]', () => {
  expect([...readUsual('business 80, institution: 15 %,po box=5')]).toEqual([
    ['business', 0.8],
    ['institution', 0.15],
    ['po-box', 0.05],
  ])
  for (const [text, why] of [
    ['castle 10', '"castle 10" is no kind'],
    ['business', '"business" is no kind with a share'],
    ['unknown 10', '"unknown 10" is no kind'],
    ['business 60, business 20', 'twice'],
    ['business 60, vacant 50', 'come to 110 %'],
  ])
    expect(() => readUsual(text!), text).toThrow(why)
})

test('told shares are the prior, the rest is as elsewhere, and no row is decided alone for it [ADDRESS-LEARN-09]', () => {
  const model = committedModel()
  const told = withUsual(model, readUsual('business 80, institution 15'))
  for (const list of ['named', 'unnamed'] as const) {
    const before = softmax(model.combination.priors[list])
    const after = softmax(told.combination.priors[list])
    const at = (kind: string) => evidentKinds.findIndex((one) => one === kind)
    expect(after[at('business')]).toBeCloseTo(0.8)
    expect(after[at('institution')]).toBeCloseTo(0.15)
    expect(after[at('vacant')]! / after[at('unit')]!).toBeCloseTo(before[at('vacant')]! / before[at('unit')]!)
  }
  expect(told.thresholds).toEqual({ rows: Infinity, documents: model.thresholds.documents })
  expect(
    inTown(told, { shifts: new Float64Array(12), sharpness: 1, answers: 30 }).thresholds.rows,
  ).toBeLessThan(1)
  expect(told.version).not.toBe(model.version)
  expect(withUsual(model, new Map())).toBe(model)
  // Who says that all is of one kind may have missed one: evidence can still say otherwise.
  const sure = softmax(withUsual(model, readUsual('business 100')).combination.priors.unnamed)
  expect(Math.min(...sure)).toBeGreaterThan(0)
  expect(sure.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1)
})
