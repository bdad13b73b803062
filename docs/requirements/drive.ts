import type { Requirement } from './requirement.ts'

export const drive: Requirement[] = [
  {
    id: 'DRIVE-TENANT-01',
    source: 'ARCHITECTURE.md#security',
    behaviour:
      'The versions of drive.versions.json, with programs and parameters, are listed to and run for the main tenant only.',
  },
  {
    id: 'DRIVE-FILES-01',
    source: 'docs/design/drive.md#world',
    behaviour:
      'A file that is not valid is refused with file, line, element and what was expected; what would change a run and is not supported is named; what no version of a standard knows is noted.',
  },
  {
    id: 'DRIVE-ROAD-01',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Lines, arcs, spirals and polynomials run by arc length, with heading and curvature their derivatives.',
  },
  {
    id: 'DRIVE-ROAD-02',
    source: 'docs/design/drive.md#world',
    behaviour: 'Road, lane and world coordinates turn into one another, lanes by the widths inside them.',
  },
  {
    id: 'DRIVE-ROAD-03',
    source: 'docs/design/drive.md#world',
    behaviour: 'A lane is followed over sections, road links and junctions, to a dead end.',
  },
  {
    id: 'DRIVE-ROAD-04',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Places lie where superelevation, crossfall and shapes of the road put them, on the ground and in height, and are found again from there.',
  },
  {
    id: 'DRIVE-ROAD-05',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Lanes go on over direct and virtual junctions; cars keep off lanes that are not for them, heed limits of lanes, and drive reversed lanes the other way.',
  },
  {
    id: 'DRIVE-OSC-01',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Parameters and expressions of a scenario are resolved, overridden from outside, and checked against their constraints.',
  },
  {
    id: 'DRIVE-OSC-02',
    source: 'docs/design/drive.md#world',
    behaviour:
      'A deterministic parameter distribution gives every combination of its ranges and sets once; a stochastic one the same runs for the same seed.',
  },
  {
    id: 'DRIVE-OSC-03',
    source: 'docs/design/drive.md#world',
    behaviour:
      'The conformance eval counts scenarios that run and that agree with recorded states, and lists every one that does not with the reason.',
  },
  {
    id: 'DRIVE-SIM-01',
    source: 'docs/design/drive.md#world',
    behaviour:
      'A scenario runs from time 0 in fixed steps until its stop trigger holds, with the same states in every run.',
  },
  {
    id: 'DRIVE-SIM-02',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Speed and lane change follow their shape, rate and time, from the step in which their trigger fires.',
  },
  {
    id: 'DRIVE-SIM-03',
    source: 'docs/design/drive.md#world',
    behaviour:
      'Events keep edges, delays, priorities and execution counts; conditions see the ends of other elements and distances between bodies.',
  },
  {
    id: 'DRIVE-SIM-04',
    source: 'docs/design/drive.md#world',
    behaviour:
      'An entity under the lane-keeping controller keeps its gap behind a slower one without a collision.',
  },
]
