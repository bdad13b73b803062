import { useEffect, useState } from 'react'
import { useLive } from './live.ts'

export interface LiveSnapshot<T> {
  /** Null until the first one came. */
  snapshot: T | null
  /** `stale`: the stream is gone or silent; the picture is from `lastAtMs`. */
  freshness: 'connecting' | 'live' | 'stale'
  lastAtMs: number | null
}

/** The stream sends once a second; silence for this long means that it is broken, whatever the connection says. */
const silentMs = 5000

/** What a stream of whole pictures said last, for as long as the component is shown. */
export function useSnapshot<T>(path: string): LiveSnapshot<T> {
  const [taken, setTaken] = useState<{ path: string; snapshot: T } | null>(null)
  const live = useLive(path, (event) => setTaken({ path, snapshot: JSON.parse(event.data) as T }))
  const isSilent = useSilence(live.lastAtMs)
  const isStale = live.state === 'offline' || isSilent
  return {
    snapshot: taken?.path === path ? taken.snapshot : null,
    freshness: isStale ? 'stale' : live.state === 'live' ? 'live' : 'connecting',
    lastAtMs: live.lastAtMs,
  }
}

function useSilence(lastAtMs: number | null): boolean {
  const [silentSinceMs, setSilentSinceMs] = useState<number | null>(null)
  useEffect(() => {
    if (lastAtMs === null) return
    const timer = setTimeout(() => setSilentSinceMs(lastAtMs), silentMs)
    return () => clearTimeout(timer)
  }, [lastAtMs])
  return lastAtMs !== null && silentSinceMs === lastAtMs
}
