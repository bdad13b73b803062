import { sentences } from './words.ts'

/** Sentences of another's text that may be repeated: no address and no amount, which are not the store's word, and no orders to the assistant. */
export function quotable(text: string): string[] {
  return sentences(text).filter(isQuotable)
}

export function isQuotable(sentence: string): boolean {
  return !/https?:|www\.|[$€£]\s?\d|\d\s?%/i.test(sentence) && !addressesTheAssistant(sentence)
}

/** A text that talks to the assistant and not to shoppers: it is followed in nothing, and quoted in nothing. */
export function addressesTheAssistant(sentence: string): boolean {
  return /\b(?:assistant|chatbot|language model|system prompt|(?:ignore|disregard|forget)\b.{0,30}\b(?:instruction|rule|prompt)s?|(?:tell|inform|convince) the (?:shopper|customer|user|buyer)s?|as an ai|you are an ai)\b|^\W*system\s*:/i.test(
    sentence,
  )
}
