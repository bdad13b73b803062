import { describe, expect, it } from 'vitest'
import { compareStates } from '../../src/evals/compare-states.ts'
import { network, road } from '../support/road-file.ts'
import { file, scenarioOf } from '../support/scenario-file.ts'

describe('compareStates', () => {
  it('takes an entity that only the recording has for a difference, where there is no ego either [DRIVE-OSC-03]', () => {
    const recorded = [{ timeS: 0, name: 'ghost', x: 10, y: -1.75 }]
    const difference = compareStates(scenarioOf(file({})), network(road({})), recorded)
    expect(difference.others).toBe(Infinity)
    expect(difference.worst).toMatch(/^ghost at 0\.00 s/)
  })
})
