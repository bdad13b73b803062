import * as http from 'node:http'
import * as https from 'node:https'
import { isIP } from 'node:net'
import { HeavyliftError } from '../errors.ts'
import { OutboundError } from './outbound-error.ts'
import { bareHost, parseOutboundUrl, readPort } from './outbound-url.ts'
import { networkList } from './public-address.ts'
import { acceptEncoding, readAnswer } from './read-answer.ts'
import { pinAddress, resolveBySystem } from './resolve-host.ts'
import type { PinnedAddress, Resolve } from './resolve-host.ts'
import { unlessAborted } from '../async/unless-aborted.ts'

export interface SafeFetchOptions {
  /** Ports that may be connected to. Default 80 and 443. */
  ports?: readonly number[]
  /** Networks (CIDR) that may be reached although they are not public. Default none. */
  allowNetworks?: readonly string[]
  /** Default 5. */
  maxRedirects?: number
  /** A redirect is given like any answer, and followed by nobody. Default false. */
  givesRedirects?: boolean
  /** Lets `cookie` be set: for who asks a service in the name of one who is signed in there. */
  sendsCookies?: boolean
  /** Of a body, on the wire and decompressed. Default 2 MiB. */
  maxBytes?: number
  /** For everything together: names, redirects, body. Default 15 s. */
  totalMs?: number
  /** Longest silence of a connection. Default 5 s. */
  idleMs?: number
  /** Default `Heavylift`. */
  userAgent?: string
  /** Certificates, beside the built-in ones, that servers may have (PEM). */
  ca?: string
  resolve?: Resolve
}

export interface SafeFetchInit {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent to the first origin only; after a redirect to another one only `accept` and `accept-language` go along. */
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** Types that the answer may have, e.g. `text/html`; absent takes any. */
  contentTypes?: readonly string[]
  /** Smaller than the client's own. */
  maxBytes?: number
  /** Takes the body as it comes, no faster than it is taken, in place of the answer's `body`, which then is empty. What it throws is thrown. */
  consume?: (chunks: AsyncIterable<Uint8Array>, status: number) => Promise<void>
  signal?: AbortSignal
}

export interface SafeFetchAnswer {
  /** Of the last redirect. */
  url: string
  status: number
  headers: Headers
  /** Lower-case, without parameters; empty when the server named none. */
  contentType: string
  body: Uint8Array
  /** The body as text in the charset that the server named, else UTF-8. */
  text(): string
}

export type SafeFetch = (url: string, init?: SafeFetchInit) => Promise<SafeFetchAnswer>

const ownHeaders = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
const headersForEveryone = new Set(['accept', 'accept-language'])
const redirects = new Set([301, 302, 303, 307, 308])

/**
 * The one client for calls to addresses that people, pages or models name. It connects only to public addresses (checked
 * after resolving, and connected to as checked), on each redirect anew, within limits of time, size and type, and keeps
 * no cookies. Any status is an answer; everything else rejects with an `OutboundError`, or the signal's reason.
 */
export function createSafeFetch(options: SafeFetchOptions = {}): SafeFetch {
  const settings = {
    ports: [80, 443],
    maxRedirects: 5,
    givesRedirects: false,
    sendsCookies: false,
    maxBytes: 2 * 1024 * 1024,
    totalMs: 15_000,
    idleMs: 5_000,
    userAgent: 'Heavylift',
    resolve: resolveBySystem,
    ...options,
  }
  const isAllowed = networkList(options.allowNetworks ?? [])

  return async (address, init = {}) => {
    const deadline = AbortSignal.timeout(settings.totalMs)
    const signal = init.signal ? AbortSignal.any([deadline, init.signal]) : deadline
    let url = parseOutboundUrl(address, settings.ports)
    let headers = checkedHeaders(init.headers ?? {}, settings.sendsCookies)
    const method = init.method ?? 'GET'
    try {
      for (let hops = 0; ; hops++) {
        const pinned = await unlessAborted(pinAddress(bareHost(url), settings.resolve, isAllowed), signal)
        const incoming = await exchange(url, pinned, { ...settings, ...init, method, headers, signal })
        const next = settings.givesRedirects ? null : redirectOf(incoming, url, settings.ports)
        if (!next) return await answerOf(incoming, url, method, init, settings.maxBytes)
        incoming.destroy()
        checkRedirect(url, next, method, hops, settings.maxRedirects)
        if (next.origin !== url.origin) headers = keepForEveryone(headers)
        url = next
      }
    } catch (error) {
      throw explain(error, deadline, init.signal, settings.totalMs)
    }
  }
}

interface Exchange {
  method: string
  headers: Record<string, string>
  body?: string | Uint8Array
  userAgent: string
  idleMs: number
  ca?: string
  signal: AbortSignal
}

/** One request on a connection of its own to the pinned address. Resolves with the answer's headers in. */
function exchange(url: URL, pinned: PinnedAddress, options: Exchange): Promise<http.IncomingMessage> {
  const isTls = url.protocol === 'https:'
  const host = bareHost(url)
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>()
  const request = (isTls ? https : http).request({
    // The address, not the name: there is nothing left to resolve. TLS still checks the certificate against the name.
    host: pinned.address,
    family: pinned.family,
    port: readPort(url),
    path: `${url.pathname}${url.search}`,
    method: options.method,
    headers: {
      'user-agent': options.userAgent,
      ...options.headers,
      'accept-encoding': acceptEncoding,
      host: url.host,
    },
    ...(isTls && isIP(host) === 0 ? { servername: host.replace(/\.$/, '') } : {}),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    // An agent of its own, so that neither a proxy from the environment nor an old connection is used.
    agent: isTls ? new https.Agent({ keepAlive: false }) : new http.Agent({ keepAlive: false }),
    maxHeaderSize: 32 * 1024,
    signal: options.signal,
  })
  let answer: http.IncomingMessage | undefined
  request.setTimeout(options.idleMs, () => {
    const silent = new OutboundError('outbound-timeout', `The server was silent for ${options.idleMs} ms.`)
    // Once an answer has begun, only its own error reaches whoever reads it.
    if (answer) answer.destroy(silent)
    request.destroy(silent)
  })
  request.on('error', reject)
  request.once('response', (incoming) => {
    answer = incoming
    resolve(incoming)
  })
  request.end(options.body)
  return promise
}

function redirectOf(incoming: http.IncomingMessage, url: URL, ports: readonly number[]): URL | null {
  const { location } = incoming.headers
  if (location === undefined || !redirects.has(incoming.statusCode ?? 0)) return null
  try {
    return parseOutboundUrl(location, ports, url)
  } catch (error) {
    incoming.destroy()
    throw error
  }
}

function checkRedirect(from: URL, to: URL, method: string, hops: number, maxRedirects: number): void {
  const why =
    method !== 'GET' && method !== 'HEAD'
      ? `The server redirects a ${method}, which could do something twice or elsewhere. Use the final address.`
      : from.protocol === 'https:' && to.protocol === 'http:'
        ? 'The server redirects from https to http.'
        : hops >= maxRedirects
          ? `The server redirects more than ${maxRedirects} times.`
          : null
  if (why !== null) throw new OutboundError('outbound-redirect-refused', why)
}

async function answerOf(
  incoming: http.IncomingMessage,
  url: URL,
  method: string,
  init: SafeFetchInit,
  maxBytes: number,
): Promise<SafeFetchAnswer> {
  const given = incoming.headers['content-type'] ?? ''
  const contentType = (given.split(';')[0] ?? '').trim().toLowerCase()
  const status = incoming.statusCode ?? 0
  const hasBody = method !== 'HEAD' && status !== 204 && status !== 304
  let body: Uint8Array = new Uint8Array()
  try {
    if (hasBody && init.contentTypes && !init.contentTypes.includes(contentType)) {
      throw new OutboundError(
        'outbound-content-type',
        `The answer is "${contentType.slice(0, 100)}"; wanted ${init.contentTypes.join(' or ')}.`,
      )
    }
    const { consume } = init
    if (hasBody)
      body = await readAnswer(
        incoming,
        Math.min(maxBytes, init.maxBytes ?? maxBytes),
        consume && ((chunks) => handOver(chunks, (watched) => consume(watched, status))),
      )
  } finally {
    incoming.destroy()
  }
  const headers = new Headers()
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  return { url: url.href, status, headers, contentType, body, text: () => decode(body, given) }
}

/** What whoever takes a body has thrown, as opposed to what the connection did. */
class TakerError extends Error {}

async function handOver(
  chunks: AsyncIterable<Uint8Array>,
  consume: (chunks: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  let broken: unknown = null
  async function* watched(): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks
    } catch (error) {
      broken = error
      throw error
    }
  }
  try {
    await consume(watched())
  } catch (cause) {
    throw cause === broken ? cause : new TakerError('the body was not taken', { cause })
  }
}

function decode(body: Uint8Array, contentType: string): string {
  const label = /;\s*charset="?([\w.:-]+)"?/i.exec(contentType)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(label).decode(body)
  } catch {
    return new TextDecoder().decode(body)
  }
}

function checkedHeaders(headers: Record<string, string>, sendsCookies: boolean): Record<string, string> {
  const checked: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase()
    if (
      (ownHeaders.has(lower) && !(sendsCookies && lower === 'cookie')) ||
      !/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(lower) ||
      /[^\t\x20-\x7e\x80-\xff]/.test(value)
    ) {
      throw new OutboundError('outbound-header-refused', `The header ${JSON.stringify(name)} cannot be set.`)
    }
    checked[lower] = value
  }
  return checked
}

function keepForEveryone(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => headersForEveryone.has(name)))
}

function explain(
  error: unknown,
  deadline: AbortSignal,
  given: AbortSignal | undefined,
  totalMs: number,
): unknown {
  if (HeavyliftError.isInstance(error)) return error
  if (error instanceof TakerError) return error.cause
  if (given?.aborted) return given.reason
  if (deadline.aborted) {
    return new OutboundError('outbound-timeout', `The server did not finish within ${totalMs} ms.`, error)
  }
  return new OutboundError(
    'outbound-failed',
    'The server could not be reached, or broke off its answer.',
    error,
  )
}
