import { useEffect, useState } from 'react'
import { useLive } from '@heavylift/console'
import type { GatewaySnapshot } from '../shapes.ts'

export interface LiveSnapshot {
  /** Null until the first one came. */
  snapshot: GatewaySnapshot | null
  /** `stale`: the stream is gone or silent; the picture is from `lastAtMs`. */
  freshness: 'connecting' | 'live' | 'stale'
  lastAtMs: number | null
}

/** The stream sends once a second; silence for this long means that it is broken, whatever the connection says. */
const silentMs = 5000

/** The gateway now, once a second, for as long as the component is shown. */
export function useSnapshot(): LiveSnapshot {
  const [snapshot, setSnapshot] = useState<GatewaySnapshot | null>(null)
  const live = useLive('/api/models/live', (event) => {
    setSnapshot(JSON.parse(event.data) as GatewaySnapshot)
  })
  const isSilent = useSilence(live.lastAtMs)
  const isStale = live.state === 'offline' || isSilent
  return {
    snapshot,
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
