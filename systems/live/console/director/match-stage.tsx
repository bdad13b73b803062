import { useEffect, useMemo, useRef } from 'react'
import { Empty } from '@heavylift/console'
import type { Match } from '../../src/domain/match.ts'
import { Stage } from '../playback/stage.tsx'
import type { Frame } from '../playback/stage.tsx'
import { useHead } from '../playback/use-playback.tsx'
import type { Player } from '../playback/use-playback.tsx'
import { drawCourt } from '../scene/draw-court.ts'
import { drawField } from '../scene/draw-field.ts'
import { drawTrack } from '../scene/draw-track.ts'
import type { CarVerdict } from '../scene/draw-track.ts'
import { cameraTarget } from '../scene/field.ts'
import { teamColours } from '../scene/team-colours.ts'
import { trackOutline } from '../scene/track.ts'
import type { Book } from './insight-book.ts'
import { timeOf } from './insight-book.ts'

/** How fast the camera comes to what it looks at: most of the way in this time. */
const cameraMs = 450
/** Insights are told a little before the picture that they belong to is drawn. */
const aheadMs = 500

/** The field, the court or the track of a match at the play head. */
export function MatchStage({
  player,
  match,
  book,
  carId,
}: {
  player: Player
  match: Match
  book: Book
  carId: string | null
}) {
  const known = useRef(book)
  useEffect(() => {
    known.current = book
  })
  const { isMissing, label } = useStageWords(player, match)
  const draw = useMemo(() => drawerOf(match, () => known.current), [match])
  const chosen = useRef(carId)
  useEffect(() => {
    chosen.current = carId
  })
  return (
    <div className="live-stage-frame">
      <Stage
        playback={player.playback}
        label={label}
        ratio={match.sport === 'nfl' ? 'field' : match.sport === 'nba' ? 'court' : 'track'}
        draw={(ctx, frame) => draw(ctx, frame, chosen.current)}
      />
      {isMissing ? (
        <div className="live-stage-note">
          <Empty title="No picture of this moment">
            The server keeps an hour of pictures of a match. Insights and moments below stay.
          </Empty>
        </div>
      ) : null}
    </div>
  )
}

function useStageWords({ playback, listeners }: Player, match: Match): { isMissing: boolean; label: string } {
  const head = useHead({ playback, listeners }, 1_000)
  const { picture } = head
  const place = match.sport === 'race' ? 'The track' : match.sport === 'nfl' ? 'The field' : 'The court'
  const score = picture?.homeScore == null ? '' : `, ${picture.awayScore ?? 0} to ${picture.homeScore}`
  return {
    isMissing: picture === null && !head.isLoading && head.mode !== 'live',
    label: `${place} of ${match.title}${score}. ${picture?.caption ?? ''}`,
  }
}

type Draw = (ctx: CanvasRenderingContext2D, frame: Frame, carId: string | null) => void

function drawerOf(match: Match, book: () => Book): Draw {
  const colours = teamColours(match)
  if (match.sport === 'nba')
    return (ctx, { size, moment, palette }) => drawCourt(ctx, size, { moment, colours, palette })
  if (match.sport === 'race') {
    const outline = trackOutline(match.race?.trackName ?? '')
    const verdicts = lastOf(book, verdictsOf)
    return (ctx, { size, moment, palette }, chosenCarId) =>
      drawTrack(ctx, size, { moment, outline, palette, verdicts: verdicts(), chosenCarId })
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
    if (estimate.type === 'probability') rushers.set(subject, estimate.probability)
  }
  return rushers
}

function verdictsOf(book: Book): Map<string, CarVerdict> {
  const verdicts = new Map<string, CarVerdict>()
  for (const { insight } of book.insights) {
    if (insight.kind !== 'race.burn-bar') continue
    verdicts.set(insight.subject, (insight.detail['verdict'] as CarVerdict | undefined) ?? null)
  }
  return verdicts
}
