import { createRandom } from '@heavylift/core'
import { describe, expect, it } from 'vitest'
import { makeProblem } from '../../samples/made-problem.ts'
import { checkTicks } from '../../src/evals/delays.ts'
import { createFloor } from '../../src/floor/floor.ts'
import { Planner } from '../../src/plan/planner.ts'
import { settingsFor } from '../../src/plan/settings.ts'
import type { DelayRules } from '../../src/problem/problem.ts'
import { Delays } from '../../src/simulate/delays.ts'
import { runTicks } from '../../src/simulate/run-ticks.ts'
import type { TickProblem } from '../../src/simulate/run-ticks.ts'
import { TickMotion } from '../../src/simulate/tick-motion.ts'
import { validateTicks } from '../../src/validate/validate-ticks.ts'

const rules: DelayRules = {
  seed: 1,
  least: 2,
  most: 9,
  event: 'bernoulli',
  probability: 0.02,
  duration: 'uniform',
  meanShare: 0.5,
  deviationShare: 0.2,
}

const problemOf = (
  kind: 'wide aisles' | 'narrow aisles' | 'rooms' | 'scattered',
  share: number,
  delays: DelayRules | null,
): TickProblem => ({
  ...makeProblem({ kind, rows: 20, columns: 20, share, seed: 'ticks' }),
  rules: { ticks: 3, size: 1, delays },
})

function run(problem: TickProblem, seed: string, ticks = 150) {
  const freeCells = problem.floor.isFree.reduce((sum, free) => sum + free, 0)
  const settings = settingsFor(freeCells, problem.starts.length)
  const planner = new Planner(problem.floor, problem.starts, {
    ...settings,
    guidance: null,
    hasClearCorners: true,
  })
  return runTicks(problem, planner, { ticks, ticksAPlan: 10, units: 3000, seed })
}

const floor = createFloor(3, 3, new Uint8Array(9).fill(1))
/** Robots by cell and direction, asked the same for so many ticks; the states after. */
function move(states: number[], asked: number[], ticks: number) {
  const now = {
    states: Int32Array.from(states),
    counts: new Uint8Array(states.length),
    under: new Uint8Array(states.length).fill(3),
  }
  const motion = new TickMotion(floor, 3, 1, states.length)
  const did = Array.from({ length: ticks }, () => [...motion.tick(now, Uint8Array.from(asked))])
  return { now, did, refused: motion.refused }
}

describe('a tick of the rules of 2026', () => {
  it('takes three ticks for a step, and lets a robot follow straight behind another [ROBOTS-RULES-03]', () => {
    const { now, refused } = move([3 * 4, 4 * 4], [0, 0], 3)
    expect([[...now.states], [...now.counts], refused]).toEqual([[4 * 4, 5 * 4], [0, 0], 0])
  })

  it('lets nobody follow around a corner, where the squares would overlap, nor meet head on [ROBOTS-RULES-03]', () => {
    // From the west into the middle, out of which another drives south.
    const corner = move([3 * 4, 4 * 4 + 1], [0, 0], 1)
    expect(corner.did[0]).toEqual([3, 0])
    const headOn = move([3 * 4, 5 * 4 + 2], [0, 0], 2)
    // They come to touch, and one stops there.
    expect(headOn.did).toEqual([
      [0, 0],
      [0, 3],
    ])
  })

  it('goes on with what has begun, and pauses it [ROBOTS-RULES-03]', () => {
    const now = { states: Int32Array.of(3 * 4), counts: Uint8Array.of(0), under: Uint8Array.of(3) }
    const motion = new TickMotion(floor, 3, 1, 1)
    const did = [0, 3, 1, 1].map((asked) => motion.tick(now, Uint8Array.of(asked))[0])
    expect([did, [...now.states]]).toEqual([[0, 3, 0, 0], [4 * 4]])
  })

  it('draws delays within their range, about as often as the rules say', () => {
    for (const [event, duration] of [
      ['bernoulli', 'uniform'],
      ['poisson', 'gaussian'],
    ] as const) {
      const delays = new Delays({ ...rules, event, duration }, 100, createRandom('delays'))
      const lengths: number[] = []
      for (let tick = 0; tick < 400; tick++) {
        const before = Int32Array.from(delays.left)
        delays.next()
        for (const [robot, left] of delays.left.entries()) if (left > before[robot]!) lengths.push(left)
      }
      expect(Math.min(...lengths)).toBeGreaterThanOrEqual(rules.least)
      expect(Math.max(...lengths)).toBeLessThanOrEqual(rules.most)
      expect(delays.begun / 400 / 100 / rules.probability).toBeGreaterThan(0.75)
      expect(delays.begun / 400 / 100 / rules.probability).toBeLessThan(1.15)
    }
  })
})

describe('the executor', () => {
  it.each(['wide aisles', 'narrow aisles', 'rooms', 'scattered'] as const)(
    'keeps the order of the plan whatever is late: no overlap, no ring, over seeds, on %s [ROBOTS-RULES-04]',
    (kind) => {
      for (const seed of ['1', '2']) {
        const problem = problemOf(kind, 0.25, rules)
        const result = run(problem, seed)
        const checked = checkTicks(problem, result)
        expect(checked.messages).toEqual([])
        expect([result.deadlocks, checked.finished]).toEqual([0, result.finished])
        expect(result.delays).toBeGreaterThan(20)
        expect(result.finished).toBeGreaterThan(3)
      }
    },
  )

  it('asks for nothing that the rules refuse where nobody is delayed', () => {
    const result = run(problemOf('wide aisles', 0.25, null), '1')
    expect([result.refused, result.delays]).toEqual([0, 0])
  })

  it('is the same to the bit with the same delays and units', () => {
    const [first, second] = [1, 2].map(() => run(problemOf('rooms', 0.2, rules), '1', 80))
    expect(second!.paths).toEqual(first!.paths)
  })
})

describe('the check of ticks', () => {
  const check = { rows: 3, columns: 3, mayStand: () => true, ticks: 3, size: 1 }
  const at = (row: number, column: number, facing = 0) => ({ row, column, facing })
  const kinds = (starts: ReturnType<typeof at>[], paths: string[], delayed?: number[][]) =>
    validateTicks({ ...check, starts, paths, ...(delayed ? { delayed } : {}) }).violations.map(
      ({ tick, kind, robots }) => `${tick} ${kind} ${robots.join()}`,
    )
  it('names overlaps, also those within a tick, by tick and robots [ROBOTS-VALIDATE-04]', () => {
    expect(kinds([at(1, 0), at(1, 1, 1)], ['FFF', 'FFF'])).toEqual([
      '1 overlap 0,1',
      '2 overlap 0,1',
      '3 overlap 0,1',
    ])
    expect(kinds([at(1, 0), at(1, 1)], ['FFF', 'WWW'])[0]).toBe('1 overlap 0,1')
    expect(kinds([at(1, 0), at(1, 1)], ['FFF', 'FFF'])).toEqual([])
    expect(kinds([at(1, 0), at(1, 1)], ['WFFF', 'FFFW'])).toEqual([])
  })

  it('names walls, actions changed in the middle, and who acts while it is delayed [ROBOTS-VALIDATE-04]', () => {
    expect(kinds([at(0, 2)], ['F'])).toEqual(['1 wall 0'])
    expect(kinds([at(0, 0)], ['FFR'])).toEqual(['3 changed-action 0'])
    expect(kinds([at(0, 0)], ['FFF'], [[], [0], []])).toEqual(['2 delayed 0'])
    expect(kinds([at(0, 0)], ['FWFWF'])).toEqual([])
  })
})
