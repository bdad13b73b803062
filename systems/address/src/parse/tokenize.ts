import type { Span } from '../domain/parsed-address.ts'

/**
 * Words with the punctuation that follows them (`Main St., Apt. #4` is `Main` `St.,` `Apt.` `#` `4`), as the labelled public sets are
 * cut. A run of marks without letter or digit is no word.
 */
const pattern = /\(*[^\s,;#&()]+[.,;)]*|[#&]/gu
const hasSubstance = /[\p{L}\p{N}#&]/u

export function tokenize(input: string): Span[] {
  const spans: Span[] = []
  for (const { 0: text, index } of input.matchAll(pattern))
    if (hasSubstance.test(text)) spans.push({ start: index, end: index + text.length, text })
  return spans
}

/** A token in capitals, with letters, digits and `# & / -` alone and no mark at its ends: how gazetteers and features know it. */
export function bareWord(text: string): string {
  const word = text.toUpperCase().replaceAll(/[^\p{L}\p{N}#&/-]/gu, '')
  return word.length > 1 ? word.replaceAll(/^[/-]+|[/-]+$/g, '') : word
}
