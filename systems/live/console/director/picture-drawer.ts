import type { Match } from '../../src/domain/match.ts'
import type { Frame } from '../playback/stage.tsx'
import { drawCourt } from '../scene/draw-court.ts'
import { drawField } from '../scene/draw-field.ts'
import { drawPitch } from '../scene/draw-pitch.ts'
import { drawTrack } from '../scene/draw-track.ts'
import type { CarState } from '../scene/draw-track.ts'
import { cameraTarget } from '../scene/field.ts'
import { teamColours } from '../scene/team-colours.ts'
import { trackOutline } from '../scene/track.ts'
import { fuelOf, verdictWords } from './fuel-of.ts'
import type { Book } from './insight-book.ts'
import { timeOf } from './insight-book.ts'

/** How fast the camera comes to what it looks at: most of the way in this time. */
const cameraMs = 450
/** Insights are told a little before the picture that they belong to is drawn. */
const aheadMs = 500
/** Less likely rushers get no ring: the field would be full of them. */
const leastRing = 0.3

export type DrawPicture = (ctx: CanvasRenderingContext2D, frame: Frame, carId: string | null) => void

/** How a match's pictures are drawn, with what the book says laid over them. */
export function pictureDrawer(match: Match, book: () => Book): DrawPicture {
  const colours = teamColours(match)
  if (match.sport === 'nba')
    return (ctx, { size, moment, palette }) => drawCourt(ctx, size, { moment, colours, palette })
  if (match.sport === 'soccer')
    return (ctx, { size, moment, palette }) => drawPitch(ctx, size, { moment, colours, palette })
  if (match.sport === 'race') {
    const outline = trackOutline(match.race?.trackName ?? '')
    const states = lastOf(book, fuelStatesOf)
    return (ctx, { size, moment, palette }, chosenCarId) =>
      drawTrack(ctx, size, { moment, outline, palette, states: states(), chosenCarId })
  }
  let cameraX: number | null = null
  return (ctx, { size, moment, palette, elapsedMs }) => {
    const { after } = moment
    if (!after.nfl) return
    const target = cameraTarget(after.nfl)
    cameraX =
      cameraX === null || Math.abs(target - cameraX) > 45
        ? target
        : cameraX + (target - cameraX) * (1 - Math.exp(-elapsedMs / cameraMs))
    const playId = after.nfl.situation?.playId ?? ''
    drawField(ctx, size, {
      moment,
      match,
      colours,
      palette,
      rushers: rushersOf(book(), playId, after.atMs + aheadMs),
      cameraX,
    })
  }
}

/** A value that is made anew only when there is a new book. */
function lastOf<T>(book: () => Book, make: (book: Book) => T): () => T {
  let made: { book: Book; value: T } | null = null
  return () => {
    const now = book()
    if (made?.book !== now) made = { book: now, value: make(now) }
    return made.value
  }
}

/** Who is said to rush in a play, by player id. */
function rushersOf(book: Book, playId: string, atMs: number): Map<string, number> {
  const rushers = new Map<string, number>()
  for (let index = book.insights.length - 1; index >= 0; index--) {
    const entry = book.insights[index]!
    // Insights are in order of time: a play's are within a minute.
    if (timeOf(entry) < atMs - 60_000) break
    const { kind, occasion, subject, estimate } = entry.insight
    if (kind !== 'nfl.blitz' || occasion !== playId || timeOf(entry) > atMs) continue
    if (estimate.type === 'probability' && estimate.probability >= leastRing)
      rushers.set(subject, estimate.probability)
  }
  return rushers
}

function fuelStatesOf(book: Book): Map<string, CarState> {
  return new Map([...fuelOf(book, Infinity)].map(([carId, fuel]) => [carId, verdictWords(fuel).state]))
}
