import { useEffect, useMemo, useRef } from 'react'
import { Empty } from '@heavylift/ui'
import type { Match } from '../../src/domain/match.ts'
import { Stage } from '../playback/stage.tsx'
import { useHead } from '../playback/use-playback.tsx'
import type { Player } from '../playback/use-playback.tsx'
import type { Book } from './insight-book.ts'
import { pictureDrawer } from './picture-drawer.ts'
import styles from './director.module.css'

const stages = {
  nfl: { ratio: 'field', words: 'The field' },
  nba: { ratio: 'court', words: 'The court' },
  race: { ratio: 'track', words: 'The track' },
  soccer: { ratio: 'field', words: 'The pitch' },
} as const

/** The field, the court, the pitch or the track of a match at the play head. */
export function MatchStage({
  player,
  match,
  book,
  hasPictures,
  carId,
}: {
  player: Player
  match: Match
  book: Book
  /** Whether the server keeps any picture of the match. */
  hasPictures: boolean
  carId: string | null
}) {
  const known = useRef(book)
  useEffect(() => {
    known.current = book
  })
  const { isMissing, label } = useStageWords(player, match, hasPictures)
  const draw = useMemo(() => pictureDrawer(match, () => known.current), [match])
  const chosen = useRef(carId)
  useEffect(() => {
    chosen.current = carId
  })
  return (
    <div className={styles['stage-frame']}>
      <Stage
        playback={player.playback}
        label={label}
        ratio={stages[match.sport].ratio}
        draw={(ctx, frame) => draw(ctx, frame, chosen.current)}
      />
      {isMissing ? (
        <div className={styles['stage-note']}>
          <Empty title="No picture of this moment">
            The server keeps an hour of pictures of a match. Insights and moments below stay.
          </Empty>
        </div>
      ) : null}
    </div>
  )
}

function useStageWords(
  { playback, listeners }: Player,
  match: Match,
  hasPictures: boolean,
): { isMissing: boolean; label: string } {
  const head = useHead({ playback, listeners }, 1_000)
  const { picture } = head
  const score = picture?.homeScore == null ? '' : `, ${picture.awayScore ?? 0} to ${picture.homeScore}`
  return {
    isMissing: picture === null && (!hasPictures || (!head.isLoading && head.mode !== 'live')),
    label: `${stages[match.sport].words} of ${match.title}${score}. ${picture?.caption ?? ''}`,
  }
}
