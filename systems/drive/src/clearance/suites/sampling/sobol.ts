/**
 * Primitive polynomials (degree, coefficients) and initial direction numbers of dimensions 2 to 21 (Joe and Kuo 2008, "Constructing Sobol
 * sequences with better two-dimensional projections", new-joe-kuo-6).
 */
const table: [degree: number, coefficients: number, initial: number[]][] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
  [6, 19, [1, 1, 1, 15, 7, 5]],
  [6, 22, [1, 3, 1, 15, 13, 25]],
  [6, 25, [1, 1, 5, 5, 19, 61]],
  [7, 1, [1, 3, 7, 11, 23, 15, 103]],
  [7, 4, [1, 3, 7, 13, 13, 15, 69]],
]

export const mostSobolDimensions = table.length + 1
const bits = 32
const directions: Uint32Array[] = []

function directionsOf(dimension: number): Uint32Array {
  const known = directions[dimension]
  if (known) return known
  const made = new Uint32Array(bits)
  const entry = table[dimension - 1]
  if (!entry) for (let bit = 0; bit < bits; bit++) made[bit] = 2 ** (31 - bit)
  else {
    const [degree, coefficients, initial] = entry
    for (let bit = 0; bit < bits; bit++) {
      if (bit < degree) {
        made[bit] = (initial[bit] as number) * 2 ** (31 - bit)
        continue
      }
      const before = made[bit - degree] as number
      let value = before ^ (before >>> degree)
      for (let term = 1; term < degree; term++)
        if ((coefficients >> (degree - 1 - term)) & 1) value ^= made[bit - term] as number
      made[bit] = value >>> 0
    }
  }
  directions[dimension] = made
  return made
}

/** Coordinate of point `index` of the Sobol sequence in a dimension (from 0), in [0, 1), with its digits shifted by `shift` (32 bits). */
export function sobol(index: number, dimension: number, shift: number): number {
  const made = directionsOf(dimension)
  const gray = (index ^ (index >>> 1)) >>> 0
  let value = shift
  for (let bit = 0; bit < bits; bit++) if ((gray >>> bit) & 1) value ^= made[bit] as number
  return (value >>> 0) / 4294967296
}
