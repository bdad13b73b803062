import type { Topic, Understanding } from '../domain/constraints.ts'
import { isAsking } from '../language/asking.ts'
import { anyOf, grammarOf } from '../language/grammar.ts'
import type { Language } from '../language/language.ts'
import { lexemesOf } from '../language/lexemes.ts'
import { messageParts } from './message-parts.ts'
import type { MessagePart } from './message-parts.ts'
import { shareTold } from './turn-kind.ts'
import type { TurnKind } from './turn-kind.ts'

/** A service that a part of a message asks for. */
export interface ServiceAsked {
  topic: Topic
  text: string
}

/** What is left of a message without what it asks of the store beside something else. */
export interface ServedBeside {
  rest: string
  beside: readonly ServiceAsked[]
}

/**
 * Tells what a message asks of the store from what else it says: "do you deliver to Wales, and have you got it in red?", "can I pay by card, and can it
 * come back?". Null where it asks for a service alone, or for none. `read` understands a part by itself.
 */
export function servedBeside(
  message: string,
  language: Language,
  read: (part: string) => Pick<Understanding, 'intent' | 'topic'>,
  /** Whether a part names goods: what begins a conversation so wants them, though it asks for nothing ("my coach says that I need a whistle"). */
  namesGoods: (part: string) => boolean = () => false,
): ServedBeside | null {
  const parts = messageParts(message, language)
  if (parts.length < 2) return null
  const heard: (MessagePart & { topic: Topic | null; intent: Understanding['intent'] })[] = []
  for (const part of parts) {
    const { intent, topic } = read(part.text)
    if (intent === 'care') return null
    const service = serviceOf(intent, topic)
    const last = heard.at(-1)
    // "… and how much is it?", behind a question for the delivery, asks it of that.
    if (service === null && last?.topic && saysNothingElse(part.text, last.topic, language)) {
      last.text = message.slice(last.start, part.end)
      last.end = part.end
    } else heard.push({ ...part, intent, topic: service })
  }
  const services = heard.flatMap(({ topic, text }) => (topic === null ? [] : { topic, text }))
  const others = heard.filter(({ topic }) => topic === null)
  const [first, ...further] = services
  if (first === undefined) return null
  const isOfNew = services.every(({ topic }) => ofNew.has(topic))
  if (
    others.some(
      (part) =>
        asksForItself(part, part.intent, language) ||
        (isOfNew && answered.has(part.intent) && namesGoods(part.text)),
    )
  )
    return { rest: restOf(message, heard), beside: services }
  const unlike = further.filter(({ topic }) => topic !== first.topic)
  return others.length > 0 || unlike.length === 0 ? null : { rest: first.text, beside: unlike }
}

/** What is asked for before something is bought. */
const ofNew: ReadonlySet<Topic> = new Set(['shipping', 'payment', 'price-match', 'store', 'contact'])

const serviceOf = (intent: Understanding['intent'], topic: Topic | null): Topic | null =>
  intent === 'returns' ? 'returns' : intent === 'service' && topic !== 'complaint' ? topic : null

/** Whether all words of content of a part are such as questions for a service hold. */
const saysNothingElse = (part: string, topic: Topic, language: Language): boolean =>
  shareTold(part, [topic as TurnKind], language) === 1

const answered: ReadonlySet<Understanding['intent']> = new Set([
  'search',
  'narrow',
  'product-question',
  'review-question',
  'compare',
  'advice',
  'assortment',
  'how-to',
  'allergy',
  'deals',
  'add-to-cart',
])

/** Whether a part wants to be answered: it asks, or says a wish. "I live in Leeds" tells where. */
export function asksForItself(
  { text, isAsked }: Pick<MessagePart, 'text' | 'isAsked'>,
  intent: Understanding['intent'],
  language: Language,
): boolean {
  if (!answered.has(intent) || !/\S\s+\S/.test(text)) return false
  const { wants } = grammarOf(language.code)
  return (
    isAsked ||
    isAsking(text, language.code) ||
    new RegExp(anyOf(wants), 'iu').test(text) ||
    lexemesOf(text, language.code).some(({ word }) => language.isRequestWord(word))
  )
}

/** The parts of a message that ask for no service, as they stand. */
function restOf(message: string, heard: readonly (MessagePart & { topic: Topic | null })[]): string {
  const kept = heard.flatMap(({ topic, start, end }, at) => {
    const next = heard[at + 1]
    return topic !== null
      ? []
      : message.slice(start, next === undefined || next.topic !== null ? end : next.start)
  })
  const rest = kept.join(' ')
  return /\?\s*$/.test(message) && !/[.!?]\s*$/.test(rest) ? `${rest}?` : rest
}
