import { wrapAngle } from '@heavylift/core/math'

/** A way through a junction. */
export type Turn = 'left' | 'straight' | 'right'

/** Deviation below which a way through a junction counts as straight on. */
const straightRad = Math.PI / 4

/** Left, straight or right by how far the heading turns, in radians. */
export function turnOf(headingChange: number): Turn {
  const turn = wrapAngle(headingChange)
  if (Math.abs(turn) < straightRad) return 'straight'
  return turn > 0 ? 'left' : 'right'
}
