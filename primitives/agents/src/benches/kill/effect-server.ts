import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sleep } from '@heavylift/core/async'

/** One effect that took place. */
export interface Effect {
  tool: string
  run: string
  n: number
  key: string
  /** What was done, where it matters what. */
  did?: unknown
}

/** The world outside: it does what it is told and writes down each call, so that what took place is known whatever was killed. */
export interface EffectServer {
  url: string
  effects: Effect[]
  /** Calls that arrived, effects or not. */
  calls(): number
  /** Calls that came with a key that was known already. */
  repeated(): number
  close(): Promise<void>
}

/**
 * `POST /act` with `{ tool, run, n }` and a key. `keyed` answers a known key as before and does nothing; the others act each time. `GET /check?key=` says
 * whether a key has acted. Time passes before and after the effect, for a kill to fall into.
 */
export async function startEffectServer(mostDelayMs: number, random: () => number): Promise<EffectServer> {
  const effects: Effect[] = []
  const keys = new Set<string>()
  let calls = 0
  let repeated = 0
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const url = new URL(request.url ?? '/', 'http://x')
      if (request.method === 'GET') {
        const known = keys.has(url.searchParams.get('key') ?? '')
        response.end(JSON.stringify({ known }))
        return
      }
      let text = ''
      for await (const part of request) text += String(part)
      const { tool, run, n, did } = JSON.parse(text) as Omit<Effect, 'key'>
      const key = String(request.headers['idempotency-key'])
      calls++
      await sleep(random() * mostDelayMs)
      // Who asked is gone before anything happened.
      if (request.socket.destroyed) return
      if (keys.has(key)) repeated++
      if (tool !== 'keyed' || !keys.has(key)) effects.push({ tool, run, n, key, did })
      keys.add(key)
      await sleep(random() * mostDelayMs)
      response.end(JSON.stringify({ n }))
    }
    answer().catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    effects,
    calls: () => calls,
    repeated: () => repeated,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Does something in the world, once a key where the tool is `keyed`. */
export async function act(world: string, key: string, what: Omit<Effect, 'key'>): Promise<unknown> {
  const response = await fetch(`${world}/act`, {
    method: 'POST',
    headers: { 'idempotency-key': key },
    body: JSON.stringify(what),
  })
  return await response.json()
}

/** Whether something was done under a key. */
export async function check(world: string, key: string): Promise<boolean> {
  const response = await fetch(`${world}/check?key=${key}`)
  return ((await response.json()) as { known: boolean }).known
}
