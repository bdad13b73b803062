import { sleep } from '@heavylift/core/async'
import type { AnswerPart } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'
import { speaksOf } from '../../understand/turn-kind.ts'
import type { TurnInputs } from '../conversations/tables.ts'
import type { ToolCall } from '../facts.ts'
import { lookUp } from '../look-up.ts'
import type { LookedUp } from '../look-up.ts'
import { Phrases } from '../phrases.ts'
import type { LookUpSources } from '../step-sources.ts'
import type { TurnContext } from '../turn-context.ts'
import type { AskModel, Asking, ModelCall, Said } from './ask-model.ts'
import { candidatesFor } from './candidates.ts'
import type { Candidates } from './candidates.ts'
import { mayKnowBetter, messageRead } from './read-message.ts'
import type { Caution, ReadKind } from './reading.ts'
import { settled } from './settle-choice.ts'
import type { Settles } from './settle-choice.ts'

/** What of a message is chosen by what it was read as; what is none of these is answered by the rules alone. */
const chosen: Partial<Record<ReadKind, Settles>> = {
  find: 'wish',
  cheaper: 'wish',
  dearer: 'wish',
  allergy: 'allergy',
  question: 'question',
  price: 'question',
  'how-to': 'question',
  safety: 'question',
  compare: 'comparison',
  // What the listing says of it goes before what the store says of all its goods.
  shipping: 'question',
  returns: 'question',
  warranty: 'question',
  payment: 'question',
  store: 'question',
}

/** Kinds to which the store itself, or the row of a product, has an answer where no line has one. */
const answeredOtherwise: ReadonlySet<ReadKind> = new Set([
  'shipping',
  'returns',
  'warranty',
  'payment',
  'store',
])

/** Who has waited so long sees what the rules found first. */
const firstFindsMs = 1_000
const mostFirstFinds = 3

type Sources = LookUpSources & { admit: () => Promise<() => void> }

/**
 * What was looked up, as a model reads the message and chooses from it. Streams that it is looked at closely, and after a second what the
 * rules found first. What the rules found stands where no model is asked, it is late, or what it says does not hold.
 */
export async function* answeredByModel(
  inputs: TurnInputs,
  context: TurnContext,
  byRules: LookedUp,
  sources: Sources,
  ask: AskModel,
): AsyncGenerator<AnswerPart, { lookedUp: LookedUp; caution: Caution | null }> {
  const unread = (calls: ToolCall[] = []) => ({
    lookedUp: { ...byRules, calls: [...byRules.calls, ...calls] },
    caution: null,
  })
  if (!mayKnowBetter(inputs, context, byRules)) return unread()
  const { message, state } = inputs
  const { page, shown, list, lookedAt, vocabulary } = context
  const { facts, plan } = byRules
  const inSight = [...new Set([...(page ? [page] : []), ...list, ...shown].map(({ id }) => id))]
  const focusId = page?.id ?? shown.find(({ id }) => id === state.focusId)?.id ?? null
  const isAsked = plan.kind !== 'results' && (plan.kind !== 'allergy' || plan.search === null)
  const wanted = {
    message,
    about: isAsked ? facts.subjectIds.slice(0, 2) : [],
    likely: [...facts.subjectIds, ...(focusId === null ? [] : [focusId]), ...lookedAt.map(({ id }) => id)],
    inSight,
    constraints: (facts.searched ?? plan.search)?.constraints ?? [],
    keptFrom: facts.keptFrom,
  }
  const candidatesOf = async (words: readonly string[], about = wanted.about) => {
    const leave = await sources.admit()
    return candidatesFor({ ...wanted, words, about }, facts, sources).finally(leave)
  }
  const began = sources.monotonicMs()
  const asking = (candidates: Candidates): Asking => ({
    ...candidates,
    message,
    recent: state.recent ?? [],
    searched: state.search?.text ?? null,
    inSight,
    focusId,
    vocabulary,
    lexicon: facts.lexicon,
    // Of the store: what it says of goods is the same whatever language a shopper speaks.
    phrases: new Phrases(facts.lexicon.language, ''),
    tenantId: sources.tenantId,
    signal: sources.signal,
    waitedMs: sources.monotonicMs() - began,
  })
  const candidates = await candidatesOf([byRules.message])
  if (candidates.goods.length === 0) return unread()
  const first = ask(asking(candidates))
  if (first === null) return unread()
  yield {
    type: 'data-status',
    id: 'status',
    transient: true,
    data: { text: facts.phrases.say('status.looking') },
  }
  const call = yield* whileWaiting(first, byRules, sources.signal)
  const calls = [callOf(call, candidates)]
  let { said } = call
  if (said === null) return unread(calls)
  const read = messageRead(inputs, context, byRules, call, said, { goods: candidates.goods, inSight })
  if (read === null) return unread([{ ...callOf(call, candidates), error: 'refused' }])
  const leave = await sources.admit()
  const lookedUp = await lookUp(inputs, context, read, sources).finally(leave)
  const { kind } = said.reading
  const settles = chosen[kind]
  if (needsAnother(said, candidates, settles)) {
    const about = settles === 'question' || settles === 'comparison' ? said.choice.fits : []
    const others = await candidatesOf(
      [said.search, lookedUp.message],
      about.map(({ id }) => id),
    )
    const second = await ask(asking(others))
    if (second) calls.push(callOf(second, others))
    said = second?.said ?? said
  }
  const answered = settles && settledBy(said, settles, kind, { inputs, context, lookedUp, inSight })
  const answer = answered ?? lookedUp
  return { lookedUp: { ...answer, calls: [...answer.calls, ...calls] }, caution: read.caution }
}

/** Whether it asked for goods that it was not given, or for the lines of goods of which it was given none. */
function needsAnother(
  { choice, search }: Said,
  { lines }: Candidates,
  settles: Settles | undefined,
): boolean {
  if (settles === undefined) return false
  if (search !== '' && choice.fits.length === 0) return true
  const read = new Set(lines.map(({ productId }) => productId))
  const isAsked = settles === 'question' || settles === 'comparison'
  return isAsked && choice.lines.length === 0 && choice.fits.some(({ id }) => !read.has(id))
}

function settledBy(
  { choice, reading: { words, without } }: Said,
  settles: Settles,
  kind: ReadKind,
  {
    inputs: { message, state },
    context: { page, shown, list, lexicon },
    lookedUp,
    inSight,
  }: { inputs: TurnInputs; context: TurnContext; lookedUp: LookedUp; inSight: readonly string[] },
): LookedUp | null {
  const focus = page ?? shown.find(({ id }) => id === state.focusId) ?? null
  const seen = new Map([...(page ? [page] : []), ...list, ...shown].map((one) => [one.id, one]))
  const reference = lookedUp.understanding.reference
  const meant = reference?.kind === 'shown' ? reference.ids.flatMap((id) => seen.get(id) ?? []) : []
  const isOfOthers = choice.fits.length > 0 && choice.fits.every(({ id }) => !inSight.includes(id))
  const about: Product[] =
    meant.length > 0 ? meant : settles === 'question' && focus && !isOfOthers ? [focus] : []
  const isOfService = settles === 'question' && answeredOtherwise.has(kind)
  if (isOfService && choice.lines.length === 0) return null
  // Asked for what there is none of: "and in blue?"
  const isWish = settles === 'question' && choice.fits.length === 0 && about.length === 0
  if (isWish && (kind === 'price' || kind === 'safety')) return null
  return settled(lookedUp, choice, {
    settles: isWish ? 'wish' : settles,
    isOfPrice:
      kind === 'price' ||
      (kind === 'compare' && words !== '' && speaksOf(words, ['price'], lexicon.language)),
    about,
    inSight: new Map(Object.entries(state.variantIds ?? {})),
    harm: kind === 'safety' || kind === 'question' ? without : [],
    said: [...(state.recent ?? []), message],
  })
}

/** Waits for a call; who waits long sees what the rules found first, where it is goods that meet all that was asked for. */
async function* whileWaiting(
  call: Promise<ModelCall>,
  { plan, facts }: LookedUp,
  signal: AbortSignal,
): AsyncGenerator<AnswerPart, ModelCall> {
  const { search } = facts
  const isSure =
    plan.kind === 'results' &&
    search !== null &&
    search.cards.length > 0 &&
    search.relaxed.length === 0 &&
    !search.notListed &&
    !search.isBeyondPrice &&
    !search.isUnrelated &&
    !search.isDoubtful &&
    search.unmentioned.length === 0
  if (isSure) {
    const waited = new AbortController()
    const isDone = await Promise.race([
      call.then(
        () => true,
        () => true,
      ),
      sleep(firstFindsMs, AbortSignal.any([signal, waited.signal])).then(
        () => false,
        () => true,
      ),
    ])
    waited.abort()
    if (!isDone)
      yield {
        type: 'data-first-finds',
        id: 'first-finds',
        transient: true,
        data: { title: facts.phrases.say('title.first'), cards: search.cards.slice(0, mostFirstFinds) },
      }
  }
  return call
}

const callOf = (
  { model, said, failure, allowedMs, tookMs }: ModelCall,
  { goods, isWhole, lines }: Candidates,
): ToolCall => ({
  step: 'model',
  arguments: { model, goods: goods.length, isWhole, lines: lines.length, allowedMs: Math.round(allowedMs) },
  result: said && {
    ...said.reading,
    fits: said.choice.fits.map(({ id }) => id),
    near: said.choice.near.map(({ id }) => id),
    lines: said.choice.lines.map(({ text }) => text),
    missing: said.choice.missing,
    search: said.search,
  },
  tookMs: Math.round(tookMs),
  error: failure,
})
