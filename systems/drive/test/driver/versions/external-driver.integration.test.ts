import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { runSteps, runStage } from '../../../src/clearance/run/run-stage.ts'
import { runTogether } from '../../../src/clearance/run/run-together.ts'
import type { RunResult } from '../../../src/clearance/run/run-result.ts'
import { straightStage } from '../../support/straight-stage.ts'

const program = join(import.meta.dirname, '..', '..', 'support', 'external-program-child.ts')
const encodings = ['json', 'binary']

function optionsOf(args: string[], caseId = 'one', more: Record<string, number | string> = {}) {
  const parameters = {
    command: process.execPath,
    args: JSON.stringify([program, ...args]),
    // Ample, but where it is waited for.
    timeoutS: args.includes('hang') ? 2 : 30,
    ...more,
  }
  return { caseId, scenarioClass: 'made', seed: 1, driver: { kind: 'external', parameters } }
}

const stage = (s = 500) => straightStage({ s, mps: 10 })

function runWith(args: string[], more: Record<string, number | string> = {}): RunResult {
  return runStage(stage(), optionsOf(args, 'one', more))
}

/** So many cases that differ, at once; the third one is named `one`. */
function runMany(args: string[], count: number): Promise<RunResult[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      runTogether(async () => runSteps(stage(400 + 10 * index), optionsOf(args, nameOf(index)))),
    ),
  )
}

const nameOf = (index: number) => (index === 2 ? 'one' : `case-${index}`)

/** What a program does wrong at the fifth step of a case, what is said of it, and at which step it is noticed. */
const faults: [string, RegExp, number][] = [
  ['crash', /ended with exit code 3 during the run; its last words: out of fuel/, 0.2],
  ['hang', /did not answer within 2 s/, 0.2],
  ['nonsense', /answered "hello!!!.*", which is no answer to a frame/, 0.2],
  ['stranger', /answered for a case 9999 that was not in the frame/, 0.2],
  ['twice', /answered a frame more than once/, 0.25],
  ['number', /gave a command that is no number/, 0.2],
  ['double', /gave two commands for one step/, 0.2],
  ['skip', /gave no command/, 0.2],
  ['error', /could not drive: no idea/, 0.2],
]

describe.each(encodings)('a driver that is a program of its own and speaks %s', (encoding) => {
  test('drives many cases in flight to the same bits as one at a time [DRIVE-DRIVER-01] [DRIVE-DRIVER-05]', async () => {
    const alone = Array.from({ length: 6 }, (_, index) =>
      runStage(stage(400 + 10 * index), optionsOf([encoding], nameOf(index))),
    )
    expect(alone[0]?.failures).toEqual([])
    expect(alone[0]?.metrics.meanSpeedMps).toBeCloseTo(10.1, 1)
    expect(await runMany([encoding], 6)).toEqual(alone)
    expect(new Set(alone.map(({ digest }) => digest)).size).toBe(6)
  })
})

describe('a driver that is a program of its own', () => {
  let calm: RunResult[] = []
  beforeAll(async () => void (calm = await runMany(['binary'], 2)))

  test.each(faults)(
    'and comes to %s is a failed run that says why and names the case, and no other of those in flight [DRIVE-DRIVER-02] [DRIVE-DRIVER-06]',
    async (mode, why, atS) => {
      const failed = runWith(['binary', mode])
      expect(failed.outcome).toBe('failed')
      expect(failed.failures[0]).toEqual({
        criterion: 'driver',
        timeS: expect.closeTo(atS, 6) as number,
        detail: expect.stringMatching(why) as string,
      })
      expect(failed.failures[0]?.detail).toMatch(/external-program-child\.ts .*\(case one\)\.$/)
      // These differ from others of the list only in what is said.
      if (['nonsense', 'stranger', 'double', 'skip'].includes(mode)) return
      const together = await runMany(['binary', mode], 3)
      expect(together.slice(0, 2)).toEqual(calm)
      // Its stage is another one than above; what it comes to is the same.
      expect(together[2]?.failures).toEqual(failed.failures)
    },
  )

  test.each(faults.filter(([mode]) => ['nonsense', 'number', 'error'].includes(mode)))(
    'and comes to %s in lines of JSON fails in the same way [DRIVE-DRIVER-02]',
    (mode, why) => {
      expect(runWith(['json', mode]).failures[0]?.detail).toMatch(why)
    },
  )

  test('and dies in one case lets those go on that begin while its victims are driven again [DRIVE-DRIVER-06]', async () => {
    const outcomes: string[] = []
    let next = 0
    const lane = async (): Promise<void> => {
      for (let index = next++; index < 10; index = next++) {
        const options = optionsOf(['binary', 'crash'], nameOf(index))
        outcomes[index] = (await runTogether(async () => runSteps(stage(400 + 10 * index), options))).outcome
      }
    }
    await Promise.all([lane(), lane(), lane()])
    expect(outcomes).toEqual(Array.from({ length: 10 }, (_, index) => (index === 2 ? 'failed' : 'passed')))
  })

  test('and is not there is a failed run that names it [DRIVE-DRIVER-02]', () => {
    expect(runWith([], { command: 'no-such-driver' }).failures[0]?.detail).toMatch(
      /"no-such-driver .*" could not be started/,
    )
  })

  test('and speaks another protocol is a failed run that says which was expected [DRIVE-DRIVER-02]', () => {
    const echo = { command: 'cat', args: '[]' }
    expect(runWith([], echo).failures[0]?.detail).toMatch(/answered ".*hello.*where .*"protocol":2/)
  })
})
