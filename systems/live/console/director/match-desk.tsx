import { useCallback, useEffect, useMemo, useState } from 'react'
import { ErrorState, Panel, StaleBanner, cx } from '@heavylift/ui'
import { useHotKeys } from '../control/use-hot-keys.ts'
import { PictureFeed, usePlayer } from '../playback/use-playback.tsx'
import type { MatchListing } from '../../src/routes/answers.ts'
import { EvidencePanel } from './evidence-panel.tsx'
import { KeyMoments } from './key-moments.tsx'
import { MatchStage } from './match-stage.tsx'
import { RunningOrder } from './running-order.tsx'
import { Scoreboard } from './scoreboard.tsx'
import { Situation } from './situation.tsx'
import { Story } from './story.tsx'
import { Timeline } from './timeline.tsx'
import { Transport } from './transport.tsx'
import { useBook } from './use-book.tsx'
import live from '../live.module.css'

/** One press of an arrow key. */
const stepMs = 5_000

interface DirectorUrl {
  match: string
  t: string
  sel: string
}

/** One match: its picture, what is said of it, and the way back. */
export function MatchDesk({
  listing,
  url,
  setUrl,
}: {
  listing: MatchListing
  url: DirectorUrl
  setUrl: (change: Partial<DirectorUrl>) => void
}) {
  const { match } = listing
  const player = usePlayer(match.id)
  const { playback } = player
  const { book, error, feed } = useBook(match.id)
  const [lost, setLost] = useState<{ sinceMs: number | null } | null>(null)
  const [carId, setCarId] = useState<string | null>(null)

  useEffect(() => {
    // The address says where to begin; after that the head says what the address is.
    if (url.t !== '') playback.seek(Number(url.t), performance.now())
  }, [playback])

  const seek = useCallback(
    (atMs: number) => {
      playback.seek(Math.round(atMs), performance.now())
      setUrl({ match: match.id, t: String(Math.round(atMs)) })
    },
    [playback, match.id, setUrl],
  )
  const replay = useCallback(
    (atMs: number) => {
      playback.seek(Math.round(atMs), performance.now())
      playback.play(1, performance.now())
      setUrl({ t: '' })
    },
    [playback, setUrl],
  )
  useHotKeys((key) => {
    const nowMs = performance.now()
    const { mode, atMs, speed } = playback.state(nowMs)
    if (atMs === null) return false
    if (key === ' ') {
      if (mode === 'paused') {
        playback.play(speed, nowMs)
        setUrl({ t: '' })
      } else seek(atMs)
    } else if (key === 'ArrowLeft' || key === 'ArrowRight') {
      const step = key === 'ArrowLeft' ? -stepMs : stepMs
      if (mode !== 'live' || step < 0) seek(atMs + step)
    } else if (key === 'l') {
      playback.toLive()
      setUrl({ t: '' })
    } else return false
    return true
  })
  const select = useCallback(
    (id: string | null) => setUrl({ match: match.id, sel: id ?? '' }),
    [match.id, setUrl],
  )
  const chosen = useMemo(() => {
    if (url.sel === '') return null
    const entry = book.insights.find(({ insight }) => insight.id === url.sel)
    if (entry) return { entry }
    const tag = book.tags.find(({ id }) => id === url.sel)
    return tag ? { tag } : null
  }, [book, url.sel])
  const shared = { player, match, book }

  return (
    <>
      {feed}
      <PictureFeed
        matchId={match.id}
        playback={playback}
        onState={(state, sinceMs) => setLost(state === 'offline' ? { sinceMs } : null)}
      />
      {lost ? <StaleBanner sinceMs={lost.sinceMs} /> : null}
      {error === null ? null : <ErrorState error={error} />}
      <div className={live['desk']}>
        <div className={live['desk-main']}>
          <section className={cx('hl-panel', live['screen'])} aria-label={match.title}>
            <Scoreboard {...shared} />
            <MatchStage {...shared} hasPictures={listing.span !== null} carId={carId} />
            <Transport player={player} span={listing.span} onSeek={seek} onLive={() => setUrl({ t: '' })} />
          </section>
          <Timeline {...shared} span={listing.span} chosenId={url.sel} onSeek={seek} onSelect={select} />
        </div>
        <div className={live['desk-side']}>
          {chosen ? (
            <EvidencePanel {...chosen} match={match} onClose={() => select(null)} onReplay={replay} />
          ) : null}
          {match.sport === 'race' ? (
            <Panel title="Running order" note="fuel left, in laps" flush>
              <RunningOrder {...shared} carId={carId} onCar={setCarId} onSelect={select} />
            </Panel>
          ) : (
            <Situation {...shared} onSelect={select} />
          )}
          <KeyMoments book={book} chosenId={url.sel} onReplay={replay} onSelect={select} />
          <Story matchId={match.id} onSelect={select} />
        </div>
      </div>
    </>
  )
}
