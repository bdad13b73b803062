import { createRandom } from '@heavylift/core'
import type { Random } from '@heavylift/core'
import { clamp, roundTo } from '@heavylift/core/math'
import type { FeedEvent, NbaAction } from '../../src/domain/feed-event.ts'
import type { Match, Side } from '../../src/domain/match.ts'
import type { NbaPlayer, NbaTeamSheet } from './nba-roster.ts'
import { court, drawShot } from './nba-shot.ts'
import { otherSide } from '../../src/domain/match.ts'
import { attacksRight, leadOf, paceOf } from './nba-state.ts'
import type { NbaState, Pace } from './nba-state.ts'
import type { NbaGameOptions, NbaTruth } from './nba-options.ts'
import { substitutions } from './substitutions.ts'

type Extra = Partial<Pick<NbaAction, 'isMade' | 'points' | 'otherPlayers' | 'possession' | 'x' | 'y'>>

/** One run through a game, possession by possession. */
export class NbaGameRun {
  readonly #teams: Record<Side, NbaTeamSheet>
  readonly #match: Match
  readonly #truth: NbaTruth
  readonly #random: Random
  readonly #state: NbaState
  readonly #stoppageScale: number
  #actions = 0
  #sourceRefs = 0
  #queue: FeedEvent[] = []

  constructor(options: NbaGameOptions, teams: Record<Side, NbaTeamSheet>, match: Match, truth: NbaTruth) {
    this.#teams = teams
    this.#match = match
    this.#truth = truth
    this.#random = createRandom(`nba-game/${options.seed}`)
    this.#stoppageScale = options.stoppageScale ?? 1
    const tipWinner = this.#random.chance(0.5) ? 'home' : 'away'
    this.#state = {
      period: 1,
      secondsLeft: 720,
      wallMs: options.startMs,
      score: { home: 0, away: 0 },
      possession: tipWinner,
      fouls: { home: 0, away: 0 },
      timeouts: { home: 7, away: 7 },
      run: { side: 'home', points: 0 },
      tipWinner,
    }
  }

  *play(): Generator<FeedEvent> {
    const state = this.#state
    this.#push({ kind: 'match', match: this.#match })
    for (;;) {
      this.#startPeriod()
      let isFastBreak = false
      while (state.secondsLeft > 0) {
        isFastBreak = this.#possession(isFastBreak)
        yield* this.#drain()
      }
      this.#act('period', 'end', null, null, 'Period end', { possession: null })
      this.#stop(state.period === 2 ? 900_000 : 130_000)
      if (state.period >= 4 && state.score.home !== state.score.away) break
      state.period++
    }
    this.#truth.isOver = true
    this.#truth.winner = leadOf(state, 'home') > 0 ? 'home' : 'away'
    this.#act('game', 'end', null, null, 'Game end', { possession: null })
    this.#push({ kind: 'match-end', homeScore: state.score.home, awayScore: state.score.away, order: null })
    yield* this.#drain()
  }

  #startPeriod(): void {
    const state = this.#state
    state.secondsLeft = state.period <= 4 ? 720 : 300
    state.fouls = { home: 0, away: 0 }
    const isTip = state.period === 1 || state.period >= 5
    const startsWithTipWinner = state.period === 4
    if (state.period >= 5) state.possession = this.#random.chance(0.5) ? 'home' : 'away'
    else state.possession = isTip || startsWithTipWinner ? state.tipWinner : otherSide(state.tipWinner)
    this.#act('period', 'start', null, null, 'Period start', { possession: null })
    if (!isTip) return
    const winner = this.#jumper(state.possession)
    const loser = this.#jumper(otherSide(state.possession))
    this.#run(2)
    this.#act(
      'jumpball',
      'recovered',
      state.possession,
      winner,
      `Jump ball ${winner.name} vs. ${loser.name}`,
      {
        otherPlayers: [this.#other(winner, 'jump-won'), this.#other(loser, 'jump-lost')],
        x: court.length / 2,
        y: court.width / 2,
      },
    )
  }

  /** Plays until the ball changes hands; true when the next one starts as a fast break. */
  #possession(isFastBreak: boolean): boolean {
    const state = this.#state
    const side = state.possession
    let isBreak = isFastBreak
    for (let chance = 0; chance < 6 && state.possession === side && state.secondsLeft > 0; chance++) {
      const pace = paceOf(state, isBreak)
      isBreak = false
      const seconds = chance > 0 && !pace.isFouled ? 4 + 5 * this.#random.next() : this.#seconds(pace)
      if (seconds >= state.secondsLeft) {
        // Too late for a shot, or a last one at the horn.
        if (state.secondsLeft < 1.2) return this.#expire()
        this.#run(state.secondsLeft - 0.3 - 0.5 * this.#random.next())
        return this.#shoot(pace)
      }
      this.#run(seconds)
      if (pace.isFouled) {
        this.#foul('take')
        continue
      }
      const draw = this.#random.next()
      if (draw < 0.128) return this.#turnover()
      if (draw < 0.185) {
        this.#foul('personal')
        continue
      }
      if (this.#shoot(pace)) return true
    }
    return false
  }

  #seconds(pace: Pace): number {
    const spread = pace.seconds < 8 ? 1.5 : 5
    const drawn = pace.seconds + spread * this.#random.normal()
    return Math.round(10 * clamp(drawn, 1.5, 23.6)) / 10
  }

  #expire(): boolean {
    this.#run(this.#state.secondsLeft)
    return false
  }

  /** A shot with what follows: block, foul, rebound. True when it starts a fast break the other way. */
  #shoot(pace: Pace): boolean {
    const state = this.#state
    const side = state.possession
    const shooter = this.#pick(side, (player) => player.usage)
    const isRight = attacksRight(state, side)
    const basketX = isRight ? court.length - court.basketFromBaseline : court.basketFromBaseline
    const shot = drawShot(this.#random, shooter, basketX, pace.wantsThree)
    const place = { x: roundTo(shot.x, 1), y: roundTo(shot.y, 1) }
    const attack =
      this.#teams[side].attack - this.#teams[otherSide(side)].defence + (side === 'home' ? 1.25 : -1.25)
    const isMade = this.#random.chance(shot.chance + attack / 100 / 2 - (state.secondsLeft < 1 ? 0.12 : 0))
    const isFouled = this.#random.chance(
      shot.actionType === '3pt' ? 0.02 : shot.subType === 'Jump Shot' ? 0.06 : 0.17,
    )
    const name = `${shooter.name} ${shot.actionType === '3pt' ? '3PT ' : ''}${shot.subType}`
    const [shotType, shotName] = [shot.actionType, shot.subType]
    if (isMade) {
      const helper = this.#random.chance(0.6)
        ? this.#pick(side, (player) => (player === shooter ? 0 : player.usage))
        : null
      const otherPlayers = helper ? [this.#other(helper, 'assist')] : []
      this.#score(side, shot.points)
      const possession = isFouled ? side : otherSide(side)
      this.#act(shotType, shotName, side, shooter, name, {
        isMade,
        points: shot.points,
        otherPlayers,
        possession,
        ...place,
      })
      if (isFouled) return this.#shootingFoul(shooter, 1)
      state.possession = otherSide(side)
      if (state.secondsLeft > 0) this.#afterBasket()
      return false
    }
    if (isFouled) return this.#shootingFoul(shooter, shot.points)
    const blocker =
      shot.actionType === '2pt' && this.#random.chance(0.1) ? this.#pick(otherSide(side), big) : null
    const otherPlayers = blocker ? [this.#other(blocker, 'blocker')] : []
    this.#act(shotType, shotName, side, shooter, `MISS ${name}`, { isMade, otherPlayers, ...place })
    if (blocker)
      this.#act('block', '', otherSide(side), blocker, `${blocker.name} BLOCK`, { possession: side })
    return this.#rebound(side, 0.25)
  }

  /** After a miss of `side`; true when the other side runs. */
  #rebound(side: Side, offensiveShare: number): boolean {
    const state = this.#state
    this.#run(Math.min(state.secondsLeft, 1 + 1.2 * this.#random.next()))
    if (state.secondsLeft === 0) return false
    const isOffensive = this.#random.chance(offensiveShare)
    const winner = isOffensive ? side : otherSide(side)
    const player = this.#pick(winner, big)
    state.possession = winner
    this.#act('rebound', isOffensive ? 'offensive' : 'defensive', winner, player, `${player.name} REBOUND`)
    return !isOffensive && this.#random.chance(0.18)
  }

  #turnover(): boolean {
    const state = this.#state
    const side = state.possession
    const player = this.#pick(side, (candidate) => candidate.usage)
    const isStolen = this.#random.chance(0.52)
    const subType = this.#random.pick(
      isStolen ? ['bad pass', 'lost ball'] : ['out-of-bounds', 'traveling', 'offensive foul'],
    )
    state.possession = otherSide(side)
    if (subType === 'offensive foul') this.#commit(player, 'offensive', null, '')
    const thief = isStolen ? this.#pick(otherSide(side), (candidate) => candidate.usage) : null
    const otherPlayers = thief ? [this.#other(thief, 'stealer')] : []
    this.#act('turnover', subType, side, player, `${player.name} ${subType} TURNOVER`, { otherPlayers })
    if (thief) this.#act('steal', '', thief.side, thief, `${thief.name} STEAL`)
    else this.#deadBall(9000)
    return isStolen && this.#random.chance(0.5)
  }

  /** A foul on the floor: free throws from the fifth of the period on. */
  #foul(kind: 'personal' | 'take'): void {
    const state = this.#state
    const side = state.possession
    const fouler = this.#pick(otherSide(side), () => 1)
    const fouled = this.#pick(side, (player) => player.usage)
    state.fouls[fouler.side]++
    this.#commit(fouler, 'personal', fouled, kind === 'take' ? 'take ' : '')
    if (state.fouls[fouler.side] >= 5) this.#freeThrows(fouled, 2)
    else this.#deadBall(10_000)
  }

  #shootingFoul(shooter: NbaPlayer, shots: number): boolean {
    const fouler = this.#pick(otherSide(shooter.side), big)
    this.#state.fouls[fouler.side]++
    this.#commit(fouler, 'personal', shooter, 'shooting ')
    return this.#freeThrows(shooter, shots)
  }

  #commit(fouler: NbaPlayer, subType: string, fouled: NbaPlayer | null, word: string): void {
    fouler.fouls++
    const otherPlayers = fouled ? [this.#other(fouled, 'fouled')] : []
    const text = `${fouler.name} ${word}${subType} FOUL (${fouler.fouls} PF)`
    this.#act('foul', subType, fouler.side, fouler, text, { otherPlayers })
    if (subType === 'offensive') return
    this.#stop(7000)
    this.#substitute(fouled)
  }

  #freeThrows(shooter: NbaPlayer, shots: number): boolean {
    const state = this.#state
    const { side } = shooter
    let isMade = false
    for (let shot = 1; shot <= shots; shot++) {
      this.#stop(11_000)
      isMade = this.#random.chance(0.78 + 2 * shooter.touch)
      const isLast = shot === shots
      if (isMade) this.#score(side, 1)
      if (isMade && isLast) state.possession = otherSide(side)
      const text = `${isMade ? '' : 'MISS '}${shooter.name} Free Throw ${shot} of ${shots}`
      this.#act('freethrow', `${shot} of ${shots}`, side, shooter, text, { isMade, points: isMade ? 1 : 0 })
    }
    if (isMade) return false
    return this.#rebound(side, 0.12)
  }

  /** The ball comes in after a basket; a coach may stop a run, or save time. */
  #afterBasket(): void {
    const state = this.#state
    const side = state.possession
    const isLosingRun = state.run.side !== side && state.run.points >= 7
    const isLate =
      state.period >= 4 && state.secondsLeft < 40 && leadOf(state, side) < 0 && leadOf(state, side) > -8
    if (
      state.timeouts[side] > 0 &&
      ((isLosingRun && this.#random.chance(0.5)) || (isLate && this.#random.chance(0.5)))
    ) {
      this.#timeout(side)
    } else this.#run(Math.min(state.secondsLeft, 0.5 + this.#random.next()))
  }

  #deadBall(ms: number): void {
    this.#stop(ms)
    this.#substitute()
    const state = this.#state
    // Every so often a stop is long: the mandatory timeouts.
    if (this.#random.chance(0.22) && state.timeouts[state.possession] > 2) this.#timeout(state.possession)
  }

  #timeout(side: Side): void {
    const state = this.#state
    state.timeouts[side]--
    state.run.points = 0
    this.#act('timeout', 'full', side, null, `${this.#teams[side].team.name} Timeout`)
    this.#stop(80_000)
    this.#substitute()
  }

  /** `keeps` stays on: he has free throws to take. */
  #substitute(keeps: NbaPlayer | null = null): void {
    for (const side of ['home', 'away'] as const) {
      for (const { out, into } of substitutions(this.#random, this.#teams[side], this.#state, keeps)) {
        this.#act('substitution', 'out', side, out, `SUB out: ${out.name}`)
        this.#act('substitution', 'in', side, into, `SUB in: ${into.name}`)
      }
    }
  }

  #score(side: Side, points: number): void {
    const { run, score } = this.#state
    score[side] += points
    run.points = run.side === side ? run.points + points : points
    run.side = side
  }

  /** Both clocks go on. */
  #run(seconds: number): void {
    const state = this.#state
    const used = Math.min(seconds, state.secondsLeft)
    state.secondsLeft = Math.max(0, Math.round(10 * (state.secondsLeft - used)) / 10)
    state.wallMs += Math.round(used * 1000)
    for (const side of ['home', 'away'] as const) {
      const { players } = this.#teams[side]
      for (const player of players) player.shiftSeconds += used
    }
  }

  /** Only the wall clock goes on. */
  #stop(ms: number): void {
    this.#state.wallMs += Math.round(ms * this.#stoppageScale * (0.7 + 0.6 * this.#random.next()))
  }

  #jumper(side: Side): NbaPlayer {
    return this.#pick(side, (player) => (player.position === 'C' ? 100 : 0.01))
  }

  #pick(side: Side, weight: (player: NbaPlayer) => number): NbaPlayer {
    const players = this.#teams[side].onCourt
    let draw = this.#random.next() * players.reduce((sum, player) => sum + weight(player), 0)
    for (const player of players) {
      draw -= weight(player)
      if (draw < 0) return player
    }
    return this.#random.pick(players)
  }

  #other(player: NbaPlayer, role: string): NbaAction['otherPlayers'][number] {
    return { id: player.id, name: player.name, role, side: player.side }
  }

  #act(
    actionType: string,
    subType: string,
    side: Side | null,
    player: NbaPlayer | null,
    text: string,
    extra: Extra = {},
  ): void {
    const { score, possession } = this.#state
    this.#push({
      kind: 'nba-action',
      actionId: String(++this.#actions),
      actionType,
      subType,
      side,
      playerId: player?.id ?? null,
      playerName: player?.name ?? null,
      otherPlayers: [],
      isMade: null,
      points: 0,
      homeScore: score.home,
      awayScore: score.away,
      possession,
      x: null,
      y: null,
      description: text,
      ...extra,
    })
  }

  #push(body: DistributiveOmit<FeedEvent, 'matchId' | 'clocks' | 'sourceRef'>): void {
    const { wallMs, period, secondsLeft } = this.#state
    const game = { period, secondsLeft }
    const clocks = { eventTimeMs: wallMs, eventTimeFrom: 'wall' as const, game, smpte: null }
    this.#queue.push({ ...body, matchId: this.#match.id, clocks, sourceRef: `sim#${++this.#sourceRefs}` })
  }

  *#drain(): Generator<FeedEvent> {
    yield* this.#queue
    this.#queue = []
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

function big(player: NbaPlayer): number {
  return player.position === 'C' ? 3.2 : player.position === 'F' ? 2 : 1
}
