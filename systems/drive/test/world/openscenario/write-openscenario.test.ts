import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeOpenScenario } from '../../../src/world/openscenario/write-openscenario.ts'
import { sampleDir } from '../../../src/clearance/variations/files-below.ts'
import { mutations } from '../../support/mutate-xml.ts'
import { everything } from '../../support/every-element.ts'
import { file, run, scenarioOf } from '../../support/scenario-file.ts'

describe('writeOpenScenario', () => {
  it('writes what the reader reads as the same scenario, whatever is in it [DRIVE-WRITE-02]', () => {
    for (const [name, text] of Object.entries(everything)) {
      const scenario = scenarioOf(text)
      expect(scenarioOf(writeOpenScenario(scenario)), name).toEqual(scenario)
    }
  })

  it('writes a scenario that runs the same [DRIVE-WRITE-02]', () => {
    for (const text of Object.values(everything))
      expect(run(writeOpenScenario(scenarioOf(text)))).toEqual(run(text))
  })

  it('says what the format has no form for', () => {
    const scenario = scenarioOf(everything['speed and lane'] ?? '')
    const event = scenario.stories[0]?.children[0]?.children[0]?.children[0]?.children[0]
    event?.children.push({
      ...(event.children[0] as (typeof event.children)[0]),
      action: { entity: 1, content: { kind: 'activateController', isLongitudinal: true } },
    })
    expect(() => writeOpenScenario(scenario)).toThrow(/Give each a maneuver group of its own/)
  })
})

describe('parseOpenScenario', () => {
  it('refuses a broken file with a message, whatever is wrong with it [DRIVE-FILES-02]', async () => {
    const sample = await readFile(join(sampleDir, 'cut-in', 'cut-in.xosc'), 'utf8')
    const whole = [sample, file({}), ...Object.values(everything)]
    let refused = 0
    fc.assert(
      fc.property(mutations, fc.nat(1000), (mutate, at) => {
        try {
          scenarioOf(mutate(whole[at % whole.length] as string))
        } catch (error) {
          refused++
          if (!InvalidInputError.isInstance(error)) throw error
        }
      }),
      { seed: 8, numRuns: 400 },
    )
    expect(refused).toBeGreaterThan(100)
  })
})
