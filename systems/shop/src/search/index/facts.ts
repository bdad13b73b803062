import { isPriced } from '../../domain/money.ts'
import type { Product } from '../../domain/product.ts'
import { productFacets, services, variantFacets } from '../constraints/facets.ts'
import type { ProductFacts, VariantFacts } from '../constraints/satisfies.ts'

/** The facts of all products as columns. Lists lie one after another; `…Start[i]` to `…Start[i + 1]` is that of row i. */
export interface FactColumns {
  productIds: string[]
  /** Facet of number f is `facetNames[f]` with `facetValues[f]`. */
  facetNames: string[]
  facetValues: string[]
  /** What products state: facet numbers. */
  facetStart: Uint32Array
  facets: Uint32Array
  variantStart: Uint32Array
  variantIds: string[]
  /** Minor units of `currency`; NaN in another currency. */
  variantPrices: Float64Array
  /** What variants state (options, availability): facet numbers. */
  optionStart: Uint32Array
  options: Uint32Array
  /** NaN without reviews. */
  ratingAverages: Float64Array
  ratingCounts: Uint32Array
  /** Bit i: `services[i]`. */
  serviceBits: Uint8Array
  currency: string
}

/** Gathers products into columns. */
export class FactBuilder {
  readonly #facetNumbers = new Map<string, number>()
  readonly #productIds: string[] = []
  readonly #facetNames: string[] = []
  readonly #facetValues: string[] = []
  readonly #facetStart = [0]
  readonly #facets: number[] = []
  readonly #variantStart = [0]
  readonly #variantIds: string[] = []
  readonly #variantPrices: number[] = []
  /** Null where a variant has no price. */
  readonly #variantCurrencies: (string | null)[] = []
  /** Products by the currency of their first variant. */
  readonly #currencies = new Map<string, number>()
  readonly #optionStart = [0]
  readonly #options: number[] = []
  readonly #ratingAverages: number[] = []
  readonly #ratingCounts: number[] = []
  readonly #serviceBits: number[] = []
  readonly #currency: string | null

  /** `currency`: the catalog's; null takes that of most products, as the catalog's vocabulary does. */
  constructor(currency: string | null = null) {
    this.#currency = currency
  }

  add(product: Product): void {
    this.#productIds.push(product.id)
    this.#push(productFacets(product), this.#facets)
    this.#facetStart.push(this.#facets.length)
    const [first] = product.variants
    if (first && isPriced(first.price))
      this.#currencies.set(first.price.currency, (this.#currencies.get(first.price.currency) ?? 0) + 1)
    for (const variant of product.variants) {
      this.#variantIds.push(variant.id)
      this.#variantPrices.push(variant.price.minor)
      this.#variantCurrencies.push(isPriced(variant.price) ? variant.price.currency : null)
      this.#push(variantFacets(variant.options, variant.stock), this.#options)
      this.#optionStart.push(this.#options.length)
    }
    this.#variantStart.push(this.#variantIds.length)
    this.#ratingAverages.push(product.rating?.average ?? Number.NaN)
    this.#ratingCounts.push(product.rating?.count ?? 0)
    let bits = 0
    services.forEach((service, bit) => {
      if (product.services.includes(service)) bits |= 1 << bit
    })
    this.#serviceBits.push(bits)
  }

  /** Takes over row `row` of other columns. */
  copy(from: FactColumns, row: number): void {
    this.#currencies.set(from.currency, (this.#currencies.get(from.currency) ?? 0) + 1)
    this.#productIds.push(from.productIds[row] as string)
    for (let at = from.facetStart[row] as number; at < (from.facetStart[row + 1] as number); at += 1)
      this.#facets.push(this.#renumber(from, from.facets[at] as number))
    this.#facetStart.push(this.#facets.length)
    for (let v = from.variantStart[row] as number; v < (from.variantStart[row + 1] as number); v += 1) {
      this.#variantIds.push(from.variantIds[v] as string)
      this.#variantPrices.push(from.variantPrices[v] as number)
      this.#variantCurrencies.push(from.currency)
      for (let at = from.optionStart[v] as number; at < (from.optionStart[v + 1] as number); at += 1)
        this.#options.push(this.#renumber(from, from.options[at] as number))
      this.#optionStart.push(this.#options.length)
    }
    this.#variantStart.push(this.#variantIds.length)
    this.#ratingAverages.push(from.ratingAverages[row] as number)
    this.#ratingCounts.push(from.ratingCounts[row] as number)
    this.#serviceBits.push(from.serviceBits[row] as number)
  }

  finish(): FactColumns {
    const most = [...this.#currencies].toSorted((a, b) => b[1] - a[1])[0]?.[0]
    const currency = this.#currency ?? most ?? 'USD'
    return {
      productIds: this.#productIds,
      facetNames: this.#facetNames,
      facetValues: this.#facetValues,
      facetStart: Uint32Array.from(this.#facetStart),
      facets: Uint32Array.from(this.#facets),
      variantStart: Uint32Array.from(this.#variantStart),
      variantIds: this.#variantIds,
      variantPrices: Float64Array.from(this.#variantPrices, (minor, at) =>
        this.#variantCurrencies[at] === currency ? minor : Number.NaN,
      ),
      optionStart: Uint32Array.from(this.#optionStart),
      options: Uint32Array.from(this.#options),
      ratingAverages: Float64Array.from(this.#ratingAverages),
      ratingCounts: Uint32Array.from(this.#ratingCounts),
      serviceBits: Uint8Array.from(this.#serviceBits),
      currency,
    }
  }

  #renumber(from: FactColumns, facet: number): number {
    return this.#number(from.facetNames[facet] as string, from.facetValues[facet] as string)
  }

  #push(stated: Map<string, Set<string>>, into: number[]): void {
    for (const [name, values] of stated) for (const value of values) into.push(this.#number(name, value))
  }

  #number(name: string, value: string): number {
    const key = `${name}\u0000${value}`
    let number = this.#facetNumbers.get(key)
    if (number === undefined) {
      number = this.#facetNames.length
      this.#facetNumbers.set(key, number)
      this.#facetNames.push(name)
      this.#facetValues.push(value)
    }
    return number
  }
}

/** The facts of one row in words, for the check after ranking. */
export function factsOf(columns: FactColumns, row: number): ProductFacts {
  const average = columns.ratingAverages[row] as number
  const bits = columns.serviceBits[row] as number
  const variants: VariantFacts[] = []
  for (let v = columns.variantStart[row] as number; v < (columns.variantStart[row + 1] as number); v += 1) {
    const price = columns.variantPrices[v] as number
    variants.push({
      id: columns.variantIds[v] as string,
      facets: facetMap(columns, columns.options.subarray(columns.optionStart[v], columns.optionStart[v + 1])),
      priceMinor: Number.isNaN(price) ? null : price,
    })
  }
  return {
    facets: facetMap(columns, columns.facets.subarray(columns.facetStart[row], columns.facetStart[row + 1])),
    services: new Set(services.filter((_, bit) => (bits & (1 << bit)) !== 0)),
    ratingAverage: Number.isNaN(average) ? null : average,
    ratingCount: columns.ratingCounts[row] as number,
    variants,
  }
}

function facetMap(columns: FactColumns, numbers: Uint32Array): Map<string, Set<string>> {
  const map = new Map<string, Set<string>>()
  for (const number of numbers) {
    const name = columns.facetNames[number] as string
    const values = map.get(name)
    if (values === undefined) map.set(name, new Set([columns.facetValues[number] as string]))
    else values.add(columns.facetValues[number] as string)
  }
  return map
}
