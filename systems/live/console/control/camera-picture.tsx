import { useEffect, useMemo } from 'react'
import type { Match } from '../../src/domain/match.ts'
import { api } from '../api.ts'
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

const lookEveryMs = 1_000

/**
 * Feeds the play head with what came since the last look, a second late. It looks and does not follow: a browser opens six
 * connections to a server for all of its tabs, and streams of this page, of its monitors and of an air page beside it hold
 * theirs, so one more would leave none for the commands.
 */
export function useLooks(matchId: string, playback: Playback): void {
  useEffect(() => {
    const closed = new AbortController()
    let afterMs = 0
    async function look(): Promise<void> {
      const { pictures } = await api.get('/matches/:matchId/pictures', {
        params: { matchId },
        query: { fromMs: afterMs },
        signal: closed.signal,
      })
      // The first look brings all that is kept; only its end is of now.
      const news = afterMs === 0 ? pictures.slice(-10) : pictures
      // Played a look later, so that it moves evenly until the next one.
      for (const picture of news) playback.push(picture, performance.now() + lookEveryMs)
      afterMs = (news.at(-1)?.atMs ?? afterMs - 1) + 1
    }
    // A look that fails is made up for by the next one.
    const timer = setInterval(() => void look().catch(() => undefined), lookEveryMs)
    return () => {
      clearInterval(timer)
      closed.abort()
    }
  }, [matchId, playback])
}
