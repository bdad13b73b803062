import type { Understanding } from '../domain/constraints.ts'
import { asksIfAny, asksOfIt, asksWhat, asksWhich, isAsking, saysIt, saysThe } from '../language/asking.ts'
import type { Language } from '../language/language.ts'
import { messageParts } from './message-parts.ts'
import { asksForItself } from './services-beside.ts'

/** The part of a message that asks for goods, and what is understood of it. */
export interface WishPart {
  text: string
  understanding: Understanding
}

/**
 * The one part of a message that asks for goods, where all others tell what it is for: "Our flat is tiny, and we miss the sea. Is there a rower with real
 * water?". Limits, and what must not be, hold wherever they are said. Null where no part does, where several do, and where it asks for what others name
 * ("how much is it?"). `read` understands a part by itself.
 */
export function wishPart(
  message: string,
  whole: Understanding,
  language: Language,
  read: (part: string) => Understanding,
): WishPart | null {
  const parts = messageParts(message, language)
  if (parts.length < 2) return null
  const asking = parts.flatMap((part) => {
    const understanding = read(part.text)
    return asksForItself(part, understanding.intent, language) ? { text: part.text, understanding } : []
  })
  const [only] = asking
  if (only === undefined || asking.length > 1 || !isWish(only, language)) return null
  const { constraints } = only.understanding
  const said = new Set(constraints.map(({ text }) => text))
  const limits = whole.constraints.filter(
    (one) => (one.kind !== 'facet' || one.negated) && !said.has(one.text),
  )
  return {
    text: only.text,
    understanding: {
      ...only.understanding,
      intent: 'search',
      topic: null,
      constraints: [...constraints, ...limits],
      keptFrom: whole.keptFrom,
      ...(whole.inCase === undefined ? {} : { inCase: whole.inCase }),
    },
  }
}

/** Whether a part names goods and says nothing of what was named before; what is put as a question asks whether there is such, or which. */
function isWish({ text, understanding }: WishPart, { code }: Language): boolean {
  const { intent, productType, reference } = understanding
  if (productType === null) return false
  const isAny = asksIfAny(text, code)
  if (isAny && (intent === 'search' || intent === 'product-question')) return true
  if (reference !== null || saysIt(text, code) || asksOfIt(text, code)) return false
  if (intent === 'search') return true
  return (
    intent === 'product-question' &&
    isAsking(text, code) &&
    (asksWhich(text, code) || !asksWhat(text, code)) &&
    !saysThe(text, code)
  )
}
