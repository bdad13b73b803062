import { wilsonInterval } from '@heavylift/core/math'
import { bootstrapByGroup } from './bootstrap.ts'
import type { BootstrapInterval } from './bootstrap.ts'
import { foldOfGroups } from './groups.ts'
import { worstSource } from './worst-source.ts'

/**
 * From which level on a word goes on air as an alert, by the games that it was not learned from. Null: no level keeps the promise, so
 * that nothing is called out.
 */
export interface AlertFloors {
  /** For games that no part was trained on. */
  all: number | null
  /** For the games that each fold's model did not see: learned from the others'. */
  folds: (number | null)[]
}

/** One thing that can be called out, e.g. a defender of a play, with each look at it in order. */
export interface AlertRow {
  /** The game. */
  group: string
  /** Whether it should have been called out, for recall. */
  isTrue: boolean
  /** How sure the rule was, whether what it would have said was right, and how long before the thing itself. */
  looks: readonly { level: number; isRight: boolean; leadMs: number }[]
}

/** What is promised of every kind: the lower end of the 95 % interval of the share of alerts that are right, as `alertScores` prints it. */
export const alertPrecisionBound = 0.8

/** Floors that are weighed. */
const floors = Array.from({ length: 65 }, (_, i) => (35 + i) / 100)

/** What a floor calls out of a row: its first look that reaches it. */
function callOf(row: AlertRow, floor: number | null): AlertRow['looks'][number] | null {
  if (floor === null) return null
  return row.looks.find(({ level }) => level >= floor - 1e-9) ?? null
}

/**
 * Share of a floor's alerts that are right, with its 95 % interval: the bootstrap over games, which draws alerts of one game together, held
 * within Wilson's, since a few alerts that are all right leave a bootstrap nothing to draw. NaN where nothing is called out.
 */
function precisionOf(
  rows: readonly AlertRow[],
  floorOf: (group: string) => number | null,
): BootstrapInterval {
  const calls = rows.flatMap((row) => {
    const call = callOf(row, floorOf(row.group))
    return call === null ? [] : [{ group: row.group, isRight: call.isRight }]
  })
  if (calls.length === 0) return { value: Number.NaN, low: Number.NaN, high: Number.NaN }
  const right = calls.filter(({ isRight }) => isRight).length
  const drawn = bootstrapByGroup(
    calls.map(({ group }) => group),
    (chosen) => chosen.reduce((sum, call) => sum + (calls[call]!.isRight ? 1 : 0), 0) / chosen.length,
  )
  const counted = wilsonInterval(right, calls.length)
  return {
    value: drawn.value,
    low: Math.min(drawn.low, counted.low),
    high: Math.max(drawn.high, counted.high),
  }
}

/** The lowest floor whose alerts, on these rows, keep the promise. */
export function floorFor(rows: readonly AlertRow[]): number | null {
  return (
    floors.find((floor) => {
      const calls = rows.flatMap((row) => callOf(row, floor) ?? [])
      const right = calls.filter(({ isRight }) => isRight).length
      // Wilson's end is cheap, and the bootstrap can only lower it.
      return (
        wilsonInterval(right, calls.length).low >= alertPrecisionBound &&
        precisionOf(rows, () => floor).low >= alertPrecisionBound
      )
    }) ?? null
  )
}

/** How often the alerts of a floor were right on games that it was not learned from. */
export interface JudgedFloors {
  floors: AlertFloors
  alerts: number
  right: number
}

/**
 * Floors of a cross-fitted model: each fold's games by what the others' outcomes say, all others by all. They stand only if the games
 * that they were not learned from show the promise to be kept, by the same interval; else there is none.
 */
export function learnFloors(rows: readonly AlertRow[], folds: number): JudgedFloors {
  const foldOf = foldOfGroups(
    rows.map(({ group }) => group),
    folds,
  )
  const learned = Array.from({ length: folds }, (_, fold) =>
    floorFor(rows.filter(({ group }) => foldOf.get(group) !== fold)),
  )
  const floorOf = (group: string) => learned[foldOf.get(group)!]!
  const calls = rows.flatMap((row) => callOf(row, floorOf(row.group)) ?? [])
  const right = calls.filter(({ isRight }) => isRight).length
  const stands = precisionOf(rows, floorOf).low >= alertPrecisionBound
  return {
    floors: stands ? { all: floorFor(rows), folds: learned } : { all: null, folds: learned.map(() => null) },
    alerts: calls.length,
    right,
  }
}

/**
 * What the alerts of these rows come to: `Precision` of those called out, `Recall` of those who should have been, the middle
 * `LeadSeconds`, each by name after `prefix` and with its 95 % bootstrap over games; NaN where nothing is called out.
 */
export function alertScores(
  prefix: string,
  rows: readonly AlertRow[],
  floorOf: (group: string) => number | null,
): Record<string, BootstrapInterval> {
  const calls = rows.map((row) => callOf(row, floorOf(row.group)))
  const score = (metric: (rows: number[]) => number) =>
    bootstrapByGroup(
      rows.map(({ group }) => group),
      (chosen) => metric(Array.from(chosen)),
    )
  const share = (of: boolean[]) => of.filter(Boolean).length / of.length
  return {
    [`${prefix}Precision`]: precisionOf(rows, floorOf),
    [`${prefix}Recall`]: score((chosen) =>
      share(chosen.filter((row) => rows[row]!.isTrue).map((row) => calls[row]?.isRight === true)),
    ),
    [`${prefix}LeadSeconds`]: score((chosen) => {
      const leads = chosen.flatMap((row) => calls[row]?.leadMs ?? []).toSorted((a, b) => a - b)
      return (leads[Math.floor(leads.length / 2)] ?? Number.NaN) / 1000
    }),
  }
}

/** Precision of the source (season) whose alerts are least often right, of those with alerts in ten games or more. */
export function worstAlerts(
  rows: readonly AlertRow[],
  floorOf: (group: string) => number | null,
  sourceOf: (group: string) => string,
): { source: string; value: number } | null {
  const called = rows.flatMap((row) => {
    const call = callOf(row, floorOf(row.group))
    return call === null ? [] : [{ group: row.group, isRight: call.isRight }]
  })
  const worst = worstSource(
    called.map(({ group }) => sourceOf(group)),
    called.map(({ group }) => group),
    (chosen) => Array.from(chosen).filter((row) => !called[row]!.isRight).length / chosen.length,
  )
  return worst && { source: worst.source, value: 1 - worst.value }
}
