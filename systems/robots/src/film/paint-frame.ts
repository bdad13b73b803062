import type { LiveFloor } from '../live/live-floor.ts'

type Colour = readonly [red: number, green: number, blue: number]

const ground: Colour = [16, 20, 26]
/** By place in `cellKinds`: wall, free, shelf face, station, charger. */
const kindColours: readonly Colour[] = [
  [62, 70, 82],
  [27, 33, 41],
  [32, 40, 50],
  [38, 58, 78],
  [40, 64, 52],
]
/** By place in `robotStates`. */
const stateColours: readonly Colour[] = [
  [138, 147, 160],
  [86, 156, 255],
  [190, 140, 255],
  [80, 200, 130],
  [80, 200, 130],
  [240, 82, 82],
  [225, 230, 238],
  [245, 180, 60],
]
const shut: Colour = [240, 82, 82]

/** Frames of a floor as rows of red, green and blue bytes, a margin around it that is red while the floor is stopped. */
export class FramePainter {
  readonly width: number
  readonly height: number
  readonly #cellPx: number
  readonly #margin: number
  readonly #bytes: Uint8Array

  constructor(rows: number, columns: number, cellPx: number) {
    this.#cellPx = cellPx
    this.#margin = cellPx
    // Codecs want even sides.
    this.width = 2 * Math.ceil((columns * cellPx + 2 * this.#margin) / 2)
    this.height = 2 * Math.ceil((rows * cellPx + 2 * this.#margin) / 2)
    this.#bytes = new Uint8Array(this.width * this.height * 3)
  }

  /**
   * A moment of a step, in an array that the next call writes to again.
   * @param before states before the step @param actions of the step @param part how far it is, 0 to 1
   */
  paint(floor: LiveFloor, before: Int32Array, actions: Uint8Array, part: number): Uint8Array {
    const { columns } = floor.warehouse.floor
    const px = this.#cellPx
    this.#fill(0, 0, this.width, this.height, floor.isStopped ? shut : ground)
    for (const [cell, kind] of floor.warehouse.kinds.entries())
      this.#square(cell % columns, Math.floor(cell / columns), 0, kindColours[kind]!)
    for (const { top, left, bottom, right } of floor.zones.all.values())
      for (let row = top; row <= bottom; row++)
        for (let column = left; column <= right; column++)
          if (floor.warehouse.kinds[row * columns + column] !== 0) this.#square(column, row, 0, [110, 44, 50])
    for (let robot = 0; robot < floor.robots; robot++) {
      const state = before[robot]!
      const far = actions[robot] === 0 ? part : 0
      const direction = state & 3
      const right = direction === 0 ? far : direction === 2 ? -far : 0
      const down = direction === 1 ? far : direction === 3 ? -far : 0
      this.#square(
        ((state >> 2) % columns) + right,
        Math.floor((state >> 2) / columns) + down,
        Math.max(1, Math.round(px / 8)),
        stateColours[floor.status[robot]!]!,
      )
    }
    return this.#bytes
  }

  #square(column: number, row: number, inset: number, colour: Colour): void {
    const px = this.#cellPx
    const [x, y] = [this.#margin + Math.round(column * px), this.#margin + Math.round(row * px)]
    this.#fill(x + inset, y + inset, px - 2 * inset, px - 2 * inset, colour)
  }

  #fill(x: number, y: number, width: number, height: number, [red, green, blue]: Colour): void {
    const bytes = this.#bytes
    for (let down = y; down < y + height; down++)
      for (let at = (down * this.width + x) * 3; at < (down * this.width + x + width) * 3; at += 3) {
        bytes[at] = red
        bytes[at + 1] = green
        bytes[at + 2] = blue
      }
  }
}
