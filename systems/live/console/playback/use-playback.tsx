import { useEffect, useMemo, useRef, useState } from 'react'
import { useEvents } from '@heavylift/ui'
import type { LiveState } from '@heavylift/ui'
import { api } from '../api.ts'
import { Playback } from './playback.ts'
import type { PlaybackState } from './playback.ts'

/** A match's play head with those who are told when it is moved. */
export interface Player {
  playback: Playback
  listeners: Set<() => void>
}

export function usePlayer(matchId: string): Player {
  return useMemo(() => {
    const listeners = new Set<() => void>()
    const playback = new Playback({
      async load(fromMs, toMs) {
        const { pictures } = await api.get('/matches/:matchId/pictures', {
          params: { matchId },
          query: { fromMs, toMs },
        })
        return pictures
      },
      onChange: () => {
        for (const listener of listeners) listener()
      },
    })
    return { playback, listeners }
  }, [matchId])
}

/** What the head stands at, looked at every `everyMs` and whenever it is moved. */
export function useHead({ playback, listeners }: Player, everyMs: number): PlaybackState {
  const [state, setState] = useState(() => playback.state(performance.now()))
  useEffect(() => {
    const look = () => setState(playback.state(performance.now()))
    look()
    listeners.add(look)
    const timer = setInterval(look, everyMs)
    return () => {
      listeners.delete(look)
      clearInterval(timer)
    }
  }, [playback, listeners, everyMs])
  return state
}

/** Feeds a match's pictures to its play head. Draws nothing, so that ten pictures a second redraw nothing else. */
export function PictureFeed({
  matchId,
  playback,
  onState,
}: {
  matchId: string
  playback: Playback
  onState: (state: LiveState['state'], lastAtMs: number | null) => void
}) {
  const live = useEvents(api.events('/matches/:matchId/picture', { params: { matchId } }), ({ data }) =>
    playback.push(data, performance.now()),
  )
  const tell = useRef(onState)
  useEffect(() => {
    tell.current = onState
  })
  const lastAtMs = useRef(live.lastAtMs)
  useEffect(() => {
    lastAtMs.current = live.lastAtMs
  })
  useEffect(() => tell.current(live.state, lastAtMs.current), [live.state])
  return null
}
