import { describe, expect, it } from 'vitest'
import { compareStates } from '../../src/evals/compare-states.ts'
import { network, road } from '../support/road-file.ts'
import { at, file, scenarioOf, vehicle } from '../support/scenario-file.ts'

describe('compareStates', () => {
  it('takes an entity that only the recording has for a difference, where there is no ego either [DRIVE-OSC-03]', () => {
    const recorded = [{ timeS: 0, name: 'ghost', x: 10, y: -1.75 }]
    const difference = compareStates(scenarioOf(file({})), network(road({})), recorded)
    expect(difference.others).toBe(Infinity)
    expect(difference.worst).toMatch(/^ghost at 0\.00 s/)
  })

  it('does not miss in a recording what another simulator makes its vehicles of [DRIVE-OSC-03]', () => {
    const theirs = `<ObjectController><Controller name="theirs"><Properties><Property name="esminiController" value="SumoController"/></Properties></Controller></ObjectController>`
    const scenario = scenarioOf(file({ entities: vehicle('a') + vehicle('others', theirs), stop: at(1) }))
    const recorded = Array.from({ length: 21 }, (_, step) => ({
      timeS: step * 0.05,
      name: 'a',
      x: 10 + step * 0.5,
      y: -1.75,
    }))
    expect(compareStates(scenario, network(road({})), recorded).others).toBeLessThan(0.01)
    const missing = scenarioOf(file({ entities: vehicle('a') + vehicle('b'), stop: at(1) }))
    expect(compareStates(missing, network(road({})), recorded).others).toBe(Infinity)
  })
})
