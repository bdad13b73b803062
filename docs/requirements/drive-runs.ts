import type { Requirement } from './requirement.ts'

export const driveRuns: Requirement[] = [
  {
    id: 'DRIVE-RUN-01',
    source: 'docs/design/drive.md#the-loop',
    behaviour:
      'A run puts a driver into the vehicle under test, and says which criteria failed when, with figures.',
  },
  {
    id: 'DRIVE-RUN-02',
    source: 'docs/design/drive.md#numbers',
    behaviour: 'A run is the same to the last bit every time, recorded or not.',
  },
  {
    id: 'DRIVE-METRIC-01',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'Time to collision is exact for two oriented bodies that keep their velocity, endless where they never touch.',
  },
]
