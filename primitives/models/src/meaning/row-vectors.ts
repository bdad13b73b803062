import { quantized } from './quantized.ts'
import type { Quantized } from './quantized.ts'

/** `dots.wat` beside this, compiled; `row-vectors.test.ts` holds the two together. SIMD takes 1 ms where a loop takes 20. */
export const compiledDots =
  'AGFzbQEAAAABCQFgBX9/f39/AAIPAQNlbnYGbWVtb3J5AgABAwIBAAcIAQRkb3RzAAAKwAEBvQECAn8CewJAA0AgAUUNASADIQUgACACaiEG/QwAAAAAAAAAAAAAAAAAAAAAIQf9DAAAAAAAAAAAAAAAAAAAAAAhCANAIAcgAP0BAwAgBf0ABAD9ugH9rgEhByAIIAD9AQMIIAX9AAQQ/boB/a4BIQggBUEgaiEFIABBEGohACAAIAZJDQALIAcgCP2uASEHIAQgB/0bACAH/RsBaiAH/RsCIAf9GwNqajYCACAEQQRqIQQgAUEBayEBDAALCws='

type Dots = (rows: number, count: number, width: number, query: number, out: number) => void

/** The kernel takes this many numbers at a time. */
const step = 16
const pageBytes = 65_536
/** Largest number of a query: with numbers of rows up to 127 and width up to 512 a sum stays below 2^31. */
const queryMost = 32_767

/** A vector for each row of an index, in numbers of eight bits, in one block of memory. */
export class RowVectors {
  readonly #width: number
  readonly #padded: number
  readonly #values: Int8Array
  readonly #query: Int16Array
  readonly #sums: Int32Array
  readonly #units: Float32Array
  readonly #dots: Dots
  #count = 0

  /** `width`: numbers in a vector. */
  constructor(rows: number, width: number) {
    this.#width = width
    this.#padded = Math.ceil(width / step) * step
    const queryStart = rows * this.#padded
    const sumsStart = queryStart + 2 * this.#padded
    const memory = new WebAssembly.Memory({ initial: Math.ceil((sumsStart + 4 * rows + 1) / pageBytes) })
    const module = new WebAssembly.Module(Buffer.from(compiledDots, 'base64'))
    const { exports } = new WebAssembly.Instance(module, { env: { memory } })
    this.#dots = exports['dots'] as Dots
    this.#values = new Int8Array(memory.buffer, 0, rows * this.#padded)
    this.#query = new Int16Array(memory.buffer, queryStart, this.#padded)
    this.#sums = new Int32Array(memory.buffer, sumsStart, rows)
    this.#units = new Float32Array(rows)
  }

  /** How many rows have a vector. */
  get count(): number {
    return this.#count
  }

  /** Sets the vector of a row, once. */
  set(row: number, { values, unit }: Quantized): void {
    this.#values.set(values, row * this.#padded)
    this.#units[row] = unit
    this.#count += 1
  }

  /** Cosines with a vector of length 1, row by row; 0 where a row has none. */
  cosines(vector: Float32Array): Float32Array {
    const { values, unit } = quantized(vector.subarray(0, this.#width), this.#queryMost)
    this.#query.set(values)
    this.#dots(0, this.#units.length, this.#padded, this.#query.byteOffset, this.#sums.byteOffset)
    const cosines = new Float32Array(this.#units.length)
    for (let row = 0; row < cosines.length; row += 1)
      cosines[row] = (this.#units[row] as number) * unit * (this.#sums[row] as number)
    return cosines
  }

  get #queryMost(): number {
    return Math.min(queryMost, Math.floor(2 ** 31 / (128 * this.#padded)))
  }
}
