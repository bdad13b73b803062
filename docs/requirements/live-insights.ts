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
  {
    id: 'LIVE-FUEL-01',
    source: 'live, insights',
    behaviour:
      'Fuel burnt is estimated from engine speed and throttle alone, with an interval; what fuel is known sharpens it to the car’s own engine, also one that no weights have seen.',
  },
  {
    id: 'LIVE-FUEL-02',
    source: 'live, evals',
    behaviour:
      'The burn model is trained by command, the same bytes from the same files; a run is scored by weights that did not see it, and refuelling within a run is told from burning.',
  },
]
