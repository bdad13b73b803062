import { lookup } from 'node:dns/promises'
import { InvalidInputError } from '@heavylift/core'
import type { ReportProgress } from '@heavylift/core'
import { createSafeFetch } from '@heavylift/core/safe-fetch'
import type { Fact } from '../facts/fact.ts'
import type { Observation } from './observation.ts'
import { fillVariables, setVariables } from './postman.ts'
import type { Collection } from './postman.ts'
import { safeRequests } from './verify.ts'

/** What a host that is not this machine serves, with any text, so that it may be asked. */
const consentPath = '/.well-known/heavylift-verify-consent'

export interface Service {
  /**
   * Sends one request below the service's address. A redirect is an answer, but one to the same path with or without a slash at its
   * end, which frameworks make by themselves. @throws InvalidInputError `service-not-there` */
  ask: (request: {
    method: string
    path: string
    headers?: Record<string, string>
    body?: string
  }) => Promise<{
    status: number
    text: string
  }>
}

const withoutSlash = ({ origin, pathname, search }: URL) =>
  `${origin}${pathname.replace(/\/+$/, '')}${search}`

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** @throws InvalidInputError `service-invalid`, `service-not-consented` */
export async function openService(url: string, signal: AbortSignal): Promise<Service> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new InvalidInputError({ code: 'service-invalid', message: `"${url}" is no http address.` })
  const base = new URL(url)
  const addresses = await lookup(base.hostname.replaceAll(/^\[|\]$/g, ''), { all: true }).catch(() => [])
  const isOwn = addresses.length > 0 && addresses.every(({ address }) => /^(?:127\.|::1$)/.test(address))
  const fetchSafely = createSafeFetch({
    ports: [Number(base.port) || (base.protocol === 'https:' ? 443 : 80)],
    givesRedirects: true,
    sendsCookies: true,
    ...(isOwn && { allowNetworks: ['127.0.0.0/8', '::1/128'] }),
  })
  const consent = async () => (await fetchSafely(new URL(consentPath, base).href, { signal })).status
  if (!isOwn && (await consent().catch(() => 0)) !== 200)
    throw new InvalidInputError({
      code: 'service-not-consented',
      message: `${base.host} is not this machine. It must serve ${consentPath} to be asked.`,
    })
  const prefix = base.pathname.replace(/\/$/, '')
  return {
    ask: async ({ method, path, headers = {}, body }) => {
      const known = methods.find((one) => one === method)
      if (!known) throw new InvalidInputError({ code: 'method-unknown', message: `${method} can't be sent.` })
      const send = (href: string) =>
        fetchSafely(href, {
          method: known,
          headers,
          signal,
          ...(body !== undefined && { body }),
        }).catch((cause: unknown) => {
          throw new InvalidInputError({
            code: 'service-not-there',
            message: `${base.host} did not answer ${method} ${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
            cause,
          })
        })
      const first = await send(new URL(prefix + path, base).href)
      const location = first.status >= 300 && first.status < 400 ? first.headers.get('location') : null
      const next = location === null ? null : new URL(location, first.url)
      const isSlashOnly = next !== null && withoutSlash(next) === withoutSlash(new URL(first.url))
      const answer = isSlashOnly ? await send(next.href) : first
      return { status: answer.status, text: answer.text() }
    },
  }
}

/**
 * Sends the safe requests of a spec to a running service, one after the other; redirects are not followed.
 * @throws InvalidInputError `service-invalid`, `service-not-consented`, `service-not-there`
 */
export async function askService(
  url: string,
  facts: readonly Fact[],
  report: ReportProgress,
  signal: AbortSignal,
): Promise<Observation[]> {
  const service = await openService(url, signal)
  const requests = safeRequests(facts)
  const seen: Observation[] = []
  for (const [done, { path }] of requests.entries()) {
    report({ stage: 'asking', done, total: requests.length, unit: 'requests' })
    const { status } = await service.ask({ method: 'GET', path })
    seen.push({ method: 'GET', path, status })
  }
  return seen
}

export interface Played {
  seen: Observation[]
  /** Requests without an answer, and why: a variable that nobody set, a service that was silent. */
  leftOut: { name: string; why: string }[]
}

/**
 * Plays a collection of Postman against a running service in its order, what changes something too: whoever gives it asks for that.
 * Variables are those given, then the collection's own, then what answers set.
 * @throws what `askService` throws
 */
export async function playCollection(
  url: string,
  { requests, variables }: Collection,
  given: Readonly<Record<string, string>>,
  report: ReportProgress,
  signal: AbortSignal,
): Promise<Played> {
  const service = await openService(url, signal)
  const values: Record<string, string> = { ...variables, ...given }
  const played: Played = { seen: [], leftOut: [] }
  for (const [done, request] of requests.entries()) {
    report({ stage: 'playing', done, total: requests.length, unit: 'requests' })
    const fill = (text: string) => fillVariables(text, values)
    const [path, body] = [fill(request.path), request.body === null ? null : fill(request.body)]
    const headers = Object.entries(request.headers).map(([name, value]) => [name, fill(value)] as const)
    const missing = [path, body, ...headers.map(([, one]) => one)].flatMap((one) => one?.missing ?? [])
    if (missing.length > 0) {
      played.leftOut.push({
        name: request.name,
        why: `nobody set ${[...new Set(missing)].join(', ')} (--vars NAME=VALUE,…)`,
      })
      continue
    }
    const answer = await service
      .ask({
        method: request.method,
        path: path.text,
        headers: Object.fromEntries(headers.map(([name, { text }]) => [name, text])),
        ...(body !== null && request.method !== 'GET' && { body: body.text }),
      })
      .catch((error: unknown) => {
        // One that answered before is there; a request that it does not answer is no end of the others.
        if (played.seen.length === 0 || !(error instanceof InvalidInputError)) throw error
        played.leftOut.push({ name: request.name, why: error.message })
        return null
      })
    if (!answer) continue
    Object.assign(values, setVariables(request, answer.text))
    played.seen.push({ method: request.method, path: pathOf(url, path.text), status: answer.status })
  }
  return played
}

/** As the service sees it: a prefix of its address is part of the path. */
const pathOf = (url: string, path: string) =>
  new URL(new URL(url).pathname.replace(/\/$/, '') + path, 'http://service').pathname
