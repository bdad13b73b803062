import { saysNothing, type Candidate } from './candidates.ts'
import type { HeadPhrase } from './head.ts'
import type { Token } from './text.ts'

/** What the acceptance model knows about a candidate. All generic: no word and no facet name of any catalog. */
export const featureNames = [
  'bias',
  'oneToken',
  'threeTokens',
  'kindTyped',
  'kindNumber',
  'kindCompact',
  'kindBag',
  'kindPartial',
  'kindFlag',
  'cued',
  'color',
  'size',
  'material',
  'brand',
  'pattern',
  'style',
  'audience',
  'age',
  'count',
  'origin',
  'model',
  'kind',
  'other',
  'coverage',
  'logCount',
  'logFacets',
  'isHead',
  'isHeadAlone',
  'headKind',
  'beforeHead',
  'opensHead',
  'afterHead',
  'leadIn',
  'leadFor',
  'leadFrom',
  'leadMade',
  'leadWith',
  'says nothing',
  'numeric',
  'short',
  'wholePhrase',
  'uncuedNumeric',
  'uncuedSize',
  'uncuedOther',
  'uncuedModel',
  'oneTokenOther',
  'oneTokenKind',
] as const
export type Features = Float64Array

const leads: Record<string, number> = { in: 0, for: 1, from: 2, by: 2, of: 3, with: 4, featuring: 4 }

/** Numbers that describe a candidate in its query, in the order of `featureNames`. */
export function featuresOf(
  candidate: Candidate,
  tokens: readonly Token[],
  head: HeadPhrase | null,
): Features {
  const { from, to, entries, kind, cued } = candidate
  const words = tokens.slice(from, to).filter((token) => token.kind !== 'sign')
  const concepts = new Set(entries.map((entry) => entry.facet.concept))
  const total = entries.reduce((sum, entry) => sum + entry.count, 0)
  const coverage = Math.max(...entries.map((entry) => entry.facet.coverage))
  const inHead = head !== null && from >= head.from && to <= head.to
  const isHead = inHead && head !== null && to === head.to
  const numeric = words.every((token) => token.kind === 'number')
  const one = words.length === 1
  const before = tokens[from - 1]
  const lead = before === undefined || tokens[from]?.breakBefore === true ? -1 : (leads[before.word] ?? -1)
  const made = lead === 3 || (lead === 2 && tokens[from - 2]?.word === 'made')
  const next = tokens[to]
  const wholePhrase =
    (before === undefined || tokens[from]?.breakBefore === true || lead >= 0) &&
    (next === undefined || next.breakBefore || next.word === 'and' || next.word === 'with')
  const other = concepts.has('other')
  const is = (truth: boolean): number => (truth ? 1 : 0)
  return Float64Array.of(
    1,
    is(one),
    is(words.length >= 3),
    is(kind === 'typed'),
    is(kind === 'number'),
    is(kind === 'compact'),
    is(kind === 'bag'),
    is(kind === 'partial'),
    is(kind === 'flag'),
    is(cued),
    is(concepts.has('color')),
    is(concepts.has('size')),
    is(concepts.has('material')),
    is(concepts.has('brand')),
    is(concepts.has('pattern')),
    is(concepts.has('style')),
    is(concepts.has('audience')),
    is(concepts.has('age')),
    is(concepts.has('count')),
    is(concepts.has('origin')),
    is(concepts.has('model')),
    is(concepts.has('kind')),
    is(other),
    Math.min(1, coverage),
    Math.log1p(total) / 3,
    Math.log(entries.length) / 2,
    is(isHead),
    is(isHead && one),
    is(isHead && concepts.has('kind') && !one),
    is(inHead && !isHead),
    is(inHead && head !== null && from === head.from),
    is(head !== null && from >= head.to),
    is(lead === 0),
    is(lead === 1),
    is(lead === 2),
    is(made),
    is(lead === 4),
    is(saysNothing(tokens, from, to)),
    is(numeric),
    is(one && (words[0]?.word.length ?? 0) <= 2),
    is(wholePhrase),
    is(!cued && numeric),
    is(!cued && concepts.has('size')),
    is(!cued && other),
    is(!cued && concepts.has('model')),
    is(one && other && concepts.size === 1),
    is(one && concepts.has('kind') && !cued),
  )
}
