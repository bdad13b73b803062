import { createHash } from 'node:crypto'
import type { AnswerPart, Citation, ProductCard } from '../domain/answer.ts'
import { isPriced } from '../domain/money.ts'
import type { NewMemory } from '../domain/ports.ts'
import { languageName } from '../language/detect.ts'
import { languageOf } from '../language/language.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { viewedText } from '../shoppers/viewed.ts'
import { findPrice } from '../understand/price.ts'
import { chipOf } from './cards.ts'
import { safetyAsked } from './asks-safety.ts'
import { answeredByModel } from './by-model/answered-by-model.ts'
import type { AskModel } from './by-model/ask-model.ts'
import type { Caution } from './by-model/reading.ts'
import { partWithCautions } from './card-cautions.ts'
import { compose } from './compose/compose.ts'
import type { Composition } from './compose/composition.ts'
import { citedNumbers } from './compose/writer.ts'
import type { ConversationState, TurnInputs } from './conversations/tables.ts'
import type { Facts, ToolCall } from './facts.ts'
import { lookUp } from './look-up.ts'
import type { LookedUp } from './look-up.ts'
import { Phrases } from './phrases.ts'
import type { Plan } from './plan/plan.ts'
import type { Spelled } from './spelling.ts'
import type { LookUpSources } from './step-sources.ts'
import { readContext } from './turn-context.ts'
import { noVerification } from './verification.ts'
import type { Verification } from './verification.ts'

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

export interface TurnSources extends LookUpSources {
  narrate: Narrate
  /** A model that reads messages and chooses what answers them. Absent: the shop's own rules do. */
  ask?: AskModel | null
  /** Waits for a turn at the processor; what it gives is called when the look-ups are done. */
  admit(): Promise<() => void>
}

/** The composer's own sentences. */
export async function* narrateFacts({ composition }: NarrateInput): AsyncGenerator<string, Verification> {
  yield* composition.sentences
  return noVerification
}

const shortMessage = 300
/** More shelves are not remembered to be warned of. */
const mostWarned = 60
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
  const { message, plan, facts, calls, composition } = yield* prepared(inputs, sources)
  yield understandingPart(plan, facts)
  for (const part of composition.parts) yield partWithCautions(part, facts)

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
    leftPageId: leftPage(inputs, composition),
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
    warned: [...new Set([...(inputs.state.warned ?? []), ...composition.warned])].slice(-mostWarned),
    ...(ofQuestions.has(plan.understanding.intent) && aboutOne.has(plan.kind)
      ? { asked: (plan.asked ?? message).slice(0, shortMessage) }
      : {}),
    ...(plan.understanding.spokenLanguage ? { spoken: plan.understanding.spokenLanguage } : {}),
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

/** The page that stands open while this answer, or one before it, shows others. */
const leftPage = ({ pageProductId, state }: TurnInputs, { shownIds }: Composition): string | null =>
  (shownIds === null ? state.leftPageId !== pageProductId : shownIds[0] === pageProductId)
    ? null
    : pageProductId

/** A question about a product, and the kinds of answers to it. */
const ofQuestions: ReadonlySet<Plan['understanding']['intent']> = new Set([
  'product-question',
  'review-question',
  'how-to',
])
const aboutOne: ReadonlySet<Plan['kind']> = new Set(['product-answer', 'review-answer'])

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

type Composed = Pick<LookedUp, 'message' | 'plan' | 'facts' | 'calls'> & { composition: Composition }

async function* prepared(inputs: TurnInputs, sources: TurnSources): AsyncGenerator<AnswerPart, Composed> {
  const { context, byRules } = await admitted(sources, async () => {
    const context = await readContext(inputs, sources)
    return { context, byRules: await lookUp(inputs, context, null, sources) }
  })
  const { lookedUp, caution } = sources.ask
    ? yield* answeredByModel(inputs, context, byRules, sources, sources.ask)
    : { lookedUp: byRules, caution: null }
  return admitted(sources, () => Promise.resolve(composed(inputs, lookedUp, caution)))
}

function composed(
  inputs: TurnInputs,
  { message, story, understanding, lexicon, plan, facts, calls, mended }: LookedUp,
  heard: Caution | null,
): Composed {
  const { currency } = facts
  const composition = compose(message, plan, facts, inputs.atMs)
  const isCare = plan.kind === 'care' || plan.kind === 'allergy'
  const caution =
    heard ??
    (isCare
      ? null
      : understanding.inCase !== undefined
        ? ({ kind: 'danger', isOfMedicine: understanding.inCase === 'medicine' } as const)
        : safetyAsked(story ?? message, lexicon.language, plan.kind === 'product-answer'))
  // A store that states no prices states no currency.
  const shown = facts.search?.cards ?? []
  const hasPrices = shown.length === 0 || shown.some(({ price }) => isPriced(price))
  const foreign = plan.kind === 'results' && hasPrices ? foreignPrice(message, currency, lexicon) : null
  if (foreign !== null)
    composition.sentences.unshift(
      new Phrases(lexicon.language, message).say('results.currency', { said: foreign, currency }),
    )
  if (facts.search !== null && facts.search.cards.length > 0)
    // Another form of a word is no slip.
    for (const { said, meant } of mended.filter((one) => !isForm(one)).toReversed())
      composition.sentences.unshift(facts.phrases.say('results.read-as', { said, meant }))
  const { unreadLanguage, spokenLanguage } = understanding
  // Once is enough.
  if (
    spokenLanguage !== undefined &&
    spokenLanguage !== inputs.state.spoken &&
    looksInListings.has(plan.kind) &&
    facts.search?.isUnheard !== true
  )
    composition.sentences.unshift(
      new Phrases(languageOf(spokenLanguage), message).say('language.other', {
        own: languageName(lexicon.language.code, spokenLanguage),
      }),
    )
  if (unreadLanguage !== null) composition.sentences.unshift(unreadSentence(message, unreadLanguage, lexicon))
  if (caution?.kind === 'danger')
    composition.sentences.unshift(facts.phrases.say(caution.isOfMedicine ? 'care.medicine' : 'care.in-case'))
  // What was answered as an allergy says so itself.
  if (caution?.kind === 'safety' && plan.kind !== 'allergy')
    composition.sentences.unshift(facts.phrases.say('care.safety'))
  if (caution?.kind === 'allergy')
    composition.sentences.push(
      facts.phrases.say('allergy.in-case', { what: facts.phrases.listing([...caution.what], 'disjunction') }),
    )
  return { message, plan, facts, calls, composition }
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
