import type { Product } from '../../domain/product.ts'
import type { ToolCall } from '../facts.ts'
import type { LookedUp } from '../look-up.ts'
import { Phrases } from '../phrases.ts'
import type { ReadMessage } from '../reading/read-message.ts'
import type { ReadKind } from '../reading/reading.ts'
import type { LookUpSources } from '../step-sources.ts'
import type { TurnContext } from '../turn-context.ts'
import type { TurnInputs } from '../conversations/tables.ts'
import { candidatesFor } from './candidates.ts'
import type { Choose } from './choose-with-model.ts'
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
  'price',
  'shipping',
  'returns',
  'warranty',
  'payment',
  'store',
])

/** What was looked up, as a model chose of it; null where none is asked, or it settles nothing. */
export async function chosenAnswer(
  { message, state }: TurnInputs,
  { page, shown, list, lookedAt }: TurnContext,
  { by: { reading }, inSight }: ReadMessage,
  lookedUp: LookedUp,
  { admit, ...sources }: LookUpSources & { admit: () => Promise<() => void> },
  choose: Choose,
): Promise<LookedUp | null> {
  const settles = chosen[reading.kind]
  if (settles === undefined) return null
  const focus = page ?? shown.find(({ id }) => id === state.focusId) ?? null
  const meant = reading.about.flatMap((place) => inSight[place - 1] ?? [])
  const named = reading.names.length > 0
  const about: Product[] = meant.length > 0 ? meant : settles === 'question' && focus && !named ? [focus] : []
  const isOfService = settles === 'question' && answeredOtherwise.has(reading.kind)
  if (isOfService && about.length === 0 && !named && reading.kind !== 'price') return null
  const { facts, plan } = lookedUp
  const seen = [...about, ...(focus ? [focus] : []), ...shown, ...list, ...lookedAt].map(({ id }) => id)
  const leave = await admit()
  const candidates = await candidatesFor(
    {
      message,
      words: lookedUp.message,
      isWish: settles === 'wish' || settles === 'allergy',
      isAllergy: settles === 'allergy',
      about: about.map(({ id }) => id),
      names: reading.names,
      inSight: [...new Set(seen)],
      constraints: plan.search?.constraints ?? [],
    },
    facts,
    sources,
  ).finally(leave)
  if (candidates.goods.length === 0) return null
  const began = sources.monotonicMs()
  const choice = await choose({
    ...candidates,
    message,
    recent: state.recent ?? [],
    words: lookedUp.message,
    kind: reading.kind,
    inSight: [...new Set(seen)],
    about: about.map(({ id }) => id),
    lexicon: facts.lexicon,
    // Of the store: what it says of goods is the same whatever language a shopper speaks.
    phrases: new Phrases(facts.lexicon.language, ''),
    tenantId: sources.tenantId,
    signal: sources.signal,
  })
  if (choice === null) return null
  if (isOfService && choice.lines.length === 0) return null
  // Asked for what there is none of: "and in blue?"
  const isWish = settles === 'question' && choice.fits.length === 0 && about.length === 0
  const call: ToolCall = {
    step: 'choose',
    arguments: { settles, goods: candidates.goods.length, lines: candidates.lines.length },
    result: {
      fits: choice.fits.map(({ id }) => id),
      near: choice.near.map(({ id }) => id),
      lines: choice.lines.map(({ text }) => text),
      missing: choice.missing,
    },
    tookMs: Math.round(sources.monotonicMs() - began),
    error: null,
  }
  return settled({ ...lookedUp, calls: [...lookedUp.calls, call] }, choice, {
    settles: isWish ? 'wish' : settles,
    about,
    said: [...(state.recent ?? []), message],
  })
}
