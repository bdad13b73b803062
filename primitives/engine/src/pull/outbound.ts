import { lookup } from 'node:dns'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { isPublicAddress } from '@heavylift/core/safe-fetch'
import { EnvHttpProxyAgent, request } from 'undici'
import type { Dispatcher } from 'undici'
import { PullError } from './pull-error.ts'

const maxRedirects = 5
const silenceMs = 30_000

/** How pulls reach the outside. Streams, since models are larger than what `safe-fetch` is willing to hold. */
export interface Outbound {
  get(url: string, options?: OutboundGet): Promise<OutboundAnswer>
  close(): Promise<void>
}

export interface OutboundGet {
  /** Sent to the first origin only. */
  headers?: Record<string, string>
  signal?: AbortSignal
}

export interface OutboundAnswer {
  status: number
  /** Of the last redirect. */
  url: string
  /** Of the last answer. */
  headers: Dispatcher.ResponseData['headers']
  /** Of the redirects, first to last; hubs put facts on them that the last answer lacks. */
  redirects: { url: string; headers: Dispatcher.ResponseData['headers'] }[]
  body: Dispatcher.ResponseData['body']
}

export interface OutboundOptions {
  /**
   * `public`: for addresses that people type; connects only to public addresses, checked as resolved, on every redirect.
   * `configured`: for addresses that the machine's owner configured (a private package index).
   */
  trust: 'public' | 'configured'
  /** PEM file of further certificates. */
  certFile?: string | null
}

/** Honours `http_proxy`, `https_proxy` and `no_proxy`. */
export function createOutbound({ trust, certFile = null }: OutboundOptions): Outbound {
  const ca = certFile === null ? undefined : [...rootCertificates, readFileSync(certFile, 'utf8')]
  const tls = ca === undefined ? {} : { ca }
  const agent = new EnvHttpProxyAgent({
    connect: { ...tls, ...(trust === 'public' ? { lookup: publicLookup } : {}) },
    requestTls: tls,
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
  })

  const get = async (
    address: string,
    { headers = {}, signal }: OutboundGet = {},
  ): Promise<OutboundAnswer> => {
    const redirects: OutboundAnswer['redirects'] = []
    let url = parse(address)
    let sent: Record<string, string> = { 'user-agent': 'Heavylift', ...headers, ...credentialsOf(url) }
    for (;;) {
      if (trust === 'public') refuseInnerAddress(url)
      const answer = await request(withoutCredentials(url), {
        dispatcher: agent,
        headers: sent,
        ...(signal === undefined ? {} : { signal }),
      }).catch((error: unknown) => {
        signal?.throwIfAborted()
        if (error instanceof PullError) throw error
        throw new PullError(
          'model-source-unreachable',
          `${url.host} cannot be reached (${reasonOf(error)}). Check the network and run the command again.`,
          error,
        )
      })
      const location = answer.headers['location']
      if (answer.statusCode < 300 || answer.statusCode >= 400 || typeof location !== 'string') {
        return {
          status: answer.statusCode,
          url: url.href,
          headers: answer.headers,
          redirects,
          body: answer.body,
        }
      }
      await answer.body.dump()
      redirects.push({ url: url.href, headers: answer.headers })
      const next = parse(location, url)
      if (redirects.length > maxRedirects || (url.protocol === 'https:' && next.protocol === 'http:')) {
        throw new PullError('model-source-refused', `${url.host} redirects too often, or from https to http.`)
      }
      if (next.origin !== url.origin) sent = { 'user-agent': 'Heavylift', ...pick(sent, ['accept', 'range']) }
      url = next
    }
  }
  return { get, close: () => agent.close() }
}

function parse(address: string, base?: URL): URL {
  const url = URL.parse(address, base)
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new PullError('model-unknown', 'Only http and https addresses can be pulled from.')
  }
  return url
}

function refuseInnerAddress(url: URL): void {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw notPublic(host)
}

/** Resolves as the system does and refuses a name with any address that is not public; what is checked is connected to. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0)
    const [first] = addresses
    if (first === undefined || addresses.some(({ address }) => !isPublicAddress(address))) {
      return callback(notPublic(hostname), '', 0)
    }
    if (options.all === true) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}

function notPublic(host: string): PullError {
  return new PullError(
    'model-source-refused',
    `${host} is not on the public internet. Add --private to pull from your own network.`,
  )
}

function credentialsOf(url: URL): Record<string, string> {
  if (url.username === '') return {}
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
}

function withoutCredentials(url: URL): URL {
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  return bare
}

function pick(headers: Record<string, string>, names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)))
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code ?? message
}
