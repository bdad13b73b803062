import { expect, test } from 'vitest'
import { builtInScenario } from '../../../src/clearance/suites/built-in-scenarios.ts'
import { runCase } from '../../../src/clearance/suites/run-case.ts'
import { versionNamed } from '../../../src/driver/versions/versions.ts'

/** Cases of draws that the stack was mended on, each failed before, with what was wrong. */
const cases: [cause: string, name: string, seed: number, parameters: Record<string, number>][] = [
  [
    'what brakes was predicted to go back once it stood',
    'stop-and-go',
    11000045,
    {
      egoSpeedMps: 14.38,
      cars: 7,
      peakMps: 3.261,
      brakingMps2: 3.599,
      standsS: 3.705,
      distanceM: 72.49,
      friction: 0.6451,
    },
  ],
  [
    'a ghost before the queue was braked for',
    'stop-and-go',
    11000066,
    {
      egoSpeedMps: 21.75,
      cars: 6,
      peakMps: 4.468,
      brakingMps2: 2.83,
      standsS: 1.69,
      distanceM: 91.14,
      friction: 0.9156,
    },
  ],
  [
    'a siren was heard behind the corner',
    'emergency-crossing',
    11000033,
    {
      egoSpeedMps: 13.18,
      ambulanceMps: 21.05,
      arrivesS: 0.62,
      fromLeft: 1,
      cornerM: 6.958,
      friction: 0.7597,
      illuminanceLux: 9335,
    },
  ],
  [
    'a slow oncoming car turned at the junction',
    'turning-in-front',
    11000033,
    {
      egoSpeedMps: 10.25,
      turnMps: 5.79,
      arrivesS: -0.2478,
      hesitates: 1,
      friction: 0.9955,
      illuminanceLux: 41380,
    },
  ],
  [
    'it waited in the middle of the junction',
    'four-way',
    11000041,
    {
      egoSpeedMps: 10.83,
      fromRight: 3,
      gapS: 2.114,
      arrivesS: 1.805,
      ambulanceS: 5.129,
      crossMps: 6.551,
      cornerM: 8.614,
      illuminanceLux: 60980,
    },
  ],
  [
    'a walker stopped on the way out of the lane',
    'jaywalker',
    11000058,
    {
      egoSpeedMps: 7.808,
      noticeS: 4.891,
      walkMps: 1.587,
      stopsAtM: 1.986,
      thinksS: 2.365,
      goesOn: 1,
      illuminanceLux: 5886,
      friction: 0.6426,
    },
  ],
  [
    'a dog came back over the lane',
    'dog-walker',
    12000053,
    {
      egoSpeedMps: 13.34,
      walkMps: 1.408,
      leashM: 4.597,
      dogMps: 1.323,
      noticeS: 3.407,
      returnsS: 4.837,
      illuminanceLux: 79790,
      friction: 0.9586,
    },
  ],
]

test.each(cases)('%s [DRIVE-PLAN-05]', async (_, name, seed, parameters) => {
  const { scenarioClass } = builtInScenario(name)
  const result = await runCase(
    { id: name, scenarioClass, source: { kind: 'builtIn', name }, parameters, seed, weight: 1 },
    versionNamed('pdm-sensors'),
  )
  expect(result.failures).toEqual([])
})
