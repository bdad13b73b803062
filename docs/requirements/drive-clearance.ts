import type { Requirement } from './requirement.ts'

export const driveClearance: Requirement[] = [
  {
    id: 'DRIVE-REF-01',
    source: 'drive, clearance',
    behaviour:
      'Reference drivers react as the regulation and the papers say: what they perceive, after which delay, how hard they brake.',
  },
  {
    id: 'DRIVE-REF-02',
    source: 'drive, numbers',
    behaviour:
      'In the cut-in sweeps of UN R157 each reference driver collides as often as published, to 1 % of the cases.',
  },
]
