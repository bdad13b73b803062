import type { Span } from '../domain/parsed-address.ts'

/**
 * Words with the punctuation that follows them (`Main St., Apt. #4` is `Main` `St.,` `Apt.` `#` `4`), as the labelled public sets are cut.
 */
const pattern = /\(*[^\s,;#&()]+[.,;)]*|[#&]/gu

export function tokenize(input: string): Span[] {
  return Array.from(input.matchAll(pattern), ({ 0: text, index }) => ({
    start: index,
    end: index + text.length,
    text,
  })).filter(({ text }) => /[\p{L}\p{N}#&]/u.test(text))
}

/** A token in capitals and without punctuation at its ends: how gazetteers and features know it. */
export function bareWord(text: string): string {
  return text.replaceAll(/^[^\p{L}\p{N}#&]+|[^\p{L}\p{N}#&]+$/gu, '').toUpperCase()
}
