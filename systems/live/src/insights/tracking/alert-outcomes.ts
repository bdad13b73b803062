import type { FeedEvent } from '../../domain/feed-event.ts'
import type { Rule } from '../../domain/rule.ts'
import type { AlertRow } from '../../learn/alert-floor.ts'
import type { CrossFitted } from '../../learn/model.ts'
import type { AlertWatch } from './alert-looks.ts'
import { mayBlitz } from './blitz-features.ts'
import { createBlitzRule } from './blitz-rule.ts'
import { createCoverageRule } from './coverage-rule.ts'
import { noteRushers } from './labels.ts'
import { addFrame, openPlay } from './play-state.ts'
import { createPressureRule } from './pocket-rules.ts'
import type { RecordedPlay } from './recorded-plays.ts'
import { noteArrivals } from './rusher-arrivals.ts'
import { createRusherRule } from './rusher-rule.ts'

/** An alert that a defender will rush is no warning when it comes later than this before the snap. */
const leastLeadMs = 1000

type Look = Parameters<NonNullable<AlertWatch['onLook']>>[0]

/** Every look of a rule at a play, as it runs live, by whom it was at. */
function looksAt<State>(
  { start, frames, play }: RecordedPlay,
  ruleFor: (watch: AlertWatch) => Rule<State>,
): Map<string, Look[]> {
  const looks = new Map<string, Look[]>()
  const rule = ruleFor({
    onLook(look) {
      looks.set(look.subject, [...(looks.get(look.subject) ?? []), look])
    },
  })
  const state = rule.create()
  const say = { match: null, insight: () => undefined, tag: () => undefined, outcome: () => undefined }
  for (const event of [start, ...frames, play] as FeedEvent[]) rule.onEvent(event, state, say)
  return looks
}

/** Rows of the things that a rule looked at in a play. `rightOf`: whether a call would have been right; `endMs`: when it comes true. */
function rowOf(
  { matchId }: RecordedPlay,
  looks: readonly Look[],
  isTrue: boolean,
  rightOf: (look: Look) => boolean,
  endMs: number,
): AlertRow {
  return {
    group: matchId,
    isTrue,
    looks: looks.map((look) => ({
      level: look.level,
      isRight: rightOf(look),
      leadMs: endMs - look.atMs,
    })),
  }
}

function isPass({ play }: RecordedPlay): boolean {
  return play.playType === 'pass' || play.playType === 'sack'
}

function snapMsOf({ frames }: RecordedPlay): number | undefined {
  return frames.find(({ event }) => event === 'ball_snap')?.clocks.eventTimeMs
}

/** Every defender who may blitz, on pass and sack plays; what is said within a second of the snap is no warning. */
export function blitzAlerts(plays: readonly RecordedPlay[], model: CrossFitted): AlertRow[] {
  return plays.filter(isPass).flatMap((recorded) => {
    const snapMs = snapMsOf(recorded)
    if (snapMs === undefined) return []
    const looks = looksAt(recorded, (watch) => createBlitzRule(() => model, watch))
    const rushed = rushersOf(recorded)
    return [...new Set([...looks.keys(), ...rushed])].map((id) => {
      const early = (looks.get(id) ?? []).filter(({ atMs }) => snapMs - atMs >= leastLeadMs)
      return rowOf(recorded, early, rushed.has(id), () => rushed.has(id), snapMs)
    })
  })
}

/** Charted plays: what coverage would have been called before the snap, or (`isAfter`) from a second after it. */
export function coverageAlerts(
  plays: readonly RecordedPlay[],
  models: { before: CrossFitted; after: CrossFitted },
  isAfter: boolean,
): AlertRow[] {
  return plays.flatMap((recorded) => {
    const snapMs = snapMsOf(recorded)
    const { isMan } = recorded.chart
    if (snapMs === undefined || isMan === null) return []
    const looks = [...looksAt(recorded, (watch) => createCoverageRule(() => models, watch)).values()].flat()
    const side = looks.filter(({ atMs }) => atMs > snapMs === isAfter)
    return [rowOf(recorded, side, true, ({ call }) => (call === 'man') === isMan, snapMs)]
  })
}

/** Charted plays: whether pressure would have been called, and whether the quarterback was pressured. */
export function pressureAlerts(plays: readonly RecordedPlay[], model: CrossFitted): AlertRow[] {
  return plays.flatMap((recorded) => {
    const { wasPressure } = recorded.chart
    if (wasPressure === null) return []
    const looks = [...looksAt(recorded, (watch) => createPressureRule(() => model, watch)).values()].flat()
    return [rowOf(recorded, looks, wasPressure, () => wasPressure, looks.at(-1)?.atMs ?? 0)]
  })
}

/** Every rusher of pass and sack plays: whether it would have been said that he gets there, and whether he did. */
export function rusherAlerts(plays: readonly RecordedPlay[], model: CrossFitted): AlertRow[] {
  return plays.filter(isPass).flatMap((recorded) => {
    const looks = looksAt(recorded, (watch) => createRusherRule(() => model, watch))
    const arrived = arrivalsOf(recorded)
    return [...looks].map(([id, own]) => {
      const endMs = arrived.get(id) ?? own.at(-1)!.atMs
      return rowOf(recorded, own, arrived.has(id), () => arrived.has(id), endMs)
    })
  })
}

/** Linebackers and backs who rushed, by id. */
function rushersOf({ start, frames }: RecordedPlay): Set<string> {
  const play = openPlay(start)
  const rushed = new Set<string>()
  for (const frame of frames) {
    addFrame(play, frame)
    noteRushers(play, rushed)
  }
  return new Set(play.roster.flatMap(({ id, group }) => (rushed.has(id) && mayBlitz(group) ? [id] : [])))
}

/** Who got to the passer, by id, and when (event time). */
function arrivalsOf({ start, frames }: RecordedPlay): Map<string, number> {
  const play = openPlay(start)
  const crossed = new Set<string>()
  const arrived = new Map<string, number>()
  for (const frame of frames) {
    addFrame(play, frame)
    noteArrivals(play, crossed, arrived)
  }
  return new Map([...arrived].map(([id, sinceMs]) => [id, (play.snapMs ?? 0) + sinceMs]))
}
