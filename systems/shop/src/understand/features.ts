import { fold } from '../language/fold.ts'
import { nounFirst } from '../language/languages.ts'
import type { LanguageCode } from '../language/languages.ts'
import { cueTokens, saysNothing, type Candidate } from './candidates.ts'
import { findHead, type HeadPhrase } from './head.ts'
import type { Token } from './text.ts'
import type { Concept } from './facet.ts'
import type { CompiledVocabulary } from './vocabulary.ts'

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
  'kindAlternative',
  'kindPart',
  'kindNear',
  'kindLimit',
  'partShare',
  'partMost',
  'partCued',
  'nearCued',
  'kindSynonym',
  'synonymCued',
  'literal',
  'affinity',
  'lowAffinity',
  'lowAffinityUncued',
  'partOne',
  'partHead',
  'cued',
  'color',
  'size',
  'material',
  'brand',
  'pattern',
  'style',
  'audience',
  'audienceFor',
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
  'saysNothing',
  'numeric',
  'short',
  'wholePhrase',
  'uncuedNumeric',
  'uncuedSize',
  'uncuedOther',
  'uncuedModel',
  'oneTokenOther',
  'oneTokenKind',
  'foreign',
  'foreignOneToken',
  'own',
  'spread',
  'insideName',
  'capital',
  'lowerBrand',
  'rareAudience',
  'numberAfterNoise',
  'conceptCue',
  'listed',
  'oneTokenModel',
  'flagOneToken',
  'sizeAdjective',
  'clearSize',
  'saysNothingUncued',
  'cueToken',
  'hyphenPart',
  'nounOne',
  'nounMany',
  'nounPure',
  'nounKind',
  'modifier',
  'modifierMaterial',
  'modifierColor',
  'modifierStyle',
  'modifierBrand',
  'modifierOther',
  'modifierKind',
  'plainModel',
  'cuedOther',
  'cuedKind',
  'cuedColor',
  'cuedMaterial',
  'brandFor',
] as const
export type Features = Float64Array

/** Weights of the acceptance model: a logistic regression over `featureNames`. */
export type Weights = Partial<Record<(typeof featureNames)[number], number>>

/** A query as the features see it; made once, used for every candidate. */
export interface QueryView {
  text: string
  tokens: readonly Token[]
  head: HeadPhrase | null
  stems: ReadonlySet<string>
  /** Which tokens are part of a facet's own name of two or more words. */
  names: readonly boolean[]
  vocabulary: CompiledVocabulary
  /** Which tokens serve as a cue of some candidate. */
  cues: readonly boolean[]
  /** Whether nouns stand before what describes them. */
  headFirst: boolean
}

export function viewOf(
  text: string,
  tokens: readonly Token[],
  free: readonly boolean[],
  vocabulary: CompiledVocabulary,
  candidates: readonly Candidate[],
  language: LanguageCode = 'en',
): QueryView {
  const names = tokens.map(() => false)
  for (let from = 0; from < tokens.length; from++) {
    for (let length = 2; length <= 3 && from + length <= tokens.length; length++) {
      const phrase = tokens.slice(from, from + length).map((token) => token.stem)
      if (vocabulary.names.has(phrase.join(' '))) names.fill(true, from, from + length)
    }
  }
  const stems = new Set(tokens.map((token) => token.stem))
  return {
    text,
    tokens,
    head: findHead(tokens, free),
    stems,
    names,
    vocabulary,
    cues: cueTokens(tokens, candidates),
    headFirst: nounFirst.has(language),
  }
}

/** Numbers that describe a candidate in its query, in the order of `featureNames`. */
export function featuresOf(
  candidate: Candidate,
  { tokens, head, stems, names, vocabulary, text, cues, headFirst }: QueryView,
): Features {
  const { from, to, entries, kind, share, cued } = candidate
  const words = tokens.slice(from, to).filter((token) => token.kind !== 'sign')
  const concepts = new Set(entries.map((entry) => entry.facet.concept))
  const total = entries.reduce((sum, entry) => sum + entry.count, 0)
  const coverage = Math.max(...entries.map((entry) => entry.facet.coverage))
  const inHead = head !== null && from >= head.from && to <= head.to
  const isHead = inHead && head !== null && (headFirst ? from === head.from : to === head.to)
  const numeric = kind === 'number' && words.every((token) => token.kind === 'number')
  const one = words.length === 1
  const before = tokens[from - 1]
  const lead = before === undefined || tokens[from]?.breakBefore === true ? null : before.lead
  const made = lead === 'made-of' || (lead === 'from' && tokens[from - 2]?.word === 'made')
  const next = tokens[to]
  const wholePhrase =
    (before === undefined || tokens[from]?.breakBefore === true || lead !== null) &&
    (next === undefined || next.breakBefore || next.word === 'and' || next.word === 'with')
  const other = concepts.has('other')
  const subjects = entries.map((entry) => entry.facet.subject)
  const span = new Set(words.map((token) => token.stem))
  const speaksOf = (word: string): boolean => stems.has(word) && !span.has(word)
  const foreign = subjects.every((subject) => subject.length > 0 && !subject.some((word) => stems.has(word)))
  const own = subjects.some((subject) => subject.some(speaksOf))
  const spread = one ? (vocabulary.spread.get(words[0]?.stem ?? '') ?? 1) : 1
  const first = words[0]
  const initial = first === undefined ? '' : text.charAt(first.start)
  const capital = from > 0 && initial !== initial.toLowerCase()
  const listed = before?.word === 'and' || tokens[from]?.breakBefore === true
  const conceptCued = entries.some((entry) => entry.facet.conceptCues.some((cue) => stems.has(cue)))
  const nothing = saysNothing(tokens, from, to)
  const affinity = Math.min(1, ...words.map((token) => affinityOf(token.stem, concepts, vocabulary)))
  const isPart = kind === 'part'
  const literal = entries.some(({ value }) => {
    const written = fold(value)
    return words.every((token) => written.includes(token.word))
  })
  const letters = words.map((token) => token.word).join('')
  const joint = (left: Token | undefined, right: Token | undefined): boolean =>
    left !== undefined && right !== undefined && /^[-–/]$/.test(text.slice(left.end, right.start))
  const hyphenPart =
    (joint(tokens[to - 1], next) && cues[to] !== true && next?.word !== 'free') ||
    (joint(before, tokens[from]) && cues[from - 1] !== true)
  const ends = next === undefined || next.breakBefore || next.endsPhrase
  // The last word of "eyebrow cream" is what is asked for, the first word of "rubber wheel" only describes it.
  const joinsBefore =
    before !== undefined &&
    tokens[from]?.breakBefore !== true &&
    before.kind === 'word' &&
    !before.endsPhrase &&
    !before.isInner &&
    cues[from - 1] !== true
  const joinsAfter = !ends && next?.kind === 'word' && !next.isInner && cues[to] !== true
  const noun = headFirst ? !joinsBefore && joinsAfter : ends && joinsBefore
  const modifier = headFirst ? joinsBefore : !ends && cues[to] !== true
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
    is(kind === 'alternative'),
    is(isPart),
    is(kind === 'near'),
    is(kind === 'limit'),
    isPart ? share - 0.5 : 0,
    is(isPart && share >= 0.75),
    is(isPart && cued),
    is(kind === 'near' && cued),
    is(kind === 'synonym'),
    is(kind === 'synonym' && cued),
    is(literal),
    affinity,
    is(affinity < 0.3),
    is(affinity < 0.3 && !cued),
    is(isPart && one),
    is(isPart && isHead),
    is(cued),
    is(concepts.has('color')),
    is(concepts.has('size')),
    is(concepts.has('material')),
    is(concepts.has('brand')),
    is(concepts.has('pattern')),
    is(concepts.has('style')),
    is(concepts.has('audience')),
    is(concepts.has('audience') && (lead === 'for' || lead === 'made-of')),
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
    is(inHead && head !== null && (headFirst ? to === head.to : from === head.from)),
    is(head !== null && from >= head.to),
    is(lead === 'in'),
    is(lead === 'for'),
    is(lead === 'from'),
    is(made),
    is(lead === 'with'),
    is(nothing),
    is(numeric),
    is(one && (words[0]?.word.length ?? 0) <= 2),
    is(wholePhrase),
    is(!cued && numeric),
    is(!cued && concepts.has('size')),
    is(!cued && other),
    is(!cued && concepts.has('model')),
    is(one && other && concepts.size === 1),
    is(one && concepts.has('kind') && !cued),
    is(foreign),
    is(foreign && one),
    is(own),
    Math.log(spread) / 3,
    is(names.slice(from, to).every(Boolean)),
    is(capital),
    is(concepts.has('brand') && !capital && lead !== 'from' && !cued),
    is(concepts.has('audience') && coverage < 0.1),
    is(numeric && !cued && to - from === 1),
    is(conceptCued && !cued),
    is(listed),
    is(one && concepts.has('model') && !cued),
    is(one && kind === 'flag'),
    is(!cued && concepts.has('size') && inHead && !isHead),
    is(
      concepts.has('size') &&
        /^(?:(?:int)?(?:\d?x+[sl]|\dx?l)|extra(?:small|large)|(?:eu|us|uk).*)$/.test(letters),
    ),
    is(nothing && !cued),
    is(words.every((_, index) => cues[from + index] === true)),
    is(hyphenPart),
    is(noun && one),
    is(noun && !one),
    // "phone case black": what is a colour and nothing else ends no name of goods.
    is(noun && one && concepts.has('color') && affinity >= 0.8),
    is(noun && concepts.has('kind')),
    is(modifier),
    is(modifier && concepts.has('material')),
    is(modifier && concepts.has('color')),
    is(modifier && concepts.has('style')),
    is(modifier && concepts.has('brand')),
    is(modifier && other),
    is(modifier && concepts.has('kind')),
    is(concepts.has('model') && concepts.size === 1 && words.every((token) => !/\d/.test(token.word))),
    is(cued && other),
    is(cued && concepts.has('kind')),
    is(cued && concepts.has('color')),
    is(cued && concepts.has('material')),
    is(lead === 'for' && concepts.has('brand')),
  )
}

/** Of the products that state a value with this word, the share that state it under one of these concepts. */
function affinityOf(
  stem: string,
  concepts: ReadonlySet<Concept>,
  { concepts: known }: CompiledVocabulary,
): number {
  let all = 0
  let of = 0
  for (const [concept, count] of known.get(stem) ?? []) {
    all += count
    if (concepts.has(concept)) of += count
  }
  return all === 0 ? 1 : of / all
}
