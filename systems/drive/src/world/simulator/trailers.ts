import type { Entity } from '../openscenario/scenario.ts'

/** Where entities are; what trailers need of the world. */
interface Places {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly heading: Float64Array
  readonly speed: Float64Array
  readonly hasMoved: Uint8Array
  setGroundAnywhere(entity: number, x: number, y: number, heading: number): void
}

/** Entities that are drawn by others: each points at the joint that draws it, as wheels that roll and do not slip make it. */
export class Trailers {
  readonly #entities: readonly Entity[]
  readonly #places: Places
  /** Index of the entity that each draws; −1 for none. */
  readonly #drawn: Int32Array
  /** Entities that draw another, each before those that it draws. */
  #order: number[] = []

  constructor(places: Places, entities: readonly Entity[]) {
    this.#entities = entities
    this.#places = places
    this.#drawn = Int32Array.from(entities, ({ trailer }) =>
      trailer === undefined ? -1 : entities.findIndex(({ name }) => name === trailer),
    )
    this.#sort()
  }

  isDrawn(entity: number): boolean {
    return this.#order.length > 0 && this.#drawn.includes(entity)
  }

  /** Draws another entity, or none any more. */
  connect(entity: number, trailer: number | null): void {
    this.#drawn[entity] = trailer ?? -1
    this.#sort()
  }

  #sort(): void {
    const { length } = this.#entities
    const drawing = Array.from({ length }, (_, entity) => entity).filter(
      (entity) => (this.#drawn[entity] as number) >= 0,
    )
    const heads = drawing.filter((entity) => !this.#drawn.includes(entity))
    this.#order = []
    for (const head of heads)
      for (let at = head; (this.#drawn[at] as number) >= 0 && this.#order.length < length;) {
        this.#order.push(at)
        at = this.#drawn[at] as number
      }
  }

  /** Puts what an entity draws straight behind it. */
  align(entity: number): void {
    let at = entity
    for (let count = 0; (this.#drawn[at] as number) >= 0 && count < this.#entities.length; count++) {
      const drawn = this.#drawn[at] as number
      this.#place(at, drawn, this.#places.heading[at] as number)
      at = drawn
    }
  }

  /** To be called after each step, when all that draw have moved. */
  step(): void {
    const { x, y, heading } = this.#places
    for (const entity of this.#order) {
      const drawn = this.#drawn[entity] as number
      const [jointX, jointY] = this.#joint(entity)
      const dx = jointX - (x[drawn] as number)
      const dy = jointY - (y[drawn] as number)
      const turned = dx === 0 && dy === 0 ? (heading[drawn] as number) : Math.atan2(dy, dx)
      this.#place(entity, drawn, turned)
    }
  }

  #joint(entity: number): [x: number, y: number] {
    const { x, y, heading } = this.#places
    const { hitchX = 0 } = this.#entities[entity] as Entity
    const along = heading[entity] as number
    return [
      (x[entity] as number) + hitchX * Math.cos(along),
      (y[entity] as number) + hitchX * Math.sin(along),
    ]
  }

  #place(entity: number, drawn: number, heading: number): void {
    const { couplerX = 0 } = this.#entities[drawn] as Entity
    const [jointX, jointY] = this.#joint(entity)
    this.#places.setGroundAnywhere(
      drawn,
      jointX - couplerX * Math.cos(heading),
      jointY - couplerX * Math.sin(heading),
      heading,
    )
    this.#places.speed[drawn] = this.#places.speed[entity] as number
    this.#places.hasMoved[drawn] = 1
  }
}
