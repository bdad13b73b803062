import { stemmer } from '@orama/stemmers/english'

/**
 * Words of a text as they are compared: small letters without accents, cut where letters, digits and other signs meet and at `camelCase`, each by its stem; a name
 * of several parts (`HubSpot`, `mcp-server`) also as a whole. One sign alone says nothing.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = []
  for (const [name] of text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .matchAll(/[\p{L}\p{N}]+(?:[-_.'’][\p{L}\p{N}]+)*/gu)) {
    const parts = name
      .split(
        /[-_.'’]|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u,
      )
      .filter((part) => part.length > 1)
    for (const part of parts) words.push(stemOf(part))
    if (parts.length > 1 && parts.length <= 3) words.push(parts.join('').toLowerCase())
  }
  return words
}

const stems = new Map<string, string>()

function stemOf(word: string): string {
  const small = word.toLowerCase()
  let stem = stems.get(small)
  if (stem === undefined) {
    // Words of other alphabets and numbers are their own stems.
    stem = /^[a-z]{3,}$/.test(small) ? stemmer(small) : small
    if (stems.size > 50_000) stems.clear()
    stems.set(small, stem)
  }
  return stem
}
