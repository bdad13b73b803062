import type { Requirement } from './requirement.ts'

const readme = 'systems/ready/README.md#faults'

/** Faults before a dependency. */
export const readyFault: Requirement[] = [
  {
    id: 'READY-FAULT-01',
    source: readme,
    behaviour:
      'A proxy delays, resets, swallows, slows, cuts or refuses, and without a fault lets everything through as it is.',
  },
  {
    id: 'READY-FAULT-02',
    source: readme,
    behaviour: 'A fault is a lease that ends by itself, and one is on at a time.',
  },
  {
    id: 'READY-FAULT-03',
    source: readme,
    behaviour: 'Faults are put only before what runs on this machine.',
  },
  {
    id: 'READY-FAULT-04',
    source: readme,
    behaviour:
      'Processes are killed, paused, kept from writing and from opening; clocks, disks, processors and memory of this machine are touched; what was is put back.',
  },
  {
    id: 'READY-FAULT-05',
    source: readme,
    behaviour:
      'A watchdog in a process of its own ends every fault when the controller is killed, and the controller does when the watchdog is.',
  },
  {
    id: 'READY-FAULT-06',
    source: readme,
    behaviour:
      'A resolver of names before one on this machine passes, refuses, delays or swallows queries, for the names that are given or all, and passes them again when its lease ends.',
  },
]
