import { fieldOfPlace } from '../analyze/document.ts'
import type { SearchHit } from '../../domain/ports.ts'
import { fields, fieldWeights } from '../index/fields.ts'
import type { Segment } from '../index/segment.ts'
import { placesOf } from './postings.ts'
import type { Prior } from './prior.ts'
import type { DetailedScore } from './text-ranker.ts'

/**
 * Where a score comes from. Word scores are split over the fields by weighted occurrences; the fields' sum times all
 * boosts is the score.
 */
export function explain(
  detail: DetailedScore,
  segment: Segment,
  prior: Prior,
  preference: number,
  meaning: number,
): NonNullable<SearchHit['explanation']> {
  const byField = new Map<string, { term: string; score: number }[]>()
  for (const { group, alternative, score, posting } of detail.groups) {
    const shares = new Map<string, number>()
    for (const place of placesOf(segment, posting)) {
      const field = fields[fieldOfPlace(place)] ?? 'title'
      shares.set(field, (shares.get(field) ?? 0) + fieldWeights[field].weight)
    }
    const whole = [...shares.values()].reduce((sum, share) => sum + share, 0)
    const found = alternative.terms.join(' ').replaceAll('~', '')
    const term = alternative.via === 'word' ? group.text : `${group.text} → ${found} (${alternative.via})`
    for (const [field, share] of shares)
      byField.set(field, [...(byField.get(field) ?? []), { term, score: (score * share) / whole }])
  }
  const words = detail.groups.reduce((sum, { score }) => sum + score, 0)
  // What no word of the query finds, is found by meaning alone.
  if (words === 0 && meaning > 0) byField.set('meaning', [{ term: 'nearness', score: meaning }])
  return {
    fields: [...byField].map(([field, terms]) => ({
      field,
      score: terms.reduce((sum, { score }) => sum + score, 0),
      terms: terms.toSorted((a, b) => b.score - a.score),
    })),
    boosts: [
      { name: 'order of words', factor: words === 0 ? 1 : (words + detail.order) / words },
      { name: 'what it is', factor: detail.head },
      {
        name: 'coverage',
        factor: words === 0 ? 1 : detail.score / ((words + detail.order) * detail.head),
      },
      ...(words === 0 || meaning === 0 ? [] : [{ name: 'meaning', factor: 1 + meaning / detail.score }]),
      ...prior.parts,
      ...(preference === 1 ? [] : [{ name: 'named facets', factor: preference }]),
    ],
  }
}
