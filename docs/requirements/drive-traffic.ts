import type { Requirement } from './requirement.ts'

export const driveTraffic: Requirement[] = [
  {
    id: 'DRIVE-TOWN-01',
    source: 'drive, world',
    behaviour:
      'Towns and small road networks are made from parameters and a seed: lanes meet within 1 cm and 1°, every turn is there, stop lines, signs, lights and crosswalks are marked.',
  },
  {
    id: 'DRIVE-TOWN-02',
    source: 'drive, world',
    behaviour: 'Traffic lights turn in a cycle in which crossing approaches are never green together.',
  },
]
