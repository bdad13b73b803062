import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fineLabels } from '../../src/domain/labels.ts'
import { weightsDir, weightsName } from '../../src/parse/committed-tagger.ts'
import { trainDefaults, trainTagger } from '../../src/parse/learn/train-tagger.ts'
import { readWeights, writeWeights } from '../../src/parse/weights-file.ts'

const here = { report: () => undefined, signal: new AbortController().signal }

test('learns the same weights from the same addresses, and reads what it wrote [ADDRESS-TRAIN-01]', () => {
  const learn = () => writeWeights(trainTagger([], { ...trainDefaults, rounds: 1, made: 150 }, here))
  const file = learn()
  expect(file.equals(learn())).toBe(true)
  const read = readWeights(file)
  const again = readWeights(writeWeights(read))
  expect(again.rows).toEqual(read.rows)
  expect(again.transitions).toEqual(read.transitions)
  expect(again.rowLabels).toEqual(read.rowLabels)
  const isSame = (weight: number, at: number) => Math.abs(weight - (read.rowWeights[at] as number)) < 1e-5
  expect(again.rowWeights.every(isSame)).toBe(true)
})

test('the committed weights are small', () => {
  const file = readFileSync(join(weightsDir, weightsName))
  expect(file.length).toBeLessThan(600_000)
  expect(readWeights(file).starts).toHaveLength(fineLabels.length)
})

test('refuses a broken file and says what to do [ADDRESS-TRAIN-01]', () => {
  const file = readFileSync(join(weightsDir, weightsName))
  expect(() => readWeights(file.subarray(0, 1000))).toThrow(/heavylift address train/)
  expect(() => readWeights(Buffer.from('no weights'))).toThrow(/heavylift address train/)
})
