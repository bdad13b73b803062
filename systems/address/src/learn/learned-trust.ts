import { clamp } from '@heavylift/core/math'
import type { Combination } from '../kind/combine.ts'
import type { KindModel } from '../kind/model.ts'
import type { Evidence, Source } from '../domain/evidence.ts'
import type { Kind } from '../domain/kinds.ts'

/** How often a source spoke for the kind that turned out right. */
export interface TrustCount {
  source: Source
  wasRight: number
  wasWrong: number
}

/** Corrections that a source needs before they count as much as what the model learned. */
const learnedStrength = 20

/** The model with the reliabilities that a tenant's corrections suggest: the mean of a beta whose start is the learned one. */
export function withTrust(model: KindModel, counts: readonly TrustCount[]): KindModel {
  if (counts.length === 0) return model
  const trust: Combination['trust'] = { ...model.combination.trust }
  for (const { source, wasRight, wasWrong } of counts) {
    const { reliability, gain } = trust[source]
    const mean = (reliability * learnedStrength + wasRight) / (learnedStrength + wasRight + wasWrong)
    trust[source] = { reliability: clamp(mean, 0.05, 0.995), gain }
  }
  return { ...model, combination: { ...model.combination, trust } }
}

/** Below this weight a document did not speak for anything. */
const leastSay = 0.3

/** What a correction says about the sources of a decision: those that spoke at all were right or wrong. */
export function judgeSources(evidence: readonly Evidence[], kind: Kind): TrustCount[] {
  const counts = new Map<Source, TrustCount>()
  for (const { source, speaksFor, weight } of evidence) {
    if (source === 'correction' || Math.abs(weight) < leastSay) continue
    const count = counts.get(source) ?? { source, wasRight: 0, wasWrong: 0 }
    if (speaksFor === kind) count.wasRight++
    else count.wasWrong++
    counts.set(source, count)
  }
  return [...counts.values()]
}
