import type { Requirement } from './requirement.ts'

export const liveInsights: Requirement[] = [
  {
    id: 'LIVE-LEARN-01',
    source: 'docs/decisions/0021-small-models',
    behaviour:
      'Boosted trees learn interactions, and a prediction never falls in a column that was declared to rise it.',
  },
  {
    id: 'LIVE-LEARN-02',
    source: 'docs/decisions/0021-small-models',
    behaviour: 'The same data, options and seed give the same model, bit for bit.',
  },
  {
    id: 'LIVE-LEARN-03',
    source: 'docs/decisions/0021-small-models',
    behaviour:
      'Weights answer a game that was trained on only by the model that never saw it, and any other game by the mean of all models.',
  },
  {
    id: 'LIVE-LEARN-04',
    source: 'docs/decisions/0021-small-models',
    behaviour:
      'A training report names its data by kind, count, size and a hash that does not depend on file names.',
  },
]
