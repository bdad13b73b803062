import type { Requirement } from './requirement.ts'

export const drive: Requirement[] = [
  {
    id: 'DRIVE-FILES-01',
    source: 'drive, world',
    behaviour:
      'A file that is not valid is refused with file, line, element and what was expected; an unsupported element is named, never passed over.',
  },
  {
    id: 'DRIVE-ROAD-01',
    source: 'drive, world',
    behaviour:
      'Lines, arcs, spirals and polynomials run by arc length, with heading and curvature their derivatives.',
  },
  {
    id: 'DRIVE-ROAD-02',
    source: 'drive, world',
    behaviour: 'Road, lane and world coordinates turn into one another, lanes by the widths inside them.',
  },
  {
    id: 'DRIVE-ROAD-03',
    source: 'drive, world',
    behaviour: 'A lane is followed over sections, road links and junctions, to a dead end.',
  },
]
