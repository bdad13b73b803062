import { anyOf, grammarOf } from '../language/grammar.ts'
import type { LanguageCode } from '../language/languages.ts'

const known = new Map<LanguageCode, RegExp>()

/** Between a comparative and what it is compared with, in all of the languages. */
const than = anyOf(['than', 'als', 'dan', 'än', 'que', 'do que', 'di', 'del', 'della', 'dello'])

/**
 * Where a message wishes for less to pay than for what is in sight: "moins cher", "mais em conta", "zu teuer", "a cheaper one". Null where it
 * says none, or names what it compares with ("moins cher que Priorities").
 */
export function findLower(text: string, code: LanguageCode): { start: number; end: number } | null {
  const grammar = grammarOf(code)
  const pattern =
    known.get(code) ??
    new RegExp(
      `(?:${anyOf(grammar.cheaper)}|${anyOf(grammar.too)}\\s+${anyOf(grammar.dear)})(?!\\s+${than}(?!\\s+${anyOf(grammar.it)}))`,
      'u',
    )
  known.set(code, pattern)
  const match = pattern.exec(text.toLowerCase())
  return match === null ? null : { start: match.index, end: match.index + match[0].length }
}
