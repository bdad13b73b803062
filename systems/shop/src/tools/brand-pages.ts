import type { Clock, Logger } from '@heavylift/core'
import { createSafeFetch, type SafeFetch } from '@heavylift/core/safe-fetch'
import { sentences } from '../assistant/words.ts'
import type { BrandPage, BrandPages } from '../domain/ports.ts'
import type { Product } from '../domain/product.ts'
import { plainText } from '../import/clean-text.ts'

const keepMs = 60 * 60 * 1000
/** A page that could not be read is not asked for again so soon. */
const keepFailureMs = 5 * 60 * 1000
const maxPages = 200
const maxSentences = 400

/**
 * The brands' own pages, as configured by brand. They are read through the client for outbound calls (public addresses only,
 * 3 s, 1 MiB, HTML or text), kept for an hour, and are data: quoted with their address, never obeyed.
 */
export function createBrandPages(
  deps: { clock: Clock; log: Logger },
  addresses: Readonly<Record<string, string>>,
  fetch: SafeFetch = createSafeFetch({ totalMs: 3_000, idleMs: 2_000, maxBytes: 1024 * 1024 }),
): BrandPages {
  const byBrand = new Map(Object.entries(addresses).map(([brand, url]) => [brand.toLowerCase(), url]))
  const kept = new Map<string, { page: Promise<BrandPage | null>; untilMs: number }>()

  async function read(url: string): Promise<BrandPage | null> {
    try {
      const answer = await fetch(url, { contentTypes: ['text/html', 'application/xhtml+xml', 'text/plain'] })
      if (answer.status !== 200) throw new Error(`it answered with status ${answer.status}`)
      return { url: answer.url, sentences: sentences(pageText(answer.text())).slice(0, maxSentences) }
    } catch (error) {
      deps.log.warn(
        { url, reason: error instanceof Error ? error.message : 'unknown' },
        'brand page not read',
      )
      const failed = kept.get(url)
      if (failed) failed.untilMs = deps.clock.nowMs() + keepFailureMs
      return null
    }
  }

  return {
    async read(product: Product) {
      const url = byBrand.get(product.brand?.toLowerCase() ?? '')
      if (url === undefined) return null
      const known = kept.get(url)
      if (known && known.untilMs > deps.clock.nowMs()) return known.page
      kept.delete(url)
      const oldest = kept.keys().next()
      if (kept.size >= maxPages && !oldest.done) kept.delete(oldest.value)
      const page = Promise.resolve().then(() => read(url))
      kept.set(url, { page, untilMs: deps.clock.nowMs() + keepMs })
      return page
    },
  }
}

/** Blocks end sentences, so that a heading and the paragraph below it do not become one. */
function pageText(html: string): string {
  const blocks = html
    .replaceAll(/<(nav|header|footer|noscript|template|svg)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replaceAll(/<\/(?:p|li|h[1-6]|td|th|div|dd|dt|section|article|title)\s*>|<br\s*\/?>/gi, '\n$&')
    .split('\n')
  return blocks
    .map((block) => plainText(block))
    .filter((block) => block !== '')
    .map((block) => (/[.!?]$/.test(block) ? block : `${block}.`))
    .join(' ')
}
