import type { FacetVocabulary } from '../../src/domain/constraints.ts'
import type { Lexicon } from '../../src/language/lexicon.ts'
import { findCandidates, type Candidate } from '../../src/understand/candidates.ts'
import { featuresOf, viewOf, type Features } from '../../src/understand/features.ts'
import { readQuery } from '../../src/understand/reading.ts'
import { compileVocabulary } from '../../src/understand/vocabulary.ts'
import type { LogisticSample } from './fit-logistic.ts'

/** A candidate with whether the query's author meant it as a must. */
export type TrainingSample = LogisticSample & { features: Features }

/**
 * Candidates of a labelled query, as the parser meets them: longest first, and none inside one that is stated.
 * `facts` are the names and values that the query is known to state.
 */
export function trainingSamples(
  text: string,
  facts: readonly { name: string; value: string }[],
  vocabulary: FacetVocabulary,
  lexicon: Lexicon,
): TrainingSample[] {
  const compiled = compileVocabulary(vocabulary, lexicon)
  const reading = readQuery(text, compiled.currency, lexicon)
  const candidates = findCandidates(reading.tokens, reading.free, compiled, lexicon)
  const view = viewOf(text, reading.tokens, reading.free, compiled, candidates, lexicon.language.code)
  const known = new Set(facts.map(({ name, value }) => `${name}\n${value}`))
  const isStated = (candidate: Candidate): boolean =>
    candidate.entries.some(({ facet, value }) => known.has(`${facet.name}\n${value}`))
  const taken = reading.tokens.map(() => false)
  const samples: TrainingSample[] = []
  for (const candidate of candidates) {
    if (taken.slice(candidate.from, candidate.to).some(Boolean)) continue
    const stated = isStated(candidate)
    if (stated) taken.fill(true, candidate.from, candidate.to)
    samples.push({ features: featuresOf(candidate, view), isTrue: stated, weight: 1 })
  }
  return samples
}
