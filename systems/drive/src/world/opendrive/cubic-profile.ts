/** One piece of a profile: a + b·d + c·d² + d·d³ with d the distance from `start`. */
export interface CubicPiece {
  start: number
  a: number
  b: number
  c: number
  d: number
}

/** A piecewise cubic along a road (widths, lane offset, elevation), in a typed array. Zero where it holds no piece. */
export class CubicProfile {
  /** start, a, b, c, d of each piece. */
  readonly #table: Float64Array
  readonly #pieces: number

  /** Where along the road it is zero up to its first piece, as lane offsets, elevations and superelevations are; 0: nowhere. */
  readonly #zeroUntil: number

  /** `isZeroBefore`: zero from 0 to the first piece; otherwise that one goes on backwards. */
  constructor(pieces: CubicPiece[], { isZeroBefore = false } = {}) {
    const sorted = pieces.toSorted((left, right) => left.start - right.start)
    this.#pieces = sorted.length
    this.#zeroUntil = isZeroBefore ? (sorted[0]?.start ?? 0) : 0
    this.#table = Float64Array.from(sorted.flatMap(({ start, a, b, c, d }) => [start, a, b, c, d]))
  }

  /** Its pieces by rising start. */
  toPieces(): CubicPiece[] {
    return Array.from({ length: this.#pieces }, (_, index) => {
      const [start, a, b, c, d] = this.#table.subarray(5 * index, 5 * index + 5)
      return { start, a, b, c, d } as CubicPiece
    })
  }

  /** Whether it is the same everywhere. */
  get isConstant(): boolean {
    if (this.#pieces === 0) return true
    return (
      this.#pieces === 1 &&
      this.#zeroUntil === 0 &&
      this.#table[2] === 0 &&
      this.#table[3] === 0 &&
      this.#table[4] === 0
    )
  }

  at(s: number): number {
    const piece = this.#pieceAt(s)
    if (piece < 0 || (s < this.#zeroUntil && s >= 0)) return 0
    const table = this.#table
    const x = s - (table[piece] as number)
    return (
      (table[piece + 1] as number) +
      x *
        ((table[piece + 2] as number) + x * ((table[piece + 3] as number) + x * (table[piece + 4] as number)))
    )
  }

  /** The first derivative by s. */
  slopeAt(s: number): number {
    const piece = this.#pieceAt(s)
    if (piece < 0 || (s < this.#zeroUntil && s >= 0)) return 0
    const table = this.#table
    const x = s - (table[piece] as number)
    return (
      (table[piece + 2] as number) +
      x * (2 * (table[piece + 3] as number) + x * 3 * (table[piece + 4] as number))
    )
  }

  /** Index into the table of the last piece that starts at or before s, the first piece before that, −1 without any. */
  #pieceAt(s: number): number {
    if (this.#pieces === 0) return -1
    let piece = this.#pieces - 1
    while (piece > 0 && (this.#table[piece * 5] as number) > s) piece--
    return piece * 5
  }
}
