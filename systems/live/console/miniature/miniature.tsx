import { Empty } from '@heavylift/ui'
import type { MiniatureProps } from '@heavylift/ui'
import { useMemo } from 'react'
import type { Match } from '../../src/domain/match.ts'
import { pictureDrawer } from '../director/picture-drawer.ts'
import { Stage } from '../playback/stage.tsx'
import { PictureFeed, usePlayer } from '../playback/use-playback.tsx'
import live from '../live.module.css'

const noBook = { insights: [], tags: [] }

/** A match as it is played: cars on the track, players on the field. */
export default function LiveMiniature({ picture }: MiniatureProps) {
  const match = (picture as { match?: Match } | null | undefined)?.match
  if (match) return <Playing key={match.id} match={match} />
  return (
    <div className={live['mini']}>
      {picture === undefined ? null : (
        <Empty title="No match is being played">Start the simulated ones on the Director page.</Empty>
      )}
    </div>
  )
}

function Playing({ match }: { match: Match }) {
  const { playback } = usePlayer(match.id)
  const draw = useMemo(() => pictureDrawer(match, () => noBook), [match])
  return (
    <div className={live['mini']}>
      <PictureFeed matchId={match.id} playback={playback} onState={() => {}} />
      <Stage
        playback={playback}
        label={`${match.title}, now`}
        ratio="free"
        draw={(ctx, frame) => draw(ctx, frame, null)}
      />
    </div>
  )
}
