import type { Evidence } from '../../domain/answer.ts'
import type { Topic } from '../../domain/constraints.ts'
import type { Product } from '../../domain/product.ts'
import { askedParts, asksWhat, asksWhich, countAsked, isAsking, isAskingWord } from '../../language/asking.ts'
import { lexiconOf } from '../../language/lexicon.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { afterAll, askedIn, askedWords, evidenceFor, saysOf } from '../asked.ts'
import { asksOfName, asksOfPart } from '../asks-of.ts'
import { dimensionNamed, dimensionsAsked, isGivenAs } from '../dimensions.ts'
import { listingEvidence } from '../evidence.ts'
import { pageEvidence, shopperEvidence } from '../gathered-evidence.ts'
import { emptyFacts } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { forbiddenLine } from '../forbids.ts'
import { speaksOfChild } from '../for-a-child.ts'
import { candidateLines } from '../lines/candidate-lines.ts'
import { intervalLine, nearLine } from '../lines/near-line.ts'
import { answeringLine } from '../lines/line-model.ts'
import { withoutMereRoots } from '../lines/terms.ts'
import { namedVariants } from '../named-variants.ts'
import type { Phrases } from '../phrases.ts'
import { sideAsked, sideIn } from '../sides.ts'
import { basesOf } from '../../language/degrees.ts'
import { fold } from '../../language/fold.ts'
import { isToldBy, talkWords } from '../../understand/turn-kind.ts'
import { unnamed } from '../unnamed.ts'
import { contentStems, words } from '../words.ts'
import { asksPrice, pricedAnswer, saysOnlyPrice } from './price-answer.ts'
import { asksChoices, choiceUnsaid, rowAnswer } from './row-answer.ts'
import { excerptAbout } from './excerpt-about.ts'
import { packingAsked, weightPacked } from './net-or-gross.ts'
import { originAnswer } from './origin-answer.ts'
import { asksPriceOtherwise, lineOtherwise } from './spoken-otherwise.ts'
import { titleMeasure } from './title-measure.ts'
import { measureAllowed, measuresOfUser } from '../whose-measure.ts'
import { asSentence, Citations, excerpt } from './writer.ts'

/** Characters of a source that are quoted. */
const longestQuote = 220

/**
 * Answers a question about one product from what its listing and the answers to other shoppers' questions hold, in their
 * own words with citations: a fact of the row (stock, price, terms, options), else the line that answers it. Null when nothing does.
 */
export function answerFromListing(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
  topic: Topic | null = null,
): string[] | null {
  return (
    forbiddenAnswer(question, product, facts, citations) ??
    userAnswer(question, product, facts, citations) ??
    originAnswer(question, product, facts, citations, (line) => quoteOf(line, citations, facts.phrases)) ??
    packedWeight(question, product, facts, citations) ??
    partsAnswered(question, product, facts, citations) ??
    intervalAnswer(question, product, facts, citations) ??
    foundInListing(question, product, facts, citations, topic) ??
    allSaid(question, product, facts, citations) ??
    ofTitle(question, product, facts, citations) ??
    spokenOtherwise(question, product, facts, citations) ??
    choiceUnsaid(question, product, facts, citations)
  )
}

/** "My son weighs 20 kg, is it for him?": for whom it is, and not what it weighs. */
function userAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const found = measuresOfUser(question, lexicon).flatMap(
    (measure) => measureAllowed(product, measure, lexicon) ?? [],
  )
  return found.length === 0 ? null : found.map(({ line }) => quoteOf(line, citations, phrases))
}

/** "Is a battery in the box?": by the line that says of batteries that they come with it, or are sold by themselves. */
function inclusionAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  // "What comes with the charger?" asks for all there is.
  const asked = askedIn(question, lexicon)
  const isAsked = asked.includes('package') || asked.includes('included')
  if (!isAsked || asksWhat(question, lexicon.language.code)) return null
  const said = askedWords(question, lexicon)
  const called = new Set(contentStems(product.title, lexicon))
  const items = contentStems(question, lexicon).filter((stem) => !said.has(stem) && !called.has(stem))
  const line = listingEvidence(product, lexicon).find(
    ({ stems, text }) => items.some((stem) => stems.has(stem)) && saysOf('included', text, lexicon),
  )
  return line === undefined ? null : [quoteOf(line, citations, phrases)]
}

/** "How often is the filter changed?": every four weeks. */
function intervalAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const line = intervalLine(question, product, lexicon)
  return line === null ? null : [quoteOf(line, citations, phrases)]
}

/** What a listing says near what is asked, where nothing is known to answer it. */
export function answerNear(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const line = nearLine(question, product, lexicon)
  return line === null ? null : [quoteOf(line, citations, phrases, longestQuote, { question, lexicon })]
}

/** "May I use it on my cat?", where the listing says never to. */
function forbiddenAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const line = forbiddenLine(question, product, lexicon)
  return line === null ? null : [quoteOf(line, citations, phrases)]
}

/** "What does it weigh without the packaging?", "and with it?": by the field that is called so. */
function packedWeight(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const packing = packingAsked(question, lexicon) ?? packingAsked(question, lexiconOf(phrases.language.code))
  const line = packing === null ? null : weightPacked(product, packing, lexicon)
  return line === null ? null : [quoteOf(line, citations, phrases)]
}

/** A question in another language than the listing's. */
function spokenOtherwise(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
): string[] | null {
  if (asksPriceOtherwise(question, facts)) return pricedAnswer(question, product, facts, citations)
  const line = lineOtherwise(question, product, facts)
  return line === null ? null : [quoteOf(line, citations, facts.phrases)]
}

/** "How big is the bottle?", of which nothing but the title tells. */
function ofTitle(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const told = titleMeasure(question, product, lexicon)
  return told === null ? null : [quoteOf(told, citations, phrases)]
}

/**
 * "Does it contain probiotics?", "in welchen Größen gibt es sie?": the line that holds all that a question says beside what its product is called
 * and the words that questions are put in; the name of a field is enough. Null where a number is asked for.
 */
export function allSaid(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const { language } = lexicon
  if (countAsked(question, language.code) !== null) return null
  const talk = talkWords(language)
  const called = new Set(contentStems(`${product.title} ${product.categories.join(' ')}`, lexicon))
  const isCompared = asksWhich(question, language.code)
  // "Sweeter" is said by what is sweet.
  const asked = words(question)
    .filter(({ text }) => !talk.has(fold(text)) && !isAskingWord(text, language.code))
    .flatMap(({ text }) => {
      const bases = basesOf(fold(text), language.code, isCompared).flatMap((base) =>
        contentStems(base, lexicon),
      )
      return contentStems(text, lexicon).map((stem) => [stem, ...bases])
    })
    .filter(([stem = '']) => !called.has(stem))
  const lines = withoutMereRoots(listingEvidence(product, lexicon), question, lexicon)
  // What there is to choose from is named, whatever else is said: "en quelles tailles existe la veste ?".
  const areChoices = asksChoices(question, language)
  const said = new Set(contentStems(question, lexicon))
  const named = lines.find(({ kind, text }) => {
    const name = contentStems(text.slice(0, text.indexOf(':')), lexicon)
    if (kind !== 'attribute' || name.length === 0) return false
    return areChoices
      ? name.every((stem) => said.has(stem))
      : asked.length > 0 && asked.every((stems) => stems.some((stem) => name.includes(stem)))
  })
  const isTelling =
    asked.length > 0 && asked.length <= mostAsked && asked.every(([stem = '']) => stem.length >= leastTelling)
  const isMeasured = dimensionsAsked(question, lexicon).length > 0
  const held = (isTelling && !isMeasured ? lines : [])
    .filter((line) => asked.every((stems) => stems.some((stem) => line.stems.has(stem))))
    // A word alone tells less than the sentence that says it.
    .toSorted((a, b) => +isWord(a.text) - +isWord(b.text) || a.text.length - b.text.length)
  const line = named ?? held[0]
  return line === undefined ? null : [quoteOf(line, citations, phrases, longestQuote, { question, lexicon })]
}

const isWord = (text: string): boolean => !/\S\s+\S/.test(text)

/** So few words are asked for that a line holds by more than chance, each of so many letters. */
const mostAsked = 3
const leastTelling = 4

/** "How tall is it, and is a bulb included?": each part by itself, and which of them nothing tells. Null where one thing is asked, or none is told. */
function partsAnswered(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
): string[] | null {
  const { lexicon, phrases } = facts
  const parts = askedParts(question, lexicon.language.code)
  if (parts.length < 2) return null
  const told = parts.map((part) => ({
    part,
    said: foundInListing(part, product, facts, citations, null),
  }))
  const said = [...new Set(told.flatMap((one) => one.said ?? []))]
  if (said.length === 0) return null
  const unsaid = told.flatMap((one) => (one.said === null ? `“${one.part}”` : []))
  return unsaid.length === 0
    ? said
    : [...said, phrases.say('listing.unsaid-of', { what: phrases.listing(unsaid, 'disjunction') })]
}

/** Whether a listing answers a question. Pure: what it holds besides the row does not matter. */
export const isAnsweredBy = (
  question: string,
  product: Product,
  currency: string,
  lexicon: Lexicon,
): boolean =>
  forbiddenLine(question, product, lexicon) !== null ||
  foundInListing(question, product, emptyFacts(currency, lexicon), new Citations(), null) !== null

/** The same in any way that a listing answers: for whom it is, how often, each of several questions. */
export const isToldIn = (question: string, product: Product, currency: string, lexicon: Lexicon): boolean =>
  answerFromListing(question, product, emptyFacts(currency, lexicon), new Citations()) !== null

function foundInListing(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
  topic: Topic | null,
): string[] | null {
  // "How much is the bead choker in red?" sounds like a question for colours but for the words that it is called by.
  const bare = unnamed(question, [product], facts.lexicon)
  const isPriced = () =>
    topic === 'price' ||
    (asksPrice(bare, facts.lexicon.language) && isToldBy(bare, ['price'], facts.lexicon.language))
  const priced = () => (isPriced() ? pricedAnswer(question, product, facts, citations) : null)
  const measures = dimensionsAsked(question, facts.lexicon)
  const isOfPrice = saysOnlyPrice(question, product, facts.lexicon)
  const said = () => lineAnswer(question, product, candidateLines(question, product, facts), facts, citations)
  // "How long does the large one burn?" names a size, and asks for neither that nor its price.
  const isOfChoice =
    !isOfPrice &&
    asksWhat(question, facts.lexicon.language.code) &&
    namedVariants(question, product, facts.lexicon) !== null
  return (
    (isOfPrice ? priced() : null) ??
    inclusionAnswer(question, product, facts, citations) ??
    (isOfChoice ? said() : null) ??
    rowAnswer(question, product, facts, citations) ??
    sideAnswer(question, product, facts, citations) ??
    said() ??
    ofMadeOrWith(question, product, facts, citations) ??
    ofAge(question, product, facts, citations) ??
    // What was heard as a question for a price, in whatever words, unless it is one for another number.
    (isOfPrice || measures.length > 0 ? null : priced())
  )
}

/** "Is it of plastic?", "does it come with a lid?": what it is made of, what comes with it, though the listing does not speak of plastic or a lid. */
function ofMadeOrWith(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  // The wood of "is the wooden train safe?" only calls it.
  const named = new Set(contentStems(product.title, lexicon))
  const beyond = words(question).filter(
    ({ text }) => !contentStems(text, lexicon).some((stem) => named.has(stem)),
  )
  const found = askedIn(beyond.map(({ text }) => text).join(' '), lexicon)
    .filter((name) => afterAll.has(name))
    .flatMap((name) => evidenceFor(name, product, lexicon) ?? [])
  // "How many are in the pack?" is told by a number.
  const isOfNumber = countAsked(question, lexicon.language.code) !== null
  const told = found.find(({ text }) => !isOfNumber || /\d/.test(text))
  return told === undefined ? null : [quoteOf(told, citations, phrases, longestQuote, { question, lexicon })]
}

/** "Is it safe for my son of 2?", "can a baby have it?": from or up to which age it is, where the listing says so and nothing else of it. */
function ofAge(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const { language } = lexicon
  const age = dimensionNamed('age', lexicon)
  if (age === undefined) return null
  const isOfAge = dimensionsAsked(question, lexicon).some(({ name }) => name === 'age')
  if (!isOfAge && !speaksOfChild(question, language)) return null
  const line = listingEvidence(product, lexicon).find(({ text }) => isGivenAs(text, age, lexicon))
  return line === undefined ? null : [quoteOf(line, citations, phrases)]
}

/**
 * What the listing of a product that a question itself names says on what else it asks ("how hot may your heat spray get?"), where it says
 * so; null where the question asks nothing beside its name. `isTitleToo`: its title may say it, or a line that says no more.
 */
export function answerBeyondName(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
  { isTitleToo = true }: { isTitleToo?: boolean } = {},
): string[] | null {
  const { lexicon } = facts
  if (!isAsking(question, lexicon.language.code) || asksOfName(question, product, lexicon)) return null
  const title = new Set(contentStems(product.title, lexicon))
  const lines = candidateLines(question, product, facts).filter(
    ({ stems }) => isTitleToo || [...stems].some((stem) => !title.has(stem)),
  )
  return lineAnswer(question, product, lines, facts, citations)
}

/** The line that answers a question, as it is. Null where none does. */
function lineAnswer(
  question: string,
  product: Product,
  lines: readonly Evidence[],
  { lexicon, phrases, cosines }: Facts,
  citations: Citations,
): string[] | null {
  const known = cosines?.get(product.id)
  const found = answeringLine(
    question,
    product,
    withoutMereRoots(lines, question, lexicon),
    lexicon,
    known === undefined ? null : (text) => known.get(text) ?? null,
  )
  if (found === null) return null
  // What it is called, as the question calls it, tells nothing of it.
  const asked = new Set(contentStems(question, lexicon))
  const { source, stems } = found.line
  const isName =
    source.kind === 'product' && source.field === 'title' && [...stems].every((stem) => asked.has(stem))
  return isName ? null : [quoteOf(found.line, citations, phrases, longestQuote, { question, lexicon })]
}

/** The size of the side that is asked for; sizes whose order no listing says are told as they stand. Null where no side is asked for. */
function sideAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const side = sideAsked(question, lexicon.language)
  // "How long is the strap?" asks it of a part.
  if (side === null || isOfOtherThanSize(question, lexicon) || asksOfPart(question, product, lexicon))
    return null
  const found = sideIn(side, listingEvidence(product, lexicon), lexicon.language)
  if (found === null) return null
  const mark = citations.mark(found.evidence.source, found.evidence.text)
  if (found.kind === 'quoted') return [quoteOf(found.evidence, citations, phrases)]
  const name = phrases.say(`side.${side}`)
  return [
    phrases.say(found.kind === 'stated' ? 'side.stated' : 'side.unordered', {
      side: found.kind === 'stated' ? name.charAt(0).toUpperCase() + name.slice(1) : name,
      said: found.said,
      mark,
    }),
  ]
}

/** "Wie lang hält der Akku?" asks for a time, in a word that is also a side's. */
function isOfOtherThanSize(question: string, lexicon: Lexicon): boolean {
  const asked = dimensionsAsked(question, lexicon)
  return asked.length > 0 && !asked.some(({ name }) => name === 'size')
}

/** The same from the brand's own page, where this turn read it. */
export const answerFromPage = (
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
): string[] | null => lineAnswer(question, product, pageEvidence(product.id, facts), facts, citations)

/** The same from single reviews: the last resort, since one review is one voice. */
export const answerFromShoppers = (
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
): string[] | null =>
  lineAnswer(
    question,
    product,
    shopperEvidence(product.id, facts).filter(({ kind }) => kind === 'review'),
    facts,
    citations,
  )

/** A source's own words as an answer, by who says them. */
/** Several lines of one source, each quoted, with whose they are said once. */
export function quotesOf(
  lines: readonly Evidence[],
  citations: Citations,
  phrases: Phrases,
  most = longestQuote,
): string[] {
  const said: string[] = []
  let before: Evidence['kind'] | null = null
  for (const line of lines) {
    const whole = quoteOf(line, citations, phrases, most)
    const last = said.at(-1)
    const own = before === line.kind && last !== undefined ? quoteAlone(whole, line, phrases) : null
    if (own === null || last === undefined) said.push(whole)
    else said[said.length - 1] = `${last.replace(/\.$/, line.kind === 'attribute' ? ';' : '')} ${own}`
    before = line.kind
  }
  return said
}

/** A quotation without the words that say whose it is; null where it is not said as listings are. */
function quoteAlone(whole: string, { kind }: Evidence, phrases: Phrases): string | null {
  const of = kind === 'attribute' ? 'told.attribute' : kind === 'listing' ? 'how-to.says' : null
  if (of === null) return null
  const [introduction = ''] = phrases.say(of, { fact: '\0', quote: '\0', mark: '' }).split('\0')
  const words = introduction.replace(/[“”„«"]\s?$/u, '')
  return words !== '' && whole.startsWith(words) ? whole.slice(words.length).trim() : null
}

export function quoteOf(
  evidence: Evidence,
  citations: Citations,
  phrases: Phrases,
  most = longestQuote,
  /** What is asked: of a long text the part that says it is quoted. */
  about: { question: string; lexicon: Lexicon } | null = null,
): string {
  const mark = citations.mark(evidence.source, evidence.text)
  const quote =
    about === null
      ? excerpt(evidence.text, most)
      : excerptAbout(evidence.text, about.question, most, about.lexicon)
  switch (evidence.kind) {
    case 'answer':
      return phrases.say('told.answer', { question: excerpt(evidence.question ?? '', 100), quote, mark })
    case 'review':
      return phrases.say('told.review', { quote, mark })
    case 'attribute':
      return phrases.say('told.attribute', {
        fact: `${quote.charAt(0).toLowerCase()}${asSentence(quote).slice(1, -1)}`,
        mark,
      })
    case 'page':
      return phrases.say('told.page', { quote, mark })
    case 'listing':
    case 'policy':
    case 'memory':
      return phrases.say('how-to.says', { quote, mark })
  }
}
