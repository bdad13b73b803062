import type { FactColumns } from './facts.ts'

/** Facets that products of every kind state. */
const saysNoKind = new Set(['brand', 'availability'])
/** Least cosine to the first row of a kind. */
const leastAlike = 0.45
/** What more than this share of the rows state says nothing of their kind. */
const mostCommon = 0.5
/** What fewer rows state cannot hold a kind together. */
const leastRows = 3

/**
 * The kind of each row, a number from 0: rows are of one kind that state much the same facets (whatever the values) or stand in the
 * same categories, each weighed by its rarity. What states a screen diagonal and tuners is a television, whatever its text mentions.
 * Leader clustering (Hartigan, "Clustering Algorithms", 1975, chapter 3): a row joins the kind whose first row is most alike, or
 * begins one. The same rows in the same order give the same kinds.
 */
export function kindsOf(facts: FactColumns): Uint32Array {
  const features = featuresByRow(facts)
  const rows = features.length
  const frequencies = new Map<string, number>()
  for (const own of features)
    for (const feature of own) frequencies.set(feature, (frequencies.get(feature) ?? 0) + 1)
  const weights = new Map<string, number>()
  for (const [feature, count] of frequencies)
    if (count >= leastRows && count <= rows * mostCommon) weights.set(feature, Math.log(rows / count) ** 2)

  const norms: number[] = []
  const kindsWith = new Map<string, number[]>()
  const bySignature = new Map<string, number>()
  const kindOf = (useful: readonly string[]): number => {
    const norm = Math.sqrt(useful.reduce((sum, feature) => sum + (weights.get(feature) ?? 0), 0))
    const shared = new Map<number, number>()
    for (const feature of useful)
      for (const kind of kindsWith.get(feature) ?? [])
        shared.set(kind, (shared.get(kind) ?? 0) + (weights.get(feature) ?? 0))
    let best = -1
    let most = leastAlike
    for (const [kind, sum] of shared) {
      const cosine = sum / (norm * (norms[kind] as number))
      if (cosine < most || (cosine === most && kind > best && best !== -1)) continue
      most = cosine
      best = kind
    }
    if (best !== -1) return best
    norms.push(norm)
    for (const feature of useful) {
      const kinds = kindsWith.get(feature)
      if (kinds === undefined) kindsWith.set(feature, [norms.length - 1])
      else kinds.push(norms.length - 1)
    }
    return norms.length - 1
  }
  return Uint32Array.from(features, (own) => {
    const useful = [...own].filter((feature) => weights.has(feature)).toSorted()
    const signature = useful.join('\n')
    const kind = bySignature.get(signature) ?? kindOf(useful)
    bySignature.set(signature, kind)
    return kind
  })
}

/** For each row the names of what it states, and its categories. */
function featuresByRow({
  productIds,
  facetNames,
  facetValues,
  facetStart,
  facets,
}: FactColumns): Set<string>[] {
  const featureOf = facetNames.map((name, facet) =>
    saysNoKind.has(name) ? null : name === 'category' ? `category ${facetValues[facet] ?? ''}` : name,
  )
  return productIds.map((_, row) => {
    const own = new Set<string>()
    for (let at = facetStart[row] as number; at < (facetStart[row + 1] as number); at += 1) {
      const feature = featureOf[facets[at] as number]
      if (feature != null) own.add(feature)
    }
    return own
  })
}
