import { pricedAnswer, togetherAnswer } from './price-answer.ts'
import type { AnswerPart, Evidence, ProductCard } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'
import type { Facts } from '../facts.ts'
import type { Plan } from '../plan/plan.ts'
import {
  besideSentences,
  cartSentences,
  dealSentences,
  listedService,
  memorySentences,
  orderSentences,
  policySentences,
  priceHistoryPart,
  priceHistorySentences,
  proposalSentences,
  recallSentences,
} from './account.ts'
import type { Composition } from './composition.ts'
import { asksOfName } from '../asks-of.ts'
import { dimensionsAsked } from '../dimensions.ts'
import { askedIn, evidenceFor } from '../asked.ts'
import { contentStems } from '../words.ts'
import { asksOfIt, asksWhat, asksWhich, isAsking } from '../../language/asking.ts'
import type { Language } from '../../language/language.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { comparesCosts } from '../../understand/lower.ts'
import { findOrder } from '../../understand/order.ts'
import {
  allSaid,
  answerNear,
  answerBeyondName,
  answerFromListing,
  answerFromPage,
  answerFromShoppers,
  quoteOf,
  quotesOf,
} from './extract.ts'
import { isSuperlative } from '../../understand/superlative.ts'
import { pillsFor } from './pills.ts'
import { orderIdIn } from '../plan/account-plan.ts'
import { comparedIn } from '../plan/compared.ts'
import { isMostlyCalled } from '../plan/meant.ts'
import { isToldBy, speaksOf } from '../../understand/turn-kind.ts'
import { Phrases } from '../phrases.ts'
import { touchedCautions } from '../touched.ts'
import { adviceDraft, priceRange } from './advice.ts'
import { allergyDraft, allergyWarning, warnedIn } from './allergy.ts'
import { namedVariants } from '../named-variants.ts'
import { asksOfRisk, warnedOf } from '../warns.ts'
import { assortmentSentences } from './assortment.ts'
import { howToDraft, treatmentIn } from './how-to.ts'
import { describe, noReviews } from './describe.ts'
import { fitSentences } from './part-sentences.ts'
import type { FoundFit } from '../parts/part-types.ts'
import { nearestSaid } from './nearest-said.ts'
import type { Draft } from './draft.ts'
import { comparisonSentences } from './comparison.ts'
import { resultSentences, titlesIn } from './results.ts'
import { answerFromReviews, askedAspects, reviewSummary } from './reviews.ts'
import { Citations, excerpt } from './writer.ts'

/** Writes the answer out of facts alone. Pure; what no fact supports is said to be unknown. */
export function compose(message: string, plan: Plan, facts: Facts, nowMs: number): Composition {
  const citations = new Citations()
  const { phrases } = facts
  const draft = draftFor(message, plan, facts, nowMs, phrases, citations)
  const shownIds = draft.shownIds ?? null
  const focusId = draft.focusId ?? (shownIds?.length === 1 ? (shownIds[0] ?? null) : null)
  const about = focusId === null ? shownIds : [focusId]
  const ofSight = sightSentences(plan, facts, citations)
  const isOfSight = ofSight.length > 0
  const warning = allergyWarning(plan, facts, about, phrases, citations)
  return {
    parts: [...draft.parts, ...cardsPart('near', phrases.say('title.near'), facts.near ?? [])],
    // First, since a model may word what comes after it.
    sentences: [
      ...(warning === null ? [] : [warning]),
      ...(isOfSight && knowsNothing.has(plan.kind) ? [] : draft.sentences),
      ...ofSight,
      ...besideSentences(facts.products.get(focusId ?? '') ?? null, facts, citations),
    ],
    citations: citations.all(),
    pills: pillsFor(plan, facts, shownIds, focusId),
    shownIds,
    focusId,
    warned: warnedIn(plan, facts, about),
  }
}

/** Kinds of answer that give way to what is known of what is in sight. */
const knowsNothing: ReadonlySet<Plan['kind']> = new Set(['not-ours', 'clarify'])
/** Kinds of answer that nothing of what is in sight is said beside. */
const standsAlone: ReadonlySet<Plan['kind']> = new Set([
  'care',
  'policy',
  'orders',
  'returns',
  'memory',
  'recall',
  'deals',
  'chat',
])

/** "Not on waterbeds", of the warming pad that was looked at, where a message asks of a waterbed. */
const sightSentences = ({ kind }: Plan, facts: Facts, citations: Citations): string[] =>
  facts.cautionInSight == null || standsAlone.has(kind)
    ? []
    : [
        `${titlesIn(facts)(facts.cautionInSight.product.id)}: ${quoteOf(facts.cautionInSight.line, citations, facts.phrases)}`,
      ]

function draftFor(
  message: string,
  plan: Plan,
  facts: Facts,
  nowMs: number,
  phrases: Phrases,
  citations: Citations,
): Draft {
  const subjects = facts.subjectIds.flatMap((id) => facts.products.get(id) ?? [])
  if (facts.candidates && subjects.length === 0) return whichDraft(message, plan, facts, phrases, citations)
  // Asked about what is called by no name, it was looked for.
  if (facts.search !== null && aboutOne.has(plan.kind))
    return resultsDraft(message, plan, facts, phrases, citations)
  if (facts.fit !== undefined) return fitDraft(message, facts.fit, subjects, facts, citations)
  switch (plan.kind) {
    case 'results':
      return resultsDraft(message, plan, facts, phrases, citations)
    case 'comparison':
      return comparisonDraft(message, subjects, facts, phrases, citations)
    case 'product-answer':
    case 'review-answer':
      return answerDraft(plan.asked ?? message, plan, subjects.slice(0, 3), facts, phrases, citations)
    case 'price-history': {
      const product = subjects[0]
      if (!product) return unknownProduct(phrases)
      const part = priceHistoryPart(product.id, facts)
      return {
        parts: part ? [part] : [],
        sentences: priceHistorySentences(product.id, facts),
        shownIds: [product.id],
      }
    }
    case 'deals':
      return {
        parts: cardsPart('deals', phrases.say('title.deals'), facts.deals ?? []),
        sentences: dealSentences(facts),
        shownIds: facts.subjectIds,
      }
    case 'recall': {
      const seen = subjects.slice(0, 6)
      return {
        parts: cardsPart('recalled', phrases.say('title.recalled'), cardsOf(seen, facts)),
        sentences: recallSentences(facts, nowMs, citations),
        ...(seen.length ? { shownIds: seen.map((product) => product.id), focusId: seen[0]?.id ?? null } : {}),
      }
    }
    case 'memory':
      return { parts: [], sentences: memorySentences(facts, citations) }
    case 'orders':
      return { parts: orderParts(facts), sentences: orderSentences(facts) }
    case 'returns':
      return {
        parts: [...orderParts(facts).slice(0, 1), ...confirmationPart(facts)],
        sentences: [
          // Who has ordered nothing here asks for the store's rules, unless an order is named.
          ...(facts.orders?.length
            ? proposalSentences(facts, citations)
            : orderIdIn(message) === null
              ? []
              : orderSentences(facts)),
          ...(facts.policies?.length || (!facts.orders?.length && orderIdIn(message) === null)
            ? policySentences(message, 'returns', facts, phrases, citations)
            : []),
        ],
      }
    case 'policy':
      return {
        parts: [],
        sentences:
          listedService(message, plan.understanding.topic, subjects[0] ?? null, facts, citations) ??
          (facts.policies?.length ? null : beyondService(message, subjects[0], facts, citations)) ??
          policySentences(message, plan.understanding.topic, facts, phrases, citations),
      }
    case 'proposal':
      return {
        parts: [
          ...cardsPart('subject', phrases.say('title.this'), cardsOf(subjects.slice(0, 1), facts)),
          ...confirmationPart(facts),
        ],
        sentences: proposalSentences(facts, citations),
        ...(subjects[0] ? { shownIds: [subjects[0].id] } : {}),
      }
    case 'chat':
      return facts.cart
        ? { parts: [{ type: 'data-cart', id: 'cart', data: facts.cart }], sentences: cartSentences(facts) }
        : {
            parts: [],
            sentences: plan.steps.some((step) => step.kind === 'cart')
              ? cartSentences(facts)
              : [phrases.say(`chat.${plan.understanding.topic ?? 'other'}`)],
          }
    case 'care':
      return { parts: [], sentences: [phrases.say(`care.${plan.understanding.topic ?? 'emergency'}`)] }
    case 'not-ours':
      return { parts: [], sentences: [phrases.say('not-ours')] }
    case 'advice':
      return adviceDraft(plan, facts, phrases, citations)
    case 'assortment':
      return { parts: [], sentences: assortmentSentences(facts, phrases) }
    case 'how-to':
      return howToDraft(message, facts, phrases, citations)
    case 'allergy':
      return allergyDraft(plan, facts, phrases, citations)
    case 'clarify':
      return {
        parts: [],
        sentences: [
          phrases.say(`clarify.${plan.clarify ?? 'which-product'}`),
          ...(facts.policies || facts.contact
            ? policySentences(message, 'order', facts, phrases, citations)
            : []),
        ],
      }
  }
}

/** Whether one product goes with another, and what else the listing of what is asked warns of that the message names. */
function fitDraft(
  message: string,
  found: FoundFit,
  subjects: readonly Product[],
  facts: Facts,
  citations: Citations,
): Draft {
  const [subject = found.part] = subjects
  const other = subject.id === found.part.id ? found.thing : found.part
  const told = fitSentences(found, facts, citations)
  const warned = touchedQuotes(message, subject, facts, citations)
  return {
    parts: cardsPart('subject', facts.phrases.say('title.this'), cardsOf([other], facts)),
    sentences: [...told, ...warned.filter((sentence) => !told.some((one) => one.endsWith(sentence)))],
    shownIds: [subject.id],
    focusId: subject.id,
  }
}

/** What a listing warns of that a message names. */
const touchedQuotes = (message: string, product: Product, facts: Facts, citations: Citations): string[] =>
  touchedCautions(message, product, facts.lexicon)
    .slice(0, mostCautions)
    .map((line) => quoteOf(line, citations, facts.phrases))

/** Kinds of answer that are about one product. */
const aboutOne: ReadonlySet<Plan['kind']> = new Set(['product-answer', 'review-answer', 'price-history'])

function resultsDraft(
  message: string,
  plan: Plan,
  facts: Facts,
  phrases: Phrases,
  citations: Citations,
): Draft {
  const told = toldOfFirst(message, facts, citations)
  const results = plan.search
    ? resultSentences(
        plan.search,
        facts,
        phrases,
        citations,
        cautionsOfFirst(message, told.length > 0, facts),
      )
    : []
  return {
    parts: cardsPart(
      'results',
      phrases.say(
        facts.search?.notListed ||
          facts.search?.chosen?.areNear ||
          facts.search?.isDoubtful ||
          facts.search?.parts?.parts[0]?.fit.verdict === 'unsaid'
          ? 'title.near'
          : plan.isRefinement
            ? 'title.narrowed'
            : 'title.best',
      ),
      facts.search?.cards ?? [],
    ),
    // One line is quoted once.
    sentences: [...told, ...results.filter((sentence) => !told.some((one) => one.endsWith(sentence)))],
    // Nothing found: what was in sight stays there.
    ...(facts.subjectIds.length ? { shownIds: facts.subjectIds, focusId: facts.subjectIds[0] ?? null } : {}),
  }
}

/** What the first of what is found warns of that the message names; where it asks something of that one which no line answers, its first warning. */
function cautionsOfFirst(
  message: string,
  isAnswered: boolean,
  { search, products, lexicon }: Facts,
): Evidence[] {
  const product = products.get(search?.cards[0]?.productId ?? '')
  if (product === undefined) return []
  const touched = touchedCautions(message, product, lexicon)
  const isOfIt = touched.length === 0 && !isAnswered && isMostlyCalled(message, product, lexicon)
  return (isOfIt ? warnedOf(message, product, lexicon, false).lines.slice(0, 1) : touched).slice(
    0,
    mostCautions,
  )
}

/** So many warnings of the first of what is found are quoted at most. */
const mostCautions = 2

/** What the first of the goods that a question names says on what it asks beside their name; empty where it says nothing of it. */
function toldOfFirst(message: string, facts: Facts, citations: Citations): string[] {
  const { code } = facts.lexicon.language
  const best = facts.search?.cards[0]
  const product = best && facts.products.get(best.productId)
  if (
    !product ||
    facts.search?.notListed ||
    facts.search?.chosen ||
    facts.search?.parts ||
    facts.search?.isDoubtful ||
    !(asksWhat(message, code) || asksOfIt(message, code))
  )
    return []
  // The card shows what it is called.
  const [told] = answerBeyondName(message, product, facts, citations, { isTitleToo: false }) ?? []
  return told === undefined ? [] : [`${titlesIn(facts)(product.id)}: ${told}`]
}

/** "Does the syringe need cooling when it arrives?" only sounds like the delivery, where the listing of what it names says so. */
function beyondService(
  message: string,
  product: Product | undefined,
  facts: Facts,
  citations: Citations,
): string[] | null {
  return product === undefined || !isMostlyCalled(message, product, facts.lexicon)
    ? null
    : (answerBeyondName(message, product, facts, citations) ?? allSaid(message, product, facts, citations))
}

function unknownProduct(phrases: Phrases): Draft {
  return { parts: [], sentences: [phrases.say('clarify.which-product')] }
}

/**
 * Several that the words of a question fit alike, or none: asks which, and says of each no more than its card does, unless all their listings
 * answer it in the same words.
 */
function whichDraft(
  message: string,
  plan: Plan,
  facts: Facts,
  phrases: Phrases,
  citations: Citations,
): Draft {
  const candidates = facts.candidates ?? []
  const [first] = candidates
  if (first === undefined) return unknownProduct(phrases)
  const told = candidates.map(
    (product) => answerFromListing(message, product, facts, new Citations())?.join(' ') ?? null,
  )
  if (plan.understanding.topic !== 'price' && told[0] != null && new Set(told).size === 1)
    return {
      parts: cardsPart('candidates', phrases.say('title.these'), cardsOf(candidates, facts)),
      sentences: answerFromListing(message, first, facts, citations) ?? [],
      shownIds: candidates.map((product) => product.id),
    }
  return {
    parts: cardsPart('candidates', phrases.say('title.which'), cardsOf(candidates, facts)),
    sentences: [
      ...(plan.understanding.topic === 'price' ? priceRange(candidates, phrases, citations) : []),
      phrases.say('clarify.which-of'),
    ],
    shownIds: candidates.map((product) => product.id),
  }
}

function cardsOf(products: readonly Product[], facts: Facts): ProductCard[] {
  return products.flatMap((product) => facts.cards.get(product.id) ?? [])
}

function cardsPart(id: string, title: string, cards: ProductCard[]): AnswerPart[] {
  return cards.length ? [{ type: 'data-products', id, data: { title, cards } }] : []
}

function orderParts(facts: Facts): AnswerPart[] {
  return (facts.orders ?? []).map((order) => ({
    type: 'data-order' as const,
    id: `order-${order.orderId}`,
    data: order,
  }))
}

function confirmationPart(facts: Facts): AnswerPart[] {
  if (facts.proposal?.kind !== 'confirm') return []
  const { confirmation } = facts.proposal
  return [{ type: 'data-confirmation', id: confirmation.confirmationId, data: confirmation }]
}

function comparisonDraft(
  message: string,
  subjects: Product[],
  facts: Facts,
  phrases: Phrases,
  citations: Citations,
): Draft {
  const compared =
    facts.comparison?.products.flatMap((card) => facts.products.get(card.productId) ?? []) ?? []
  if (!facts.comparison) {
    return subjects.length
      ? {
          parts: cardsPart('results', phrases.say('title.only'), cardsOf(subjects, facts)),
          sentences: [phrases.say('compare.only-one')],
          shownIds: facts.subjectIds,
        }
      : {
          parts: [],
          sentences: [phrases.say('clarify.too-few')],
        }
  }
  const sentences = comparisonSentences(message, compared, facts, phrases, citations)
  const titleOf = titlesIn(facts)
  // "Which is the cheapest?" leaves that one in sight: what is asked next is asked of it.
  const named = compared.filter((product) => sentences[0]?.startsWith(`${titleOf(product.id)} `))
  return {
    parts: [{ type: 'data-comparison', id: 'comparison', data: facts.comparison }],
    sentences,
    shownIds: compared.map((product) => product.id),
    focusId: focusOf(message, compared, named, facts.lexicon),
  }
}

/** What the next question is asked of: the one that was singled out, or that something else was held against ("is it cheaper than the jug?"). */
function focusOf(
  message: string,
  compared: readonly Product[],
  named: readonly Product[],
  lexicon: Lexicon,
): string | null {
  const { language } = lexicon
  // "Quelle est la différence avec la mélèze ?" singles out none.
  if (comparedIn(message, lexicon).saysSo && !isSuperlative(message, language.code)) return null
  if (comparesCosts(message, language.code)) return compared[0]?.id ?? null
  return isOfOne(message, language) && named.length === 1 ? (named[0]?.id ?? null) : null
}

/** Whether a comparison is to single out one: "which is the cheapest?", "la plus légère". */
const isOfOne = (message: string, language: Language): boolean =>
  isSuperlative(message, language.code) ||
  asksWhich(message, language.code) ||
  findOrder(message, language.code) !== null

function answerDraft(
  message: string,
  plan: Plan,
  products: Product[],
  facts: Facts,
  phrases: Phrases,
  citations: Citations,
): Draft {
  const first = products[0]
  if (!first) return unknownProduct(phrases)
  // What a model read as a question and points at lines of is one, whatever else it sounds like; so is what asks more of what it names.
  const isQuestion =
    facts.pointed !== undefined ||
    !['search', 'narrow'].includes(plan.understanding.intent) ||
    asksOfRisk(message, facts.lexicon.language) ||
    // "What about number two?" asks nothing but to be shown it.
    (products.length === 1 &&
      plan.understanding.reference === null &&
      asksBeyondName(message, first, facts.lexicon))
  const together = togetherAnswer(message, products, facts, titlesIn(facts), citations)
  if (together)
    return { parts: [], sentences: together, shownIds: products.map(({ id }) => id), focusId: first.id }
  const parts: AnswerPart[] =
    !isQuestion || plan.search || isGeneral(message, first, facts)
      ? cardsPart(
          'subject',
          phrases.say(products.length === 1 ? 'title.this' : 'title.these'),
          cardsOf(products, facts),
        )
      : []
  const answers = products.map((product) => ({
    product,
    said:
      isQuestion && ((facts.pointed?.get(product.id)?.length ?? 0) > 0 || !isGeneral(message, product, facts))
        ? answerAbout(message, plan, product, facts, phrases, citations, parts)
        : [
            ...describe(product, facts, phrases, citations),
            ...touchedQuotes(message, product, facts, citations),
          ],
  }))
  const titleOf = titlesIn(facts)
  const known = answers.filter(({ said }) => said !== null)
  const sentences = known.flatMap(({ product, said }, i) => {
    const told = said ?? []
    // The first is answered in full; one sentence each for the others keeps the answer readable.
    const shown = i === 0 || !isQuestion ? told : told.slice(0, 1)
    const needsName =
      isQuestion &&
      (products.length > 1 || plan.isOfOneAmongSeveral === true) &&
      !told[0]?.startsWith(titleOf(product.id))
    return shown.map((sentence, n) =>
      n === 0 && needsName ? `${titleOf(product.id)}: ${sentence}` : sentence,
    )
  })
  if (!sentences.length) {
    const [unsaid = '', ...near] = nearestSaid(message, first, facts, citations)
    const needsName = plan.isOfOneAmongSeveral === true && facts.pointed !== undefined && near.length === 0
    sentences.push(`${needsName ? `${titleOf(first.id)}: ` : ''}${unsaid}`, ...near)
  }
  return {
    parts,
    sentences,
    shownIds: plan.understanding.reference?.kind === 'those' ? null : products.map((product) => product.id),
    focusId: first.id,
  }
}

/** "What's the alcohol content of the plum liqueur?" sounds like a wish for it, and asks something that its name does not say. */
const asksBeyondName = (message: string, product: Product, lexicon: Lexicon): boolean =>
  isAsking(message, lexicon.language.code) &&
  ((!asksOfName(message, product, lexicon) &&
    (dimensionsAsked(message, lexicon).length > 0 || asksWhat(message, lexicon.language.code))) ||
    // "And the fell boot, have you got that in 43?"
    (namedVariants(message, product, lexicon)?.variants.length ?? 0) > 0)

/** Lines that a model points at are so many at most. */
const mostPointed = 6
/** Characters of a list that is quoted, such as what is in the box. */
const longestList = 400

/** "Tell me about the first", "what is in it?": nothing in particular is asked. */
function isGeneral(message: string, product: Product, facts: Facts): boolean {
  if (
    !/\b(?:tell|describe|details?|info(?:rmation)?|more)\b/i.test(message) &&
    !/\bwhat(?:['’]?s|\s+is|\s+are|\s+does)\b.*\b(?:in|inside|about|like|do|contain|is|are)\b/i.test(message)
  )
    return false
  if (askedIn(message, facts.lexicon).some((name) => evidenceFor(name, product, facts.lexicon) !== null))
    return false
  const named = new Set(
    contentStems(`${product.title} ${product.brand ?? ''} ${product.categories.join(' ')}`, facts.lexicon),
  )
  return (
    dimensionsAsked(message, facts.lexicon).length === 0 &&
    contentStems(message, facts.lexicon).every((word) => generalTalk.has(word) || named.has(word))
  )
}

const generalTalk = new Set(
  contentStems(
    'tell describe details detail info information more about first second third last one number product item please show know inside contain ingredients contents',
  ),
)

/**
 * A fact of the row first; then, for a question about experience, what reviewers count up to, else the listing's own
 * words with the reviewers' counts beside them; then any passage. Null when no source bears on the question.
 */
function answerAbout(
  message: string,
  plan: Plan,
  product: Product,
  facts: Facts,
  phrases: Phrases,
  citations: Citations,
  parts: AnswerPart[],
): string[] | null {
  const digest = facts.digests.get(product.id)
  const fromReviews = () => {
    const answer = digest?.read ? answerFromReviews(message, product, digest, citations, phrases) : null
    if (answer && digest) {
      parts.push({
        type: 'data-review-summary',
        id: `reviews-${product.id}`,
        data: reviewSummary(product, digest, answer.aspects),
      })
    }
    return answer?.sentences ?? null
  }
  if (plan.kind === 'review-answer') {
    const told = fromReviews() ?? answerFromShoppers(message, product, facts, citations)
    if (told) return told
    // What a listing says of itself is no review, and is told as what it is.
    const listed = answerFromListing(message, product, facts, citations) ?? []
    if (digest && digest.read > 0) return listed.length === 0 ? null : listed
    // "Do they tarnish?" asks for no review by name; that there is none answers nothing.
    const { language } = facts.lexicon
    const isOfReviews = isToldBy(message, ['reviews'], language) && speaksOf(message, ['reviews'], language)
    if (isOfReviews) return [noReviews(product, phrases, citations), ...listed]
    return listed.length === 0 ? null : listed
  }
  const pointed = facts.pointed?.get(product.id)
  if (plan.understanding.intent === 'how-to' && !pointed?.length) {
    const said = treatmentIn(message, product, facts)
    if (said)
      return [
        phrases.say('how-to.says', {
          quote: excerpt(said.text, 220),
          mark: citations.mark(said.source, said.text),
        }),
      ]
    const listed = answerFromListing(message, product, facts, citations)
    // What a buyer once said of it is no instruction; it follows what the listing leaves open.
    const near = listed ?? (digest?.read ? null : answerNear(message, product, facts, citations))
    return (
      near ?? [
        ...nearestSaid(message, product, facts, citations, { how: 'bare' }),
        ...(fromReviews() ?? []).slice(-1),
      ]
    )
  }
  // Read as a question for the price: other words of it only tell which goods are meant.
  const priced =
    pointed === undefined && plan.read?.reading.kind === 'price'
      ? pricedAnswer(message, product, facts, citations)
      : null
  if (priced !== null) return priced
  if (pointed !== undefined)
    return pointed.length === 0
      ? null
      : quotesOf(pointed.slice(0, mostPointed), citations, phrases, longestList)
  const listed = answerFromListing(message, product, facts, citations, plan.understanding.topic)
  const asksAspect = digest !== undefined && askedAspects(message, digest.aspects).length > 0
  const told =
    listed !== null && asksAspect && !isRowFact(message)
      ? [...listed, ...(fromReviews() ?? []).slice(0, 1)]
      : (listed ??
        answerFromPage(message, product, facts, citations) ??
        fromReviews() ??
        answerFromShoppers(message, product, facts, citations))
  return withWarnings(message, product, facts, citations, told)
}

/** An answer, or what stands near where there is none, with what the listing warns of. */
function withWarnings(
  message: string,
  product: Product,
  facts: Facts,
  citations: Citations,
  told: string[] | null,
): string[] | null {
  const { lexicon, phrases } = facts
  const said = told ?? answerNear(message, product, facts, citations)
  const { lines, isAnswer } = warnedOf(message, product, lexicon, told !== null)
  const left = lines.filter((line) => said?.includes(quoteOf(line, citations, phrases)) !== true)
  if (left.length === 0) return said
  if (said !== null || isAnswer) return [...(said ?? []), ...quotesOf(left, citations, phrases)]
  return nearestSaid(message, product, facts, citations, { warnings: left.slice(0, 1) })
}

/** Questions that the row alone settles: what reviewers think of the price adds nothing to "how much is it?". */
function isRowFact(message: string): boolean {
  return /\b(?:how much|price|cost|in stock|available|sizes?|colou?rs?|shipping|delivery)\b/i.test(message)
}
