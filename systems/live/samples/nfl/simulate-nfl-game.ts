import { createRandom } from '@heavylift/core'
import type { Random } from '@heavylift/core'
import type { Clocks, GameClock } from '../../src/domain/clocks.ts'
import type { FeedEvent, NflPlay, NflPlayType, NflSituation } from '../../src/domain/feed-event.ts'
import type { Match, Side, Team } from '../../src/domain/match.ts'
import { otherSide } from '../../src/domain/match.ts'
import { noResults } from '../../src/domain/nfl-results.ts'
import { pickClubs } from '../clubs.ts'
import type { SimulatedFeed } from '../simulated-feed.ts'
import { animateKick } from './animate-kick.ts'
import { animateScrimmage } from './animate-scrimmage.ts'
import type { AnimatedPlay } from './animate-scrimmage.ts'
import { applyKick } from './apply-kick.ts'
import { applyScrimmage } from './apply-scrimmage.ts'
import type { Consequence } from './apply-scrimmage.ts'
import { callPlay, secondsBetweenPlays, tempoOf } from './call-play.ts'
import { describeKick, describeScrimmage, playersOfKick, playersOfScrimmage } from './describe-play.ts'
import {
  createGameState,
  directionOf,
  gameClock,
  kickOffTo,
  lead,
  scrimmageX,
  situationOf,
  useClock,
} from './game-state.ts'
import type { GameState } from './game-state.ts'
import { toNflFrame } from './nfl-frames.ts'
import { inventNflTeam } from './nfl-roster.ts'
import type { NflTeamSheet } from './nfl-roster.ts'
import { truthOf } from './nfl-truth.ts'
import type { NflTruth } from './nfl-truth.ts'
import { planKickoff, planPlaceKick, planPunt } from './plan-kick.ts'
import { planScrimmage } from './plan-scrimmage.ts'
import type { KickPlan, PlayPlan, ScrimmagePlan } from './play-plan.ts'

export interface NflGameOptions {
  seed: number
  /** Wall clock of the kickoff, milliseconds since the epoch. */
  startMs: number
  matchId?: string
  home?: Team
  away?: Team
  /** From the end of a play to the next snap; default as on television (10–40 s, longer at breaks). */
  timeBetweenPlaysMs?: number
  /** Without tracking only the play-by-play comes, with the same plays and results. Default true. */
  withTracking?: boolean
}

/** A whole game of American football: tracking at 10 Hz from the huddle to the whistle, and a play-by-play. */
export function simulateNflGame(options: NflGameOptions): SimulatedFeed<NflTruth> {
  const random = createRandom(`nfl-teams/${options.seed}`)
  const [someHome, someAway] = pickClubs('nfl', random)
  const teams = {
    home: inventNflTeam(random, 'home', options.home ?? someHome),
    away: inventNflTeam(random, 'away', options.away ?? someAway),
  }
  const strength = (team: NflTeamSheet) => team.offence + team.defence
  const match: Match = {
    id: options.matchId ?? `sim-nfl-${options.seed}`,
    sport: 'nfl',
    title: `${teams.away.team.name} at ${teams.home.team.name}`,
    home: teams.home.team,
    away: teams.away.team,
    homeSpread: Math.round(2 * (4 * (strength(teams.home) - strength(teams.away)))) / 2,
    race: null,
  }
  const truth: NflTruth = { plays: new Map(), winner: null, isOver: false }
  return { match, truth, [Symbol.iterator]: () => new NflGameRun(options, teams, match, truth).play() }
}

/** One run through a game. Every play has random numbers of its own for movement, so that results do not hang on it. */
class NflGameRun {
  readonly #options: NflGameOptions
  readonly #teams: Record<Side, NflTeamSheet>
  readonly #match: Match
  readonly #truth: NflTruth
  readonly #random: Random
  readonly #state: GameState
  readonly #secondHalfReceiver: Side
  #events = 0
  /** Added to the pause before the next play: breaks after scores and at the ends of quarters. */
  #breakMs = 0
  /** Of the running clock, before the next snap. */
  #pauseMs = 0

  constructor(options: NflGameOptions, teams: Record<Side, NflTeamSheet>, match: Match, truth: NflTruth) {
    this.#options = options
    this.#teams = teams
    this.#match = match
    this.#truth = truth
    this.#random = createRandom(`nfl-game/${options.seed}`)
    const receiver = this.#random.chance(0.5) ? 'home' : 'away'
    this.#secondHalfReceiver = otherSide(receiver)
    this.#state = createGameState(options.startMs, receiver)
    kickOffTo(this.#state, receiver)
  }

  *play(): Generator<FeedEvent> {
    const state = this.#state
    yield this.#event({ kind: 'match', match: this.#match }, state.wallMs, gameClock(state))
    while (!state.isOver) {
      if (state.next === 'kickoff') yield* this.#kickoff()
      else if (state.next === 'try') yield* this.#try()
      else yield* this.#scrimmage()
      this.#endOvertime()
      if (state.secondsLeft === 0 && state.next !== 'try' && !state.isOver) yield* this.#endPeriod()
    }
    const { home, away } = state.score
    this.#truth.isOver = true
    this.#truth.winner = home > away ? 'home' : away > home ? 'away' : null
    const end = { kind: 'match-end' as const, homeScore: home, awayScore: away, order: null }
    yield this.#event(end, state.wallMs, gameClock(state))
  }

  *#kickoff(): Generator<FeedEvent> {
    const state = this.#state
    const receives = this.#teams[state.possession]
    const kicks = this.#teams[otherSide(state.possession)]
    const isOnside = state.period === 4 && state.secondsLeft < 150 && lead(state) > 0 && lead(state) <= 16
    const input = { random: this.#random, kicks, receives, yardsToGoal: state.kickoffYardsToGoal }
    const plan = planKickoff(input, isOnside && state.kickoffYardsToGoal === 65)
    yield* this.#kick(plan, 'kickoff', plan.result === 'touchback' ? 0 : this.#random.int(4, 7))
  }

  *#try(): Generator<FeedEvent> {
    const state = this.#state
    const side = state.possession
    const ahead = lead(state)
    const isLate = state.period >= 4
    // Two points where one does not help: behind by 2, 5 or 10, ahead by 1 or 5 late in the game.
    const wantsTwo = isLate && [-2, -5, -10, 1, 5].includes(ahead)
    if (!wantsTwo) {
      const input = {
        random: this.#random,
        kicks: this.#teams[side],
        receives: this.#teams[otherSide(side)],
        yardsToGoal: 15,
      }
      yield* this.#kick(planPlaceKick(input, 'extra_point'), 'extra_point', 0)
      return
    }
    state.yardsToGoal = 2
    const plan = this.#plan(this.#random.chance(0.6) ? 'pass' : 'run', { down: 3, yardsToGo: 2 })
    Object.assign(plan, { takeaway: null, endsOutOfBounds: false, playType: 'two_point' })
    if (plan.kind === 'interception') plan.kind = 'incomplete'
    const situation = yield* this.#open(plan, 0)
    if (plan.touchdown) state.score[side] += 2
    kickOffTo(state, otherSide(side))
    this.#breakMs = 45_000
    const results = { ...noResults, twoPoint: plan.touchdown ? ('good' as const) : ('failed' as const) }
    yield this.#playEvent(
      situation,
      'two_point',
      plan.gain,
      results,
      playersOfScrimmage(plan, true),
      `Two-point try: ${describeScrimmage(plan)}`,
    )
  }

  *#scrimmage(): Generator<FeedEvent> {
    const state = this.#state
    yield* this.#callTimeout()
    if (!this.#runToSnap()) return
    const call = callPlay(this.#random, state)
    const attack = this.#teams[state.possession]
    const defend = this.#teams[otherSide(state.possession)]
    if (call === 'punt' || call === 'field_goal') {
      const input = { random: this.#random, kicks: attack, receives: defend, yardsToGoal: state.yardsToGoal }
      const plan = call === 'punt' ? planPunt(input) : planPlaceKick(input, 'field_goal')
      yield* this.#kick(plan, call, call === 'punt' ? this.#random.int(7, 12) : 5)
      return
    }
    const plan = this.#plan(call, state)
    const isPass = plan.playType === 'pass' || plan.playType === 'sack'
    const seconds =
      plan.kind === 'false-start' ? 0 : plan.kind === 'kneel' ? 2 : this.#random.int(4, isPass ? 7 : 6)
    const offence = state.possession
    const situation = yield* this.#open(plan, plan.kind === 'spike' ? 1 : seconds)
    const stopsOut =
      (state.period === 2 && state.secondsLeft < 120) || (state.period >= 4 && state.secondsLeft < 300)
    const result = applyScrimmage(state, plan, stopsOut)
    if (state.possession !== offence || result.touchdown || result.safety) this.#breakMs = 40_000
    const results = resultsOf(plan, result)
    yield this.#playEvent(
      situation,
      plan.playType,
      result.yardsGained,
      results,
      playersOfScrimmage(plan, isPass),
      describeScrimmage(plan),
    )
  }

  *#kick(plan: KickPlan, playType: NflPlayType, seconds: number): Generator<FeedEvent> {
    const state = this.#state
    const situation = yield* this.#open(plan, seconds)
    applyKick(state, plan)
    this.#breakMs = plan.kind === 'extra_point' || plan.kind === 'field_goal' ? 45_000 : 15_000
    const isGood = plan.result === 'good'
    const results = { ...noResults, touchdown: plan.result === 'return-touchdown' }
    if (plan.kind === 'field_goal') results.fieldGoal = isGood ? 'made' : 'missed'
    if (plan.kind === 'extra_point') results.extraPoint = isGood ? 'good' : 'failed'
    yield this.#playEvent(situation, playType, 0, results, playersOfKick(plan), describeKick(plan))
  }

  #plan(call: 'run' | 'pass' | 'kneel' | 'spike', at: { down: number; yardsToGo: number }): ScrimmagePlan {
    const state = this.#state
    return planScrimmage({
      random: this.#random,
      attack: this.#teams[state.possession],
      defend: this.#teams[otherSide(state.possession)],
      down: at.down,
      yardsToGo: at.yardsToGo,
      yardsToGoal: state.yardsToGoal,
      call,
      isHurried: tempoOf(state) === 'hurry',
      withPenalties: state.next === 'scrimmage',
    })
  }

  /** Stops the clock by a timeout of the side that needs time, late in a half. */
  *#callTimeout(): Generator<FeedEvent> {
    const state = this.#state
    if (!state.clockRuns || (state.period !== 2 && state.period < 4)) return
    const ahead = lead(state)
    const defends = otherSide(state.possession)
    let side: Side | null = null
    if (state.period >= 4 && ahead > 0 && state.secondsLeft <= 150 && state.timeouts[defends] > 0)
      side = defends
    else if (tempoOf(state) === 'hurry' && state.secondsLeft <= 60 && state.timeouts[state.possession] > 0) {
      if (this.#random.chance(0.7)) side = state.possession
    }
    if (!side) return
    useClock(state, 3)
    if (state.secondsLeft === 0) return
    state.timeouts[side]--
    state.clockRuns = false
    state.playNumber++
    state.wallMs += 3000
    this.#breakMs = 30_000
    const text = `Timeout by ${this.#teams[side].team.name}.`
    yield this.#playEvent(situationOf(state), 'timeout', null, noResults, [], text)
  }

  /** Lets the clock run to the next snap; false when the period ends before it. */
  #runToSnap(): boolean {
    const state = this.#state
    if (state.secondsLeft === 0) return false
    if (!state.clockRuns) return true
    const seconds = secondsBetweenPlays(this.#random, tempoOf(state))
    const hasWarning = (state.period === 2 || state.period === 4) && state.secondsLeft > 120
    if (hasWarning && state.secondsLeft - seconds < 120) {
      this.#pauseMs = (state.secondsLeft - 120) * 1000
      state.secondsLeft = 120
      state.clockRuns = false
      this.#breakMs = 60_000
      return true
    }
    this.#pauseMs = Math.min(seconds, state.secondsLeft) * 1000
    useClock(state, seconds)
    if (state.secondsLeft > 0) return true
    state.wallMs += this.#options.timeBetweenPlaysMs ?? this.#pauseMs
    return false
  }

  /** Plays the tracking of a play and lets `seconds` of game clock run. */
  *#open(plan: PlayPlan, seconds: number): Generator<FeedEvent, NflSituation> {
    const state = this.#state
    state.playNumber++
    const situation = situationOf(state)
    const wasRunning = state.clockRuns
    const animated = this.#animate(plan)
    if (plan.type === 'scrimmage') this.#truth.plays.set(situation.playId, truthOf(plan, animated))
    const usual = wasRunning ? this.#pauseMs : this.#random.int(22, 34) * 1000
    const pauseMs = (this.#options.timeBetweenPlaysMs ?? usual + this.#breakMs) | 0
    this.#pauseMs = 0
    this.#breakMs = 0
    const snapClock = state.secondsLeft
    useClock(state, seconds)
    if (!animated) {
      const start = {
        kind: 'nfl-play-start' as const,
        situation,
        direction: directionOf(state),
        lineOfScrimmageX: scrimmageX(state),
      }
      state.wallMs += pauseMs
      yield this.#event(start, state.wallMs, { period: state.period, secondsLeft: snapClock })
      state.wallMs += Math.max(3, seconds) * 1000
      return situation
    }
    const { frames, snapFrame } = animated
    const startMs = state.wallMs + Math.max(500, pauseMs - snapFrame * 100)
    const direction = directionOf(state)
    const isReversed = plan.type === 'kick' && (plan.kind === 'kickoff' || plan.kind === 'onside')
    const originX = scrimmageX(state)
    const isRight = (direction === 'right') !== isReversed
    // Before the snap the clock still runs down to where it is at the snap.
    const clockAt = (index: number): GameClock => {
      const toSnap = Math.ceil((snapFrame - index) / 10)
      if (toSnap > 0)
        return { period: state.period, secondsLeft: snapClock + (wasRunning ? Math.min(toSnap, 10) : 0) }
      return {
        period: state.period,
        secondsLeft: Math.max(state.secondsLeft, snapClock - Math.floor((index - snapFrame) / 10)),
      }
    }
    yield this.#event(
      { kind: 'nfl-play-start', situation, direction, lineOfScrimmageX: originX },
      startMs,
      clockAt(0),
    )
    for (const [index, frame] of frames.entries()) {
      const place = { playId: situation.playId, index, originX, isRight }
      yield this.#event(toNflFrame(animated, frame, place), startMs + index * 100, clockAt(index))
    }
    state.wallMs = startMs + frames.length * 100
    return situation
  }

  #animate(plan: PlayPlan): AnimatedPlay | null {
    if (this.#options.withTracking === false) return null
    const state = this.#state
    const random = createRandom(`nfl-play/${this.#options.seed}/${state.playNumber}`)
    if (plan.type === 'kick')
      return animateKick(random, plan, 160 / 6 + (plan.kind === 'punt' ? random.normal() : 0))
    const isHurried = tempoOf(state) === 'hurry' || (this.#options.timeBetweenPlaysMs ?? 9999) < 6000
    const ballV = 160 / 6 + (random.int(0, 2) - 1) * 3.08 * random.next()
    const holdSeconds =
      plan.kind === 'spike' ? 0.8 : isHurried ? 1.5 + 1.5 * random.next() : 2.6 + 3 * random.next()
    return animateScrimmage(
      random,
      plan,
      { yardsToGoal: state.yardsToGoal, ballV },
      { holdSeconds, withHuddle: !isHurried },
    )
  }

  #endOvertime(): void {
    const state = this.#state
    if (state.period < 5 || state.score.home === state.score.away) return
    const ahead = state.score.home > state.score.away ? 'home' : 'away'
    const had = state.overtimePossessions
    // The other side still gets the ball after a first possession that scored; a try that can still tie is played.
    if (state.next === 'try' && state.possession !== ahead) return
    if (had.has(otherSide(ahead)) || had.size === 2) state.isOver = true
  }

  *#endPeriod(): Generator<FeedEvent> {
    const state = this.#state
    state.playNumber++
    yield this.#playEvent(
      situationOf(state),
      'period_end',
      null,
      noResults,
      [],
      `End of period ${state.period}.`,
    )
    state.clockRuns = false
    if (state.period >= 5 || (state.period === 4 && state.score.home !== state.score.away)) {
      state.isOver = true
      return
    }
    state.period++
    state.secondsLeft = state.period === 5 ? 600 : 900
    this.#breakMs = state.period === 3 ? 780_000 : 90_000
    if (state.period === 3) {
      state.timeouts = { home: 3, away: 3 }
      kickOffTo(state, this.#secondHalfReceiver)
    } else if (state.period === 5) {
      state.timeouts = { home: 2, away: 2 }
      kickOffTo(state, this.#random.chance(0.5) ? 'home' : 'away')
    }
  }

  #playEvent(
    situation: NflSituation,
    playType: NflPlayType,
    yardsGained: number | null,
    results: NflPlay['results'],
    players: NflPlay['players'],
    description: string,
  ): FeedEvent {
    const { score } = this.#state
    const event: NflPlay = {
      kind: 'nfl-play',
      situation,
      playType,
      yardsGained,
      homeScoreAfter: score.home,
      awayScoreAfter: score.away,
      results,
      players,
      description,
    }
    return this.#event(event, this.#state.wallMs, gameClock(this.#state))
  }

  #event<Body>(
    body: Body,
    eventTimeMs: number,
    game: GameClock,
  ): Body & { matchId: string; clocks: Clocks; sourceRef: string } {
    const clocks: Clocks = { eventTimeMs, eventTimeFrom: 'wall', game, smpte: null }
    return { ...body, matchId: this.#match.id, clocks, sourceRef: `sim#${++this.#events}` }
  }
}

function resultsOf(plan: ScrimmagePlan, result: Consequence): NflPlay['results'] {
  return {
    ...noResults,
    touchdown: result.touchdown,
    interception: plan.kind === 'interception' && !plan.penalty,
    fumbleLost: plan.takeaway !== null && plan.kind !== 'interception',
    sack: plan.kind === 'sack',
    safety: result.safety,
    penalty: plan.penalty !== null,
    firstDown: result.firstDown,
    turnoverOnDowns: result.turnoverOnDowns,
  }
}
