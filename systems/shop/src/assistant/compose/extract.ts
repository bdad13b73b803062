import type { Topic } from '../../domain/constraints.ts'
import type { Product } from '../../domain/product.ts'
import type { Phrases } from '../phrases.ts'
import { sideAsked, sideIn } from '../sides.ts'
import { asksOfName, asksOfPart, bearingOn, isYesOrNo, numberOf, tellingStems } from '../bearing.ts'
import { dimensionNamed, dimensionsAsked, givesDimension, isGivenIn } from '../dimensions.ts'
import { afterAll, askedIn, evidenceFor, saysOf } from '../asked.ts'
import {
  listingEvidence,
  pageEvidence,
  sectionEvidence,
  shopperEvidence,
  titleEvidence,
} from '../evidence.ts'
import type { Evidence } from '../../domain/answer.ts'
import { emptyFacts } from '../facts.ts'
import type { Facts } from '../facts.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { givenInUnit, nearestTo } from '../nearest.ts'
import { contentStems, words } from '../words.ts'
import { asksWhat, countAsked, isAsking } from '../../language/asking.ts'
import { tokenize } from '../../understand/text.ts'
import { asSentence, Citations, excerpt } from './writer.ts'
import { pricedAnswer } from './price-answer.ts'
import { choiceUnsaid, rowAnswer } from './row-answer.ts'

/** Characters of a source that are quoted. */
const longestQuote = 220
/**
 * Answers a question about one product from what its listing and the answers to other shoppers' questions hold, in their
 * own words with citations: a fact of the row (stock, price, terms, options, attributes), else the passages that bear on
 * it. Null when nothing does.
 */
export function answerFromListing(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
  topic: Topic | null = null,
): string[] | null {
  return (
    foundInListing(question, product, facts, citations, { topic, mayBeNear: true }) ??
    choiceUnsaid(question, product, facts, citations)
  )
}

/** Whether a listing answers a question, and does not only come near it. Pure: what it holds besides the row does not matter. */
export const isAnsweredBy = (
  question: string,
  product: Product,
  currency: string,
  lexicon: Lexicon,
): boolean =>
  foundInListing(question, product, emptyFacts(currency, lexicon), new Citations(), {
    topic: null,
    mayBeNear: false,
  }) !== null

function foundInListing(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
  { topic, mayBeNear }: { topic: Topic | null; mayBeNear: boolean },
): string[] | null {
  // "What comes with it?" asks for all that does, "does it come with a lid?" for a lid.
  const isOfContents = asksWhat(question, facts.lexicon.language.code)
  const isOfName = asksOfName(question, product, facts.lexicon)
  return (
    countAnswer(question, product, facts, citations) ??
    (topic === 'price' ? pricedAnswer(question, product, facts, citations) : null) ??
    askedAnswer(
      question,
      product,
      facts,
      citations,
      (name) => !afterAll.has(name) || (name === 'package' && (isOfContents || isOfName)),
    ) ??
    rowAnswer(question, product, facts, citations) ??
    madeOfAnswer(question, product, facts, citations) ??
    sideAnswer(question, product, facts, citations) ??
    sizeAnswer(question, product, facts, citations) ??
    passageAnswer(
      question,
      product,
      [
        ...sectionEvidence(product, facts.lexicon),
        // "Is it of leather?" of a leather bag; what it is called does not say what comes with it.
        ...(isOfName && !isOfContents && !askedIn(question, facts.lexicon).includes('package')
          ? [titleEvidence(product, facts.lexicon)]
          : []),
        ...listingEvidence(product, facts.lexicon),
        ...shopperEvidence(product.id, facts),
      ],
      facts,
      citations,
      ['attribute', 'listing', 'answer'],
    ) ??
    (mayBeNear ? nearestAnswer(question, product, facts, citations) : null) ??
    // How glass is cleaned is not told by what is of glass.
    askedAnswer(question, product, facts, citations, (name) => afterAll.has(name) && !isHowDone(question))
  )
}

/**
 * What the listing of a product that a question itself names says on what else it asks ("how hot may your heat spray get?"), where it says
 * so; null where the question asks nothing beside its name.
 */
export function answerBeyondName(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
): string[] | null {
  const { lexicon } = facts
  if (!isAsking(question, lexicon.language.code) || asksOfName(question, product, lexicon)) return null
  return (
    countAnswer(question, product, facts, citations) ??
    passageAnswer(
      question,
      product,
      [...sectionEvidence(product, lexicon), ...listingEvidence(product, lexicon)],
      facts,
      citations,
      ['attribute', 'listing'],
    )
  )
}

/** The passage that comes nearest to what is asked. Null where none says most of it. */
function nearestAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  // The shelf that it stands on says nothing of the thing.
  const evidence = listingEvidence(product, lexicon).filter(
    ({ kind, source, text }) =>
      kind === 'listing' ||
      // "Batteries included: no" does not say what is.
      (source.kind === 'product' &&
        Object.hasOwn(product.attributes, source.field) &&
        !isYesOrNo(text.slice(text.indexOf(':') + 1))),
  )
  const found =
    givenInUnit(question, product, evidence, lexicon) ?? nearestTo(question, product, evidence, lexicon)
  return found ? [quoteOf(found, citations, phrases)] : null
}

/** What is asked in words that listings do not use ("do they run small?"), where the listing says it. Null where it does not. */
function askedAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
  counts: (name: string) => boolean,
): string[] | null {
  for (const name of askedIn(question, lexicon).filter(counts)) {
    const found = evidenceFor(name, product, lexicon)
    if (found) return [quoteOf(found, citations, phrases)]
  }
  return null
}

const namesMaterial = /\b(?:material|fabric|composition)s?\s*:/i

const ofMaterial = new Set(contentStems('made material fabric out'))

/** "What is it made of?": the attribute of that name, else the sentence that says so. Null where nothing does, or something else is asked. */
function madeOfAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  if (!/\bmade (?:of|from|out of)\b|\b(?:what|which) (?:material|fabric)\b/i.test(question)) return null
  // "Is it made of oak?" asks for one material, which the passages answer.
  if (!/\b(?:what['’]?s?|which)\b/i.test(question)) return null
  const part = tellingStems(question, product, lexicon).filter((stem) => !ofMaterial.has(stem))
  const all = listingEvidence(product, lexicon)
  // "What are the legs made of?" asks it of the legs.
  const ofPart = all.filter(({ stems }) => part.some((stem) => stems.has(stem)))
  const evidence = ofPart.length > 0 ? ofPart : all
  const material = lexicon.meaning('material')
  const found =
    evidence.find(
      (one) => one.kind === 'listing' && /\bmade (?:of|from|out of|with)\b|\bcrafted from\b/i.test(one.text),
    ) ??
    evidence.find(
      (one) =>
        one.kind === 'attribute' && contentStems(one.text.split(':')[0] ?? '', lexicon).includes(material),
    ) ??
    (ofPart.length > 0 ? ofPart[0] : undefined) ??
    // "Material: S925 silver" within the prose.
    evidence.find((one) => one.kind === 'listing' && namesMaterial.test(one.text)) ??
    evidenceFor('material', product, lexicon)
  return found
    ? [found.kind === 'attribute' ? fieldOf(found, citations) : quoteOf(found, citations, phrases)]
    : null
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

/** "How many ml?", "cuántos amperios", "how much protein per scoop": the title or the passage that gives that number. Null where none is asked for or given. */
function countAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const counted = countAsked(question, lexicon.language.code)
  if (counted === null) return null
  const evidence = [titleEvidence(product, lexicon), ...listingEvidence(product, lexicon)]
  const found = numberOf(counted, product, evidence, lexicon)
  return found ? [quoteOf(found, citations, phrases)] : null
}

/** Words of a question that asks for a size and for nothing beside it. */
const longestAsked = 8

const measured = /\d\s*(?:cm|mm|m|in|inch|inches|ft|["″”])?\s*[x×*]\s*\d/i

/** "How big is it exactly?": where the listing gives two sides of it or more. Null where no size is asked for, or none gives them. */
function sizeAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const isOfSize = dimensionsAsked(question, lexicon).some(({ name }) => name === 'size')
  if (!isOfSize && !/\bhow (?:big|large)\b|\b(?:dimensions|measurements)\b/i.test(question)) return null
  const evidence = listingEvidence(product, lexicon)
  const size = dimensionNamed('size', lexicon)
  const found =
    evidence.find(({ text }) => measured.test(text)) ??
    (size && words(question).length <= longestAsked && !asksOfPart(question, product, lexicon)
      ? evidence.find(({ kind, text }) => kind === 'listing' && givesDimension(text, size, lexicon))
      : undefined)
  return found ? [quoteOf(found, citations, phrases)] : null
}

/** The same from the brand's own page, where this turn read it. */
export function answerFromPage(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
): string[] | null {
  return passageAnswer(question, product, pageEvidence(product.id, facts), facts, citations, ['page'])
}

/** The same from single reviews: the last resort, since one review is one voice. */
export function answerFromShoppers(
  question: string,
  product: Product,
  facts: Facts,
  citations: Citations,
): string[] | null {
  return passageAnswer(question, product, shopperEvidence(product.id, facts), facts, citations, ['review'])
}

const asksHow = /^\W*(?:and\s+)?(?:where|why|how|when)\b/i

const isHowDone = (question: string): boolean =>
  asksHow.test(question) && !/\bhow (?:many|much)\b/i.test(question)

function passageAnswer(
  question: string,
  product: Product,
  evidence: readonly Evidence[],
  { lexicon, phrases }: Facts,
  citations: Citations,
  kinds: readonly Evidence['kind'][],
): string[] | null {
  // Where, why and how are told in sentences, not in fields.
  const isHow = asksHow.test(question)
  const isOfNumber = countAsked(question, lexicon.language.code) !== null
  const isCounted = (text: string) =>
    tokenize(text, lexicon).some(({ kind, count }) => kind === 'number' || count !== null)
  const asks = askedIn(question, lexicon)
  const dimensions = dimensionsAsked(question, lexicon)
  const held = evidence.filter(({ kind, text }) => kinds.includes(kind) && (!isOfNumber || isCounted(text)))
  // "What do the chips weigh?" is told by a weight, where the listing gives one.
  const measured = asksWhat(question, lexicon.language.code)
    ? held.filter(
        ({ kind, text }) => kind === 'listing' && dimensions.some((dimension) => isGivenIn(text, dimension)),
      )
    : []
  const bearing = bearingOn(
    question,
    product,
    measured.length > 0 ? [...held.filter(({ kind }) => kind !== 'listing'), ...measured] : held,
    {
      dimensions,
      isOfSide: sideAsked(question, lexicon.language) !== null && !isOfOtherThanSize(question, lexicon),
    },
    lexicon,
  )
    .map((one) => ({
      ...one,
      score:
        one.score -
        (isHow && one.evidence.kind === 'attribute' ? 0.15 : 0) +
        (asks.some((name) => saysOf(name, one.evidence.text, lexicon)) ? 0.2 : 0),
    }))
    // Of what says it alike, the line before the list that holds it.
    .toSorted((a, b) => b.score - a.score || a.evidence.text.length - b.evidence.text.length)
  const listed = bearing.find(({ evidence: { kind } }) => kind === 'attribute' || kind === 'listing')
  const told = bearing.find(({ evidence: { kind } }) => kind === 'answer' || kind === 'review')
  const onPage = bearing.find(({ evidence: { kind } }) => kind === 'page')
  const found = [listed, told, onPage]
    .filter((one) => one !== undefined)
    .toSorted((a, b) => b.score - a.score)
  return found.length === 0
    ? null
    : found.map(({ evidence: one, isField }) =>
        isField ? fieldOf(one, citations) : quoteOf(one, citations, phrases),
      )
}

/** A field that was asked for by its name, as it stands. */
const fieldOf = (evidence: Evidence, citations: Citations): string =>
  `${excerpt(evidence.text, 220)} ${citations.mark(evidence.source, evidence.text)}.`

/** A source's own words as an answer, by who says them. */
export function quoteOf(
  evidence: Evidence,
  citations: Citations,
  phrases: Phrases,
  most = longestQuote,
): string {
  const mark = citations.mark(evidence.source, evidence.text)
  const quote = excerpt(evidence.text, most)
  switch (evidence.kind) {
    case 'answer':
      return phrases.say('told.answer', { question: excerpt(evidence.question ?? '', 100), quote, mark })
    case 'review':
      return phrases.say('told.review', { quote, mark })
    case 'attribute':
      return phrases.say('told.attribute', {
        fact: `${quote.charAt(0).toLowerCase()}${asSentence(quote.slice(1)).slice(0, -1)}`,
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
