import { CubicProfile } from './cubic-profile.ts'
import { ReferenceLine } from './reference-line.ts'
import { RoadNetwork } from './road-network.ts'

const reachM = 1e5
const flat = new CubicProfile([])

/** The ground where a scenario has no roads: x counts along it, y to its left, and there are no lanes. */
export const openGround = new RoadNetwork(
  [
    {
      id: '',
      length: 1,
      junction: null,
      rule: 'RHT',
      speedLimitMps: null,
      line: new ReferenceLine([{ s: 0, x: 0, y: 0, heading: 0, length: reachM, shape: { kind: 'line' } }], 1),
      laneOffset: flat,
      elevation: flat,
      superelevation: flat,
      sections: [{ s: 0, end: reachM, left: [], right: [] }],
      predecessor: null,
      successor: null,
      signals: [],
      objects: [],
    },
  ],
  [],
)
