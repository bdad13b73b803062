import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isCrash, isLive, parseSqueue } from '../../src/slurm/array-tasks.ts'
import { planArrays } from '../../src/slurm/plan-arrays.ts'

test('reads what squeue prints: waiting arrays, tasks that run, and those that ended', () => {
  const tasks = parseSqueue(
    '7|2-9|PENDING||Resources\n7|0|RUNNING|n1|None\n7|1|FAILED|n2|RaisedSignal:9(Killed)\n9|N/A|COMPLETED|n1|None\n',
  )
  expect(tasks).toEqual([
    { arrayJobId: 7, index: null, state: 'PENDING', node: '', reason: 'Resources' },
    { arrayJobId: 7, index: 0, state: 'RUNNING', node: 'n1', reason: 'None' },
    { arrayJobId: 7, index: 1, state: 'FAILED', node: 'n2', reason: 'RaisedSignal:9(Killed)' },
    { arrayJobId: 9, index: null, state: 'COMPLETED', node: 'n1', reason: 'None' },
  ])
  expect(tasks.map(isLive)).toEqual([true, true, false, false])
  expect(tasks.map(isCrash)).toEqual([false, false, true, false])
})

test('arrays hold every chunk once, in order, within the sizes', () => {
  fc.assert(
    fc.property(
      fc.nat(500),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 20 }),
      (n, perBatch, most) => {
        const chunks = Array.from({ length: n }, (_, i) => i * 3)
        const arrays = planArrays(chunks, perBatch, most)
        expect(arrays.flat(2)).toEqual(chunks)
        expect(arrays.every((array) => array.length <= most)).toBe(true)
        expect(arrays.flat().every((batch) => batch.length > 0 && batch.length <= perBatch)).toBe(true)
      },
    ),
    { seed: 26 },
  )
})

test('a task that was cancelled or ran out of its time is run again without blame', () => {
  const tasks = parseSqueue('7|0|TIMEOUT|n1|TimeLimit\n7|1|CANCELLED|n1|None\n7|2|NODE_FAIL|n1|None\n')
  expect(tasks.map(isLive)).toEqual([false, false, false])
  expect(tasks.map(isCrash)).toEqual([false, false, true])
})
