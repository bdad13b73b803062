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
  {
    id: 'DRIVE-CLI-01',
    source: 'systems/drive/README.md#commands',
    behaviour:
      'A command that judges (run, clear, replay) answers yes or no and says in its help what its no means, so that a script can go by the exit code.',
  },
  {
    id: 'DRIVE-CLI-02',
    source: 'systems/drive/README.md#commands',
    behaviour: 'A file or case that is not there is named, with what to do.',
  },
  {
    id: 'DRIVE-LOAD-01',
    source: 'systems/drive/README.md#what-requests-may-simulate',
    behaviour:
      'A recording that is computed in a thread is the same to the last byte, and its errors are those of the words that were asked.',
  },
  {
    id: 'DRIVE-LOAD-02',
    source: 'systems/drive/README.md#what-requests-may-simulate',
    behaviour: 'A simulation ends with the client who asked for it.',
  },
  {
    id: 'DRIVE-LOAD-03',
    source: 'systems/drive/README.md#what-requests-may-simulate',
    behaviour: 'A recording that is sent in is checked off the event loop; what is wrong with it is named.',
  },
]
