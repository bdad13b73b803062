import type { Requirement } from './requirement.ts'

export const driveConsole: Requirement[] = [
  {
    id: 'DRIVE-VIEW-01',
    source: 'docs/design/drive.md#watch',
    behaviour:
      'A scenario is seen from above or from behind; its address holds scenario, parameters and versions.',
  },
  {
    id: 'DRIVE-VIEW-02',
    source: 'docs/design/drive.md#watch',
    behaviour:
      'A run plays smoothly between its steps, is scrubbed, slowed and stepped; two versions go in step.',
  },
  {
    id: 'DRIVE-VIEW-03',
    source: 'docs/design/drive.md#watch',
    behaviour: 'Under a run stand its time to collision, speed and acceleration, and marks of what failed.',
  },
  {
    id: 'DRIVE-VIEW-04',
    source: 'docs/design/drive.md#watch',
    behaviour: 'Every built-in scenario is shown as a picture of its tightest moment.',
  },
  {
    id: 'DRIVE-VIEW-05',
    source: 'docs/design/drive.md#watch',
    behaviour:
      'Vehicle, perception, prediction, planning and safety layer each have figures of their own over a run.',
  },
  {
    id: 'DRIVE-CLEAR-17',
    source: 'README.md#one-machine-then-many',
    behaviour:
      'A clearance is seen and stopped from every server on the database, and gone on with, verdict and all, by another one or after a restart when its server ends.',
  },
  {
    id: 'DRIVE-CLEAR-10',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'Clearances of every process are listed with their reports and become decisions of the ledger once; one runs at a time.',
  },
  {
    id: 'DRIVE-VIEW-06',
    source: 'docs/design/drive.md#watch',
    behaviour:
      'A failure of a clearance is one click from its replay; every page of drive fits desktop and phone, in dark and light.',
  },
  {
    id: 'DRIVE-VIEW-07',
    source: 'docs/design/drive.md#watch',
    behaviour:
      'The first pages say something: the viewer opens on a crossroads with people, lights and traffic, clearance on the newest verdict or on what is on its way; what removes a clearance says what goes, and asks.',
  },
]
