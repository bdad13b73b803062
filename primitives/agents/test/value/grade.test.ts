import { createRandom } from '@heavylift/core/math'
import { describe, expect, it } from 'vitest'
import { enough, errorsAvoided, hoursSaved, moneySaved } from '../../src/value/grade.ts'

const nothing = { minutes: [], claimedMinutes: null, errors: null }
const after = {
  runs: 600,
  approvals: 300,
  minutesPerApproval: 2,
  reworkMinutes: [] as number[],
  errors: { count: 0, of: 0 },
}
const times = (count: number, of: (index: number) => number) =>
  Array.from({ length: count }, (_, at) => of(at))

describe('hours that an agent saves', () => {
  it('are claimed, estimated or measured by what was measured, answers subtracted [AGENTS-VALUE-01]', () => {
    expect(hoursSaved(nothing, after)).toBeNull()
    const claimed = hoursSaved({ ...nothing, claimedMinutes: 10 }, after)
    // 600 runs of 10 minutes, less 300 answers of 2.
    expect(claimed).toMatchObject({ grade: 'claimed', estimate: 90, low: 90, high: 90 })
    const few = hoursSaved({ ...nothing, minutes: times(enough - 1, () => 10), claimedMinutes: 10 }, after)
    expect(few?.grade).toBe('claimed')
    const minutes = times(enough, (at) => 8 + (at % 5))
    const estimated = hoursSaved({ ...nothing, minutes }, after)
    expect(estimated).toMatchObject({ grade: 'estimated', estimate: 90 })
    expect(estimated!.low).toBeLessThan(90)
    const measured = hoursSaved(
      { ...nothing, minutes },
      { ...after, reworkMinutes: times(enough, (at) => at % 3) },
    )
    // One minute of rework a run.
    expect(measured).toMatchObject({ grade: 'measured', estimate: 80, next: null })
    expect(measured!.high - measured!.low).toBeGreaterThan(estimated!.high - estimated!.low)
  })

  it('lie in their interval about as often as it says [AGENTS-VALUE-02]', () => {
    const random = createRandom(7)
    let held = 0
    const tries = 2_000
    for (let each = 0; each < tries; each++) {
      // Skewed, as times of work are: the mean is 10.
      const minutes = times(60, () => -10 * Math.log(1 - random.next()))
      const { low, high } = hoursSaved({ ...nothing, minutes }, { ...after, approvals: 0, runs: 60 })!
      if (low <= 10 && high >= 10) held++
    }
    expect(held / tries).toBeGreaterThan(0.92)
    expect(held / tries).toBeLessThan(0.965)
  })

  it('become money less the cost of the runs, with the same grade [AGENTS-VALUE-01]', () => {
    const hours = hoursSaved({ ...nothing, claimedMinutes: 10 }, after)
    expect(moneySaved(hours, 40, 100)).toMatchObject({ grade: 'claimed', estimate: 3_500 })
    expect(moneySaved(hours, null, 100)).toBeNull()
  })
})

describe('errors that an agent avoids', () => {
  it('are unknown where one side is, and proven only by chance having decided [AGENTS-VALUE-01]', () => {
    expect(errorsAvoided(nothing, after, null)).toBeNull()
    const before = { ...nothing, errors: { count: 20, of: 100 } }
    const is = { ...after, errors: { count: 5, of: 100 } }
    const measured = errorsAvoided(before, is, null)!
    expect(measured).toMatchObject({ grade: 'measured', estimate: expect.closeTo(15, 9) })
    expect(measured.low).toBeGreaterThan(5)
    expect(errorsAvoided(before, { ...is, errors: { count: 1, of: 10 } }, null)?.grade).toBe('estimated')
    expect(errorsAvoided(before, is, { estimate: -0.1, low: -0.15, high: -0.05 })).toMatchObject({
      grade: 'proven',
      estimate: 10,
      low: 5,
      high: 15,
    })
  })
})
