import { Button, SegmentedControl } from '@mantine/core'
import { Icon, cx } from '@heavylift/ui'
import type { PlayHead } from './play-head.ts'
import styles from './transport.module.css'

/** What happened when, as marks on the scrubber. */
export interface TimeMark {
  timeS: number
  words: string
  tone: 'bad' | 'warn'
}

/** Play, pause, step, speed, and the scrubber with its marks. */
export function Transport({
  head,
  timeS,
  endS,
  stepS,
  isPlaying,
  marks,
  onChange,
}: {
  head: PlayHead
  timeS: number
  endS: number
  stepS: number
  isPlaying: boolean
  marks: TimeMark[]
  onChange: () => void
}) {
  const seek = (to: number) => {
    head.seek(to, performance.now())
    onChange()
  }
  const toggle = () => {
    if (isPlaying) head.pause(performance.now())
    else head.play(performance.now())
    onChange()
  }
  const step = (by: number) => {
    head.pause(performance.now())
    seek(timeS + by)
  }
  return (
    <div className={styles['transport']}>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={isPlaying ? 'Pause' : 'Play'}
        title="Space"
        onClick={toggle}
      >
        <Icon name={isPlaying ? 'pause' : 'play'} />
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        aria-label="A step back"
        title="←"
        onClick={() => step(-stepS)}
      >
        ‹
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        aria-label="A step on"
        title="→"
        onClick={() => step(stepS)}
      >
        ›
      </Button>
      <div className={styles['scrub']}>
        <input
          type="range"
          aria-label="Time of the run"
          aria-valuetext={`${timeS.toFixed(2)} of ${endS.toFixed(1)} seconds`}
          min={0}
          max={endS}
          step={stepS}
          value={timeS}
          onChange={(event) => seek(Number(event.currentTarget.value))}
        />
        {together(marks).map((mark) => (
          <button
            key={`${mark.timeS} ${mark.words}`}
            type="button"
            className={styles['mark']}
            data-tone={mark.tone}
            style={{ left: `${(mark.timeS / Math.max(endS, 1e-6)) * 100}%` }}
            title={`${mark.timeS.toFixed(2)} s: ${mark.words}`}
            aria-label={`Go to ${mark.timeS.toFixed(2)} s: ${mark.words}`}
            onClick={() => {
              head.pause(performance.now())
              seek(mark.timeS)
            }}
          />
        ))}
      </div>
      <span className={cx(styles['time'], 'hl-number')}>
        {timeS.toFixed(2)} / {endS.toFixed(1)} s
      </span>
      <SegmentedControl
        size="xs"
        aria-label="Speed of the replay"
        data={[
          { value: '0.25', label: '¼×' },
          { value: '1', label: '1×' },
          { value: '4', label: '4×' },
        ]}
        value={String(head.speed)}
        onChange={(value) => {
          head.setSpeed(Number(value), performance.now())
          onChange()
        }}
      />
    </div>
  )
}

/** What happened at one time is one mark. */
function together(marks: readonly TimeMark[]): TimeMark[] {
  return [...Map.groupBy(marks, ({ timeS }) => timeS)].map(([timeS, group]) => ({
    timeS,
    words: group.map(({ words }) => words).join(' '),
    tone: group.some(({ tone }) => tone === 'bad') ? 'bad' : 'warn',
  }))
}
