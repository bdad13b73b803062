import type { FeedEvent } from '../../domain/feed-event.ts'
import { bootstrapByGroup } from '../../learn/bootstrap.ts'
import type { CrossFitted } from '../../learn/model.ts'
import { mayBlitz } from './blitz-features.ts'
import { createBlitzRule } from './blitz-rule.ts'
import { noteRushers } from './labels.ts'
import { addFrame, openPlay } from './play-state.ts'
import type { RecordedPlay } from './recorded-plays.ts'
import type { Scores } from './score-tracking.ts'

/** An alert that comes later than this before the snap is no warning. */
const leastLeadMs = 1000

/**
 * The rule as it runs live over whole plays (pass and sack plays with a snap): of those called out at least a second before the
 * snap the share who rush, the share of rushers called out so, and the median lead in seconds.
 */
export function alertOutcomes(plays: readonly RecordedPlay[], model: CrossFitted): Scores {
  const rule = createBlitzRule(() => model)
  const groups: string[] = []
  const tallies: { alerted: number; right: number; rushers: number; leadsMs: number[] }[] = []
  for (const { matchId, start, frames, play } of plays) {
    if (play.playType !== 'pass' && play.playType !== 'sack') continue
    const state = rule.create()
    const leads = new Map<string, number>()
    for (const event of [start, ...frames] as FeedEvent[])
      rule.onEvent(event, state, {
        match: null,
        insight: ({ subject, leadTimeMs }) => {
          if (leadTimeMs !== null && leadTimeMs >= leastLeadMs) leads.set(subject, leadTimeMs)
        },
        tag: () => undefined,
        outcome: () => undefined,
      })
    const rushers = rushersOf(start, frames)
    groups.push(matchId)
    tallies.push({
      alerted: leads.size,
      right: [...leads.keys()].filter((id) => rushers.has(id)).length,
      rushers: rushers.size,
      leadsMs: [...leads.values()],
    })
  }
  const sum = (rows: Int32Array, of: 'alerted' | 'right' | 'rushers'): number =>
    rows.reduce((total, row) => total + (tallies[row]?.[of] ?? 0), 0)
  return {
    alertPrecision: bootstrapByGroup(groups, (rows) => sum(rows, 'right') / sum(rows, 'alerted')),
    alertRecall: bootstrapByGroup(groups, (rows) => sum(rows, 'right') / sum(rows, 'rushers')),
    alertLeadSeconds: bootstrapByGroup(groups, (rows) => {
      const leads = [...rows].flatMap((row) => tallies[row]?.leadsMs ?? []).sort((a, b) => a - b)
      return (leads[Math.floor(leads.length / 2)] ?? Number.NaN) / 1000
    }),
  }
}

/** Linebackers and backs who rushed, by id. */
function rushersOf(start: RecordedPlay['start'], frames: RecordedPlay['frames']): Set<string> {
  const play = openPlay(start)
  const rushed = new Set<string>()
  for (const frame of frames) {
    addFrame(play, frame)
    noteRushers(play, rushed)
  }
  return new Set(play.roster.flatMap(({ id, group }) => (rushed.has(id) && mayBlitz(group) ? [id] : [])))
}
