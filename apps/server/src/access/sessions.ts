import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '@heavylift/core'

/** How long a browser stays signed in. */
export const sessionMs = 7 * 24 * 60 * 60_000
/** How long a sign-in link works, unless it was used. */
const ticketMs = 60 * 60_000
const mostTickets = 1_000

/**
 * Signed-in browsers. A ticket (in a link that only an administrator sees) is changed once for a session, which a cookie
 * carries. Sessions are signed with a key that follows from the installation token and kept nowhere, so they outlive a
 * restart, and a new token ends all of them.
 */
export class Sessions {
  readonly #key: Buffer
  readonly #clock: Clock
  /** Until when, by the hash of the ticket. */
  readonly #tickets = new Map<string, number>()

  constructor(installationToken: string, clock: Clock) {
    this.#key = Buffer.from(hkdfSync('sha256', installationToken, '', 'heavylift session', 32))
    this.#clock = clock
  }

  /** A ticket for one sign-in within the hour. */
  issueTicket(): string {
    const now = this.#clock.nowMs()
    for (const [hash, untilMs] of this.#tickets) if (untilMs <= now) this.#tickets.delete(hash)
    const [oldest] = this.#tickets.keys()
    if (this.#tickets.size >= mostTickets && oldest !== undefined) this.#tickets.delete(oldest)
    const ticket = randomBytes(32).toString('base64url')
    this.#tickets.set(hashOf(ticket), now + ticketMs)
    return ticket
  }

  /** The session for a ticket, which is used up by it; null for one that is unknown, used or too old. */
  redeem(ticket: string): string | null {
    const hash = hashOf(ticket)
    const untilMs = this.#tickets.get(hash)
    this.#tickets.delete(hash)
    if (untilMs === undefined || untilMs <= this.#clock.nowMs()) return null
    const facts = `${this.#clock.nowMs() + sessionMs}.${randomBytes(12).toString('base64url')}`
    return `${facts}.${this.#sign(facts)}`
  }

  isValid(session: string): boolean {
    const [untilMs = '', nonce = '', signature = ''] = session.split('.')
    const expected = Buffer.from(this.#sign(`${untilMs}.${nonce}`))
    const given = Buffer.from(signature)
    const isOurs = given.length === expected.length && timingSafeEqual(given, expected)
    return isOurs && Number(untilMs) > this.#clock.nowMs()
  }

  #sign(facts: string): string {
    return createHmac('sha256', this.#key).update(facts).digest('base64url')
  }
}

/** A browser sends cookies of one host to all its ports, so each server has a name of its own. */
export const sessionCookieName = (port: number): string => `heavylift_session_${port}`

/** `Set-Cookie` of a session; an empty one signs out. Scripts cannot read it, and pages of other sites cannot send it. */
export function sessionCookie(port: number, session: string, isSecure: boolean): string {
  const seconds = session === '' ? 0 : sessionMs / 1000
  return `${sessionCookieName(port)}=${session}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`
}

/** The value of a cookie in a `Cookie` header (RFC 6265, section 5.4); null when it is not there. */
export function cookieOf(header: string | null, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return null
}

const hashOf = (ticket: string): string => createHash('sha256').update(ticket).digest('hex')
