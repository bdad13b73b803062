import type { Language } from './language.ts'

/** A line of a made listing or a question about it, with what it is about: `runtime`, `material`. */
export interface AboutExample {
  about: string
  text: string
}

/** A made listing of `data/<code>/listings.txt` or `further-listings.txt`, and what is asked of it. */
export interface ListingExample {
  goods: string
  /** `Name: value`. */
  fields: readonly AboutExample[]
  sentences: readonly AboutExample[]
  /** What no line is about has no answer there. */
  questions: readonly AboutExample[]
}

/** Texts that may stand anywhere are parted by semicolons. The made listings of a language, in the order of its files: those of `listings.txt` stand alike in other languages, those of `further-listings.txt` do not. */
export function listingExamples({ code, listingLines }: Language): readonly ListingExample[] {
  const found: { [Key in keyof ListingExample]: Key extends 'goods' ? string : AboutExample[] }[] = []
  for (const line of listingLines) {
    const mark = line.slice(0, 1)
    const rest = line.slice(1).trim()
    if (mark === '=') {
      found.push({ goods: rest, fields: [], sentences: [], questions: [] })
      continue
    }
    const at = rest.indexOf(':')
    const own = found.at(-1)
    const kind = mark === '+' ? 'fields' : mark === '-' ? 'sentences' : mark === '?' ? 'questions' : null
    if (own === undefined || kind === null || at === -1)
      throw new Error(`"${line}" in the listings of ${code} is no line of a listing and no question.`)
    const about = rest.slice(0, at)
    const texts = rest.slice(at + 1).split(';')
    own[kind].push(...texts.map((text) => ({ about, text: text.trim() })))
  }
  return found
}

/** Those of `listings.txt`, of which the last holds what may stand anywhere. */
export function alikeListings(language: Language): readonly ListingExample[] {
  const all = listingExamples(language)
  return all.slice(0, all.findIndex(({ goods }) => goods === '…') + 1)
}
