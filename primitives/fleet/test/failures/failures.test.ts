import { createRandom } from '@heavylift/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bestIntervalS, playRecorded, youngIntervalS } from '../../src/failures/checkpoints.ts'
import { playDrill } from '../../src/failures/drill.ts'
import { lossGpuS, preemptInOrder, preemptLeastLoss } from '../../src/failures/preempt.ts'
import type { Running } from '../../src/failures/preempt.ts'
import { readFailures } from '../../src/read/failures.ts'

test('the best played interval is Young’s within 5 % [FLEET-FAIL-01]', () => {
  const model = { mtbfS: 86_400, costS: 60, restartS: 300 }
  const { intervalS, goodput } = bestIntervalS(model, 40_000, () => createRandom('test'))
  expect(Math.abs(intervalS / youngIntervalS(model) - 1)).toBeLessThan(0.05)
  expect(goodput).toBeGreaterThan(0.95)
})

test('spares, quick detection and rarer failures never make it worse, and all lost time is accounted for', () => {
  const base = {
    nodes: 64,
    spares: 4,
    nodesPerRack: 8,
    nodeMtbfS: 4e6,
    rackMtbfS: 4e7,
    repairS: 1e5,
    detectS: 60,
    restartS: 200,
    checkpointEveryS: 1800,
    checkpointCostS: 20,
    horizonS: 3e6,
  }
  const play = (more: Partial<typeof base>) => playDrill({ ...base, ...more }, createRandom('drill')).goodput
  expect(play({})).toBeGreaterThan(play({ spares: 0 }))
  expect(play({})).toBeGreaterThan(play({ detectS: 3600 }))
  expect(play({ nodeMtbfS: 4e8, rackMtbfS: 4e9 })).toBeGreaterThan(play({}))
  expect(playDrill(base, createRandom('drill'))).toEqual(playDrill(base, createRandom('drill')))
  const slow = playDrill(
    { ...base, straggler: { mtbfS: 4e6, factor: 2, detectS: 5000 }, silent: { mtbfS: 4e7, checkEvery: 4 } },
    createRandom('drill'),
  )
  expect(slow.lostS.slow).toBeGreaterThan(0)
  expect(slow.goodput).toBeLessThan(play({}))
})

const job = fc.record({
  gpus: fc.integer({ min: 1, max: 8 }),
  age: fc.integer({ min: 1, max: 500 }),
  since: fc.integer({ min: 0, max: 400 }),
  priority: fc.integer({ min: 1, max: 3 }),
})

test('no choice of jobs loses less [FLEET-FAIL-02]', () => {
  fc.assert(
    fc.property(fc.array(job, { maxLength: 9 }), fc.integer({ min: 1, max: 30 }), (made, needed) => {
      const running: Running[] = made.map(({ gpus, age, since, priority }, i) => ({
        job: i,
        gpus,
        startS: 1000 - age,
        checkpointS: 1000 - Math.min(age, since),
        restartS: 10,
        priority,
        endS: 5000,
      }))
      const eligible = running.filter(({ priority }) => priority < 3)
      const chosen = preemptLeastLoss(running, needed, 1000, 3)
      let least = Infinity
      for (let mask = 0; mask < 2 ** eligible.length; mask++) {
        const set = eligible.filter((_, i) => (mask >> i) & 1)
        if (set.reduce((sum, { gpus }) => sum + gpus, 0) >= needed)
          least = Math.min(
            least,
            set.reduce((sum, one) => sum + lossGpuS(one, 1000), 0),
          )
      }
      if (chosen === null) expect(least).toBe(Infinity)
      else {
        expect(chosen.reduce((sum, i) => sum + lossGpuS(running[i]!, 1000), 0)).toBe(least)
        expect(chosen.every((i) => running[i]!.priority < 3)).toBe(true)
      }
      expect(preemptInOrder(running, needed, 3, (a, b) => b.startS - a.startS) === null).toBe(chosen === null)
    }),
  )
})

test('who ends by itself in a moment is left alone', () => {
  const running = [{ job: 0, gpus: 4, startS: 0, checkpointS: 0, restartS: 0, priority: 1, endS: 1010 }]
  expect(preemptLeastLoss(running, 4, 1000, 2, 30)).toEqual([])
  expect(preemptLeastLoss(running, 4, 1000, 2)).toEqual([0])
})

test('recorded failures are read by the names of their columns, and checkpoints played on them [FLEET-FAIL-03]', () => {
  const text = [
    'System,Node,Prob Started,Down Time',
    '2,0,1/2/2004 0:00,6',
    '2,1,1/2/2004 0:00,6',
    '2,1,1/1/2004 0:00,6',
    '3,1,2004-01-01T00:00:10Z,6',
    '3,1,,6',
  ].join('\n')
  const start = Date.UTC(2004, 0, 1) / 1000
  expect([...readFailures(text)]).toEqual([
    ['2', [start, start + 86_400]],
    ['3', [start + 10]],
  ])
  expect(() => readFailures('Node,Reason\n1,fan\n')).toThrow(
    expect.objectContaining({ code: 'not-failures' }),
  )
  // Two hours up, ten minutes to come back: one checkpoint of 50 minutes of work fits twice.
  expect(playRecorded({ costS: 0, restartS: 600 }, 3000, [7200])).toBeCloseTo(6000 / 7200)
  // Whoever fails before it is back has done nothing.
  expect(playRecorded({ costS: 0, restartS: 600 }, 3000, [300])).toBe(0)
})
