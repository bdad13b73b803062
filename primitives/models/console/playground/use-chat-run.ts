import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError, send } from '@heavylift/ui'
import { readEvents } from '@heavylift/ui/event-stream'
import { beginRun, failRun, readChunk } from './chat-run.ts'
import type { ChatRun } from './chat-run.ts'

/** One request at a time through the gateway, watched as it streams; leaving the page ends it. */
export function useChatRun() {
  const [run, setRun] = useState<ChatRun | null>(null)
  const abort = useRef<AbortController | null>(null)
  const frame = useRef(0)

  const stop = useCallback(() => abort.current?.abort(), [])
  useEffect(
    () => () => {
      abort.current?.abort()
      cancelAnimationFrame(frame.current)
    },
    [],
  )

  /** With `key` the call is made with that one, not as who uses the console. */
  const start = useCallback((body: Record<string, unknown>, key?: string) => {
    abort.current?.abort()
    const controller = new AbortController()
    abort.current = controller
    const next = beginRun(String(body['model']), performance.now())
    // Tokens may come faster than a screen is drawn.
    const publish = () => {
      cancelAnimationFrame(frame.current)
      frame.current = requestAnimationFrame(() => {
        if (abort.current === controller) setRun({ ...next })
      })
    }
    publish()
    void follow(next, { body, key }, controller.signal, publish)
  }, [])

  const isRunning = run !== null && (run.state === 'waiting' || run.state === 'writing')
  return { run, isRunning, start, stop }
}

async function follow(
  run: ChatRun,
  { body, key }: { body: Record<string, unknown>; key: string | undefined },
  signal: AbortSignal,
  publish: () => void,
) {
  try {
    const response = await send('/v1/chat/completions', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(body),
      signal,
    })
    run.replicaId = response.headers.get('x-heavylift-replica')
    run.cache = response.headers.get('x-heavylift-cache') as ChatRun['cache']
    run.answeredBy = response.headers.get('x-heavylift-model')
    run.callId = response.headers.get('x-request-id')
    publish()
    if (response.body) {
      for await (const event of readEvents(response.body)) {
        readChunk(run, event.data, performance.now())
        publish()
      }
    }
    if (run.error === null) run.state = 'done'
  } catch (error) {
    if (signal.aborted) run.state = 'stopped'
    else {
      const code = error instanceof ApiError ? error.code : 'stream-broken'
      const message = error instanceof Error ? error.message : String(error)
      if (error instanceof ApiError) run.callId = error.requestId
      failRun(run, { code, message }, performance.now())
    }
  }
  run.endedMs ??= performance.now()
  publish()
}
