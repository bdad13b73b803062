import { createHash } from 'node:crypto'
import type { AnswerPart, Citation, ProductCard } from '../domain/answer.ts'
import { languageName } from '../language/detect.ts'
import { languageOf } from '../language/language.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { Phrases } from './phrases.ts'
import type { Understanding } from '../domain/constraints.ts'
import type { NewMemory } from '../domain/ports.ts'
import { findPrice } from '../understand/price.ts'
import { isNoun } from '../understand/nouns.ts'
import { understand } from '../understand/understand.ts'
import { compileVocabulary } from '../understand/vocabulary.ts'
import { chipOf } from './cards.ts'
import { compose } from './compose/compose.ts'
import type { Composition } from './compose/composition.ts'
import { citedNumbers } from './compose/writer.ts'
import type { ConversationState, TurnInputs } from './conversations/tables.ts'
import type { TurnContext } from './turn-context.ts'
import { pointedAt, readByModel } from './reading/read-message.ts'
import type { Reader, ReadMessage } from './reading/read-message.ts'
import { runPlan } from './execute.ts'
import type { StepSources } from './step-sources.ts'
import type { Facts, ToolCall } from './facts.ts'
import { lineCosines } from './lines/candidate-lines.ts'
import type { NearLines } from './lines/candidate-lines.ts'
import { leavingOut, rememberedAllergies } from './plan/leave-out.ts'
import { makePlan } from './plan/planner.ts'
import type { Plan } from './plan/plan.ts'
import { asksWhich, opensWithThe, saysIt } from '../language/asking.ts'
import { productsMeant } from './plan/meant.ts'
import type { Mention } from './plan/meant.ts'
import { comparesWith } from './plan/compared.ts'
import { findDescribed } from '../understand/intent.ts'
import { isAboutStoreAtLarge } from './plan/settle-intent.ts'
import { mendSpelling } from './spelling.ts'
import { titleWords } from './title-words.ts'
import type { Spelled } from './spelling.ts'
import { findsGoods, isCategoryNamed, saysMostlyGoods, isTypeCalled, isTypeSold } from './sold.ts'
import { noVerification } from './verification.ts'
import type { Verification } from './verification.ts'
import { viewedText } from '../shoppers/viewed.ts'

/** Everything that came of a turn, for its record. */
export interface TurnOutcome {
  plan: Plan
  calls: ToolCall[]
  facts: Facts
  state: ConversationState
  verification: Verification
  memories: NewMemory[]
}

/** Says the answer: the composer's sentences, or a model's that passed. */
export type Narrate = (input: NarrateInput) => AsyncGenerator<string, Verification>

export interface NarrateInput {
  tenantId: string
  message: string
  plan: Plan
  facts: Facts
  composition: Composition
  recent: readonly string[]
  signal: AbortSignal
}

export interface TurnSources extends Omit<StepSources, 'currency' | 'lexicon' | 'phrases' | 'variantIds'> {
  narrate: Narrate
  /** A model that reads messages. Absent: the shop's own rules read them. */
  reader?: Reader | null
  /** How near a question is to the lines of a listing. Absent: they are chosen by words. */
  nearLines?: NearLines
  /** Waits for a turn at the processor; what it gives is called when the look-ups are done. */
  admit(): Promise<() => void>
}

/** The composer's own sentences. */
export async function* narrateFacts({ composition }: NarrateInput): AsyncGenerator<string, Verification> {
  yield* composition.sentences
  return noVerification
}

const shortMessage = 300
const recentMessages = 4
/** So far back goes what was looked at one by one. */
const mostLookedAt = 4

/**
 * Answers one message. Status comes at once, then what was understood, cards and tables from the catalog, the text with
 * its citations, and next questions. Every part holds only what this turn fetched.
 */
export async function* answerTurn(
  turnId: string,
  attempt: number,
  inputs: TurnInputs,
  sources: TurnSources,
): AsyncGenerator<AnswerPart, TurnOutcome> {
  yield {
    type: 'start',
    messageId: `${turnId}-${attempt}`,
    messageMetadata: { conversationId: sources.conversationId, turnId },
  }
  const { language } = await sources.catalog.lexicon()
  yield status(new Phrases(language, inputs.message).say('status.reading'))

  // Reading and telling may take as long as a model likes; they hold nobody up.
  const { plan, facts, calls, composition } = sources.reader
    ? await preparedByModel(inputs, sources, sources.reader)
    : await admitted(sources, async () =>
        composed(inputs, await lookUp(inputs, await readContext(inputs, sources), null, sources)),
      )
  yield understandingPart(plan, facts)
  yield* composition.parts

  const verification = yield* tell(inputs, plan, facts, composition, sources)
  if (composition.pills.length) yield { type: 'data-pills', data: { pills: composition.pills } }
  yield { type: 'finish' }

  const state: ConversationState = {
    shownIds: composition.shownIds ?? inputs.state.shownIds ?? [],
    // A list of one is a list; one that is looked at leaves the list that it was chosen from in sight.
    listIds:
      plan.kind !== 'results' &&
      (composition.shownIds?.length ?? 0) === 1 &&
      inputs.state.listIds?.includes(composition.shownIds?.[0] ?? '')
        ? inputs.state.listIds
        : (composition.shownIds ?? inputs.state.listIds ?? []),
    focusId: composition.shownIds ? composition.focusId : (inputs.state.focusId ?? null),
    lookedAtIds: [
      ...new Set([
        ...(composition.shownIds && composition.focusId !== null ? [composition.focusId] : []),
        ...(inputs.state.lookedAtIds ?? []),
      ]),
    ].slice(0, mostLookedAt),
    variantIds: composition.shownIds
      ? Object.fromEntries(
          composition.shownIds.flatMap((id) => {
            const card = facts.cards.get(id)
            return card ? [[id, card.variantId]] : []
          }),
        )
      : (inputs.state.variantIds ?? {}),
    // What found nothing is not what the next message narrows.
    search:
      (composition.shownIds || (!inputs.state.search && !isVain(plan, facts))
        ? (facts.searched ?? plan.search)
        : null) ??
      inputs.state.search ??
      null,
    keptFrom: [...facts.keptFrom],
    recent: [...(inputs.state.recent ?? []), inputs.message.slice(0, shortMessage)].slice(-recentMessages),
  }
  return {
    plan,
    calls,
    facts,
    state,
    verification,
    memories: memoriesOf(inputs, plan, facts, composition, sources),
  }
}

/** A search that found nothing. */
const isVain = (plan: Plan, facts: Facts): boolean =>
  plan.kind === 'results' && (facts.search?.cards.length ?? 0) === 0

/** Runs what keeps the processor busy when it is this turn's turn. */
async function admitted<Result>(
  { admit }: Pick<TurnSources, 'admit'>,
  run: () => Promise<Result>,
): Promise<Result> {
  const leave = await admit()
  try {
    return await run()
  } finally {
    leave()
  }
}

/** As `lookUp` and `composed`, with a model that reads the message before and points at what of a listing answers it after. */
async function preparedByModel(inputs: TurnInputs, sources: TurnSources, reader: Reader): Promise<Composed> {
  const context = await admitted(sources, () => readContext(inputs, sources))
  const read = await readByModel(inputs, context, sources, reader.read)
  const lookedUp = await admitted(sources, () => lookUp(inputs, context, read, sources))
  if (read !== null) lookedUp.facts.pointed = await pointedAt(lookedUp, sources, reader.point)
  return admitted(sources, () => Promise.resolve(composed(inputs, lookedUp)))
}

/** What was found for a message, before it is told. */
interface LookedUp {
  message: string
  understanding: Understanding
  lexicon: Lexicon
  plan: Plan
  facts: Facts
  calls: ToolCall[]
  /** Words that were taken for others as the store writes them. */
  mended: Spelled['mended']
}

type Composed = Pick<LookedUp, 'plan' | 'facts' | 'calls'> & { composition: Composition }

async function lookUp(
  inputs: TurnInputs,
  { understanding: said, vocabulary, lexicon, page, shown, list, lookedAt, spelled }: TurnContext,
  read: ReadMessage | null,
  sources: TurnSources,
): Promise<LookedUp> {
  const heard = read?.heard ?? {
    message: spelled.text,
    understanding: said,
    isRead: false,
  }
  const { message, isRead } = heard
  let { understanding } = heard
  const { currency } = vocabulary
  const isGoods = (meaning: string): boolean => isNoun(meaning, compileVocabulary(vocabulary, lexicon))
  const focus = page ?? shown.find(({ id }) => id === inputs.state.focusId) ?? null
  const inSight = [
    ...new Map(
      [...(focus ? [focus] : []), ...shown, ...list, ...lookedAt].map((product) => [product.id, product]),
    ).values(),
  ]
  const mentions =
    isRead && understanding.reference !== null
      ? []
      : await productsMeant(
          message,
          {
            seen: inSight,
            without: understanding.constraints.flatMap((one) =>
              one.kind === 'unnamed' || (one.kind === 'facet' && one.negated) ? one.text : [],
            ),
            about: `${inputs.state.search?.text ?? ''} ${focus?.title ?? ''}`.trim(),
            saysIt:
              understanding.intent !== 'compare' &&
              inSight.length > 0 &&
              saysIt(message, lexicon.language.code),
          },
          { catalog: sources.catalog, search: sources.search, lexicon },
        )
  const [mention] = mentions
  // "How is it different from the down feather one?", whatever else it sounds like.
  const isCompared =
    focus !== null &&
    mention?.isFocus === false &&
    comparable.has(understanding.intent) &&
    !asksWhich(message, lexicon.language.code) &&
    comparesWith(message, lexicon)
  if (isCompared) understanding = { ...understanding, intent: 'compare', topic: null }
  const called =
    mention !== undefined && !isCompared && isMeant(message, understanding, mention, lexicon)
      ? mention.product
      : null
  const namesGoods =
    understanding.intent === 'not-ours' &&
    called === null &&
    (understanding.topic === 'unsure' || saysMostlyGoods(message, vocabulary, lexicon))
      ? await findsGoods(message, sources, lexicon)
      : false
  const keptFrom = rememberedAllergies(inputs.state.keptFrom ?? [], understanding.keptFrom)
  const made = makePlan(message, understanding, {
    page,
    shown,
    list,
    lookedAt,
    mentions,
    variantIds: new Map(Object.entries(inputs.state.variantIds ?? {})),
    focusId: inputs.state.focusId ?? null,
    previous: inputs.state.search ?? null,
    isTypeSold:
      isTypeSold(understanding.productType, vocabulary, lexicon) ||
      (await isTypeCalled(understanding.productType, vocabulary, sources, lexicon)),
    isNoun: isGoods,
    isCategoryNamed: isCategoryNamed(understanding.productType, vocabulary, lexicon),
    namesGoods,
    isRead,
    isKnownShopper: inputs.shopperId !== null && sources.tools !== null,
    named: called,
    currency,
    lexicon,
  })
  const variantIds = new Map(Object.entries(inputs.state.variantIds ?? {}))
  const plan = { ...leavingOut(made, keptFrom), ...(read ? { read: read.by } : {}) }
  const phrases = new Phrases(languageOf(plan.understanding.spokenLanguage ?? lexicon.language.code), message)
  const { facts, calls } = await runPlan(plan, { ...sources, currency, lexicon, phrases, variantIds })
  facts.keptFrom = keptFrom
  if (sources.nearLines) facts.cosines = await lineCosines(message, plan.kind, facts, sources.nearLines)
  // What a model read, it spelled itself.
  return { message, understanding, lexicon, plan, facts, calls, mended: read === null ? spelled.mended : [] }
}

/** Whether a product that a message calls by some words is what it is about, and not only called much like what is looked for. */
function isMeant(
  message: string,
  { intent, topic, reference, constraints }: Understanding,
  { weight, share, words, isSeen, isFocus }: Mention,
  { language }: Lexicon,
): boolean {
  // "The velour one": all that is said of what goods are called calls it.
  const isAll = share === 1 && reference === null
  if (isAll && intent !== 'compare' && findDescribed(message) !== null) return true
  // What it can be had in is asked of what is looked at, and calls nothing.
  if (asked.has(intent)) return words > 0 || !isFocus
  if (isAboutStoreAtLarge({ intent, topic }) || topic === 'unsure' || intent === 'how-to')
    return words >= namingWords && share >= mostlyNamed
  if (intent !== 'search' && intent !== 'narrow') return false
  if (isAll && isSeen && opensWithThe(message, language.code)) return true
  // Who writes a model's number means that one: "a friend told me about the AR-12 B".
  return (
    intent === 'search' &&
    constraints.every(({ kind }) => kind === 'facet') &&
    /\p{L}-?\d|\d-?\p{L}/u.test(message) &&
    words > namingWords &&
    weight >= namingWords
  )
}

/** Intents that ask something of a product, or for something to be done with it. */
const asked: ReadonlySet<Understanding['intent']> = new Set([
  'product-question',
  'review-question',
  'price-history',
  'alert',
  'auto-buy',
  'add-to-cart',
])
/** Intents that give way to a comparison where two are held against each other. */
const comparable: ReadonlySet<Understanding['intent']> = new Set([
  'product-question',
  'review-question',
  'search',
])
/** So many words of a title, and so much of what is said, name a product in a message that sounds like something else. */
const namingWords = 2
const mostlyNamed = 0.5

function composed(
  inputs: TurnInputs,
  { message, understanding, lexicon, plan, facts, calls, mended }: LookedUp,
): Composed {
  const { currency } = facts
  const composition = compose(message, plan, facts, inputs.atMs)
  const foreign = plan.kind === 'results' ? foreignPrice(message, currency, lexicon) : null
  if (foreign !== null)
    composition.sentences.unshift(
      new Phrases(lexicon.language, message).say('results.currency', { said: foreign, currency }),
    )
  if (facts.search !== null && facts.search.cards.length > 0)
    // Another form of a word is no slip.
    for (const { said, meant } of mended.filter((one) => !isForm(one)).toReversed())
      composition.sentences.unshift(facts.phrases.say('results.read-as', { said, meant }))
  const { unreadLanguage, spokenLanguage } = understanding
  if (spokenLanguage !== undefined && looksInListings.has(plan.kind))
    composition.sentences.unshift(
      new Phrases(languageOf(spokenLanguage), message).say('language.other', {
        own: languageName(lexicon.language.code, spokenLanguage),
      }),
    )
  if (unreadLanguage !== null) composition.sentences.unshift(unreadSentence(message, unreadLanguage, lexicon))
  return { plan, facts, calls, composition }
}

/** Whether one word is the other with an ending: `flamingon`, the flamingo. */
const isForm = ({ said, meant }: Spelled['mended'][number]): boolean => {
  const [a, b] = [said.toLowerCase(), meant.toLowerCase()]
  return a.startsWith(b) || b.startsWith(a)
}

/** Kinds of answer that look for the words of a message in the listings. */
const looksInListings: ReadonlySet<Plan['kind']> = new Set([
  'results',
  'product-answer',
  'how-to',
  'advice',
  'comparison',
])

/** A price said in a currency that the store does not sell in: there is no rate to hold it against. Null where none is. */
function foreignPrice(message: string, currency: string, { language }: Lexicon): string | null {
  const said = findPrice(message, null, language.code)
  return said === null || findPrice(message, currency, language.code) !== null ? null : said.constraint.text
}

/** Says that a message is in a language that the shop cannot read, rather than to answer as if it were read. */
function unreadSentence(message: string, tag: string, { language }: Lexicon): string {
  return new Phrases(language, message).say('language.unread', {
    language: languageName(tag, language.code),
    own: languageName(language.code, language.code),
  })
}

function status(text: string): AnswerPart {
  return { type: 'data-status', id: 'status', transient: true, data: { text } }
}

/** What is heard in words that may be a product's name. */
const mayNameGoods: ReadonlySet<Understanding['intent']> = new Set([
  'service',
  'returns',
  'order-status',
  'not-ours',
])

async function readContext(inputs: TurnInputs, sources: TurnSources): Promise<TurnContext> {
  const shownIds = inputs.state.shownIds ?? []
  const listIds = inputs.state.listIds ?? shownIds
  const lookedAtIds = inputs.state.lookedAtIds ?? []
  const wanted = [
    ...new Set([...shownIds, ...listIds, ...lookedAtIds]),
    ...(inputs.pageProductId ? [inputs.pageProductId] : []),
  ]
  const [vocabulary, lexicon, products] = await Promise.all([
    sources.catalog.vocabulary(),
    sources.catalog.lexicon(),
    wanted.length ? sources.catalog.products(wanted) : [],
  ])
  const byId = new Map(products.map((product) => [product.id, product]))
  const page = inputs.pageProductId ? (byId.get(inputs.pageProductId) ?? null) : null
  const shown = shownIds.flatMap((id) => byId.get(id) ?? [])
  const list = listIds.flatMap((id) => byId.get(id) ?? [])
  const lookedAt = lookedAtIds.flatMap((id) => byId.get(id) ?? [])
  const [spelled, meant] = await Promise.all([
    mendSpelling(inputs.message, {
      catalog: sources.catalog,
      search: sources.search,
      vocabulary,
      lexicon,
    }),
    sources.meant?.(inputs.message) ?? null,
  ])
  const options = {
    vocabulary,
    lexicon,
    context: { shown: shown.length > 0 || page !== null },
    meant,
  }
  const heard = understand(spelled.text, options)
  const goods = mayNameGoods.has(heard.intent)
    ? await titleWords(spelled.text, { catalog: sources.catalog, search: sources.search, lexicon })
    : new Set<string>()
  // What the store's goods are called is said of them, and of nothing else.
  const understanding = goods.size === 0 ? heard : understand(spelled.text, { ...options, goods })
  return { understanding, vocabulary, lexicon, page, shown, list, lookedAt, spelled }
}

function understandingPart(plan: Plan, facts: Facts): AnswerPart {
  const { relaxed = [], preferred = [] } = facts.search ?? {}
  const rankedBy = new Set(preferred.map((constraint) => JSON.stringify(constraint)))
  const constraints = ((facts.searched ?? plan.search)?.constraints ?? plan.understanding.constraints).filter(
    (constraint) => !rankedBy.has(JSON.stringify(constraint)),
  )
  // "Not oak" is one wish, whether it rules out a value or what a listing says.
  const ruledOut = constraints.flatMap((one) => (one.kind === 'facet' && one.negated ? [one.text] : []))
  const shown = constraints.filter((one) => one.kind !== 'unnamed' || !ruledOut.includes(one.text))
  return {
    type: 'data-understanding',
    data: {
      constraints: shown.map((constraint) => chipOf(constraint, facts.currency, facts.phrases)),
      relaxed: relaxed.map((constraint) => chipOf(constraint, facts.currency, facts.phrases)),
    },
  }
}

async function* tell(
  inputs: TurnInputs,
  plan: Plan,
  facts: Facts,
  composition: Composition,
  sources: TurnSources,
): AsyncGenerator<AnswerPart, Verification> {
  const id = 'answer'
  const cited = new Set<number>()
  const narration = sources.narrate({
    tenantId: sources.tenantId,
    message: inputs.message,
    plan,
    facts,
    composition,
    recent: inputs.state.recent ?? [],
    signal: sources.signal,
  })
  yield { type: 'text-start', id }
  let isFirst = true
  for (;;) {
    const next = await narration.next()
    if (next.done) {
      yield { type: 'text-end', id }
      return next.value
    }
    yield { type: 'text-delta', id, delta: isFirst ? next.value : ` ${next.value}` }
    isFirst = false
    for (const number of citedNumbers(next.value)) {
      const citation = composition.citations[number - 1]
      if (citation && !cited.has(number)) {
        cited.add(number)
        yield citationPart(citation)
      }
    }
  }
}

function citationPart(citation: Citation): AnswerPart {
  return { type: 'data-citation', id: `citation-${citation.number}`, data: citation }
}

/** What a known shopper is remembered by after this turn: what they asked for and which products they saw. */
function memoriesOf(
  inputs: TurnInputs,
  plan: Plan,
  facts: Facts,
  composition: Composition,
  sources: TurnSources,
): NewMemory[] {
  if (inputs.shopperId === null) return []
  const base = { conversationId: sources.conversationId, device: inputs.device, atMs: inputs.atMs }
  const memories: NewMemory[] = []
  if (plan.kind === 'results' && plan.search && !plan.isRefinement) {
    const text = plan.search.text.slice(0, 120)
    memories.push({
      ...base,
      kind: 'asked',
      key: `asked:${text.toLowerCase()}`,
      text: `Asked for ${text}`,
      productId: null,
    })
  }
  const seen: ProductCard[] = (composition.shownIds ?? [])
    .slice(0, 3)
    .flatMap((id) => facts.cards.get(id) ?? [])
  if (plan.kind !== 'recall') {
    for (const card of seen) {
      memories.push({
        ...base,
        kind: 'viewed',
        key: `viewed:${card.productId}`,
        text: seenAs(facts, card),
        productId: card.productId,
      })
    }
  }
  for (const constraint of plan.understanding.constraints) {
    // What stays true of a shopper beyond this purchase.
    if (
      constraint.kind !== 'facet' ||
      constraint.negated ||
      !/^(?:size|shoe_size|audience|age_group)$/.test(constraint.name)
    )
      continue
    const value = constraint.values[0]
    if (value === undefined) continue
    const type = plan.understanding.productType
    const text =
      constraint.name === 'audience' ? `Shops for ${value}` : `Size ${value}${type ? ` for ${type}` : ''}`
    memories.push({
      ...base,
      kind: 'fact',
      key: `fact:${constraint.name}:${type ?? ''}`,
      text,
      productId: null,
    })
  }
  return memories
}

const seenAs = (facts: Facts, card: ProductCard): string => {
  const product = facts.products.get(card.productId)
  return product ? viewedText('Saw', product, card.variantId) : `Saw ${card.title}`
}

/** Hash of what the answer was made from, stable in key order. */
export function hashInputs(inputs: TurnInputs): string {
  return createHash('sha256')
    .update(JSON.stringify(sortKeys(inputs)))
    .digest('hex')
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  )
}
