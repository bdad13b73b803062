import { useEffect, useRef, useState } from 'react'
import { getEvents } from './client.ts'
import type { EventsPath, TypedEvent } from './create-client.ts'
import type { StreamedEvent } from './event-stream.ts'

export interface LiveState {
  state: 'connecting' | 'live' | 'offline'
  /** When the last event came (epoch ms); null before the first. */
  lastAtMs: number | null
}

/**
 * Follows an event stream for as long as the component is shown. A broken stream is taken up again after its last
 * event id, first at once, then with growing pauses up to 8 s.
 */
export function useLive(path: string | null, onEvent: (event: StreamedEvent) => void): LiveState {
  const [state, setState] = useState<LiveState>({ state: 'connecting', lastAtMs: null })
  const handler = useRef(onEvent)
  useEffect(() => {
    handler.current = onEvent
  })

  useEffect(() => {
    if (path === null) return
    const abort = new AbortController()
    const follow = async () => {
      let lastEventId = ''
      let failures = 0
      while (!abort.signal.aborted) {
        try {
          for await (const event of getEvents(path, { signal: abort.signal, lastEventId })) {
            failures = 0
            if (event.id) lastEventId = event.id
            setState({ state: 'live', lastAtMs: Date.now() })
            handler.current(event)
          }
        } catch {
          // Falls through to the pause below; the state says that the picture is old.
        }
        if (abort.signal.aborted) return
        failures++
        if (failures > 1) setState((before) => ({ ...before, state: 'offline' }))
        await new Promise((resolve) => setTimeout(resolve, Math.min(8000, 250 * 2 ** failures)))
      }
    }
    void follow()
    return () => abort.abort()
  }, [path])

  return state
}

/** `useLive` for a stream of a typed client: events come parsed, their data as the route promises it. */
export function useEvents<Events>(
  path: EventsPath<Events> | null,
  onEvent: (event: TypedEvent<Events>) => void,
): LiveState {
  return useLive(path, (event) =>
    onEvent({ id: event.id, event: event.event, data: JSON.parse(event.data) } as TypedEvent<Events>),
  )
}
