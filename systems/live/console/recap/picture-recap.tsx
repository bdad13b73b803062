import { cx } from '@heavylift/ui'
import { useEffect, useMemo, useState } from 'react'
import { Button } from '@mantine/core'
import { MatchStage } from '../director/match-stage.tsx'
import { Scoreboard } from '../director/scoreboard.tsx'
import { useBook } from '../director/use-book.tsx'
import { PictureFeed, useHead, usePlayer } from '../playback/use-playback.tsx'
import type { Player } from '../playback/use-playback.tsx'
import type { MatchListing } from '../../src/routes/answers.ts'
import { CutPlayer } from './cut-player.ts'
import type { Cut } from './cut-player.ts'
import { recapTime, shownAt } from './told.ts'
import type { ToldMoment } from './told.ts'
import live from '../live.module.css'
import styles from './recap.module.css'

/** Recaps go from cut to cut within this. */
const tickMs = 100

/** The recap of a match without video, in the drawing of its field, court or track, and then the match as it is played. */
export function PictureRecap({
  listing,
  cuts,
  moments,
}: {
  listing: MatchListing
  cuts: readonly Cut[]
  moments: readonly ToldMoment[]
}) {
  const { match } = listing
  const player = usePlayer(match.id)
  const { book, feed } = useBook(match.id)
  const shared = { player, match, book }
  return (
    <section className={cx('hl-panel', live['screen'])} aria-label={`Recap of ${match.title}`}>
      {feed}
      <PictureFeed matchId={match.id} playback={player.playback} onState={() => {}} />
      <Scoreboard {...shared} />
      <MatchStage {...shared} hasPictures={listing.span !== null} carId={null} />
      <Strip player={player} cuts={cuts} moments={moments} firstPictureMs={listing.span?.fromMs ?? 0} />
    </section>
  )
}

/** The moments of the recap on a bar: where it is, what is shown, and the way to live. */
function Strip({
  player,
  cuts,
  moments,
  firstPictureMs,
}: {
  player: Player
  cuts: readonly Cut[]
  moments: readonly ToldMoment[]
  firstPictureMs: number
}) {
  const { playback, listeners } = player
  // A new answer of the server has new cuts; the recap that plays goes on with those it began with.
  const [shown] = useState({ cuts, moments, firstPictureMs })
  const cutPlayer = useMemo(
    () => new CutPlayer(playback, shown.cuts, shown.firstPictureMs),
    [playback, shown],
  )
  const { mode } = useHead(player, 250)
  const [positionMs, setPositionMs] = useState<number | null>(null)
  useEffect(() => {
    const tick = () => {
      const nowMs = performance.now()
      cutPlayer.tick(nowMs)
      setPositionMs(cutPlayer.positionMs(nowMs))
    }
    const timer = setInterval(tick, tickMs)
    listeners.add(tick)
    return () => {
      clearInterval(timer)
      listeners.delete(tick)
    }
  }, [cutPlayer, listeners])
  // Who opens this page joins late.
  useEffect(() => cutPlayer.start(performance.now()), [cutPlayer])
  const begin = (fromMs = 0) => cutPlayer.start(performance.now(), fromMs)
  const { durationMs } = cutPlayer
  const now = positionMs === null ? null : shownAt(shown.moments, positionMs)
  return (
    <div className={styles['recap-strip']}>
      <div className={styles['recap-bar']} role="group" aria-label="Moments of the recap">
        {shown.moments.map((moment) => (
          <button
            key={`${moment.fromMs} ${moment.text}`}
            type="button"
            title={`${recapTime(moment.fromMs)} ${moment.text}`}
            aria-label={`${recapTime(moment.fromMs)} ${moment.text}`}
            data-state={
              positionMs === null
                ? 'open'
                : positionMs >= moment.toMs
                  ? 'seen'
                  : moment === now
                    ? 'now'
                    : 'open'
            }
            style={{ flexGrow: Math.max(1, moment.toMs - moment.fromMs) }}
            onClick={() => begin(moment.fromMs)}
          />
        ))}
      </div>
      <div className={styles['recap-line']}>
        {positionMs === null ? (
          <Button size="compact-sm" onClick={() => begin()}>
            Play the recap
          </Button>
        ) : (
          <Button size="compact-sm" onClick={() => cutPlayer.skip()}>
            Skip to live
          </Button>
        )}
        <span className="hl-number" role="status">
          {positionMs === null
            ? mode === 'live'
              ? '● Live'
              : ''
            : `${recapTime(positionMs)} of ${recapTime(durationMs)}`}
        </span>
        <span className="hl-cut">{now?.text ?? ''}</span>
      </div>
    </div>
  )
}
