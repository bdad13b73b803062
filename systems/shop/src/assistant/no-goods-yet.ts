import type { Understanding } from '../domain/constraints.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { readIntent } from '../understand/read-intent.ts'
import { Phrases } from './phrases.ts'

/** What is answered without goods: a danger, the store's own rules, a greeting. */
const needsNoGoods: ReadonlySet<Understanding['intent']> = new Set([
  'care',
  'chat',
  'service',
  'not-ours',
  'memory',
  'order-status',
  'returns',
])

/** What is said of goods while a store has none yet: "I found nothing" would be said of a store that is full in a minute. */
export function noGoodsYet(first: 'reading' | 'empty', message: string, lexicon: Lexicon): string | null {
  const { intent, topic } = readIntent(message, lexicon)
  return needsNoGoods.has(intent) && topic !== 'unsure'
    ? null
    : new Phrases(lexicon.language, message).say(`store.${first}`)
}
