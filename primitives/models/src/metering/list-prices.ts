import { createRequire } from 'node:module'
import { isIP } from 'node:net'
import type * as GenaiPrices from '@pydantic/genai-prices'
import type { ModelPrice } from '@pydantic/genai-prices'
import type { Rates } from './rates.ts'

let loaded: typeof GenaiPrices | null = null

/** The package's table takes 10 MB, which a gateway in front of servers of one's own does without: loaded when a seller is asked for. */
function priceTable(): typeof GenaiPrices {
  return (loaded ??= createRequire(import.meta.url)('@pydantic/genai-prices') as typeof GenaiPrices)
}

/**
 * A seller's list price at a date, from the table that the package carries (nothing is downloaded); null when the seller
 * or the model is not in it. A seller is known by its id there (`anthropic`, `aws`) or by an address of its API.
 */
export function listPrices(
  seller: { id: string } | { url: string },
  model: string,
  at: Date,
): Rates[] | null {
  if ('url' in seller && !mayBeSeller(seller.url)) return null
  const by = 'id' in seller ? { providerId: seller.id } : { providerApiUrl: seller.url }
  const found = priceTable().calcPrice({}, model, { ...by, timestamp: at })
  const input = found?.model_price['input_mtok']
  if (!found || input === undefined) return null
  const price = found.model_price
  const bounds = new Set([0, ...Object.values(price).flatMap(tierStarts)])
  return [...bounds]
    .toSorted((a, b) => a - b)
    .map((from) => ({
      from,
      input: rateFrom(input, from),
      // Where no price is stated for a kind of prompt token, it is billed like any other.
      cacheRead: rateFrom(price['cache_read_mtok'] ?? input, from),
      cacheWrite: rateFrom(price['cache_write_mtok'] ?? input, from),
      cacheWrite1h: rateFrom(price['cache_write_1h_mtok'] ?? price['cache_write_mtok'] ?? input, from),
      output: rateFrom(price['output_mtok'] ?? 0, from),
    }))
}

/** Sellers have names in the public DNS. */
function mayBeSeller(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : ''
  return host.includes('.') && isIP(host) === 0
}

type PriceValue = NonNullable<ModelPrice[string]>

function tierStarts(value: PriceValue | undefined): number[] {
  return typeof value === 'object' ? value.tiers.map(({ start }) => start) : []
}

function rateFrom(value: PriceValue, from: number): number {
  if (typeof value === 'number') return value
  return (
    value.tiers.toSorted((a, b) => a.start - b.start).findLast(({ start }) => start <= from)?.price ??
    value.base
  )
}
