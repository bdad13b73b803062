import type { Random } from '@heavylift/core'
import type { NbaAction } from '../../src/domain/feed-event.ts'
import type { Side } from '../../src/domain/match.ts'
import { createCourtActor, stepCourtActor } from './court-players.ts'
import type { CourtActor } from './court-players.ts'
import type { NbaTeamSheet } from './nba-roster.ts'
import { court } from './nba-shot.ts'
import { otherSide } from '../../src/domain/match.ts'

/** Places of an attack, as feet from the basket towards midcourt and across from the middle. */
const spots: readonly (readonly [number, number])[] = [
  [25, 0],
  [19, -17],
  [19, 17],
  [0, 21.5],
  [5, -8],
]
/** Farthest that a pass and a shot fly in one frame. */
const ballStepFeet = 7.5
const shotStepFeet = 12
const rimHeight = 10

/** Ten players and the ball. What happens is told by actions; the scene only makes it visible. */
export class CourtScene {
  readonly #random: Random
  readonly #five: Record<Side, CourtActor[]>
  #order = [0, 1, 2, 3, 4]
  #holder: CourtActor
  #framesToPass = 10
  #framesToCut = 20
  ball = { x: court.length / 2, y: court.width / 2, z: 4 }

  constructor(random: Random, teams: Record<Side, NbaTeamSheet>) {
    this.#random = random
    const place = (side: Side) =>
      teams[side].onCourt.map((player, index) =>
        createCourtActor(
          player,
          court.length / 2 + (side === 'home' ? -1 : 1) * (4 + 5 * index),
          10 + 7.5 * index,
        ),
      )
    this.#five = { home: place('home'), away: place('away') }
    const [first] = this.#five.home
    if (!first) throw new RangeError('Nobody is on court.')
    this.#holder = first
  }

  actors(): CourtActor[] {
    return [...this.#five.home, ...this.#five.away]
  }

  /** Who comes on takes the place of who goes off; both walk, so the newcomer starts at the scorer's table. */
  substitute(side: Side, outId: string, into: NbaTeamSheet['players'][number]): void {
    const five = this.#five[side]
    const index = five.findIndex((actor) => actor.player.id === outId)
    if (index === -1) return
    const wasHolder = five[index] === this.#holder
    const actor = createCourtActor(into, court.length / 2 + (side === 'home' ? -4 : 4), 1)
    five[index] = actor
    if (wasHolder) this.#holder = actor
  }

  give(playerId: string): void {
    const actor = this.actors().find((candidate) => candidate.player.id === playerId)
    if (actor) this.#holder = actor
  }

  /** One frame. `next` is the action to come, `seconds` from now; `basketX` is where `offence` attacks. */
  step(offence: Side, basketX: number, next: NbaAction | null, seconds: number): void {
    const inwards = basketX > court.length / 2 ? -1 : 1
    const attack = this.#five[offence]
    if (this.#holder.player.side !== offence) this.#holder = attack[0] ?? this.#holder
    if (--this.#framesToCut <= 0) {
      this.#framesToCut = this.#random.int(12, 24)
      this.#order = this.#random.sample(this.#order, 5)
    }
    attack.forEach((actor, index) => {
      const [ahead, across] = spots[this.#order[index] ?? index] ?? [20, 0]
      actor.targetX = basketX + inwards * ahead
      actor.targetY = court.width / 2 + across
    })
    const isFreeThrow = next?.actionType === 'freethrow'
    const isShot = next?.actionType === '2pt' || next?.actionType === '3pt'
    const shooter = attack.find((actor) => actor.player.id === next?.playerId)
    if (shooter && isShot && seconds < 3.5) {
      shooter.targetX = next.x ?? shooter.targetX
      shooter.targetY = next.y ?? shooter.targetY
    } else if (shooter && isFreeThrow) {
      shooter.targetX = basketX + inwards * 13.75
      shooter.targetY = court.width / 2
    }
    this.#five[otherSide(offence)].forEach((actor, index) => {
      const man = attack[index]
      if (!man) return
      // Between his man and the basket, nearer to the man who has the ball.
      const share = man === this.#holder ? 0.86 : 0.7
      actor.targetX = basketX + share * (man.targetX - basketX)
      actor.targetY = court.width / 2 + share * (man.targetY - court.width / 2)
    })
    for (const actor of this.actors()) stepCourtActor(actor)
    if (shooter && (isShot || isFreeThrow) && seconds < 1.9) this.#holder = shooter
    else if (--this.#framesToPass <= 0) {
      this.#framesToPass = this.#random.int(6, 16)
      this.#holder = this.#random.pick(attack)
    }
    if (shooter && (isShot || isFreeThrow) && seconds < 0.95) this.#flyToRim(basketX, seconds)
    else this.#followHolder()
  }

  /** From the hands to the rim in what is left of a second, in an arc. */
  #flyToRim(basketX: number, seconds: number): void {
    const dx = basketX - this.ball.x
    const dy = court.width / 2 - this.ball.y
    const distance = Math.max(0.1, Math.hypot(dx, dy))
    const share = Math.min(1, 0.2 / Math.max(0.2, seconds), shotStepFeet / distance)
    this.ball.x += share * dx
    this.ball.y += share * dy
    const left = Math.max(0, seconds - 0.2) / 0.95
    this.ball.z = rimHeight + 12 * left * (1 - left) - 3 * left
  }

  /** A pass is the ball on its way to its holder. */
  #followHolder(): void {
    const dx = this.#holder.x - this.ball.x
    const dy = this.#holder.y - this.ball.y
    const distance = Math.hypot(dx, dy)
    const share = distance > ballStepFeet ? ballStepFeet / distance : 1
    this.ball.x += dx * share
    this.ball.y += dy * share
    this.ball.z += 0.6 * (3.5 - this.ball.z)
  }
}
