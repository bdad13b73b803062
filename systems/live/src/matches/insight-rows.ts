import type { Estimate } from '../domain/insight.ts'
import type { InsightEntry } from '../routes/answers.ts'

type Cell = string | number | boolean | Date | null

/** A column of the export: its name, the Parquet type, and what stands in it for one insight. */
export interface InsightColumn {
  name: string
  type: 'STRING' | 'DOUBLE' | 'INT32' | 'BOOLEAN' | 'TIMESTAMP'
  of: (entry: InsightEntry) => Cell
}

/** An insight as one flat row, with what came of it. Times are UTC, seconds are of the game's clock, `value` is in `unit`. */
export const insightColumns: readonly InsightColumn[] = [
  column('id', 'STRING', ({ insight }) => insight.id),
  column('revision', 'INT32', ({ insight }) => insight.revision),
  column('match_id', 'STRING', ({ insight }) => insight.matchId),
  column('sport', 'STRING', ({ insight }) => insight.sport),
  column('kind', 'STRING', ({ insight }) => insight.kind),
  column('subject', 'STRING', ({ insight }) => insight.subject),
  column('occasion', 'STRING', ({ insight }) => insight.occasion),
  column('said_at', 'TIMESTAMP', ({ insight }) => new Date(insight.clocks.eventTimeMs)),
  column('period', 'INT32', ({ insight }) => insight.clocks.game?.period ?? null),
  column('seconds_left', 'DOUBLE', ({ insight }) => insight.clocks.game?.secondsLeft ?? null),
  column('headline', 'STRING', ({ insight }) => insight.headline),
  column('estimate', 'STRING', ({ insight }) => insight.estimate.type),
  column('value', 'DOUBLE', ({ insight }) => middleOf(insight.estimate)),
  column('low', 'DOUBLE', ({ insight }) => ('low' in insight.estimate ? insight.estimate.low : null)),
  column('high', 'DOUBLE', ({ insight }) => ('high' in insight.estimate ? insight.estimate.high : null)),
  column('level', 'DOUBLE', ({ insight }) => ('level' in insight.estimate ? insight.estimate.level : null)),
  column('unit', 'STRING', ({ insight }) => ('unit' in insight.estimate ? insight.estimate.unit : null)),
  column('classes', 'STRING', ({ insight }) =>
    'classes' in insight.estimate ? JSON.stringify(insight.estimate.classes) : null,
  ),
  column('importance', 'DOUBLE', ({ insight }) => insight.importance),
  column('lead_time_ms', 'DOUBLE', ({ insight }) => insight.leadTimeMs),
  column('rule', 'STRING', ({ insight }) => insight.rule),
  column('evidence', 'STRING', ({ insight }) => JSON.stringify(insight.evidence)),
  column('detail', 'STRING', ({ insight }) => JSON.stringify(insight.detail)),
  column('happened', 'STRING', ({ outcome }) => (outcome === null ? null : String(outcome.happened))),
  column('is_correct', 'BOOLEAN', ({ outcome }) => outcome?.isCorrect ?? null),
  column('scored_at', 'TIMESTAMP', ({ outcome }) => (outcome === null ? null : new Date(outcome.atMs))),
]

function column(name: string, type: InsightColumn['type'], of: InsightColumn['of']): InsightColumn {
  return { name, type, of }
}

/** The figure that an estimate is about: a probability, the middle of an interval, that of the likeliest class. */
function middleOf(estimate: Estimate): number | null {
  if (estimate.type === 'probability') return estimate.probability
  if (estimate.type !== 'classes') return estimate.value
  return estimate.classes.length === 0 ? null : Math.max(...estimate.classes.map((each) => each.probability))
}
