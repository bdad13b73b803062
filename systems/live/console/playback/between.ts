import type { Mark, Picture, RaceMark } from '../../src/pipeline/pictures/picture.ts'

/** Two pictures and how far the drawing is from the first to the second (0..1). */
export interface Moment {
  before: Picture
  after: Picture
  share: number
}

/** Farther than this between two pictures nobody ran: a new play or scene began. */
const longestStep = 8

/** A place between two, or the second where the way is too long to be one movement. */
export function placeBetween(
  before: { x: number; y: number } | null | undefined,
  after: { x: number; y: number },
  share: number,
): { x: number; y: number } {
  if (!before) return after
  const [dx, dy] = [after.x - before.x, after.y - before.y]
  if (dx * dx + dy * dy > longestStep * longestStep) return share < 0.5 ? before : after
  return { x: before.x + dx * share, y: before.y + dy * share }
}

/** Players where they are between two pictures. */
export function marksBetween(before: readonly Mark[], after: readonly Mark[], share: number): Mark[] {
  const places = new Map(before.map((mark) => [mark.id, mark]))
  return after.map((mark) => ({ ...mark, ...placeBetween(places.get(mark.id), mark, share) }))
}

/** Way round the lap between two pictures (0..1), over the line the short way; null where it is unknown. */
export function lapFractionBetween(
  before: RaceMark | undefined,
  after: RaceMark,
  share: number,
): number | null {
  if (after.lapFraction === null) return null
  if (before?.lapFraction == null) return after.lapFraction
  let way = after.lapFraction - before.lapFraction
  if (way < -0.5) way += 1
  else if (way > 0.5) way -= 1
  const at = before.lapFraction + way * share
  return at - Math.floor(at)
}
