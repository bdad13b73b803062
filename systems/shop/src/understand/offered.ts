import type { Topic, Understanding } from '../domain/constraints.ts'
import { fold } from '../language/fold.ts'
import type { Language } from '../language/language.ts'

interface Offered {
  intent: Understanding['intent']
  topic: Topic | null
}

/** What the questions ask for that the shop itself offers, by the names of their sentences. */
const offers: Readonly<Record<string, Offered>> = {
  'pill.sale': { intent: 'deals', topic: null },
  'pill.returns': { intent: 'service', topic: 'returns' },
  'pill.order': { intent: 'order-status', topic: 'returns' },
  'pill.compare': { intent: 'compare', topic: null },
  'pill.reviews': { intent: 'review-question', topic: null },
  'pill.opinions': { intent: 'review-question', topic: null },
  'pill.price': { intent: 'price-history', topic: null },
  'pill.stock': { intent: 'product-question', topic: null },
}

const known = new WeakMap<Language, readonly (Offered & { name: string; pattern: RegExp })[]>()

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** What a message asks for that is, word for word, a question which the shop offers in a language; null where it is none. */
export function offeredIn(text: string, language: Language): (Offered & { name: string }) | null {
  const patterns =
    known.get(language) ??
    language.answerLines.flatMap((line) => {
      const [name = '', words = ''] = line.split(/ = (.*)/)
      const offer = offers[name]
      const parts = words.split(/\{\w+\}/).map((part) => escaped(fold(part)))
      return offer ? [{ ...offer, name, pattern: new RegExp(`^${parts.join('.+')}$`) }] : []
    })
  known.set(language, patterns)
  const said = fold(text.trim())
  return patterns.find(({ pattern }) => pattern.test(said)) ?? null
}
