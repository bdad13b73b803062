import { createRandom } from '@heavylift/core'
import type { Random } from '@heavylift/core'
import { clamp } from '@heavylift/core/math'
import type { FeedEvent } from '../../src/domain/feed-event.ts'
import type { Side } from '../../src/domain/match.ts'
import { otherSide } from '../../src/domain/match.ts'
import { pitch } from '../../src/feeds/soccer/pitch.ts'
import type { createSoccerGame } from '../../src/feeds/soccer/soccer-game.ts'
import type { SoccerRow } from '../../src/feeds/soccer/soccer-row.ts'
import type { SoccerMatchOptions, SoccerTruth } from './soccer-options.ts'
import type { SoccerPlayer, SoccerTeamSheet } from './soccer-roster.ts'
import { drawShot } from './soccer-shot.ts'

type Game = ReturnType<typeof createSoccerGame>
type Extra = Partial<Omit<SoccerRow, 'actionId' | 'period' | 'seconds' | 'sourceRef' | 'wallMs'>>

/** A place in the attacking direction of whoever has the ball. */
interface Place {
  x: number
  y: number
}

const kickOff: Place = { x: pitch.length / 2, y: pitch.width / 2 }
/** Playing minutes of each period. */
const lengths = [45, 45, 15, 15] as const

/** One run through a match, action by action. */
export class SoccerMatchRun {
  readonly #random: Random
  readonly #teams: Record<Side, SoccerTeamSheet>
  readonly #game: Game
  readonly #options: SoccerMatchOptions
  readonly #truth: SoccerTruth
  #period = 1
  #seconds = 0
  #wallMs: number
  #actions = 0
  #side: Side = 'home'
  #ball: Place = kickOff
  #queue: FeedEvent[] = []

  constructor(
    options: SoccerMatchOptions,
    teams: Record<Side, SoccerTeamSheet>,
    game: Game,
    truth: SoccerTruth,
  ) {
    this.#options = options
    this.#teams = teams
    this.#game = game
    this.#truth = truth
    this.#random = createRandom(`soccer-match/${options.seed}`)
    this.#wallMs = options.startMs
  }

  *play(): Generator<FeedEvent> {
    yield this.#game.open()
    for (this.#period = 1; this.#period <= 4; this.#period++) {
      const { home, away } = this.#game.score
      if (this.#period === 3 && (this.#options.isCup !== true || home !== away)) break
      yield* this.#half()
    }
    this.#truth.isOver = true
    const { home, away } = this.#game.score
    this.#truth.winner = home > away ? 'home' : away > home ? 'away' : null
    if (this.#truth.winner === null && this.#options.isCup === true) yield* this.#shootOut()
    yield this.#game.close(this.#ref())
  }

  *#half(): Generator<FeedEvent> {
    const random = this.#random
    const length = (lengths[this.#period - 1] ?? 15) * 60
    const added = this.#period > 2 ? 1 : random.pick(this.#period === 1 ? [1, 2, 2, 3] : [3, 4, 4, 5, 6])
    this.#seconds = 0
    this.#act('period-start', null, null)
    this.#restart(this.#period % 2 === 1 ? 'home' : 'away', kickOff, 0)
    let isAnnounced = false
    while (this.#seconds < length + added * 60) {
      if (!isAnnounced && this.#seconds >= length) {
        isAnnounced = true
        this.#act('added-time', null, null, { addedMinutes: added })
      }
      this.#step()
      yield* this.#drain()
    }
    this.#act('period-end', null, null)
    yield* this.#drain()
    this.#wallMs += this.#period === 1 ? (this.#options.breakMs ?? 900_000) : 60_000
  }

  /** What the side with the ball does next. */
  #step(): void {
    const random = this.#random
    const { x, y } = this.#ball
    const side = this.#side
    this.#run(1.8 + 2.6 * random.next())
    const isNear = x > 76
    const edge = this.#edge(side)
    if (isNear && random.chance((x > 90 ? 0.085 : 0.045) * edge)) return this.#shoot('open')
    const draw = random.next()
    if (draw < 0.022) return this.#foul()
    if (draw < 0.03 && x > 70) return this.#turnOver('offside', 22)
    if (draw < 0.055) return this.#throwIn()
    if (draw < 0.12) {
      const isWon = random.chance(0.55)
      this.#act('duel', side, this.#player(side), { ...this.#ball, isSuccessful: isWon })
      if (!isWon) this.#lose()
      return
    }
    const isWide = isNear && Math.abs(y - pitch.width / 2) > 16
    const isCross = isWide && random.chance(0.45)
    const isThroughBall = !isCross && x > 60 && random.chance(0.05)
    const isSuccessful = random.chance(
      isCross ? 0.2 : isThroughBall ? 0.28 : 0.87 - 0.16 * clamp((x - 60) / 45, 0, 1),
    )
    const passer = this.#player(side)
    this.#act('pass', side, passer, { ...this.#ball, isSuccessful, isCross, isThroughBall })
    if (!isSuccessful) {
      if (isNear && random.chance(0.16)) return this.#corner()
      return this.#lose()
    }
    if (isCross || isThroughBall) {
      this.#ball = { x: 92 + 7 * random.next(), y: 34 + 7 * random.normal() }
      this.#run(1.5)
      return this.#shoot(isCross ? 'cross' : 'through')
    }
    this.#ball = {
      x: clamp(x + 4 + 11 * random.normal(), 3, 101),
      y: clamp(y + 12 * random.normal(), 1, pitch.width - 1),
    }
  }

  #shoot(from: 'open' | 'cross' | 'through' | 'corner' | 'free-kick' | 'penalty'): void {
    const random = this.#random
    const side = this.#side
    const isHeader = (from === 'cross' || from === 'corner') && random.chance(0.65)
    const place =
      from === 'penalty'
        ? { x: pitch.length - 11, y: pitch.width / 2 }
        : { ...this.#ball, y: clamp(this.#ball.y, 4, 64) }
    const shooter = this.#player(side, ['forward', 'forward', 'midfielder', 'defender'])
    const { outcome } = drawShot(random, place, {
      isHeader,
      isPenalty: from === 'penalty',
      edge: this.#edge(side),
    })
    this.#act('shot', side, shooter, {
      ...place,
      shot: {
        outcome,
        bodyPart: isHeader ? 'head' : 'foot',
        ...(from === 'penalty' ? { situation: 'penalty' as const } : {}),
        ...(from === 'free-kick' ? { situation: 'direct-free-kick' as const } : {}),
      },
    })
    const other = otherSide(side)
    if (outcome === 'goal') {
      if (random.chance(0.12)) {
        this.#run(40)
        this.#act('var', null, null, { description: 'Checked by the video assistant: the goal stands' })
      }
      return this.#restart(other, kickOff, 45)
    }
    if (outcome === 'saved') {
      this.#run(1)
      this.#act('save', other, this.#keeper(other), { x: 2, y: 34 })
      if (random.chance(0.3)) return this.#corner()
      return this.#restart(other, { x: 8, y: 34 }, 8)
    }
    if (outcome === 'blocked') {
      if (random.chance(0.3)) return this.#corner()
      return this.#lose()
    }
    this.#run(22)
    this.#side = other
    this.#ball = { x: 6, y: 34 }
    this.#act('goal-kick', other, this.#keeper(other), { ...this.#ball, isSuccessful: true })
    this.#ball = { x: 40, y: 34 }
  }

  #corner(): void {
    const side = this.#side
    this.#run(24)
    const y = this.#random.chance(0.5) ? 0.5 : pitch.width - 0.5
    this.#act('corner', side, this.#player(side), { x: pitch.length, y })
    this.#run(2)
    if (this.#random.chance(0.22)) {
      this.#ball = { x: 93 + 8 * this.#random.next(), y: 34 + 5 * this.#random.normal() }
      return this.#shoot('corner')
    }
    this.#ball = { x: 80, y: 34 }
    this.#lose()
  }

  /** The defending side fouls. */
  #foul(): void {
    const random = this.#random
    const side = this.#side
    const other = otherSide(side)
    const culprit = this.#player(other)
    const { x, y } = this.#ball
    this.#act('foul', other, culprit, { x: pitch.length - x, y: pitch.width - y })
    const isPenalty = x > 88.5 && Math.abs(y - 34) < 20 && random.chance(0.35)
    const draw = random.next()
    if (draw < 0.004) this.#sendOff(other, culprit, 'red')
    else if (draw < (culprit.cautions > 0 ? 0.05 : 0.16)) this.#caution(other, culprit)
    this.#substitute()
    this.#run(isPenalty ? 70 : 25)
    if (isPenalty) return this.#shoot('penalty')
    if (x > 76 && Math.abs(y - 34) < 18 && random.chance(0.35)) return this.#shoot('free-kick')
    this.#act('free-kick', side, this.#player(side), { ...this.#ball, isSuccessful: true, isCross: x > 70 })
    this.#ball = { x: clamp(x + 10, 5, 92), y: clamp(y + 8 * random.normal(), 2, 66) }
  }

  #caution(side: Side, player: SoccerPlayer): void {
    player.cautions++
    if (player.cautions > 1) return this.#sendOff(side, player, 'second-yellow')
    this.#act('card', side, player, { card: 'yellow' })
  }

  #sendOff(side: Side, player: SoccerPlayer, card: 'red' | 'second-yellow'): void {
    const sheet = this.#teams[side]
    // The keeper stays: nobody here plays in goal for him.
    if (player.position === 'goalkeeper' || sheet.onPitch.length <= 9) return
    this.#act('card', side, player, { card })
    sheet.onPitch = sheet.onPitch.filter(({ id }) => id !== player.id)
  }

  /** In the last half hour a stoppage may bring somebody on. */
  #substitute(): void {
    if (this.#period !== 2 || this.#seconds < 600) return
    for (const side of ['home', 'away'] as const) {
      const sheet = this.#teams[side]
      if (sheet.bench.length <= 2 || !this.#random.chance(0.3)) continue
      const on = sheet.bench.shift()
      const off = sheet.onPitch.find(({ position }) => position === on?.position)
      if (!on || !off) continue
      sheet.onPitch = sheet.onPitch.map((player) => (player.id === off.id ? on : player))
      this.#act('substitution', side, on, {
        otherPlayers: [{ id: off.id, name: off.name, role: 'off', side }],
      })
    }
  }

  #throwIn(): void {
    if (this.#random.chance(0.5)) this.#lose()
    this.#run(14)
    this.#act('throw-in', this.#side, this.#player(this.#side), {
      x: this.#ball.x,
      y: this.#random.chance(0.5) ? 0 : pitch.width,
      isSuccessful: true,
    })
  }

  #turnOver(type: 'offside', pauseSeconds: number): void {
    this.#act(type, this.#side, this.#player(this.#side, ['forward']), this.#ball)
    this.#lose()
    this.#run(pauseSeconds)
    this.#act('free-kick', this.#side, this.#player(this.#side), { ...this.#ball, isSuccessful: true })
  }

  /** The other side has the ball where it is. */
  #lose(): void {
    this.#side = otherSide(this.#side)
    this.#ball = { x: clamp(pitch.length - this.#ball.x, 4, 100), y: pitch.width - this.#ball.y }
    this.#act('defence', this.#side, this.#player(this.#side, ['defender', 'midfielder']), this.#ball)
  }

  #restart(side: Side, place: Place, pauseSeconds: number): void {
    this.#run(pauseSeconds)
    this.#side = side
    this.#ball = place
  }

  *#shootOut(): Generator<FeedEvent> {
    const made: Record<Side, number> = { home: 0, away: 0 }
    this.#period = 5
    this.#seconds = 0
    this.#act('period-start', null, null)
    for (let round = 1; round <= 5 || made.home === made.away; round++) {
      for (const side of ['home', 'away'] as const) {
        this.#run(35)
        const place = { x: pitch.length - 11, y: pitch.width / 2 }
        const { outcome } = drawShot(this.#random, place, { isHeader: false, isPenalty: true, edge: 1 })
        if (outcome === 'goal') made[side]++
        const shot = { outcome, bodyPart: 'foot' as const, situation: 'penalty' as const }
        this.#act('shot', side, this.#player(side), { ...place, shot })
        yield* this.#drain()
      }
    }
    this.#truth.winner = made.home > made.away ? 'home' : 'away'
    this.#act('period-end', null, null)
    yield* this.#drain()
  }

  /** How much more often a side shoots and scores than the middle of the league. */
  #edge(side: Side): number {
    const { strength, onPitch } = this.#teams[side]
    const rival = this.#teams[otherSide(side)]
    const men = onPitch.length - rival.onPitch.length
    return Math.exp(0.3 * (strength - rival.strength) + (side === 'home' ? 0.09 : -0.09) + 0.15 * men)
  }

  #player(side: Side, positions?: readonly SoccerPlayer['position'][]): SoccerPlayer {
    const { onPitch } = this.#teams[side]
    const wanted = positions === undefined ? null : this.#random.pick(positions)
    const fit = onPitch.filter(({ position }) =>
      wanted === null ? position !== 'goalkeeper' : position === wanted,
    )
    return this.#random.pick(fit.length > 0 ? fit : onPitch)
  }

  #keeper(side: Side): SoccerPlayer {
    return this.#teams[side].onPitch.find(({ position }) => position === 'goalkeeper') ?? this.#player(side)
  }

  #run(seconds: number): void {
    this.#seconds += seconds
    this.#wallMs += Math.round(seconds * 1000)
  }

  #ref(): string {
    return `sim#${this.#actions + 1}`
  }

  #act(type: SoccerRow['type'], side: Side | null, player: SoccerPlayer | null, extra: Extra = {}): void {
    this.#actions++
    const { x, y } = extra
    const place =
      x == null || y == null ? {} : { x: Math.round(x * 10) / 10, y: Math.round(clamp(y, 0, 68) * 10) / 10 }
    this.#queue.push(
      this.#game.play({
        ...extra,
        ...place,
        actionId: String(this.#actions),
        type,
        subType: '',
        side,
        period: this.#period,
        seconds: this.#seconds,
        wallMs: this.#wallMs,
        playerId: player?.id ?? null,
        playerName: player?.name ?? null,
        sourceRef: this.#ref(),
      }),
    )
  }

  *#drain(): Generator<FeedEvent> {
    yield* this.#queue
    this.#queue = []
  }
}
