import { anyOf, grammarOf } from '../language/grammar.ts'
import type { Language } from '../language/language.ts'
import { turnKindOf } from './turn-kind.ts'

/** How likely a message has to be about a price where it says "in total". */
const leastLikely = 0.1

/** Whether a message asks what several cost together ("total?", "in tutto"), or what two do ("both, how much?"); null where it asks neither. */
export function asksSum(text: string, language: Language): 'all' | 'both' | null {
  const { 'in-all': all, both } = grammarOf(language.code)
  const says = (phrases: readonly string[]): boolean => new RegExp(anyOf(phrases), 'iu').test(text)
  const guess = turnKindOf(text, language)
  const isBoth = says(both)
  if (isBoth && guess?.kind === 'price') return 'both'
  return !isBoth && says(all) && (guess?.probabilities.get('price') ?? 0) >= leastLikely ? 'all' : null
}
