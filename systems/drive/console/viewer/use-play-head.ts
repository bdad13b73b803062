import { useEffect, useMemo, useState } from 'react'
import { PlayHead } from './play-head.ts'

/** How often words and charts follow the play head, in milliseconds; the picture follows every frame. */
const tickMs = 50

/** A play head, and its time for what stands in words. */
export function usePlayHead(endS: number): {
  head: PlayHead
  timeS: number
  isPlaying: boolean
  refresh: () => void
} {
  const head = useMemo(() => new PlayHead(), [])
  const [, setTick] = useState(0)
  const refresh = () => setTick((tick) => tick + 1)
  useEffect(() => {
    head.setEnd(endS)
  }, [head, endS])
  useEffect(() => {
    let last = -1
    const timer = setInterval(() => {
      const timeS = head.timeS(performance.now())
      if (timeS !== last) setTick((tick) => tick + 1)
      last = timeS
    }, tickMs)
    return () => clearInterval(timer)
  }, [head])
  return { head, timeS: head.timeS(performance.now()), isPlaying: head.isPlaying, refresh }
}
