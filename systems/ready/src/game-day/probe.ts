import { request } from 'node:http'
import { sleep } from '@heavylift/core/async'

/** What a service is asked for. */
export interface Endpoint {
  name: string
  method: string
  path: string
  body?: string
  headers?: Record<string, string>
  /** The answer is a stream of server-sent events. */
  isStream?: boolean
}

/** One request and what came of it. */
export interface Observed {
  endpoint: string
  /** Milliseconds since 1970. */
  sentMs: number
  /** To the end of the answer, or to when it was given up. */
  tookMs: number
  status: number | null
  /** Why there is no whole answer. */
  problem: 'no answer in time' | 'connection' | null
  bytes: number
  /** Of a stream: its last event, and whether an event named `error` came. */
  lastEvent: string | null
  hasErrorEvent: boolean
}

const mostKeptBytes = 1_000_000

/** Whether it is an answer that does what was asked. */
export const isGood = ({ status, problem }: Observed) => problem === null && status !== null && status < 400

/** Asks on a connection of its own, so that nothing of one request is felt by the next. Redirects are answers. */
export function ask(base: URL, endpoint: Endpoint, patienceMs: number): Promise<Observed> {
  const sentMs = performance.timeOrigin + performance.now()
  return new Promise((resolve) => {
    let text = ''
    let bytes = 0
    let status: number | null = null
    const end = (problem: Observed['problem']) => {
      clearTimeout(timer)
      asked.destroy()
      const events =
        endpoint.isStream === true ? text.split(/\r?\n\r?\n/).filter((one) => one.trim() !== '') : []
      resolve({
        endpoint: endpoint.name,
        sentMs,
        tookMs: performance.timeOrigin + performance.now() - sentMs,
        status,
        problem,
        bytes,
        lastEvent: events.at(-1) ?? null,
        hasErrorEvent: events.some((one) => /^event: *error/m.test(one)),
      })
    }
    const timer = setTimeout(() => end('no answer in time'), patienceMs)
    const asked = request(
      {
        host: base.hostname.replaceAll(/^\[|\]$/g, ''),
        port: base.port || 80,
        method: endpoint.method,
        path: endpoint.path,
        agent: false,
        headers: {
          host: base.host,
          ...(endpoint.body === undefined ? {} : { 'content-length': Buffer.byteLength(endpoint.body) }),
          ...endpoint.headers,
        },
      },
      (answer) => {
        status = answer.statusCode ?? null
        answer.on('data', (piece: Buffer) => {
          bytes += piece.length
          if (text.length < mostKeptBytes) text += piece.toString('utf8')
        })
        answer.on('end', () => end(answer.complete ? null : 'connection'))
        answer.on('error', () => end('connection'))
      },
    )
    asked.on('error', () => end('connection'))
    asked.end(endpoint.body)
  })
}

export interface Sending {
  ratePerSecond: number
  seconds: number
  patienceMs: number
  signal: AbortSignal
}

/** Sends to endpoints in turn at a fixed rate, whether answers come or not, and waits for the last. */
export async function send(base: URL, endpoints: readonly Endpoint[], sending: Sending): Promise<Observed[]> {
  const { ratePerSecond, seconds, patienceMs, signal } = sending
  const startMs = performance.now()
  const count = Math.max(1, Math.round(ratePerSecond * seconds))
  const asked: Promise<Observed>[] = []
  for (let at = 0; at < count && !signal.aborted; at++) {
    const waitMs = startMs + (1000 * at) / ratePerSecond - performance.now()
    if (waitMs > 0) await sleep(waitMs, signal)
    if (!signal.aborted) asked.push(ask(base, endpoints[at % endpoints.length] as Endpoint, patienceMs))
  }
  return Promise.all(asked)
}

export function medianMs(observed: readonly Observed[]): number {
  const sorted = observed.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

export const share = <T>(all: readonly T[], is: (one: T) => boolean) =>
  all.length === 0 ? 0 : all.filter(is).length / all.length
