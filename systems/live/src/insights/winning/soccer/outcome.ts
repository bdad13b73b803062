import { clamp } from '@heavylift/core/math'
import type { Side } from '../../../domain/match.ts'
import { otherSide } from '../../../domain/match.ts'
import type { Predictor } from '../../../learn/model.ts'
import { matchMinute } from './game-state.ts'
import type { SoccerGameState } from './game-state.ts'
import { goalColumns, matchMinutes, writeGoalFeatures } from './goal-features.ts'

/** Chances of the three results when the match ends; they sum to 1. */
export interface ResultChances {
  home: number
  draw: number
  away: number
}

/** Leads beyond this count as this: nobody comes back from it. */
const mostLead = 8
/** Minutes of play that are left at least while a half is not over. */
const leastMinutes = 0.75

/**
 * A side that lost a player scores two thirds as often, the other five quarters as often (Vecer, Kopriva and Ichiba 2009, "Estimating the
 * Effect of the Red Card in Soccer"). Most feeds of shots tell no cards, so this is not learnt.
 */
const afterRed = { own: Math.log(2 / 3), other: Math.log(5 / 4) }

/** Minutes of play left in the half. Added time is the usual one until it is announced; a usual first half's counts as its last minute. */
function minutesLeftInHalf(state: SoccerGameState): number {
  const nominal = [45, 90, 105, 120][state.period - 1] ?? 120
  const added = state.addedMinutes ?? (state.period === 2 ? matchMinutes - 90 : 0)
  return Math.max(leastMinutes, nominal + added - matchMinute(state))
}

/** Minutes of play from now to the end of the match (of extra time where it is played): when each begins, and how much of it is played. */
function minutesToCome(state: SoccerGameState): { at: number; share: number }[] {
  const left = minutesLeftInHalf(state)
  const first = left - Math.floor(left) || 1
  const now = matchMinute(state)
  const toCome = [{ at: now, share: first }]
  for (let passed = first; passed < left - 1e-9; passed++) toCome.push({ at: now + passed, share: 1 })
  const [from, to] = state.period === 1 ? [45, matchMinutes] : state.period === 3 ? [105, 120] : [0, 0]
  for (let at = from; at < to; at++) toCome.push({ at, share: 1 })
  return toCome
}

/**
 * Chances of each result: minute for minute each side scores or not, by its chances and strength so far, the lead and the time (a Markov chain
 * over the lead; two goals in one minute are left out). A shoot-out is not foretold: a match that is level after extra time is a draw.
 */
export function resultChances(state: SoccerGameState, predictor: Predictor): ResultChances {
  const { score, sentOff } = state
  const lead = clamp(score.home - score.away, -mostLead, mostLead)
  if (state.period >= 5) return decided(lead)
  const minute = matchMinute(state)
  const strength = { xg: state.xg, minutes: minute, homeEdge: state.homeEdge }
  const redShift = (side: Side): number =>
    afterRed.own * sentOff[side] + afterRed.other * sentOff[otherSide(side)]
  const shift = { home: redShift('home'), away: redShift('away') }
  const row = new Float64Array(goalColumns.length)
  const out = new Float64Array(1)
  const chanceOf = (side: Side, at: number, ahead: number): number => {
    writeGoalFeatures(side, at, side === 'home' ? ahead : -ahead, strength, row, 0)
    predictor.predict(row, 0, out)
    return Math.min(0.5, out[0]! * Math.exp(shift[side]))
  }
  const size = 2 * mostLead + 1
  let now = new Float64Array(size)
  now[lead + mostLead] = 1
  for (const { at, share } of minutesToCome(state)) {
    const next = new Float64Array(size)
    // Leads of two and more are alike, so five of them are asked for.
    const chances = [-2, -1, 0, 1, 2].map((ahead) => ({
      home: share * chanceOf('home', at, ahead),
      away: share * chanceOf('away', at, ahead),
    }))
    for (let index = 0; index < size; index++) {
      const p = now[index]!
      if (p === 0) continue
      const { home, away } = chances[clamp(index - mostLead, -2, 2) + 2]!
      next[Math.min(size - 1, index + 1)]! += p * home * (1 - away)
      next[Math.max(0, index - 1)]! += p * away * (1 - home)
      next[index]! += p * (1 - home * (1 - away) - away * (1 - home))
    }
    now = next
  }
  const sum = (from: number, to: number): number => now.slice(from, to).reduce((total, p) => total + p, 0)
  return { home: sum(mostLead + 1, size), draw: now[mostLead]!, away: sum(0, mostLead) }
}

const decided = (lead: number): ResultChances => ({
  home: lead > 0 ? 1 : 0,
  draw: lead === 0 ? 1 : 0,
  away: lead < 0 ? 1 : 0,
})
