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
]
