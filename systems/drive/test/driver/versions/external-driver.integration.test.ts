import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runStage } from '../../../src/clearance/run/run-stage.ts'
import type { RunResult } from '../../../src/clearance/run/run-result.ts'
import { straightStage } from '../../support/straight-stage.ts'

const program = join(import.meta.dirname, '..', '..', 'support', 'external-program.mjs')

function runWith(mode: string, more: Record<string, number | string> = {}): RunResult {
  const parameters = {
    command: process.execPath,
    args: JSON.stringify([program, mode]),
    timeoutS: 1,
    ...more,
  }
  return runStage(straightStage({ s: 500, mps: 10 }), {
    caseId: 'one',
    scenarioClass: 'made',
    seed: 1,
    driver: { kind: 'external', parameters },
  })
}

describe('a driver that is a program of its own', () => {
  test('drives by lines of JSON, the same every time [DRIVE-DRIVER-01]', () => {
    const first = runWith('drive')
    expect(first.failures).toEqual([])
    expect(first.metrics.meanSpeedMps).toBeCloseTo(10.1, 1)
    expect(runWith('drive').digest).toBe(first.digest)
  })

  test.each([
    ['crash', /ended with exit code 3 during the run\. Its last words: out of fuel/, 0.2],
    ['hang', /did not answer within 1 s/, 0.2],
    ['nonsense', /"accelerationMps2":null.* where a command with accelerationMps2/, 0],
  ])('that comes to %s is a failed run that says why [DRIVE-DRIVER-02]', (mode, why, atS) => {
    const { outcome, failures } = runWith(mode)
    expect(outcome).toBe('failed')
    expect(failures[0]).toEqual({
      criterion: 'driver',
      timeS: expect.closeTo(atS, 6) as number,
      detail: expect.stringMatching(why) as string,
    })
  })

  test('that is not there is a failed run that names it [DRIVE-DRIVER-02]', () => {
    expect(runWith('drive', { command: 'no-such-driver' }).failures[0]?.detail).toMatch(
      /"no-such-driver" could not be started/,
    )
  })
})
