import type { Topic } from '../../domain/constraints.ts'
import type { Product } from '../../domain/product.ts'
import type { Phrases } from '../phrases.ts'
import { sideAsked, sideIn } from '../sides.ts'
import { dimensionsAsked, givesDimension, isUnit } from '../dimensions.ts'
import { afterAll, askedIn, evidenceFor } from '../asked.ts'
import { listingEvidence, pageEvidence, sectionEvidence, shopperEvidence } from '../evidence.ts'
import type { Evidence } from '../evidence.ts'
import type { Facts } from '../facts.ts'
import { contentStems } from '../words.ts'
import { holdsOthers } from '../../understand/forms.ts'
import { tokenize } from '../../understand/text.ts'
import { asSentence, excerpt } from './writer.ts'
import type { Citations } from './writer.ts'
import { pricedAnswer, rowAnswer } from './row-answer.ts'

/** Share of a question's telling words that a passage has to hold before it counts as an answer. */
const coverageNeeded = 0.6

const talk = new Set(
  contentStems(
    'first second third fourth fifth tell know question please wonder does anyone come comes work works use product item one thing suitable good ok okay possible sure kind type sort listing say says describe details about much long big',
  ),
)

/** Words around a number that is asked for. */
const measureTalk = new Set(
  contentStems('limit maximum max minimum min most least total go goes need allow get put take takes up'),
)

/** Words of a question that an answer must bear on: not small talk, not the product's own name. */
export function tellingStems(question: string, product: Product): string[] {
  const named = new Set(
    contentStems(`${product.title} ${product.brand ?? ''} ${product.categories.join(' ')}`),
  )
  const telling = contentStems(question).filter((word) => !talk.has(word))
  const beyondName = telling.filter((word) => !named.has(word))
  return [...new Set(beyondName.length ? beyondName : telling)]
}

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
    (topic === 'price' ? pricedAnswer(question, product, facts, citations) : null) ??
    askedAnswer(question, product, facts, citations, (name) => !afterAll.has(name)) ??
    rowAnswer(question, product, facts, citations) ??
    madeOfAnswer(question, product, facts, citations) ??
    sideAnswer(question, product, facts, citations) ??
    unitAnswer(question, product, facts, citations) ??
    sizeAnswer(question, product, facts, citations) ??
    passageAnswer(
      question,
      product,
      [
        ...sectionEvidence(product, facts.lexicon),
        ...listingEvidence(product, facts.lexicon),
        ...shopperEvidence(product.id, facts),
      ],
      facts,
      citations,
      ['attribute', 'listing', 'answer'],
    ) ??
    // How glass is cleaned is not told by what is of glass.
    askedAnswer(question, product, facts, citations, (name) => afterAll.has(name) && !isHowDone(question))
  )
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
  const evidence = listingEvidence(product, lexicon)
  const material = lexicon.meaning('material')
  const found =
    evidence.find(
      (one) => one.kind === 'listing' && /\bmade (?:of|from|out of|with)\b|\bcrafted from\b/i.test(one.text),
    ) ??
    evidence.find(
      (one) =>
        one.kind === 'attribute' && contentStems(one.text.split(':')[0] ?? '', lexicon).includes(material),
    ) ??
    // "Material: S925 silver" within the prose.
    evidence.find((one) => one.kind === 'listing' && namesMaterial.test(one.text))
  return found ? [quoteOf(found, citations, phrases)] : null
}

/** The size of the side that is asked for; sizes whose order no listing says are told as they stand. Null where no side is asked for. */
function sideAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const side = sideAsked(question, lexicon.language)
  if (side === null) return null
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

/** "How many ml?": the title or the first sentence that gives a number in the unit. Null where no unit is asked for, or none gives it. */
function unitAnswer(
  question: string,
  product: Product,
  { lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  const unit = /\bhow (?:many|much) (\p{L}{1,12})\b/iu.exec(question)?.[1]?.toLowerCase()
  if (unit === undefined || !(isUnit(unit, lexicon) || holdsOthers(lexicon.meaning(unit)))) return null
  const stem = lexicon.meaning(unit)
  // "500 ml", "6 pieces", "a three-piece set".
  const gives = (text: string) =>
    tokenize(text, lexicon).some(
      (token, at, all) =>
        (token.kind === 'number' || token.count !== null) &&
        all[at + 1]?.breakBefore === false &&
        (all[at + 1]?.word === unit || all[at + 1]?.stem === stem),
    )
  const source = { kind: 'product' as const, productId: product.id, field: 'title' }
  if (gives(product.title))
    return [phrases.say('how-to.says', { quote: product.title, mark: citations.mark(source, product.title) })]
  const found = listingEvidence(product, lexicon).find(({ text }) => gives(text))
  return found ? [quoteOf(found, citations, phrases)] : null
}

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
  const found = listingEvidence(product, lexicon).find(({ text }) => measured.test(text))
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
  const telling = tellingStems(question, product)
  const dimensions = dimensionsAsked(question, lexicon)
  const side = sideAsked(question, lexicon.language)
  const isHow = asksHow.test(question)
  if (!telling.length && !dimensions.length) return null
  // How many there are is told by a number.
  const isOfNumber = /\bhow many\b/i.test(question)
  const isCounted = (text: string) =>
    tokenize(text, lexicon).some(({ kind, count }) => kind === 'number' || count !== null)
  const bearing = evidence
    .filter((candidate) => kinds.includes(candidate.kind) && (!isOfNumber || isCounted(candidate.text)))
    .map((candidate) => {
      // A number asked for is answered by one with its unit, in whatever words.
      const isMeasured =
        side === null &&
        dimensions.some(
          (dimension) =>
            givesDimension(candidate.text, dimension, lexicon) &&
            // "How tall is Mount Everest" asks for the height of something else.
            telling.every(
              (word) =>
                dimension.asks.has(word) ||
                dimension.units.has(word) ||
                measureTalk.has(word) ||
                candidate.stems.has(word),
            ),
        )
      const covered = telling.length && bearsOn(telling, candidate) ? coverage(telling, candidate) : 0
      return { candidate, covered: isMeasured ? Math.max(covered, 0.7) + 0.2 : covered }
    })
    .filter(({ covered }) => covered >= coverageNeeded)
    .map(({ candidate, covered }) => ({ candidate, score: covered * weight(candidate, isHow) }))
    .toSorted((a, b) => b.score - a.score)
  if (!bearing.length) return null
  const listed = bearing.find(
    ({ candidate }) => candidate.kind === 'attribute' || candidate.kind === 'listing',
  )
  const told = bearing.find(({ candidate }) => candidate.kind === 'answer' || candidate.kind === 'review')
  const onPage = bearing.find(({ candidate }) => candidate.kind === 'page')
  return [listed, told, onPage]
    .filter((found) => found !== undefined)
    .toSorted((a, b) => b.score - a.score)
    .map(({ candidate }) => quoteOf(candidate, citations, phrases))
}

function coverage(telling: readonly string[], evidence: Evidence): number {
  // "Wipe-clean" says wipe and clean.
  const said = new Set([...evidence.stems].flatMap((stem) => [stem, ...stem.split('-')]))
  return telling.filter((word) => said.has(word)).length / telling.length
}

/** How much of a heading has to be asked for; a question that a listing answers itself says more than it asks. */
const headingNeeded = 0.6
const questionNeeded = 0.4

/** Whether what stands under a heading speaks of what is asked itself, or the heading is of nothing else: "Flowers trivia" counts none. */
function bearsOn(telling: readonly string[], { text, heading }: Evidence): boolean {
  if (heading === undefined || !text.startsWith(heading)) {
    const own = new Set(contentStems(text))
    return heading === undefined || telling.some((word) => own.has(word))
  }
  const stems = contentStems(heading)
  const needed = heading.endsWith('?') ? questionNeeded : headingNeeded
  return stems.filter((stem) => telling.includes(stem)).length >= needed * stems.length
}

/** At equal coverage the store's own word comes before another shopper's. */
function weight(evidence: Evidence, isHow: boolean): number {
  // Where, why and how are told in sentences, not in fields.
  if (isHow && evidence.kind === 'attribute') return 1
  return { attribute: 1.15, listing: 1.1, answer: 1.1, policy: 1, memory: 1, page: 1, review: 0.9 }[
    evidence.kind
  ]
}

function quoteOf(evidence: Evidence, citations: Citations, phrases: Phrases): string {
  const mark = citations.mark(evidence.source, evidence.text)
  const quote = excerpt(evidence.text, 220)
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
