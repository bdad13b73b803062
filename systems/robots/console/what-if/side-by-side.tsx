import { ErrorState, Loaded, Panel, formatCount } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { FloorHistory } from '../../src/live/floor-history.ts'
import type { Figures } from '../../src/live/frames.ts'
import type { Recording } from '../../src/what-if/what-if-task.ts'
import { api } from '../api.ts'
import { FloorCanvas } from '../live/floor-canvas.tsx'
import { Playback } from '../live/use-playback.ts'
import styles from '../live/live.module.css'

/** Goes where another stands, so that two floors are seen in step. */
class InStep extends Playback {
  readonly #leader: Playback

  constructor(leader: Playback) {
    super()
    this.#leader = leader
    this.isLive = false
    this.isPaused = true
  }

  override advance(): { part: number } | null {
    this.at = this.#leader.at
    return super.advance(0)
  }
}

function load(playback: Playback, { floor, keyframe, steps }: Recording): void {
  const history = new FloorHistory(floor)
  history.keyframe(keyframe)
  for (const step of steps) history.step(step)
  playback.history = history
}

const none: never[] = []
const nothing = (): void => {}

/** Two variants of a what-if, their first runs at the same step. */
export function SideBySide({
  id,
  variants,
  names,
  zones,
}: {
  id: string
  variants: readonly [number, number]
  names: readonly [string, string]
  /** What is closed in each. */
  zones: readonly [Figures['zones'], Figures['zones']]
}) {
  const [left, right] = [useRecording(id, variants[0]), useRecording(id, variants[1])]
  const playbacks = useMemo(() => {
    const leader = new Playback()
    leader.isLive = false
    return [leader, new InStep(leader)] as const
  }, [])
  const both = useMemo(
    () => (left.data && right.data ? ([left.data, right.data] as const) : null),
    [left.data, right.data],
  )
  useEffect(() => {
    if (both === null) return
    load(playbacks[0], both[0])
    load(playbacks[1], both[1])
    playbacks[0].at = both[0].keyframe.step + 1
    playbacks[0].isPaused = false
  }, [both, playbacks])
  const [at, setAt] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setAt(Math.floor(playbacks[0].at)), 200)
    return () => clearInterval(timer)
  }, [playbacks])
  if (left.isError) return <ErrorState error={left.error} />
  if (right.isError) return <ErrorState error={right.error} />
  const first = both ? both[0].keyframe.step + 1 : 0
  const last = both ? first + Math.min(both[0].steps.length, both[1].steps.length) - 1 : 0
  const done = (recording: Recording): number => recording.steps[at - first]?.finished ?? 0
  const go = (step: number): void => {
    playbacks[0].goTo(step)
    setAt(step)
  }
  return (
    <Panel title="Side by side" note="the first run of each, at the same step" flush>
      <Loaded of={left} what="Loading the runs">
        {() => (
          <>
            <div className={styles['pair']}>
              {playbacks.map((playback, place) => (
                <figure key={place}>
                  <FloorCanvas
                    playback={playback}
                    label={`The floor with ${names[place]}`}
                    zones={zones[place]!}
                    isHeatShown={false}
                    isDrawing={false}
                    box={null}
                    chosen={-1}
                    way={none}
                    onBox={nothing}
                    onChoose={nothing}
                  />
                  <figcaption>
                    {names[place]}:{' '}
                    <span className="hl-number">{both ? formatCount(done(both[place]!)) : '…'}</span> tasks
                    done
                  </figcaption>
                </figure>
              ))}
            </div>
            <div className={styles['bar']}>
              <Button
                size="compact-md"
                variant="default"
                onClick={() => {
                  const [leader] = playbacks
                  if (leader.at >= last) leader.at = first
                  leader.isPaused = !leader.isPaused
                  setAt(Math.floor(leader.at))
                }}
              >
                {playbacks[0].isPaused ? 'Play' : 'Pause'}
              </Button>
              <input
                type="range"
                aria-label="Step that is shown"
                aria-valuetext={`step ${at}`}
                min={first}
                max={Math.max(first, last)}
                value={at}
                onChange={(event) => go(Number(event.currentTarget.value))}
              />
              <span className="hl-number hl-dim">
                step {formatCount(Math.max(0, at - first + 1))} of {formatCount(last - first + 1)}
              </span>
            </div>
          </>
        )}
      </Loaded>
    </Panel>
  )
}

function useRecording(id: string, variant: number) {
  return useQuery({
    queryKey: ['robots', 'what-if', id, 'recording', variant],
    queryFn: () => api.get('/what-if/:id/recordings/:variant', { params: { id, variant } }),
    staleTime: Infinity,
  })
}
