import type { Constraint } from '../domain/constraints.ts'
import type { SearchResult } from '../domain/ports.ts'
import type { Product } from '../domain/product.ts'
import type { Facts } from './facts.ts'
import type { EffectiveSearch } from './plan/plan.ts'
import type { StepSources } from './step-sources.ts'

export function request(search: EffectiveSearch): {
  text: string
  constraints: Constraint[]
  sort: EffectiveSearch['sort']
} {
  return { text: search.text || search.productType || '', constraints: search.constraints, sort: search.sort }
}

/** Those that every hit satisfies: neither left out nor merely ranked by. */
export function kept(constraints: readonly Constraint[], { relaxed, preferred }: SearchResult): Constraint[] {
  const left = new Set([...relaxed, ...preferred].map((constraint) => JSON.stringify(constraint)))
  return constraints.filter((constraint) => !left.has(JSON.stringify(constraint)))
}

/** How many are looked at to find the ones of the kind. */
export const lookedAt = 24

export function addSubjects(facts: Facts, ids: string[]): void {
  facts.subjectIds = [...new Set([...facts.subjectIds, ...ids])]
}

export async function load(ids: string[], facts: Facts, sources: StepSources): Promise<Product[]> {
  const missing = ids.filter((id) => !facts.products.has(id))
  if (missing.length) {
    for (const product of await sources.catalog.products(missing)) facts.products.set(product.id, product)
  }
  return ids.flatMap((id) => facts.products.get(id) ?? [])
}
