import type { Requirement } from './requirement.ts'

export const models: Requirement[] = [
  {
    id: 'MODELS-ROUTE-01',
    source: 'docs/decisions/0015-routing',
    behaviour:
      'Whatever happens in whatever order, a replica’s counts are those of its requests in flight: never negative, zero when all have ended, however often a request is ended.',
  },
  {
    id: 'MODELS-ROUTE-02',
    source: 'docs/decisions/0015-routing',
    behaviour:
      'No replica gets more than its limit, and a higher tier gets a request only when no replica of the tiers below can take it.',
  },
  {
    id: 'MODELS-ROUTE-03',
    source: 'docs/decisions/0015-routing',
    behaviour:
      'What is known of cached prefixes takes a fixed amount of memory, forgets ends before beginnings, and finds the longest known prefix.',
  },
  {
    id: 'MODELS-BREAKER-01',
    source: 'docs/decisions/0015-routing',
    behaviour:
      'An open breaker gets nothing until its pause is over, then one request at a time; only a request that ended well closes it.',
  },
  {
    id: 'MODELS-BREAKER-02',
    source: 'docs/decisions/0015-routing',
    behaviour: 'Outliers are ejected, never more than the configured share of a tier.',
  },
  {
    id: 'MODELS-BREAKER-03',
    source: 'docs/decisions/0015-routing',
    behaviour:
      'A replica that says it is busy gets nothing until the time it named, and is not counted as failing.',
  },
  {
    id: 'MODELS-METER-01',
    source: 'docs/decisions/0017-metering',
    behaviour:
      'Live statistics follow a call from the queue through its replica to its end; tokens are counted once.',
  },
  {
    id: 'MODELS-METER-02',
    source: 'docs/decisions/0017-metering',
    behaviour: 'Live statistics take fixed memory whatever names of models and codes of errors come.',
  },
]
