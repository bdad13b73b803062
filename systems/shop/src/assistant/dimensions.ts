import type { Language } from '../language/language.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { contentStems, words } from './words.ts'

/** Something that is asked for and answered as a number with a unit. */
export interface Dimension {
  name: string
  /** Stems of words that ask for it. */
  asks: ReadonlySet<string>
  units: ReadonlySet<string>
}

const read = new WeakMap<Language, readonly Dimension[]>()

function dimensionsOf(lexicon: Lexicon): readonly Dimension[] {
  const known = read.get(lexicon.language)
  if (known) return known
  const dimensions = lexicon.language.dimensionLines.map((line): Dimension => {
    const [name = '', rest = ''] = line.split('=')
    const [asks = '', units = ''] = rest.split('|')
    return {
      name: name.trim(),
      asks: new Set(words(asks).map(({ text }) => lexicon.stem(text))),
      units: new Set(units.trim().split(/\s+/)),
    }
  })
  read.set(lexicon.language, dimensions)
  return dimensions
}

/** The dimensions that a question asks for, most of its words first; empty when it asks for no number. */
export function dimensionsAsked(question: string, lexicon: Lexicon): Dimension[] {
  const asked = new Set(words(question).map(({ text }) => lexicon.stem(text)))
  if (!/\b(?:how|what|which|limit|max(?:imum)?|min(?:imum)?|much|many)\b|\?/i.test(question)) return []
  return dimensionsOf(lexicon)
    .map((dimension) => ({ dimension, hits: [...dimension.asks].filter((word) => asked.has(word)).length }))
    .filter(({ hits }) => hits > 0)
    .toSorted((a, b) => b.hits - a.hits)
    .map(({ dimension }) => dimension)
}

/** Whether a passage gives the dimension: a number with its unit, and a word that speaks of it. */
export function givesDimension(text: string, dimension: Dimension, lexicon: Lexicon): boolean {
  const isMeasured = Array.from(text.toLowerCase().matchAll(/\d\s?-?([a-z°"″]+)/g)).some(([, unit]) =>
    dimension.units.has(unit ?? ''),
  )
  return isMeasured && contentStems(text, lexicon).some((word) => dimension.asks.has(word))
}
