import { clamp } from '@heavylift/core/math'
import { Button, SegmentedControl } from '@mantine/core'
import { Icon, cx } from '@heavylift/ui'
import { useHead } from '../playback/use-playback.tsx'
import type { Player } from '../playback/use-playback.tsx'
import type { MatchListing } from '../../src/routes/answers.ts'
import { behindWords } from '../words.ts'
import styles from './director.module.css'

/** Play, pause, speed, the scrubber over all that is kept, and the way back to now. */
export function Transport({
  player,
  span,
  onSeek,
  onLive,
}: {
  player: Player
  span: MatchListing['span']
  onSeek: (atMs: number) => void
  onLive: () => void
}) {
  const { playback } = player
  const { mode, speed, atMs, newestMs } = useHead(player, 250)
  const fromMs = span?.fromMs ?? atMs ?? 0
  const toMs = Math.max(newestMs ?? 0, span?.toMs ?? 0, fromMs + 1)
  const isLive = mode === 'live'
  const behind = behindWords(isLive || atMs === null ? 0 : toMs - atMs)
  const play = (to: number) => {
    playback.play(to, performance.now())
    onLive()
  }
  return (
    <div className={styles['transport']}>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={mode === 'paused' ? 'Play' : 'Pause'}
        title="Space"
        onClick={() => {
          if (mode === 'paused') play(speed)
          else if (atMs !== null) onSeek(atMs)
        }}
      >
        <Icon name={mode === 'paused' ? 'play' : 'pause'} />
      </Button>
      <input
        type="range"
        className={styles['scrub']}
        aria-label="Time of the match"
        aria-valuetext={isLive ? 'live' : behind}
        min={fromMs}
        max={toMs}
        step={200}
        value={isLive || atMs === null ? toMs : clamp(atMs, fromMs, toMs)}
        onChange={(event) => onSeek(Number(event.currentTarget.value))}
      />
      <span className={cx(styles['behind'], 'hl-number')}>{isLive ? 'live' : behind}</span>
      <SegmentedControl
        size="xs"
        aria-label="Speed of the replay"
        data={[
          { value: '1', label: '1×' },
          { value: '4', label: '4×' },
        ]}
        value={String(speed)}
        disabled={isLive}
        onChange={(value) => play(Number(value))}
      />
      <Button
        size="compact-sm"
        title="L; the arrow keys go 5 s back and forth"
        variant={isLive ? 'light' : 'filled'}
        disabled={isLive}
        onClick={() => {
          playback.toLive()
          onLive()
        }}
      >
        {isLive ? '● Live' : 'Back to live'}
      </Button>
    </div>
  )
}
