import { InvalidInputError } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { OutboundError } from '@heavylift/core/safe-fetch'
import type { SafeFetch } from '@heavylift/core/safe-fetch'
import robots from 'robots-parser'

// Its types are those of a module of the other kind, where Node finds the function itself.
const robotsParser = robots as unknown as typeof robots.default

/** What sites know us by. */
export const userAgent = 'Heavylift'
/** RFC 9309, 2.5: a crawler reads at least 500 KiB of the file. */
const mostBytes = 512 * 1024
/** RFC 9309, 2.4: not longer than a day. */
const keptMs = 3_600_000
const mostKept = 1_000
/** Between two pages of a site. */
const leastDelayMs = 1_000
/** A site that asks for longer is not waited for. */
const mostDelayMs = 20_000

interface Site {
  rules: ReturnType<typeof robotsParser> | 'none' | 'away'
  untilMs: number
  /** When the next page may be asked for. */
  nextMs: number
}

/** What sites allow (RFC 9309), and how fast. Rules and turns are those of this process. */
export class Robots {
  readonly #fetch: SafeFetch
  readonly #sites = new Map<string, Promise<Site>>()
  readonly #nowMs: () => number

  constructor(fetch: SafeFetch, nowMs: () => number = Date.now) {
    this.#fetch = fetch
    this.#nowMs = nowMs
  }

  /** @throws InvalidInputError `robots-refused`; OutboundError where the site is away */
  async check(url: URL, signal: AbortSignal): Promise<void> {
    const { rules } = await this.#site(url.origin, signal)
    if (rules === 'none') return
    if (rules === 'away' || rules.isAllowed(url.href, userAgent) === false)
      throw new InvalidInputError({
        code: 'robots-refused',
        message:
          rules === 'away'
            ? `The site ${url.origin} does not say what may be read of it (its robots.txt failed), so nothing is.`
            : `The site does not allow ${url.pathname} to be read by programs (robots.txt).`,
      })
  }

  /** Waits until the site's next page may be asked for. @throws InvalidInputError `site-too-slow` */
  async takeTurn(url: URL, signal: AbortSignal): Promise<void> {
    const site = await this.#site(url.origin, signal)
    const asked = typeof site.rules === 'string' ? undefined : site.rules.getCrawlDelay(userAgent)
    const delayMs = Math.max(leastDelayMs, (asked ?? 0) * 1_000)
    const waitMs = Math.max(0, site.nextMs - this.#nowMs())
    if (delayMs > mostDelayMs || waitMs > mostDelayMs)
      throw new InvalidInputError({
        code: 'site-too-slow',
        message: `The site ${url.origin} is to be read more slowly than a call can wait. Ask for fewer of its pages.`,
      })
    site.nextMs = this.#nowMs() + waitMs + delayMs
    if (waitMs > 0) await sleep(waitMs, signal)
    signal.throwIfAborted()
  }

  async #site(origin: string, signal: AbortSignal): Promise<Site> {
    const known = await this.#sites.get(origin)?.catch(() => undefined)
    if (known !== undefined && known.untilMs > this.#nowMs()) return known
    const made = this.#ask(origin, known?.nextMs ?? 0, signal)
    this.#sites.delete(origin)
    this.#sites.set(origin, made)
    made.catch(() => this.#sites.delete(origin))
    if (this.#sites.size > mostKept) this.#sites.delete(this.#sites.keys().next().value ?? '')
    return await made
  }

  /** RFC 9309, 2.3.1: refusals (4xx) allow everything, failures (5xx, no answer) nothing. */
  async #ask(origin: string, nextMs: number, signal: AbortSignal): Promise<Site> {
    const url = `${origin}/robots.txt`
    const site = { untilMs: this.#nowMs() + keptMs, nextMs }
    try {
      const answer = await this.#fetch(url, { maxBytes: mostBytes, signal })
      if (answer.status >= 500) return { ...site, rules: 'away', untilMs: this.#nowMs() + 60_000 }
      if (answer.status >= 400) return { ...site, rules: 'none' }
      return { ...site, rules: robotsParser(url, answer.text()) }
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error
      // What may not be reached at all is said as it is.
      if (
        ![
          'outbound-timeout',
          'outbound-failed',
          'outbound-too-large',
          'outbound-encoding',
          'outbound-redirect-refused',
        ].includes(error.code)
      )
        throw error
      return { ...site, rules: 'away', untilMs: this.#nowMs() + 60_000 }
    }
  }
}
