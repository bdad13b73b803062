import type { Clocks } from '../../../domain/clocks.ts'
import type { Side } from '../../../domain/match.ts'

/** One play or action, with what it did to the chance of winning. */
export interface Moment {
  /** The play's or action's id. */
  occasion: string
  /** When it ended. */
  clocks: Clocks
  /** The feed's own words. */
  text: string
  /** Change of the home side's chance to win, -1..1. */
  swing: number
  /** What it promised and did not bring, as a swing: a shot that missed. Counts for momentum only. */
  promise?: number
  /** Half of what the sport's big score, one way against the other, would have changed: 0 when all is decided, up to about 0.5. */
  leverage: number
  kind: MomentKind
  homeScore: number
  awayScore: number
  /** Another side leads than before (or one leads where it was level, or it is level now). */
  isLeadChange: boolean
  /** The last five minutes of regulation or overtime (soccer: the last ten and what is added), within `clutchLead` before it. */
  isClutch: boolean
}

export type MomentKind = 'score' | 'takeaway' | 'stop' | 'miss' | 'other'

/** A lead counts as close up to this: one score of the NFL, two possessions of the NBA, one goal. */
export const clutchLead = { nfl: 8, nba: 5, soccer: 1 }

/** Shares of plays and actions that are of each kind, in round numbers: what is rare is told first. */
const share: Readonly<Record<MomentKind, number>> = {
  score: 0.07,
  takeaway: 0.025,
  stop: 0.01,
  miss: 0.1,
  other: 0.8,
}

/** 0..1 from the logarithm of how rare a kind is. */
function rarity(kind: MomentKind): number {
  return Math.log(share[kind]) / Math.log(0.005)
}

/**
 * How much a moment belongs into a story of the game: the swing, raised where much was at stake and where its kind is rare. A lead
 * change in the clutch outranks everything else.
 */
export function momentRank(moment: Moment): number {
  const size = Math.abs(moment.swing) * (1 + 2 * moment.leverage) * (0.6 + rarity(moment.kind))
  return size + (moment.isLeadChange && moment.isClutch ? 1 : 0)
}

/** Whether it goes to air as it happens: a clutch lead change always, else a large enough rank. */
export function isKeyMoment(moment: Moment): boolean {
  return momentRank(moment) >= 0.1
}

export function leader(homeScore: number, awayScore: number): Side | null {
  return homeScore === awayScore ? null : homeScore > awayScore ? 'home' : 'away'
}
