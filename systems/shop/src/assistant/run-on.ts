import { lexemesOf } from '../language/lexemes.ts'

/** Longer pieces of a listing are cut where they are quoted. */
const longestPiece = 220
/** A shorter part is a name in capitals, and no item. */
const leastWords = 2
/** Fewer beginnings are chance. */
const leastParts = 3
/** Little words before a capital lead a name in: "infused with Kojic Acid". */
const shortestEnd = 4

/**
 * A piece of a listing whose page was written into one line ("Vegan and cruelty free Removes dead skin Skin types Dry to oily Made in Korea"), in
 * its items: each begins with a capital behind a word in small letters, or a number. What is not too long to be quoted whole
 * stands as it is, and so does German, whose nouns have capitals.
 */
export function runOnItems(text: string): string[] {
  if (text.length <= longestPiece || isGerman(text)) return [text]
  const found: string[] = []
  let start = 0
  for (const match of text.matchAll(/(?<=(\p{Ll}{2,}|[\p{N}%™®]))\s+(?=\p{Lu}\p{Ll}+\s\S)/gu)) {
    const before = /[\p{L}]+$/u.exec(text.slice(start, match.index))?.[0] ?? ''
    const isLedIn = before !== '' && before.length < shortestEnd
    const part = text.slice(start, match.index)
    if (isLedIn || /^\p{Lu}/u.test(before) || countOf(part) < leastWords) continue
    found.push(part)
    start = match.index + match[0].length
  }
  found.push(text.slice(start))
  return found.length < leastParts ? [text] : found.map((part) => part.trim())
}

const countOf = (text: string): number => lexemesOf(text).filter(({ kind }) => kind === 'word').length

const isGerman = (text: string): boolean =>
  (text.match(/\b(?:und|der|die|das|den|dem|mit|für|ist|von)\b/gu)?.length ?? 0) > 2
