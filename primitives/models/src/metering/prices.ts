import type { GatewayConfig, ProviderConfig } from '../table/gateway-config.ts'
import type { TokenUsage } from '../wire/codec.ts'
import { listPrices } from './list-prices.ts'
import type { Rates } from './rates.ts'

export interface PriceEntry {
  /** `table`: from the gateway's `prices`. `list`: the provider's list price. `free`: our own engine. */
  source: 'table' | 'list' | 'free' | 'unknown'
  /** Ascending by `from`, the first from 0 on. Empty when unknown. */
  rates: Rates[]
}

export interface Cost {
  /** Rounded to whole millionths; 0 when unknown. */
  costMicros: number
  isPriced: boolean
}

export interface Prices {
  /** By the name of the provider in the table, and the name that it has for the model. */
  cost(provider: string, model: string, usage: TokenUsage, nowMs: number): Cost
  priceOf(provider: string, model: string, nowMs: number): PriceEntry
}

type PricedConfig = Pick<GatewayConfig, 'prices' | 'providers'>

const freeRates: Rates = { from: 0, input: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, output: 0 }
/** List prices change on dates and by the hour of the day, so that what was found does not hold for ever. */
const holdsMs = 600_000

/** Prices by the table that `config` gives; it is asked on each call, and a new table takes effect at once. */
export function createPrices(config: () => PricedConfig): Prices {
  let known: { config: PricedConfig; untilMs: number; entries: Map<string, PriceEntry> } | null = null

  function priceOf(provider: string, model: string, nowMs: number): PriceEntry {
    const current = config()
    if (known === null || known.config !== current || nowMs >= known.untilMs) {
      known = { config: current, untilMs: nowMs + holdsMs, entries: new Map() }
    }
    const key = `${provider}\0${model}`
    let entry = known.entries.get(key)
    if (!entry) {
      entry = findPrice(current, provider, model, nowMs)
      known.entries.set(key, entry)
    }
    return entry
  }

  return {
    priceOf,
    cost(provider, model, usage, nowMs) {
      const { source, rates } = priceOf(provider, model, nowMs)
      return { costMicros: costOf(rates, usage), isPriced: source !== 'unknown' }
    },
  }
}

function findPrice(config: PricedConfig, provider: string, model: string, nowMs: number): PriceEntry {
  const price = config.prices[model]
  if (price) {
    const { input, output, cacheRead = input, cacheWrite = input, cacheWrite1h = cacheWrite } = price
    return { source: 'table', rates: [{ from: 0, input, cacheRead, cacheWrite, cacheWrite1h, output }] }
  }
  const configured = config.providers[provider]
  if (configured?.kind === 'engine') {
    return { source: 'free', rates: [freeRates] }
  }
  const rates = configured ? listPrices(sellerOf(configured), model, new Date(nowMs)) : null
  return rates ? { source: 'list', rates } : { source: 'unknown', rates: [] }
}

/** An address tells a seller from a server of one's own, which is never billed at somebody else's list price. */
function sellerOf(provider: Exclude<ProviderConfig, { kind: 'engine' }>): { id: string } | { url: string } {
  if (provider.kind === 'anthropic') return { id: 'anthropic' }
  if (provider.kind === 'bedrock') return { id: 'aws' }
  return { url: provider.replicas[0]?.url ?? '' }
}

/** Every kind of token once; `reasoning` is a part of `output`, `cacheWrite1h` of `cacheWrite`. */
function costOf(rates: readonly Rates[], usage: TokenUsage): number {
  const { cacheWrite1h = 0 } = usage
  const promptTokens = usage.input + usage.cacheRead + usage.cacheWrite
  const rate = rates.findLast(({ from }) => from === 0 || promptTokens > from)
  if (!rate) return 0
  return Math.round(
    usage.input * rate.input +
      usage.cacheRead * rate.cacheRead +
      (usage.cacheWrite - cacheWrite1h) * rate.cacheWrite +
      cacheWrite1h * rate.cacheWrite1h +
      usage.output * rate.output,
  )
}
