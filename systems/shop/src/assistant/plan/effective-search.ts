import type { Constraint, SortOrder, Understanding } from '../../domain/constraints.ts'
import { minorDigits } from '../../domain/money.ts'
import { askedWhich, isAsking, isAskingWord, opensWith } from '../../language/asking.ts'
import { fold } from '../../language/fold.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import type { Grammar, GrammarRole } from '../../language/grammar.ts'
import { holdsKindOf } from '../../language/joined.ts'
import { joinedNouns, nounFirst } from '../../language/languages.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { headOf, shelfNouns, titleNouns } from '../../language/nouns.ts'
import { talkWords } from '../../understand/turn-kind.ts'
import { asksForSimilar } from '../../understand/said-beside.ts'
import { beyondPrice, joinConstraints, startsAnew } from '../../understand/follow-up.ts'
import { findPriceShare, priceOfShare } from '../../understand/relative-price.ts'
import type { Product } from '../../domain/product.ts'
import { shownVariant } from '../cards.ts'
import { comparativeIn } from '../by-measure.ts'
import { isKeywords } from '../evidence.ts'
import { contentStems, words } from '../words.ts'
import type { EffectiveSearch, PlanContext } from './plan.ts'

/** Whether a message states a must or an order. */
export function hasNewConstraints(understanding: Understanding): boolean {
  return understanding.constraints.length > 0 || understanding.sort !== 'relevance'
}

/** What a message says, whatever was looked for before. */
export const ownSearch = ({
  searchText,
  productType,
  constraints,
  sort,
}: Understanding): EffectiveSearch => ({
  text: searchText,
  productType,
  constraints,
  sort,
})

/**
 * The search of this message. One that names no kind of goods of the store and only adds musts, an order or a quality ("under $40",
 * "in blue", "cheaper", "a bigger screen") refines the conversation's last search: a new must replaces the earlier one of the same kind.
 */
export function effectiveSearch(
  message: string,
  understanding: Understanding,
  context: PlanContext,
): { search: EffectiveSearch; isRefinement: boolean; anchor: Product | null } {
  const own = ownSearch(understanding)
  const shared = sharedPrice(message, context)
  if (shared !== null && context.previous !== null) {
    const { previous } = context
    const constraints = joinConstraints(previous.constraints, [...own.constraints.map(insisted), shared])
    return { search: { ...previous, constraints }, isRefinement: true, anchor: null }
  }
  const relative = understanding.reference?.kind === 'relative' ? understanding.reference.direction : null
  // "Any cheaper sofa?", where no sofas are in sight, asks for the cheapest of them.
  if (relative !== null && relative !== 'better-rated' && namesOthers(understanding, context)) {
    const sort = relative === 'cheaper' ? 'price-ascending' : 'price-descending'
    return {
      search: { ...own, sort: own.sort === 'relevance' ? sort : own.sort },
      isRefinement: false,
      anchor: null,
    }
  }
  // "Anything similar but under 200" is of the kind of what is looked at, whatever else it tells.
  const isSimilar = relative === null && asksForSimilar(message, context.lexicon.language.code)
  const than = understanding.reference?.kind === 'relative' ? understanding.reference.than : undefined
  const anchor =
    relative === null ? null : (context.shown.find(({ id }) => id === than) ?? anchorOf(relative, context))
  const like = isSimilar
    ? (context.page ?? context.shown.find(({ id }) => id === context.focusId) ?? null)
    : anchor
  const previous = like === null ? context.previous : (likeAnchor(like, context) ?? context.previous)
  const isOfThose =
    previous !== null && saysOnly(message, context.lexicon) && isSaidOfKind(own, previous, context)
  const only = previous === null || isOfThose ? null : onlyOfThese(message, own, previous, context)
  if (only !== null) return { search: only, isRefinement: true, anchor: null }
  // "And a pump to water them", after sensors, asks for a pump.
  if (!isSimilar && previous !== null && asksForAnother(message, understanding, previous, context))
    return { search: own, isRefinement: false, anchor: null }
  const goesOn = isOfThose || leadsOn(message, context)
  const isQuality = isOfThose || saysOnlyAQuality(message, context)
  const added = isSimilar
    ? []
    : previous === null ||
        (!goesOn && context.isTypeSold && startsAnew(previous, understanding) && !isQuality) ||
        (!goesOn && understanding.intent === 'search' && namesOtherNoun(understanding, previous, context))
      ? null
      : additionOf(message, understanding, isQuality, context)
  if (!previous || !(relative !== null || added !== null || understanding.reference?.kind === 'those')) {
    return { search: own, isRefinement: false, anchor: null }
  }
  // A message that says nothing else insists on what it says.
  let constraints = joinConstraints(previous.constraints, own.constraints.map(insisted))
  let sort: SortOrder = own.sort === 'relevance' ? previous.sort : own.sort
  if (relative && anchor) {
    if (relative !== 'better-rated') {
      const bound = shownPrice(anchor, context)
      constraints = beyondPrice(constraints, relative, bound / 10 ** minorDigits(context.currency))
    } else if (anchor.rating) {
      const min = Math.min(5, Math.round((anchor.rating.average + 0.1) * 10) / 10)
      constraints = joinConstraints(constraints, [
        { kind: 'rating', min, text: `rated above ${(min - 0.1).toFixed(1)}` },
      ])
    }
  }
  if (relative === 'better-rated') sort = 'rating'
  // "Cheaper in the same size" is of the same kind, whatever else it says: words that few listings hold would leave out the cheaper ones.
  const text = joined(previous.text, relative === null ? (added ?? []) : [], context)
  return {
    search: { text, productType: previous.productType, constraints, sort },
    isRefinement: true,
    anchor: anchor,
  }
}

/** Whether goods are called by what is asked for, and the last search named none of them: "and a hand cream" after shampoos. */
export function namesOtherNoun(
  { productType }: Pick<Understanding, 'productType'>,
  previous: EffectiveSearch,
  { isNoun, lexicon }: PlanContext,
): boolean {
  const head = headOf(contentStems(productType ?? '', lexicon), lexicon.language)
  return head !== undefined && isNoun(head) && !contentStems(previous.text, lexicon).includes(head)
}

/** Whether nothing in sight nor what was looked for last is called by the head of a type. */
function namesUnseen(type: string, previous: EffectiveSearch, { shown, lexicon }: PlanContext): boolean {
  const head = headOf(contentStems(type, lexicon), lexicon.language)
  const seen = [previous.text, ...shown.flatMap(({ title, categories }) => [title, ...categories])]
  return head !== undefined && !seen.some((text) => contentStems(text, lexicon).includes(head))
}

/** Whether a message names other goods than were looked for last, with an indefinite article: "a helmet", "un taladro". */
export function asksForAnother(
  message: string,
  understanding: Understanding,
  previous: EffectiveSearch,
  context: PlanContext,
): boolean {
  if (understanding.productType === null || comparativeIn(message, context.lexicon) !== null) return false
  const isOther = namesOtherNoun(understanding, previous, context)
  const isUnseen = namesUnseen(understanding.productType, previous, context)
  if (!isOther && !isUnseen) return false
  const { code } = context.lexicon.language
  const said = lexemesOf(message, code).map(({ word }) => word)
  const named = lexemesOf(understanding.productType, code).map(({ word }) => word)
  const at = said.findIndex((word) => named.includes(word))
  // "And a tonic", whether there is one or not; "and in black" and "and a red one" are of the same.
  const isAdded =
    at > 0 && opensWith(said, [['and'], ['some']], code) === at && opensWith(said, [['and']], code) > 0
  if (isAdded && opensWith(said.slice(at), [['colour']], code) === 0) return isOther || isUnseen
  if (!isOther && !context.isTypeSold) return false
  const ones = grammarOf(code).some.map((phrase) => lexemesOf(phrase, code).map(({ word }) => word))
  return ones.some(
    (phrase) =>
      at >= phrase.length && phrase.every((word, index) => said[at - phrase.length + index] === word),
  )
}

/** "Only silver plated" after teapots, of which some are: whatever plates the store has, it says which teapots. */
function isSaidOfKind(
  { text }: EffectiveSearch,
  { productType }: EffectiveSearch,
  { shown, lexicon }: PlanContext,
): boolean {
  const noun = headOf(contentStems(productType ?? '', lexicon), lexicon.language)
  const asked = contentStems(text, lexicon)
  return (
    noun !== undefined &&
    asked.length > 0 &&
    shown.some(({ title }) => {
      const held = new Set(contentStems(title, lexicon))
      return held.has(noun) && asked.every((stem) => held.has(stem))
    })
  )
}

/** "Only the necklaces" after "something with cats": those of what was asked for that are called so. Null where that is not said. */
function onlyOfThese(
  message: string,
  own: EffectiveSearch,
  previous: EffectiveSearch,
  context: PlanContext,
): EffectiveSearch | null {
  const { lexicon } = context
  if (
    own.productType === null ||
    !saysOnly(message, context.lexicon) ||
    !namesOtherNoun(own, previous, context)
  )
    return null
  const noun = headOf(contentStems(previous.productType ?? '', lexicon), lexicon.language)
  const isSide = saysWhichOf(own.productType, context)
  if (isSide && previous.productType !== null)
    return {
      text: joined(previous.text, own.productType.split(' '), context),
      productType: previous.productType,
      constraints: joinConstraints(previous.constraints, own.constraints.map(insisted)),
      sort: own.sort === 'relevance' ? previous.sort : own.sort,
    }
  // Beside another kind of goods ("rings", then "only necklaces") its name gives way; what tells which of them stays.
  const rest = words(previous.text)
    .map(({ text }) => text)
    .filter((word) => !contentStems(word, lexicon).some((stem) => stem === noun && context.isNoun(stem)))
  return {
    text: joined(own.productType, rest, context),
    productType: own.productType,
    constraints: joinConstraints(previous.constraints, own.constraints.map(insisted)),
    sort: own.sort === 'relevance' ? previous.sort : own.sort,
  }
}

/** Whether words say which of those in sight are meant, since a title among them holds the words and none is called so: "shawl lapel". */
function saysWhichOf(said: string, { shown, lexicon }: PlanContext): boolean {
  const stems = contentStems(said, lexicon)
  const noun = headOf(stems, lexicon.language)
  const isCalled = ({ title, brand }: Product) =>
    [...titleNouns(title, brand, lexicon.language)].some((word) => lexicon.meaning(word) === noun)
  const holds = ({ title }: Product) => {
    const held = new Set(contentStems(title, lexicon))
    return stems.every((stem) => held.has(stem))
  }
  return shown.some(holds) && !shown.some(isCalled)
}

/** Whether a message names goods of the store that are neither in sight nor what was looked for last. */
function namesOthers({ productType }: Understanding, context: PlanContext): boolean {
  if (productType === null || !context.isTypeSold) return false
  const inSight = context.page ? [context.page, ...context.shown] : context.shown
  return (
    !isNamed(productType, context.previous?.text ?? '') &&
    !inSight.some((product) => isNamed(productType, `${product.title} ${product.categories.join(' ')}`))
  )
}

/** The price that "half of that" comes to, beside what was looked at last or stood first; null where nothing is in sight. */
function sharedPrice(message: string, context: PlanContext): Constraint | null {
  const share = findPriceShare(message, context.lexicon.language.code)
  if (share === null) return null
  const inSight = context.shown.length > 0 ? context.shown : context.page ? [context.page] : []
  const product = inSight.find(({ id }) => id === context.focusId) ?? inSight[0]
  if (product === undefined) return null
  const shown = shownPrice(product, context) / 10 ** minorDigits(context.currency)
  return priceOfShare(share, shown, message.slice(share.start, share.end))
}

function insisted(constraint: Constraint): Constraint {
  return constraint.kind === 'facet' && (constraint.negated || !isKeywords(constraint.name))
    ? { ...constraint, strength: 'insisted' }
    : constraint
}

/** "Wireless" after "mice" asks for wireless mice: what is added stands where it leaves the noun its place. */
const joined = (text: string, added: readonly string[], { lexicon }: PlanContext): string =>
  (nounFirst.has(lexicon.language.code) ? [text, ...added] : [...added, text]).join(' ')

/** So many words are added to what was looked for; more, where they call nothing but what is in sight. */
const mostAdded = 3
const mostOfSeen = 6

/** The words of a message that goods are called by, where all of them call one in sight; else none. */
export const callsSeen = ({ mentions: [first] }: PlanContext): readonly string[] =>
  first?.isSeen === true && first.share === 1 ? first.own : []

/** The last search with a short message's words added; null where the message is no addition to one. */
export function possibleRefinement(
  message: string,
  understanding: Understanding,
  context: PlanContext,
): EffectiveSearch | null {
  const { previous } = context
  // "Which stand goes with it?", after parasols, asks for what stands on another shelf.
  const which = askedWhich(message, context.lexicon.language.code)
  if (which !== null && fold(understanding.productType ?? '') === which && isOnOtherShelf(which, context))
    return null
  const left = leftover(understanding, context.lexicon)
  // "Grande demais, tem de 50 polegadas?" calls nothing but the television in sight.
  const isShort = left.length > 0 && left.length <= (callsSeen(context).length > 0 ? mostOfSeen : mostAdded)
  // "My budget is $500, but I wouldn't mind to spend more for a better one" speaks of the same, whatever else it says.
  const isOfPrice = left.length > 3 && understanding.constraints.some(({ kind }) => kind === 'price')
  if (!previous?.productType || context.isCategoryNamed || !(isShort || isOfPrice) || asksAnew.test(message))
    return null
  return {
    text: joined(previous.text, isOfPrice ? [] : left, context),
    productType: previous.productType,
    constraints: joinConstraints(previous.constraints, understanding.constraints.map(insisted)),
    sort: understanding.sort === 'relevance' ? previous.sort : understanding.sort,
  }
}

/** Whether a shelf or goods are called by a word, and what was looked for last is not. */
const isOnOtherShelf = (word: string, { isShelf, isNoun, previous, lexicon }: PlanContext): boolean =>
  (isShelf?.(lexicon.meaning(word)) === true || isNoun(lexicon.meaning(word))) &&
  !holdsKindOf(contentStems(previous?.text ?? '', lexicon), lexicon.meaning(word), lexicon.language.code)

const asksAnew =
  /\b(?:show|find|get|give|bring) me\b|\b(?:looking|search(?:ing)?|shopping) for\b|\bi (?:need|want)\b|\binstead\b|\b(?:to (?:go with|match)|that goes? with) (?:it|this|that|them|these)\b/i

/** What "cheaper" is measured against: the cheapest in sight, the dearest for "pricier", the first for a rating. */
function anchorOf(direction: 'cheaper' | 'pricier' | 'better-rated', context: PlanContext): Product | null {
  const inSight = context.shown.length ? context.shown : context.page ? [context.page] : []
  if (direction === 'better-rated')
    return inSight.find((product) => product.id === context.focusId) ?? inSight[0] ?? null
  const byPrice = inSight.toSorted((a, b) => shownPrice(a, context) - shownPrice(b, context))
  return (direction === 'cheaper' ? byPrice[0] : byPrice.at(-1)) ?? null
}

/** Beside one product that was looked at, "cheaper" means others of its kind. */
function likeAnchor(anchor: Product, context: PlanContext): EffectiveSearch | null {
  const kind = kindOf(anchor, context)
  const { previous, list } = context
  // What was chosen from a list that is still in sight is one of what was looked for.
  const isOfList = list.length > 1 && list.some(({ id }) => id === anchor.id)
  if (context.shown.length > 1 || isOfList || kind === null) return null
  const isOfSearch = previous?.productType != null && isNamed(previous.productType, `${anchor.title} ${kind}`)
  return isOfSearch ? previous : { text: kind, productType: kind, constraints: [], sort: 'relevance' }
}

/** What a product is called: its shelf, or the noun of its title where the shelf is of more than that. Null where neither says. */
export function kindOf(
  { title, brand, categories }: Product,
  { isNoun, lexicon }: PlanContext,
): string | null {
  const shelf = categories.at(-1) ?? null
  const nouns = [...titleNouns(title, brand, lexicon.language)]
  const [first] = nouns
  const noun = first !== undefined && isNoun(lexicon.meaning(first)) ? first : undefined
  if (shelf === null || noun === undefined) return shelf ?? noun ?? null
  const onShelf = shelfNouns(shelf, lexicon.language).map((word) => lexicon.meaning(word))
  // A "Gartentisch Kappeln" ends in its name, and is called what its shelf is.
  const said = joinedNouns[lexicon.language.code] === undefined ? [] : contentStems(title, lexicon)
  if (onShelf.some((word) => said.includes(word))) return shelf
  return onShelf.some((word) => nouns.some((each) => lexicon.meaning(each) === word)) ? shelf : noun
}

/** Whether a text holds every word of a type. */
function isNamed(type: string, text: string): boolean {
  const held = new Set(contentStems(text))
  return contentStems(type).every((word) => held.has(word))
}

/** Words to add to the last search; null when the message is a search of its own. */
function additionOf(
  message: string,
  understanding: Understanding,
  isQuality: boolean,
  context: PlanContext,
): string[] | null {
  const left = leftover(understanding, context.lexicon)
  if (left.length === 0) return hasNewConstraints(understanding) ? [] : null
  if (left.length > 3 || !(isElliptical(message, understanding, context) || isQuality)) return null
  // "Bigger" and "quieter" are said of a side of the thing, and stand in no listing.
  const comparative = fold(comparativeIn(message, context.lexicon)?.said ?? '').split(' ')
  return left
    .filter((word) => !comparative.includes(fold(word)))
    .filter((word) => context.lexicon.language.code !== 'en' || !/(?:er|est)$/.test(word) || word.length < 5)
}

/** "A bigger screen", "with wifi", "and in red": says what is wanted of the same, not what is wanted. */
function isElliptical(message: string, understanding: Understanding, context: PlanContext): boolean {
  if (asksAnew.test(message)) return false
  if (comparativeIn(message, context.lexicon) !== null || leadsOn(message, context)) return true
  return (
    understanding.intent === 'narrow' ||
    /^\W*(?:and|but|or|also|only|just|in|with|without|for|from|under|below|over|above|up to|at least|at most|no|not|nothing|something|anything|same|more|less)\b/i.test(
      message,
    ) ||
    /\b(?:bigger|larger|smaller|longer|shorter|lighter|heavier|faster|slower|quieter|louder|brighter|darker|softer|warmer|cooler|thinner|thicker|wider|narrower|newer|stronger|simpler|better|taller)\b/i.test(
      message,
    )
  )
}

/** "Wireless only", "something sweet instead": says how the same should be, although some goods are called so. A category that is named is none. */
const saysOnlyAQuality = (message: string, context: PlanContext): boolean =>
  !context.isCategoryNamed &&
  (saysOnly(message, context.lexicon) ||
    /^\W*(?:something|anything)\s+[\p{L}-]+\s*(?:instead|please|then)?\W*$/iu.test(message))

/** "With people in it", "for dry skin", "something in orange": begins with a preposition, and names nothing that it could be of but the last. */
export function leadsOn(message: string, { lexicon }: PlanContext): boolean {
  const grammar = grammarOf(lexicon.language.code)
  const said = lexemesOf(message).map(({ word }) => word)
  const opens = (roles: readonly (keyof Grammar)[], at: number) =>
    roles
      .flatMap((role) => grammar[role])
      .map((phrase) => fold(phrase).split(' '))
      .some((phrase) => phrase.every((word, index) => said[at + index] === word))
  const { code } = lexicon.language
  const from = opensWith(said, [['opener'], ['and'], ['rather'], ['and']], code)
  // "One with a bigger screen", "una con cámara": the one is of what was looked for.
  const ones = opensWith(said.slice(from), [['some', 'something']], code)
  const isOne = code === 'en' && /^ones?$/.test(said[from + ones] ?? '')
  const behind = from + ones + (isOne ? 1 : 0)
  return (
    saysOnlyColours(message, lexicon) ||
    opens(['with', 'without', 'in', 'for'], from) ||
    isLed(message, said, from, lexicon) ||
    (behind > from && opens(['with', 'without', 'in'], behind))
  )
}

/** "Svart?", "en noir plutôt", "ce l'avete in nero?": all that a message says is a colour. */
export function saysOnlyColours(message: string, lexicon: Lexicon): boolean {
  const { language } = lexicon
  const colours = new Set(grammarOf(language.code).colour.map((word) => fold(word)))
  const talk = talkWords(language)
  const said = lexemesOf(message, language.code).filter(
    ({ kind, word }) =>
      kind !== 'sign' &&
      !lexicon.isFunctionWord(word) &&
      !(talk.has(word) && !colours.has(word)) &&
      !isAskingWord(word, language.code),
  )
  return said.length > 0 && said.every(({ word }) => colours.has(word))
}

/** Whether a message wishes for "something", whatever that is called. */
export const saysSomething = (message: string, { language }: Lexicon): boolean =>
  new RegExp(anyOf(grammarOf(language.code).something), 'iu').test(message)

/** "E in cotone?", "aus Leder?": all that a message says is what it should be of. A size asks something of what is in sight. */
export function saysOnlyMadeOf(message: string, lexicon: Lexicon): boolean {
  const { code } = lexicon.language
  const said = lexemesOf(message, code).filter(({ kind }) => kind !== 'sign')
  const words = said.map(({ word }) => word)
  const from = opensWith(words, [['opener'], ['and'], ['rather']], code)
  const led = opensWith(words.slice(from), [['in', 'made-of']], code)
  const rest = said.slice(from + led)
  return (
    led > 0 &&
    rest.length > 0 &&
    rest.length <= 2 &&
    rest.every(({ kind, word }) => kind === 'word' && word.length > 3 && !lexicon.isFunctionWord(word))
  )
}

/** Words of a message of so many are what a preposition before them leads in, and nothing else. */
const mostLed = 3
/** Little words that lead nothing in: articles and who or what is spoken of. */
const leadingNothing: readonly GrammarRole[] = [
  'the',
  'some',
  'article',
  'own',
  'who',
  'it',
  'this',
  'only',
  'not',
  'most',
  'least',
]

/** "Al sandalo", "aus Leder", "de 5 litros": a little word that is no article, and what it leads in. */
function isLed(message: string, said: readonly string[], from: number, lexicon: Lexicon): boolean {
  const { code } = lexicon.language
  const first = said[from]
  return (
    first !== undefined &&
    lexicon.isFunctionWord(first) &&
    !isAsking(message, code) &&
    opensWith(said.slice(from), [leadingNothing], code) === 0 &&
    said.filter((word) => !lexicon.isFunctionWord(word)).length <= mostLed &&
    // "Con pelo, y un gorro" names something else behind it.
    !said.slice(from + 2).some((_, at) => opensWith(said.slice(from + 2 + at), [['some']], code) > 0)
  )
}

/** Whether a part of a message begins or ends with a word that leaves out all else. */
export function saysOnly(message: string, lexicon: Lexicon): boolean {
  const only = grammarOf(lexicon.language.code).only.map((phrase) => fold(phrase).split(' '))
  // "SPF 50 only, below 25 dollars": each part for itself.
  return message.split(/[,;.!?]/).some((part) => {
    const said = lexemesOf(part).map(({ word }) => word)
    return only.some(
      (phrase) =>
        phrase.every((word, at) => said[at] === word) ||
        phrase.every((word, at) => said[said.length - phrase.length + at] === word),
    )
  })
}

/** Words that neither a constraint nor small talk accounts for: they start a new search. */
function leftover(understanding: Understanding, lexicon: Lexicon): string[] {
  const used = new Set(
    understanding.constraints.flatMap((constraint) => contentStems(constraint.text, lexicon)),
  )
  const talk = new Set(
    contentStems(
      'show find want need something anything option cheaper one ones instead available please only rather spend most got bring less expensive pricey pricier costs actually can hmm ok okay',
    ),
  )
  return words(understanding.searchText)
    .filter(({ text }) => contentStems(text, lexicon).some((word) => !used.has(word) && !talk.has(word)))
    .map(({ text }) => text)
}

/** What the shopper saw it at: the price of the variant that was shown, else its lowest, in minor units. */
function shownPrice(product: Product, context: PlanContext): number {
  const shown = product.variants.find((variant) => variant.id === context.variantIds.get(product.id))
  return shown?.price.minor ?? shownVariant(product).price.minor
}
