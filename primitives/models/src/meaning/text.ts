import { createHash } from 'node:crypto'
import { keyBytes } from './vector-file.ts'

/** Texts say what a thing is at their beginning, and the time that one takes goes with its length. */
const mostCharacters = 250

/** A text in the one spelling that models know letters in, cut between words. */
export function clippedText(text: string): string {
  const plain = text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim()
  return plain.length <= mostCharacters ? plain : plain.slice(0, mostCharacters).replace(/\s+\S*$/, '')
}

/** The key that a text's vector is kept under. */
export function meaningKey(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, keyBytes)
}

/** E5 is trained with what a text is before it (Wang et al., 2022, section 4.2); other models take texts as they are. */
export function asPassage(model: string, text: string): string {
  return isE5(model) ? `passage: ${text}` : text
}

export function asQuery(model: string, text: string): string {
  return isE5(model) ? `query: ${clippedText(text)}` : clippedText(text)
}

function isE5(model: string): boolean {
  return /(?:^|[^a-z])e5(?:[^a-z]|$)/i.test(model)
}
