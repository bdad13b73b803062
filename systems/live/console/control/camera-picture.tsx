import { useMemo } from 'react'
import type { Match } from '../../src/domain/match.ts'
import { pictureDrawer } from '../director/picture-drawer.ts'
import type { Playback } from '../playback/playback.ts'
import { Stage } from '../playback/stage.tsx'
import live from '../live.module.css'

const noBook = { insights: [], tags: [] }

/** The match as its feed draws it, where a mixer would have the cameras: graphics are judged over a picture. */
export function CameraPicture({ match, playback }: { match: Match; playback: Playback }) {
  const draw = useMemo(() => pictureDrawer(match, () => noBook), [match])
  return (
    <div className={live['monitor-camera']} aria-hidden="true">
      <Stage playback={playback} label="" ratio="free" draw={(ctx, frame) => draw(ctx, frame, null)} />
    </div>
  )
}
