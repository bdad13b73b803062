import { clamp } from '@heavylift/core/math'
import type { Side } from '../../../domain/match.ts'
import type { NflGameState } from './game-state.ts'
import { otherSide } from '../../../domain/match.ts'

/** One way for a side to win or to force overtime, and how likely it is. */
export interface WinningPath {
  touchdowns: number
  fieldGoals: number
  /** Drives of the other side that end without points. */
  stops: number
  probability: number
}

export interface PathsToWin {
  side: Side
  /** Fewest scores that make up the deficit (8 points a score at most), at least one when level or behind. */
  scoresNeeded: number
  /** Fewest stops: the other side must not have the ball last, nor score. */
  stopsNeeded: number
  /** Drives that are still to come, the present one included. */
  drives: number
  /** The likeliest ways, most likely first. */
  paths: WinningPath[]
}

/**
 * Shares of possessions that ended in a touchdown and in a field goal, by tens of yards to the goal at a first down (1–10, 11–20, …), in the
 * last five minutes where there were enough and scaled to them elsewhere. Counted over the NFL's seasons 2009 to 2013 (73,000 first downs).
 */
const touchdownShare = [0.6, 0.43, 0.31, 0.25, 0.2, 0.16, 0.14, 0.12, 0.1, 0.08]
const fieldGoalShare = [0.16, 0.18, 0.19, 0.15, 0.1, 0.085, 0.07, 0.06, 0.04, 0.03]
/** What is left of a touchdown's share on second, third and fourth down (counted likewise). */
const touchdownByDown = [1, 0.88, 0.63, 0.11]
/** A drive of the seasons counted has six plays; kicks between drives count as none. */
const playsPerDrive = 6
const startAfterKick = 75

/**
 * Ways to win for a side, over all sequences of what the next drives come to (touchdown with its point, field goal, nothing),
 * sides in turn. A level score at the end counts half, as overtime. Drives are taken as independent and the clock as `plays` left, so
 * this explains a win probability and does not replace it.
 */
export function pathsToWin(state: NflGameState, side: Side, plays: number): PathsToWin {
  const lead = (state.homeScore - state.awayScore) * (side === 'home' ? 1 : -1)
  const drives = clamp(Math.round(plays / playsPerDrive), 1, 6)
  const found = new Map<string, WinningPath>()
  walk(
    {
      state,
      side,
      lead,
      drives,
      drive: 0,
      ball: state.ball,
      touchdowns: 0,
      fieldGoals: 0,
      stops: 0,
      probability: 1,
    },
    found,
  )
  const scoresNeeded = lead > 0 ? 0 : Math.max(1, Math.ceil(-lead / 8))
  const hasBall = state.ball === side
  return {
    side,
    scoresNeeded,
    stopsNeeded: lead > 0 ? (hasBall ? 0 : 1) : hasBall ? scoresNeeded - 1 : scoresNeeded,
    drives,
    paths: [...found.values()].toSorted((a, b) => b.probability - a.probability).slice(0, 3),
  }
}

interface Step extends WinningPath {
  state: NflGameState
  side: Side
  lead: number
  drives: number
  drive: number
  ball: Side
}

function walk(step: Step, found: Map<string, WinningPath>): void {
  if (step.drive === step.drives) {
    if (step.lead < 0) return
    const { touchdowns, fieldGoals, stops } = step
    const key = `${touchdowns}/${fieldGoals}/${stops}`
    const path = found.get(key) ?? { touchdowns, fieldGoals, stops, probability: 0 }
    path.probability += step.probability * (step.lead === 0 ? 0.5 : 1)
    found.set(key, path)
    return
  }
  const [touchdown, fieldGoal] = drawOf(step)
  const isOwn = step.ball === step.side
  const sign = isOwn ? 1 : -1
  const next = { ...step, drive: step.drive + 1, ball: otherSide(step.ball) }
  const { probability } = step
  walk(
    {
      ...next,
      lead: step.lead + 7 * sign,
      touchdowns: step.touchdowns + (isOwn ? 1 : 0),
      probability: probability * touchdown,
    },
    found,
  )
  walk(
    {
      ...next,
      lead: step.lead + 3 * sign,
      fieldGoals: step.fieldGoals + (isOwn ? 1 : 0),
      probability: probability * fieldGoal,
    },
    found,
  )
  walk(
    { ...next, stops: step.stops + (isOwn ? 0 : 1), probability: probability * (1 - touchdown - fieldGoal) },
    found,
  )
}

/** Chance of a touchdown and of a field goal on a drive: the present one from where the ball is, later ones from a kickoff. */
function drawOf({ state, drive }: Step): [number, number] {
  const isPresent = drive === 0 && state.stage === 'scrimmage'
  const yards = isPresent ? (state.yardsToGoal ?? startAfterKick) : startAfterKick
  const tens = Math.min(9, Math.floor((yards - 1) / 10))
  const byDown = isPresent ? (touchdownByDown[(state.down ?? 1) - 1] ?? 1) : 1
  return [touchdownShare[tens]! * byDown, fieldGoalShare[tens]!]
}

/** A path in words, e.g. `a touchdown and a field goal with 2 stops`. */
export function pathInWords({ touchdowns, fieldGoals, stops }: WinningPath): string {
  const scores = [count(touchdowns, 'touchdown'), count(fieldGoals, 'field goal')].filter(
    (part) => part !== null,
  )
  const made = scores.length === 0 ? 'no more points' : scores.join(' and ')
  return stops === 0 ? made : `${made} with ${stops === 1 ? 'a stop' : `${stops} stops`}`
}

function count(number: number, word: string): string | null {
  return number === 0 ? null : number === 1 ? `a ${word}` : `${number} ${word}s`
}
