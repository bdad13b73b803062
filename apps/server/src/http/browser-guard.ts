import type { IncomingHttpHeaders } from 'node:http'
import { HeavyliftError } from '@heavylift/core'
import { forbidden } from './http-errors.ts'

/** What the guard looks at; everything a browser adds by itself and a page cannot forge. */
export interface BrowserFacts {
  host: string | null
  origin: string | null
  /** `Sec-Fetch-Site`: `same-origin`, `same-site`, `cross-site`, `none`, or null from anything but a browser. */
  fetchSite: string | null
  /** True when a `Forwarded` or `X-Forwarded-*` header came along. */
  forwarded: boolean
}

export interface GuardRules {
  /** True while the key-less loopback caller is trusted. */
  open: boolean
  allowedHosts: readonly string[]
  allowedOrigins: readonly string[]
}

const loopbackNames = /^(?:localhost|[a-z0-9-]+\.localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/

/**
 * Refuses a request whose `Host` is not ours. A page of another site can make its own name resolve to 127.0.0.1 (DNS
 * rebinding) and then counts as same-origin to the browser; only the name in `Host` gives it away. Throws 421 or 403.
 */
export function checkHost(facts: BrowserFacts, rules: GuardRules): void {
  const name = (facts.host ?? '').toLowerCase().replace(/:\d{1,5}$/, '')
  const restricted = rules.open || rules.allowedHosts.length > 0
  if (restricted && !loopbackNames.test(name) && !rules.allowedHosts.includes(name)) {
    throw new HeavyliftError({
      code: 'host-not-allowed',
      message:
        'This server does not answer to that host name. Use localhost, or add the name to server.allowedHosts.',
      status: 421,
    })
  }
  if (rules.open && facts.forwarded) {
    throw forbidden(
      'proxy-needs-keys',
      'A proxy forwarded this request, and without keys everyone behind it would be an administrator. ' +
        'Create an API key, then set server.requireKeys to true.',
    )
  }
}

/** Whether a page of another origin sent this, as far as the browser says; null when it is our own page or no browser. */
export function findForeignOrigin(facts: BrowserFacts, rules: GuardRules): string | null {
  const { origin, fetchSite, host } = facts
  if (origin !== null) {
    if (rules.allowedOrigins.includes(origin)) return null
    // A proxy in front may end TLS, so only the host is compared, not the scheme.
    if (host !== null && /^https?:\/\//.test(origin) && origin.replace(/^https?:\/\//, '') === host)
      return null
    return origin
  }
  // Pages of another port on this machine are `same-site`, and just as foreign.
  if (fetchSite === 'cross-site' || fetchSite === 'same-site') return 'unknown'
  return null
}

/** Throws 403 on a request that a page of another origin sent without a publishable key for that origin. */
export function refuseForeignOrigin(origin: string): never {
  throw forbidden(
    'origin-not-allowed',
    `Pages of ${origin === 'unknown' ? 'other sites' : JSON.stringify(origin.slice(0, 200))} may not call this. ` +
      'Use a publishable key that lists the origin, or add it to server.allowedOrigins.',
  )
}

export function readBrowserFacts(headers: Headers): BrowserFacts {
  return factsFrom((name) => headers.get(name))
}

/** The same of a bare `node:http` request. */
export function readBrowserFactsOfNode(headers: IncomingHttpHeaders): BrowserFacts {
  return factsFrom((name) => {
    const value = headers[name]
    return typeof value === 'string' ? value : null
  })
}

function factsFrom(get: (name: string) => string | null): BrowserFacts {
  return {
    host: get('host'),
    origin: get('origin'),
    fetchSite: get('sec-fetch-site'),
    forwarded: forwardingHeaders.some((name) => get(name) !== null),
  }
}

const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip']
