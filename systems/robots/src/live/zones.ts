import { NotFoundError } from '@heavylift/core'
import type { Floor } from '../floor/floor.ts'
import { zoneTypes } from './words.ts'
import type { ZoneType } from './words.ts'

export interface Zone {
  id: number
  type: ZoneType
  /** Cells from row and column to row and column, both included. */
  top: number
  left: number
  bottom: number
  right: number
  reason: string
  /** Step since which it holds. */
  since: number
}

export class Zones {
  readonly #floor: Floor
  readonly all = new Map<number, Zone>()
  /** Types of the zones over each cell, a bit each. */
  readonly #types: Uint8Array
  #nextId = 1

  constructor(floor: Floor) {
    this.#floor = floor
    this.#types = new Uint8Array(floor.isFree.length)
  }

  add(zone: Omit<Zone, 'id'>): Zone {
    const made = { ...zone, id: this.#nextId++ }
    this.all.set(made.id, made)
    this.#paint()
    return made
  }

  remove(id: number): void {
    if (!this.all.delete(id))
      throw new NotFoundError({ code: 'zone-unknown', message: `There is no zone ${id}.` })
    this.#paint()
  }

  #paint(): void {
    this.#types.fill(0)
    const { rows, columns } = this.#floor
    for (const { type, top, left, bottom, right } of this.all.values())
      for (let row = Math.max(0, top); row <= Math.min(rows - 1, bottom); row++)
        for (let column = Math.max(0, left); column <= Math.min(columns - 1, right); column++)
          this.#types[row * columns + column]! |= 1 << zoneTypes.indexOf(type)
  }

  #has(cell: number, type: ZoneType): boolean {
    return (this.#types[cell]! & (1 << zoneTypes.indexOf(type))) !== 0
  }

  /** Robots on this cell stand. */
  stops(cell: number): boolean {
    return this.#has(cell, 'PERSON')
  }

  /** Robots on this cell leave it. */
  closes(cell: number): boolean {
    return this.#has(cell, 'BLOCKED')
  }

  /** Writes 1 where nobody may drive in. */
  writeShut(shut: Uint8Array): void {
    for (let cell = 0; cell < shut.length; cell++)
      shut[cell] = this.#has(cell, 'BLOCKED') || this.#has(cell, 'PERSON') ? 1 : 0
  }

  /** Marks who is slowed down by a limit in this step, or not let into a zone that another is in. */
  delay(step: number, states: Int32Array, actions: Uint8Array, isLate: Uint8Array): void {
    if (this.all.size === 0) return
    const { ahead } = this.#floor
    let inside = 0
    for (const state of states) if (this.#has(state >> 2, 'RELEASE')) inside++
    for (let robot = 0; robot < states.length; robot++) {
      const cell = states[robot]! >> 2
      if (this.#has(cell, 'SPEED_LIMIT') && ((step + robot) & 1) === 0) isLate[robot] = 1
      if (actions[robot] !== 0 || isLate[robot] === 1 || this.#has(cell, 'RELEASE')) continue
      if (!this.#has(ahead[states[robot]!]!, 'RELEASE')) continue
      if (inside > 0) isLate[robot] = 1
      else inside++
    }
  }
}
