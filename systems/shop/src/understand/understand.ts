import type { Meant } from '@heavylift/models/meaning'
import type { Constraint, FacetVocabulary, Reference, Understanding } from '../domain/constraints.ts'
import { askedWhich, asksWhat, asksWhich, isAsking as asksAnything } from '../language/asking.ts'
import { detectLanguage } from '../language/detect.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { languageOf } from '../language/language.ts'
import type { Language } from '../language/language.ts'
import { nounFirst } from '../language/languages.ts'
import { lexemesOf } from '../language/lexemes.ts'
import { headOf } from '../language/nouns.ts'
import { english } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { facetConstraints, type FoundFacet } from './facets.ts'
import { findGoodsHead, findNamingHead } from './head.ts'
import { exclusionsOf, limitTokens } from './exclusions.ts'
import { findDescribed, findReference } from './intent.ts'
import { findOrdinal } from './ordinal.ts'
import type { LanguageCode } from '../language/languages.ts'
import { keptFrom } from './kept-from.ts'
import { kindsMeant } from './meant-kinds.ts'
import { readIntent } from './read-intent.ts'
import { goodsTalkWords, talkWords } from './turn-kind.ts'
import { negationScopes } from './negation.ts'
import { isNoun } from './nouns.ts'
import { productTypeOf } from './product-type.ts'
import { comparesPrice } from './lower.ts'
import { readQuery, type Reading, type Stretch } from './reading.ts'
import { asksForSimilar } from './said-beside.ts'
import { isSuperlative } from './superlative.ts'
import { searchTextOf } from './search-text.ts'
import { tokenize } from './text.ts'
import type { Token } from './text.ts'
import { compileVocabulary, isStated } from './vocabulary.ts'

export interface UnderstandOptions {
  /** What the catalog states. Compiled on first use and kept while the object lives; do not change it afterwards. */
  vocabulary: FacetVocabulary
  context?: UnderstandContext
  /** Words of the message that a title of the store holds as the message does: they name goods, and tell nothing else. */
  goods?: ReadonlySet<string>
  /** What the message means to a model for embeddings. Absent or null: its words alone tell its kind. */
  meant?: Meant | null
  /** What words mean in the store. Default: English, without words of its own. */
  lexicon?: Lexicon
}

/** What came before the query. */
export interface UnderstandContext {
  /** Whether the conversation has shown products that a query may point at. Assumed when absent. */
  shown?: boolean
  /** The language, not the store's, that the shopper wrote in before. */
  spoken?: LanguageCode | null
}

/** How infinitives end where they end alike, with what may hang on them ("limpiarlo"). */
const infinitives: Partial<Record<LanguageCode, RegExp>> = {
  es: /.{2}[aei]r(?:se|l[aeo]s?)?$/,
  fr: /.{2}(?:er|ir|re)$/,
  it: /.{2}(?:[aei]re|[aei]r(?:si|l[aeio]))$/,
  pt: /.{2}[aeio]r(?:-se)?$/,
}

/** Longer messages are read up to here: no query that a shopper types is longer. */
const longestText = 2000

/**
 * Reads a shopper's message: constraints that are musts, the words to search by, order, intent and references.
 * Pure and deterministic; never throws. Facet constraints hold only values that the vocabulary states.
 */
export function understand(
  message: string,
  { vocabulary, context, lexicon, meant, goods }: UnderstandOptions,
): Understanding {
  const text = message.length > longestText ? message.slice(0, longestText) : message
  const compiled = compileVocabulary(vocabulary, lexicon)
  const words = lexicon ?? english
  const spoken = detectLanguage(
    text,
    words.language.code,
    (word) => isStated(words.meaning(word), compiled),
    context?.spoken,
  )
  const reading = readQuery(text, compiled.currency, words, spoken.code ?? words.language.code)
  const { price, services, rating, reviews, sort, inStock, lower, tokens, free } = reading
  const facets = facetConstraints(reading, compiled)

  const constraints: Constraint[] = []
  if (price !== null) constraints.push(price.constraint)
  for (const { constraint } of services) if (constraint.text !== '') constraints.push(constraint)
  if (rating !== null) constraints.push(rating.constraint)
  if (reviews !== null) constraints.push(reviews.constraint)
  constraints.push(...facets.map(({ constraint }) => constraint))

  const scopes = negationScopes(tokens, words.language)
  const withoutPrices = reading.prices.reduceRight(
    (rest, { start, end }) => `${rest.slice(0, start)} … ${rest.slice(end)}`,
    text,
  )
  const isOfGoods = (word: string): boolean => {
    const meaning = words.meaning(word)
    return (
      goods?.has(word) === true ||
      isNoun(meaning, compiled) ||
      (isStated(meaning, compiled) && !talkWords(words.language).has(word))
    )
  }
  const read = readIntent(
    text,
    lexicon,
    spoken.code ?? undefined,
    withoutPrices,
    isOfGoods,
    kindsMeant(meant ?? null),
    context?.shown === true,
    (word) => isStated(words.meaning(word), compiled) && !isNoun(words.meaning(word), compiled),
  )
  const isAmong = (said: ReadonlySet<string>) => (word: string) =>
    said.has(word) && !isNoun(words.meaning(word), compiled)
  const isOfTalk = isAmong(talkWords(words.language))
  const isOfGoodsTalk = isAmong(goodsTalkWords(words.language))
  // "Nothing with mesh" says nothing but what must be: it narrows, whatever else it sounds like.
  const isRefusal =
    read.intent === 'product-question' && !text.includes('?') && saysOnlyMusts(reading, [], scopes)
  // "Um die 90 Euro", and nothing else.
  const isPriceAlone =
    price !== null &&
    mayBePrice.has(read.intent) &&
    // "What does it cost for 8?" limits nothing.
    !(read.intent === 'product-question' && asksWhat(text, spoken.code ?? words.language.code)) &&
    !tokens.some(
      ({ isContent, kind, word }, at) =>
        isContent && kind !== 'sign' && free[at] === true && (kind === 'number' || !isOfGoodsTalk(word)),
    )
  // "Tienes algo más económico?" asks for others, whatever else it sounds like.
  const isLowerAlone = lower !== null && askedOfOthers.has(read.intent)
  const isMustAlone =
    isLowerAlone ||
    isRefusal ||
    isPriceAlone ||
    (notMusts.has(read.intent) && saysOnlyMusts(reading, facets, scopes))
  // "Natural soap without lavender" begins with what is wanted, and asks nothing.
  const last = tokens.findIndex(({ isContent, stem }) => !isContent || isNoun(stem, compiled))
  const beginsWithGoods = last !== -1 && tokens[last]?.isContent === true
  const isWishWithout =
    read.intent === 'product-question' &&
    beginsWithGoods &&
    scopes.some((scope) => scope >= 0) &&
    !asksAnything(text, spoken.code ?? words.language.code)
  // "Which candle has no lavender?" wishes for those without it, whatever it sounds like.
  const isWhichWithout =
    soundsOfWhich.has(read.intent) &&
    asksWhich(text, spoken.code ?? words.language.code) &&
    !isSuperlative(text, spoken.code ?? words.language.code) &&
    (facets.some(({ constraint }) => constraint.negated) || exclusionsOf(reading, null).length > 0)
  const intent = isMustAlone ? 'narrow' : isWishWithout || isWhichWithout ? 'search' : read.intent
  const topic = isMustAlone || isWishWithout || isWhichWithout ? null : read.topic
  const referred =
    context?.shown === false
      ? null
      : readReference(text, reading.stated, facets, spoken.code ?? words.language.code)
  // "The most expensive one" is an order of what is asked for, no question for its price and nothing cheaper.
  const isDearest = sort?.sort === 'price-descending'
  // So is "what one is the most popular one?", which asks no listing either.
  const isOrder =
    (isDearest && topic === 'price') ||
    (sort !== null &&
      intent === 'product-question' &&
      referred?.kind !== 'this' &&
      referred?.kind !== 'ordinal')
  const isCompared = comparesPrice(text, spoken.code ?? words.language.code)
  const wantsCheaper = (read.wantsCheaper && !isCompared) || (lower !== null && wishes.has(intent))
  const isLower = wantsCheaper && sort === null && price === null && context?.shown !== false
  // "Mais barato", where nothing is in sight that it could cost less than.
  const isCheapest = wantsCheaper && price === null && context?.shown === false
  const reference: Reference | null =
    isLower && referred?.kind !== 'relative' ? { kind: 'relative', direction: 'cheaper' } : referred
  const kept = intent === 'allergy' ? keptFrom(text, languageOf(spoken.code ?? words.language.code)) : []
  const hurting = new Set(kept.flatMap(({ said }) => lexemesOf(said)).map(({ word }) => word))
  const talk = talkWords(words.language)
  // What is not wanted, or hurts, is no kind of goods to look for; nor does "he breaks out in hives" name any.
  const isOfAllergy = (word: string) => intent === 'allergy' && (hurting.has(word) || talk.has(word))
  // "Quero montar uma tábua de frios", "algo para untar": a deed names no goods.
  const isDeed = (index: number): boolean => {
    const [before, token] = [tokens[index - 1], tokens[index]]
    return (
      token?.kind === 'word' &&
      infinitives[words.language.code]?.test(token.word) === true &&
      !isStated(token.stem, compiled) &&
      !isNoun(token.stem, compiled) &&
      before !== undefined &&
      !token.breakBefore &&
      (before.lead === 'for' || words.language.isRequestWord(before.word))
    )
  }
  // "At least 30 kW" names no goods called least.
  const limiting = limitTokens(tokens, spoken.code ?? words.language.code)
  const wanted = free.map(
    (isFree, index) =>
      // Of "alkoholfreies Bier" the beer.
      isFree &&
      !limiting.has(index) &&
      !isDeed(index) &&
      (scopes[index] ?? -1) < 0 &&
      !scopes.includes(index) &&
      !isOfAllergy(tokens[index]?.word ?? ''),
  )
  // "What's the difference between a jug and a carafe?" names no differences.
  // "Chocolate for baking" asks for chocolate, though examples of dangers speak of it too.
  const goodsTalk = goodsTalkWords(words.language)
  const isTalk = ({ word, stem }: Token) => goodsTalk.has(word) && !isStated(stem, compiled)
  const isAsking = ({ word }: Token) =>
    words.language.isRequestWord(word) && !words.language.isFunctionWord(word)
  const isGoods = ({ stem, kind }: Token) => kind === 'word' && isNoun(stem, compiled)
  const isNounFirst = nounFirst.has(words.language.code)
  const goodsHead = (free: readonly boolean[]) =>
    findGoodsHead(tokens, free, { isGoods, isTalk, isNounFirst })
  const gifts = new Set(grammarOf(spoken.code ?? words.language.code).gift.map((word) => fold(word)))
  // "Welche Patronen passen da rein?" asks for those, though a verb stands behind them.
  const asked = askedWhich(text, spoken.code ?? words.language.code)
  const which = asked === null ? -1 : tokens.findIndex((token) => token.word === asked && isGoods(token))
  const ofGoods = goodsHead(wanted)
  const first =
    ofGoods ??
    (which === -1 ? null : { from: which, to: which + 1 }) ??
    findNamingHead(tokens, wanted, isTalk)
  // "Un regalo para un bebé" is for one, and asks for none; "a present for a baby, a blanket" for a blanket.
  const isForWhom = first !== null && isOfGift(tokens, first.from, gifts, words)
  const head = isForWhom ? goodsHead(wanted.map((isFree, at) => isFree && at >= first.to)) : first
  const named = productTypeOf(
    tokens,
    head,
    compiled,
    goodsTalk,
    isAsking,
    isNounFirst,
    ofGoods !== null && head === ofGoods,
  )
  const owning = new Set(grammarOf(spoken.code ?? words.language.code).own.map((word) => fold(word)))
  // "My nephew is crazy about space" tells of somebody, and names no goods.
  const isOfSomebody =
    head !== null &&
    owning.has(tokens[head.from]?.word ?? '') &&
    !tokens.slice(head.from, head.to).some(({ isContent, stem }) => isContent && isStated(stem, compiled))
  // "Snail products" are whatever has to do with snails.
  // A present may be anything, whatever some goods are called.
  const noun = headOf(lexemesOf(named ?? ''), words.language)?.word ?? ''
  const isAnything =
    isOfSomebody ||
    (isForWhom && head === null) ||
    gifts.has(noun) ||
    (named !== null && anyGoods.test(named))
  // "Darf nicht mehr als 60 kosten", "got anything cheaper", "anything similar": what is left of it is talk.
  const isTalkOfPrice =
    isPriceAlone ||
    ((lower !== null || asksForSimilar(text, words.language.code)) &&
      lexemesOf(named ?? '').every(({ word }) => words.isFunctionWord(word) || isOfTalk(word)))
  const productType = isAnything || isTalkOfPrice ? null : named
  // Asked for, not asked about: "does it contain no nuts?" rules nothing out.
  if (intent === 'search' || intent === 'narrow') {
    constraints.push(...exclusionsOf(reading, productType, (word) => compiled.nouns?.has(word) === true))
    // "Is it in stock?" asks, and wishes nothing.
    if (inStock !== null) constraints.push(inStock.constraint)
  }
  const isOtherwise = spoken.code !== null && spoken.code !== words.language.code && spoken.isSpoken
  const bare = (said: string): string =>
    isOtherwise && spoken.code !== null ? withoutTalk(said, languageOf(spoken.code)) : said
  // Where a price or an order stands in another language, its words name nothing.
  const unstated = (isOtherwise ? [...reading.stated] : [])
    .toSorted((a, b) => b.start - a.start)
    .reduce((rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`, text)
  const searchText = bare(searchTextOf(unstated, lexicon))
  // Nor does a word that ends a phrase in this language name the goods in another, unless they are called so.
  const isTypeHeard =
    !isOtherwise ||
    lexemesOf(productType ?? '').some(
      ({ word }) => isOfGoods(word) || compiled.categoryWords.has(words.meaning(word)),
    )
  return {
    searchText: isPriceAlone ? '' : isAnything ? withoutGifts(searchText, gifts, words) : searchText,
    productType: productType === null || !isTypeHeard ? null : bare(productType) || null,
    constraints,
    sort: sort?.sort ?? (isCheapest ? 'price-ascending' : 'relevance'),
    intent: isOrder ? 'narrow' : intent,
    topic: isOrder ? null : topic,
    ...(read.inCase === undefined ? {} : { inCase: read.inCase }),
    reference,
    unreadLanguage: spoken.code === null ? spoken.tag : null,
    ...(isOtherwise && spoken.code !== null ? { spokenLanguage: spoken.code } : {}),
    ...(spoken.code !== null && !spoken.isSpoken && spoken.isLikely ? { likelyLanguage: spoken.code } : {}),
    keptFrom: kept.map(({ what }) => what),
  }
}

/** A text without the little words and words of asking of the language that it is said in. */
function withoutTalk(text: string, language: Language): string {
  const kept = lexemesOf(text, language.code).filter(
    ({ word, kind }) =>
      kind !== 'sign' &&
      !(kind === 'word' && (language.isFunctionWord(word) || language.isRequestWord(word))),
  )
  return kept.map(({ start, end }) => text.slice(start, end)).join(' ')
}

/** Whether all that stands before a place, from the last gift on, says for whom it is. */
function isOfGift(
  tokens: readonly Token[],
  to: number,
  gifts: ReadonlySet<string>,
  lexicon: Lexicon,
): boolean {
  const gift = tokens.slice(0, to).findLastIndex(({ word }) => gifts.has(word))
  const between = tokens.slice(gift + 1, to)
  return (
    gift !== -1 &&
    between[0]?.lead === 'for' &&
    tokens[to]?.breakBefore !== true &&
    between.every(({ word, breakBefore }) => !breakBefore && lexicon.isFunctionWord(word))
  )
}

/** "A gift for my cat" looks for what has to do with cats, and for no gift cards. Whole, where nothing else says anything. */
function withoutGifts(text: string, gifts: ReadonlySet<string>, lexicon: Lexicon): string {
  const kept = tokenize(text, lexicon).filter(({ word }) => !gifts.has(word))
  return kept.some(({ isContent, kind }) => isContent && kind === 'word')
    ? kept.map(({ start, end }) => text.slice(start, end)).join(' ')
    : text
}

/** Words for any goods, after what says which. */
const anyGoods = /\S\s+(?:products|items|stuff|things)$/i

/** Intents that a message of nothing but musts never has. An order, or what goes back, is told by words of its own: "if it does not fit". */
const notMusts: ReadonlySet<Understanding['intent']> = new Set([
  'service',
  'not-ours',
  'advice',
  'assortment',
  'how-to',
])

/** What a question which of some goods are without a thing may sound like. */
const soundsOfWhich: ReadonlySet<Understanding['intent']> = new Set([
  'search',
  'narrow',
  'compare',
  'product-question',
  'assortment',
  'not-ours',
  'chat',
])

const wishes: ReadonlySet<Understanding['intent']> = new Set(['search', 'narrow'])

/** What a wish for a lower price may sound like. */
const askedOfOthers: ReadonlySet<Understanding['intent']> = new Set([
  'search',
  'not-ours',
  'assortment',
  'advice',
  'chat',
])

/** What a message may sound like that says a price and nothing else: "darf nicht mehr als 60 kosten" asks for no price. */
const mayBePrice: ReadonlySet<Understanding['intent']> = new Set([
  ...notMusts,
  'search',
  'product-question',
  'compare',
  'chat',
  'deals',
])

/** Whether every word that says something states a must, or is ruled out. */
function saysOnlyMusts(
  { tokens, free }: Reading,
  facets: readonly FoundFacet[],
  scopes: readonly number[],
): boolean {
  const isRuledOut = (at: number) => (scopes[at] ?? -1) >= 0
  const isMust = (at: number) =>
    isRuledOut(at) ||
    facets.some(
      ({ start, end }) => (tokens[at]?.start ?? -1) >= start && (tokens[at]?.end ?? Infinity) <= end,
    )
  const content = tokens.flatMap(({ isContent, kind }, at) =>
    isContent && kind === 'word' && free[at] === true && !scopes.includes(at) ? [at] : [],
  )
  return content.length > 0 && content.every(isMust)
}

function readReference(
  text: string,
  stated: readonly Stretch[],
  facets: readonly FoundFacet[],
  spoken: LanguageCode,
): Reference | null {
  const described = findDescribed(text)
  if (described !== null) {
    const inside = facets.filter(
      ({ start, end, constraint }) => start >= described.start && end <= described.end && !constraint.negated,
    )
    if (inside.length > 0) {
      const named = inside.flatMap(({ constraint }) =>
        constraint.values.slice(0, 1).map((value) => ({ name: constraint.name, value })),
      )
      return { kind: 'described', facets: named, text: described.words }
    }
  }
  const found = findReference(text) ?? (spoken === 'en' ? null : findOrdinal(text, spoken))
  if (found === null) return null
  const isPrice = stated.some((part) => found.start < part.end && found.end > part.start)
  return isPrice && found.reference.kind === 'relative' ? null : found.reference
}
