import { useEffect, useMemo, useRef, useState } from 'react'
import { useEvents } from '@heavylift/ui'
import type { LiveState } from '@heavylift/ui'
import type { Figures } from '../../src/live/frames.ts'
import { api } from '../api.ts'
import { FloorHistory } from '../../src/live/floor-history.ts'

/** Where the picture stands in time: at the newest step, or at one that a person chose. */
export class Playback {
  history: FloorHistory | null = null
  isLive = true
  isPaused = false
  /** Step that is shown and how far it is. */
  at = 0
  speed = 1

  /** Goes on by so much time; false where there is nothing to show. */
  advance(elapsedMs: number): { part: number } | null {
    const { history } = this
    if (history === null) return null
    const [first, last] = history.range
    if (last === 0) return null
    if (!this.isPaused) this.at += (elapsedMs / history.floor.stepMs) * this.speed
    // Live is behind by less than a step, so that motion has where to go; who falls behind jumps.
    if (this.isLive && (this.at < last - 1 || this.at > last + 1)) this.at = last
    this.at = Math.min(Math.max(this.at, first), last + 0.999)
    if (!history.show(Math.floor(this.at)) && !history.show(last)) return null
    return { part: this.at - Math.floor(this.at) }
  }

  goTo(step: number): void {
    this.isLive = false
    this.isPaused = true
    this.at = step
  }

  live(): void {
    this.isLive = true
    this.isPaused = false
  }
}

/** A figure of each step of late, for charts. */
export interface Sample {
  step: number
  perHour: number
  planMs: number
}

/** Steps between two points of a chart. */
const sampleSteps = 5
const mostSamples = 240

/** The floor as it comes from the server, and the figures of the last step. */
export function useFloor(): {
  playback: Playback
  figures: Figures | null
  samples: readonly Sample[]
  step: number
  range: [first: number, last: number]
  stream: LiveState
} {
  const playback = useMemo(() => new Playback(), [])
  const [now, setNow] = useState<{ figures: Figures; step: number; samples: readonly Sample[] } | null>(null)
  const stream = useEvents(api.events('/floor/stream'), ({ event, data }) => {
    if (event === 'floor') playback.history = new FloorHistory(data)
    else if (event === 'keyframe') playback.history?.keyframe(data)
    else {
      playback.history?.step(data)
      setNow((before) => ({
        figures: data.figures,
        step: data.step,
        samples:
          before === null || data.step % sampleSteps === 0
            ? [
                ...(before?.samples ?? []).slice(1 - mostSamples),
                { step: data.step, perHour: data.figures.perHour, planMs: data.figures.planMs },
              ]
            : before.samples,
      }))
    }
  })
  return {
    playback,
    figures: now?.figures ?? null,
    samples: now?.samples ?? [],
    step: now?.step ?? 0,
    range: playback.history?.range ?? [0, 0],
    stream,
  }
}

/** Calls a function for every frame of the screen while the component is shown; twice a second where less motion is asked for. */
export function useFrames(draw: (elapsedMs: number) => void): void {
  const latest = useRef(draw)
  useEffect(() => {
    latest.current = draw
  })
  useEffect(() => {
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)')
    let last = 0
    let frame = requestAnimationFrame(function next(nowMs) {
      frame = requestAnimationFrame(next)
      if (calm.matches && nowMs - last < 480) return
      latest.current(last === 0 ? 16 : nowMs - last)
      last = nowMs
    })
    return () => cancelAnimationFrame(frame)
  }, [])
}
