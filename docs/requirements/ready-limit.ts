import type { Requirement } from './requirement.ts'

const readme = 'systems/ready/README.md#limits'

/** Where a service gives out, and what that means for the day. */
export const readyLimit: Requirement[] = [
  {
    id: 'READY-LIMIT-01',
    source: readme,
    behaviour:
      'The highest rate inside an objective is found by doubling and halving; no single failure decides.',
  },
  {
    id: 'READY-LIMIT-02',
    source: readme,
    behaviour: 'The universal scalability law is fitted to probes, with its knee and an interval.',
  },
  {
    id: 'READY-LIMIT-03',
    source: readme,
    behaviour: 'Short trains and little load predict the limit before it is searched.',
  },
  {
    id: 'READY-LIMIT-04',
    source: readme,
    behaviour:
      'Headroom of each part on the day is its limit by its share of the plan; the first to give out is named.',
  },
  {
    id: 'READY-LIMIT-05',
    source: readme,
    behaviour:
      'What was predicted and what was measured are in the ledger, and the countdown shows both, with go or no-go by area.',
  },
]
