import type { CubicPiece } from './cubic-profile.ts'

/** The cubic of a piece seen from `start` on, further along. */
function shifted({ start: from, a, b, c, d }: CubicPiece, start: number): CubicPiece {
  const x = start - from
  return {
    start,
    a: a + x * (b + x * (c + x * d)),
    b: b + x * (2 * c + x * 3 * d),
    c: c + 3 * d * x,
    d,
  }
}

function pieceAt(pieces: CubicPiece[], start: number): CubicPiece {
  const piece = pieces.findLast((candidate) => candidate.start <= start) ?? pieces[0]
  return piece ? shifted(piece, start) : { start, a: 0, b: 0, c: 0, d: 0 }
}

/**
 * Widths of a lane from its outer border and that of the lane inside it (none: the reference line), both as t. `sign` is 1 on the left, −1 on the
 * right (OpenDRIVE 1.7, 9.5.2: borders may be given instead of widths).
 */
export function widthBetween(outer: CubicPiece[], inner: CubicPiece[], sign: 1 | -1): CubicPiece[] {
  const starts = [...new Set([...outer, ...inner].map(({ start }) => start))].toSorted((a, b) => a - b)
  return starts.map((start) => {
    const far = pieceAt(outer, start)
    const near = pieceAt(inner, start)
    return {
      start,
      a: sign * (far.a - near.a),
      b: sign * (far.b - near.b),
      c: sign * (far.c - near.c),
      d: sign * (far.d - near.d),
    }
  })
}

/** The outer border of a lane from that of the lane inside it and its width. */
export function borderBeyond(inner: CubicPiece[], width: CubicPiece[], sign: 1 | -1): CubicPiece[] {
  const outward = width.map(({ start, a, b, c, d }) => ({
    start,
    a: -sign * a,
    b: -sign * b,
    c: -sign * c,
    d: -sign * d,
  }))
  return widthBetween(inner, outward, 1)
}
