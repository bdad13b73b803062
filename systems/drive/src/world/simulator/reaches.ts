import type { Entity } from '../openscenario/scenario.ts'

const halfTurn = Math.PI
const quarterTurn = Math.PI / 2

/** How far a body reaches from its reference point along `direction`, an angle from its own heading. */
function reachOf({ body }: Entity, direction: number): number {
  const cos = Math.cos(direction)
  const sin = Math.sin(direction)
  return (
    body.centreX * cos +
    body.centreY * sin +
    (body.length / 2) * Math.abs(cos) +
    (body.width / 2) * Math.abs(sin)
  )
}

/**
 * How far bodies reach along an axis that is turned against them. Along its own axes a body always reaches as far, and other bodies seldom turn
 * from one step to the next: what was asked last is kept, for each axis.
 */
export class Reaches {
  readonly #entities: Entity[]
  /** Ahead, behind, left, right of each entity. */
  readonly #own: Float64Array
  /** Turn that was asked last, and the reach along and against it, of each entity and axis. */
  readonly #turned: Float64Array
  forwards = 0
  backwards = 0

  constructor(entities: Entity[]) {
    this.#entities = entities
    this.#own = Float64Array.from(
      entities.flatMap((entity) => [
        reachOf(entity, 0),
        reachOf(entity, halfTurn),
        reachOf(entity, quarterTurn),
        reachOf(entity, quarterTurn + halfTurn),
      ]),
    )
    this.#turned = new Float64Array(entities.length * 6).fill(NaN)
  }

  /** How far an entity reaches to its side (0: ahead, 1: behind, 2: left, 3: right). */
  ofSide(entity: number, side: number): number {
    return this.#own[4 * entity + side] as number
  }

  /** Sets `forwards` and `backwards` to the reach of an entity along an axis at the angle `turn` from its heading, and against it. */
  along(entity: number, turn: number, axis: 0 | 1): void {
    const turned = this.#turned
    const at = 6 * entity + 3 * axis
    if (turned[at] !== turn) {
      const of = this.#entities[entity] as Entity
      turned[at] = turn
      turned[at + 1] = reachOf(of, turn)
      turned[at + 2] = reachOf(of, turn + halfTurn)
    }
    this.forwards = turned[at + 1] as number
    this.backwards = turned[at + 2] as number
  }
}
