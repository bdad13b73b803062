import type { Topic, Understanding } from '../domain/constraints.ts'
import { english } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { findIntent } from './intent.ts'
import { turnKindOf } from './turn-kind.ts'
import type { TurnKind } from './turn-kind.ts'

type Intent = Understanding['intent']

const dangers: readonly TurnKind[] = ['self-harm', 'emergency', 'medicine', 'violence']
/** Rather a kind word too many than a shop window for somebody in need. */
const dangerNeeded = 0.45
const surenessNeeded = 0.3

/** What a shopper asks to be done is told from its wording alone, never from what resembles it. */
const deeds: ReadonlySet<Intent> = new Set([
  'add-to-cart',
  'alert',
  'auto-buy',
  'memory',
  'recall',
  'price-history',
  'deals',
])

const intentOf: Partial<Record<TurnKind, Intent>> = {
  find: 'search',
  cheaper: 'narrow',
  narrow: 'narrow',
  ask: 'product-question',
  price: 'product-question',
  order: 'order-status',
  reviews: 'review-question',
  compare: 'compare',
  advice: 'advice',
  'not-ours': 'not-ours',
}
const services: readonly TurnKind[] = [
  'shipping',
  'returns',
  'payment',
  'price-match',
  'warranty',
  'complaint',
  'contact',
  'store',
]
const talk: readonly TurnKind[] = ['greeting', 'thanks', 'identity']

/** What a message wants, before any product is looked for: a danger first, then a deed, then what it resembles most. */
export function readIntent(
  text: string,
  lexicon: Lexicon = english,
): { intent: Intent; topic: Topic | null; wantsCheaper: boolean } {
  const read = intentAndTopic(text, lexicon)
  return {
    ...read,
    wantsCheaper: turnKindOf(text, lexicon.language)?.kind === 'cheaper' && read.intent === 'narrow',
  }
}

function intentAndTopic(text: string, lexicon: Lexicon): { intent: Intent; topic: Topic | null } {
  const rule = findIntent(text)
  const guess = turnKindOf(text, lexicon.language)
  if (guess === null) return { intent: rule, topic: null }
  const { kind, probability, probabilities } = guess
  const danger = dangers.reduce((sum, each) => sum + (probabilities.get(each) ?? 0), 0)
  if (danger >= dangerNeeded) {
    const [worst] = dangers.toSorted((a, b) => (probabilities.get(b) ?? 0) - (probabilities.get(a) ?? 0))
    return { intent: 'care', topic: worst as Topic }
  }
  if (deeds.has(rule)) return { intent: rule, topic: null }
  if (probability < surenessNeeded) return { intent: rule, topic: null }
  if (kind === 'allergy') return { intent: 'allergy', topic: null }
  // "Where is my order?" and "cancel my order" are about one order; a complaint about it wants to know what now.
  if ((rule === 'order-status' || rule === 'returns') && kind !== 'complaint')
    return { intent: rule, topic: 'returns' }
  if (services.includes(kind)) return { intent: 'service', topic: kind as Topic }
  if (talk.includes(kind)) return { intent: 'chat', topic: kind as Topic }
  return { intent: intentOf[kind] ?? rule, topic: kind === 'price' ? 'price' : null }
}
