import { describe, expect, it } from 'vitest'
import { FloorHistory } from '../../src/live/floor-history.ts'
import { answerOf } from '../../src/what-if/answer.ts'
import { inputsOf, questionSchema, variantsOf } from '../../src/what-if/question.ts'
import { runWhatIf } from '../../src/what-if/what-if-task.ts'
import type { WhatIfRun } from '../../src/what-if/what-if-task.ts'

const small = { rows: 30, columns: 40, seeds: 2, steps: 60 } as const
const robots = questionSchema.parse({ ask: 'robots', ...small, counts: [60, 20, 40], goalPerHour: 100 })

const made = (variant: number, seed: number, perHour: number): WhatIfRun => ({
  question: robots,
  variant,
  seed,
  robots: 20 * (variant + 1),
  perHour,
  waitShare: 0.1,
  deadlocksFound: 0,
  deadlocksBroken: 0,
  recording: null,
})

describe('a question to a floor', () => {
  it('has a variant each, the first seed of all first [ROBOTS-WHATIF-01]', () => {
    expect(variantsOf(robots).map(({ name }) => name)).toEqual(['20 robots', '40 robots', '60 robots'])
    expect(inputsOf(robots).map(({ variant, seed }) => [variant, seed])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [0, 1],
      [1, 1],
      [2, 1],
    ])
  })

  it('is answered by the same bytes again, and its first run can be played back to its end', () => {
    const input = { question: robots, variant: 1, seed: 0 }
    const run = runWhatIf(input)
    expect(run).toEqual(runWhatIf(input))
    expect(run.perHour).toBeGreaterThan(0)
    const { floor, keyframe, steps } = run.recording!
    const history = new FloorHistory(floor)
    history.keyframe(keyframe)
    for (const step of steps) history.step(step)
    const [first, last] = history.range
    expect([last - first + 1, steps.at(-1)!.finished]).toEqual([60, (run.perHour * 60) / 3600])
    expect([history.show(last), history.show(first), history.show(last)]).toEqual([true, true, true])
    expect(new Set(Array.from(history.words, (word) => word & 0xfffff)).size).toBe(40)
  })

  it('knows what a closed aisle costs: nobody drives in it', () => {
    const closed = { top: 8, left: 10, bottom: 20, right: 14 }
    const question = questionSchema.parse({ ask: 'closed aisle', ...small, robots: 60, closed })
    const { recording } = runWhatIf({ question, variant: 1, seed: 0 })
    const history = new FloorHistory(recording!.floor)
    history.keyframe(recording!.keyframe)
    for (const step of recording!.steps) history.step(step)
    history.show(history.range[1])
    const inside = Array.from(history.words, (word) => word & 0xfffff).filter((cell) => {
      const [row, column] = [Math.floor(cell / 40), cell % 40]
      return row >= 8 && row <= 20 && column >= 10 && column <= 14
    })
    expect(inside).toEqual([])
  })
})

describe('an answer', () => {
  it('waits until each variant has a run, and has no interval for one', () => {
    expect(answerOf(robots, [made(0, 0, 100), made(1, 0, 150)])).toBeNull()
    const answer = answerOf(robots, [made(0, 0, 100), made(1, 0, 150), made(2, 0, 160)])!
    expect(answer.points.map(({ interval }) => interval)).toEqual([null, null, null])
    expect(answer.enough).toBeNull()
  })

  it('says what is enough by the low end of the interval, and where more robots gain nothing [ROBOTS-WHATIF-01]', () => {
    const runs = [
      [90, 110],
      [149, 151],
      [152, 154],
    ].flatMap((pair, variant) => pair.map((perHour, seed) => made(variant, seed, perHour)))
    const answer = answerOf(robots, runs)!
    expect(answer.points.map(({ perHour }) => perHour)).toEqual([100, 150, 153])
    // Student's t of one degree of freedom: 12.706 × the standard error of 10 and of 1.
    expect(answer.points[0]!.interval![0]).toBeCloseTo(100 - 127.06, 6)
    expect(answer.points[1]!.interval![1]).toBeCloseTo(150 + 12.706, 6)
    expect([answer.enough, answer.saturated]).toEqual([1, 1])
    expect(answer.sentence).toContain('40 robots are enough for 100 tasks an hour')
  })

  it('compares a closed aisle with the floor as it is by the same seeds', () => {
    const question = questionSchema.parse({ ask: 'closed aisle', ...small, rows: 46, columns: 80 })
    const runs = [made(0, 0, 1000), made(0, 1, 500), made(1, 0, 900), made(1, 1, 401)]
    const { change, sentence } = answerOf(question, runs)!
    expect(change!.perHour).toBe(-99.5)
    expect(change!.interval[0]).toBeCloseTo(-99.5 - 12.706 * 0.5, 6)
    expect(sentence).toContain('-13.3 %')
  })
})
