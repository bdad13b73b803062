import type { Random } from '@heavylift/core'
import { createActor, fieldWidth, frameSeconds, stepActors } from './scene.ts'
import type { Actor } from './scene.ts'
import type { NflPlayer } from './nfl-roster.ts'

/** One frame of a play: per player u, v, velocity in u and v, and the place he looks at (NaN: where he runs). */
export interface StageFrame {
  event: string | null
  players: Float64Array
  ballU: number
  ballV: number
  ballSpeed: number
}

/** Numbers per player in `StageFrame.players`. */
export const frameStride = 6

/** Players and ball of one play; every `advance` is one frame. */
export class Stage {
  readonly actors: Actor[]
  readonly offence: Actor[]
  readonly defence: Actor[]
  readonly frames: StageFrame[] = []
  readonly random: Random
  /** Yards from the line of scrimmage to the goal line that the scene moves to. */
  readonly yardsToGoal: number
  ball = { u: 0, v: 0 }
  holder: Actor | null = null
  readonly #events: string[] = []

  constructor(options: {
    random: Random
    offence: readonly NflPlayer[]
    defence: readonly NflPlayer[]
    yardsToGoal: number
    ballV: number
  }) {
    this.random = options.random
    this.yardsToGoal = options.yardsToGoal
    this.offence = options.offence.map((player) => createActor(player, 0, 0))
    this.defence = options.defence.map((player) => createActor(player, 0, 0))
    this.actors = [...this.offence, ...this.defence]
    this.ball = { u: 0, v: options.ballV }
  }

  /** Seconds since the first frame. */
  get seconds(): number {
    return this.frames.length * frameSeconds
  }

  actor(player: NflPlayer): Actor {
    const actor = this.actors.find((candidate) => candidate.player === player)
    if (!actor) throw new RangeError(`${player.name} is not on the field.`)
    return actor
  }

  /** Names the next frame; a second name waits for the frame after. */
  say(event: string): void {
    this.#events.push(event)
  }

  /** Moves everybody by one frame and records it. `flying`: where the ball is when nobody holds it. */
  advance(flying?: { u: number; v: number }): void {
    for (const actor of this.actors) this.#keepIn(actor)
    stepActors(this.actors)
    const before = this.ball
    this.ball = this.holder ? { u: this.holder.u, v: this.holder.v } : (flying ?? before)
    const players = new Float64Array(this.actors.length * frameStride)
    this.actors.forEach((actor, index) => {
      players.set(
        [
          actor.u,
          actor.v,
          actor.velocityU,
          actor.velocityV,
          actor.looksAt?.u ?? NaN,
          actor.looksAt?.v ?? NaN,
        ],
        index * frameStride,
      )
    })
    this.frames.push({
      event: this.#events.shift() ?? null,
      players,
      ballU: this.ball.u,
      ballV: this.ball.v,
      ballSpeed: Math.hypot(this.ball.u - before.u, this.ball.v - before.v) / frameSeconds,
    })
  }

  /** Players who near the edge of the picture slow down: nobody leaves the field by more than a few yards. */
  #keepIn(actor: Actor): void {
    const back = this.yardsToGoal + 9.5
    if (actor.u > back && actor.wantU > 0) actor.wantU = 0
    if (actor.u < back - 119 && actor.wantU < 0) actor.wantU = 0
    if (actor.v < -0.5 && actor.wantV < 0) actor.wantV = 0
    if (actor.v > fieldWidth + 0.5 && actor.wantV > 0) actor.wantV = 0
  }
}
