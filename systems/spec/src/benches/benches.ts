import type { Measure } from '@heavylift/core'
import { cold, edit } from './cold.ts'

export const benches: Measure[] = [
  cold,
  edit,
  {
    name: 'catalogue',
    summary:
      '15,000 specs of 600 made repositories: how long a search by one to three words takes in ms, beside a regular expression over all texts in memory.',
    goals: { searchP95Ms: { atMost: 50 }, stalestMs: { atMost: 50 } },
    run: async (input) => (await import('./catalogue.ts')).runCatalogueBench(input),
  },
]
