import { anyOf, grammarOf } from '../language/grammar.ts'
import type { GrammarRole } from '../language/grammar.ts'
import type { LanguageCode } from '../language/languages.ts'

const known = new Map<string, RegExp>()

function patternOf(roles: readonly GrammarRole[], code: LanguageCode): RegExp {
  const key = `${code} ${roles.join(' ')}`
  const grammar = grammarOf(code)
  const found = known.get(key) ?? new RegExp(anyOf(roles.flatMap((role) => grammar[role])), 'giu')
  known.set(key, found)
  return found
}

/** Where a message says what no listing would: that it is only or rather this, something like it, or for tonight. */
export const findSaidBeside = (text: string, code: LanguageCode): { start: number; end: number }[] =>
  Array.from(
    text.matchAll(
      patternOf(['similar', 'rather', 'when', ...(code === 'en' ? [] : (['only'] as const))], code),
    ),
    (match) => ({
      start: match.index,
      end: match.index + match[0].length,
    }),
  )

/** Whether a message asks for something like what is in sight: "anything similar but under 200". */
export const asksForSimilar = (text: string, code: LanguageCode): boolean =>
  text.search(patternOf(['similar'], code)) !== -1
