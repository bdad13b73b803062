import type { FeedEvent } from '../../domain/feed-event.ts'
import { bootstrapByGroup } from '../../learn/bootstrap.ts'
import { foldOfGroups } from '../../learn/groups.ts'
import type { CrossFitted } from '../../learn/model.ts'
import { mayBlitz } from './blitz-features.ts'
import { createBlitzRule } from './blitz-rule.ts'
import { noteRushers } from './labels.ts'
import { addFrame, openPlay } from './play-state.ts'
import type { RecordedPlay } from './recorded-plays.ts'
import type { Scores } from './score-tracking.ts'

/** An alert that comes later than this before the snap is no warning. */
const leastLeadMs = 1000
/** Floors that are weighed: from where a defender may be called out. */
const floors = Array.from({ length: 61 }, (_, i) => 0.35 + i / 100)

/** What the rule said of one defender of one play by a second before the snap. */
interface AlertRow {
  /** The game. */
  group: string
  rushed: boolean
  /** For each of `floors`: milliseconds before the snap at which he was first called out; null when he was not by then. */
  leadsMs: (number | null)[]
}

/**
 * The rule as it runs live over whole plays (pass and sack plays with a snap): for every defender who may blitz, with what lead each
 * floor would have called him out.
 */
export function alertRows(plays: readonly RecordedPlay[], model: CrossFitted): AlertRow[] {
  return plays.flatMap((recorded) => {
    const { matchId, start, frames, play } = recorded
    const snapMs = frames.find(({ event }) => event === 'ball_snap')?.clocks.eventTimeMs
    if ((play.playType !== 'pass' && play.playType !== 'sack') || snapMs === undefined) return []
    const means = new Map<string, { atMs: number; mean: number }[]>()
    const rule = createBlitzRule(() => model, {
      onLook(id, mean, atMs) {
        means.set(id, [...(means.get(id) ?? []), { atMs, mean }])
      },
    })
    const state = rule.create()
    for (const event of [start, ...frames] as FeedEvent[])
      rule.onEvent(event, state, {
        match: null,
        insight: () => undefined,
        tag: () => undefined,
        outcome: () => undefined,
      })
    const rushers = rushersOf(start, frames)
    const rowOf = (id: string): AlertRow => ({
      group: matchId,
      rushed: rushers.has(id),
      leadsMs: floors.map((floor) => {
        const first = (means.get(id) ?? []).find(({ mean }) => mean >= floor)
        return first === undefined || snapMs - first.atMs < leastLeadMs ? null : snapMs - first.atMs
      }),
    })
    return [...new Set([...means.keys(), ...rushers])].map(rowOf)
  })
}

/** Lower end of the one-sided 90 % Wilson interval of a share. */
function wilsonLow(hits: number, count: number): number {
  if (count === 0) return 0
  const z = 1.2816
  const p = hits / count
  return (
    (p + z ** 2 / (2 * count) - z * Math.sqrt((p * (1 - p) + z ** 2 / (4 * count)) / count)) /
    (1 + z ** 2 / count)
  )
}

/** The lowest floor (as its place in `floors`) from which on, on these rows, the lower bound of precision keeps to the goal. */
function floorFor(rows: readonly AlertRow[], precision: number): number {
  let chosen = floors.length - 1
  for (let at = floors.length - 1; at >= 0; at--) {
    const called = rows.filter(({ leadsMs }) => leadsMs[at] !== null)
    if (
      called.length > 0 &&
      wilsonLow(called.filter(({ rushed }) => rushed).length, called.length) < precision
    )
      break
    chosen = at
  }
  return chosen
}

interface ChosenFloor {
  floor: number
  scores: Scores
}

/**
 * The floor from which a defender is called out on air, and what it comes to: each fold's games by the floor that the other folds
 * chose, so that no game helped to choose its own.
 */
export function chooseAlertFloor(rows: readonly AlertRow[], folds: number, precision: number): ChosenFloor {
  const groups = rows.map(({ group }) => group)
  const foldOf = foldOfGroups(groups, folds)
  const chosen = Array.from({ length: folds }, (_, fold) =>
    floorFor(
      rows.filter(({ group }) => foldOf.get(group) !== fold),
      precision,
    ),
  )
  return {
    floor: floors[floorFor(rows, precision)]!,
    scores: scoresOf(rows, (row) => row.leadsMs[chosen[foldOf.get(row.group)!]!] ?? null),
  }
}

/** What one floor comes to on rows. */
export function alertOutcomes(rows: readonly AlertRow[], floor: number): Scores {
  const at = floors.findIndex((each) => each >= floor - 1e-9)
  return scoresOf(rows, (row) => row.leadsMs[at] ?? null)
}

function scoresOf(rows: readonly AlertRow[], leadOf: (row: AlertRow) => number | null): Scores {
  const groups = rows.map(({ group }) => group)
  const leads = rows.map(leadOf)
  const share = (
    chosen: Int32Array,
    isCounted: (row: number) => boolean,
    isHit: (row: number) => boolean,
  ) => {
    const counted = [...chosen].filter(isCounted)
    return counted.filter(isHit).length / counted.length
  }
  const rushed = (row: number) => rows[row]!.rushed
  const called = (row: number) => leads[row] !== null
  return {
    alertPrecision: bootstrapByGroup(groups, (chosen) => share(chosen, called, rushed)),
    alertRecall: bootstrapByGroup(groups, (chosen) => share(chosen, rushed, called)),
    alertLeadSeconds: bootstrapByGroup(groups, (chosen) => {
      const sorted = [...chosen].flatMap((row) => leads[row] ?? []).sort((a, b) => a - b)
      return (sorted[Math.floor(sorted.length / 2)] ?? Number.NaN) / 1000
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
