import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { FacetVocabulary } from '../domain/constraints.ts'
import type { Service } from '../domain/product.ts'

/** What a task's reward states about one product that answers it. */
export interface StatedProduct {
  productId: string
  title: string
  /** Attribute and option values together. */
  facets: { name: string; value: string }[]
  services: Service[]
  /** Inclusive bounds; null for an open end. Null when the task states no price. */
  price: { min: number | null; max: number | null } | null
}

export interface StatedQuery {
  query: string
  products: StatedProduct[]
}

const values = z.record(z.string(), z.union([z.string(), z.array(z.string())]))
const bound = z.number().nullable()
const product = z.object({
  product_id: z.string(),
  title: z.union([z.string(), z.array(z.string())]),
  attributes: z.array(values).optional(),
  sku_options: z.array(values).optional(),
  service: z.array(z.string()).optional(),
  price: z.array(z.record(z.string(), z.union([z.array(bound), z.number()]))).optional(),
})
const line = z.object({ query: z.string(), reward: z.union([product, z.array(product)]) })

const serviceNames: Record<string, Service> = {
  freeShipping: 'free-shipping',
  flashsale: 'flash-sale',
  COD: 'cash-on-delivery',
  official: 'official-store',
}

/**
 * Reads one ShoppingBench file (`product.jsonl`, `shop.jsonl`, `voucher.jsonl`): a query a line with what its reward
 * states. Throws with the file and line when a line has another shape.
 */
export async function readShoppingBench(dataDir: string, file: string): Promise<StatedQuery[]> {
  const text = await readFile(join(dataDir, file), 'utf8')
  return text
    .split('\n')
    .map((content, index) => ({ content, number: index + 1 }))
    .filter(({ content }) => content.trim() !== '')
    .map(({ content, number }) => {
      const parsed = line.safeParse(JSON.parse(content))
      if (!parsed.success)
        throw new Error(`${file} line ${number} is no ShoppingBench task: ${z.prettifyError(parsed.error)}`)
      const { query, reward } = parsed.data
      return { query, products: (Array.isArray(reward) ? reward : [reward]).map(statedProduct) }
    })
}

function statedProduct(raw: z.infer<typeof product>): StatedProduct {
  const facets = [...(raw.attributes ?? []), ...(raw.sku_options ?? [])].flatMap((record) =>
    Object.entries(record).flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one }))),
  )
  const services = (raw.service ?? []).map((name) => serviceNames[name]).filter((name) => name !== undefined)
  const [stated] = raw.price ?? []
  return {
    productId: raw.product_id,
    title: [raw.title].flat().join(' '),
    facets,
    services,
    price: stated === undefined ? null : statedPrice(stated),
  }
}

function statedPrice(raw: Record<string, number | (number | null)[]>): {
  min: number | null
  max: number | null
} {
  const [name = '', value] = Object.entries(raw)[0] ?? []
  const [low = null, high = null] = [value].flat().map((bound_) => bound_ ?? null)
  if (name === 'less than') return { min: null, max: high ?? low }
  return name === 'greater than' ? { min: low, max: null } : { min: low, max: high }
}

/** The facet vocabulary that a list of products states. Prices are Philippine pesos. */
export function vocabularyOf(products: readonly StatedProduct[]): FacetVocabulary {
  const vocabulary: FacetVocabulary = {
    facets: new Map(),
    brands: new Map(),
    categories: new Map(),
    currency: 'PHP',
  }
  const distinct = new Map<string, Set<string>>()
  for (const { productId, facets } of products) {
    const seen = distinct.get(productId) ?? new Set<string>()
    distinct.set(productId, seen)
    for (const { name, value } of facets) {
      const key = `${name}\n${value}`
      if (seen.has(key)) continue
      seen.add(key)
      const counts =
        name === 'brand' ? vocabulary.brands : (vocabulary.facets.get(name) ?? new Map<string, number>())
      if (name !== 'brand') vocabulary.facets.set(name, counts)
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
  }
  return vocabulary
}

/** A voucher task's query without the paragraph of budget and voucher rules that follows what is asked for. */
export const withoutVoucher = (query: string): string => query.split(/\n\s*\nMy budget/)[0] ?? query
