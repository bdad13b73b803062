import { useEffect } from 'react'
import type { PlayHead } from '../viewer/play-head.ts'

/** Plays from the start again whenever the end is reached; stands still where less motion is asked for. */
export function useLoop(head: PlayHead, isReady: boolean): void {
  useEffect(() => {
    if (!isReady) return
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) {
      head.seek(3, performance.now())
      return
    }
    head.play(performance.now())
    const timer = setInterval(() => {
      if (!head.isPlaying) head.play(performance.now())
    }, 1_000)
    return () => clearInterval(timer)
  }, [head, isReady])
}
