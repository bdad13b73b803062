import type { Product } from '../domain/product.ts'
import { expandContractions, expandHasty } from '../language/contractions.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { listingEvidence, sectionEvidence } from './evidence.ts'
import type { Evidence } from '../domain/answer.ts'

/** Something that shoppers ask in other words than listings answer it in; phrases as stems in their order, `…` for a gap. */
interface Asked {
  name: string
  asks: readonly string[][]
  headings: readonly string[][]
  says: readonly string[][]
}

/** What a listing may state beside all else that is asked: asked for something in particular ("does it come with a lid?"), that counts first. */
export const afterAll: ReadonlySet<string> = new Set(['package', 'material'])

/** The label of a line ends within so many letters: `Ingredients: water`. */
const longestLabel = 40
/** A heading of more words than it is asked by is about something else. */
const othersInHeading = 3

/** So many words may stand in the gap of a phrase. */
const mostBetween = 4

// By the store's own synonyms, too.
const read = new WeakMap<Lexicon, readonly Asked[]>()

function askedOf(lexicon: Lexicon): readonly Asked[] {
  const known = read.get(lexicon)
  if (known) return known
  const phrases = (text: string) =>
    text
      .split(';')
      .map((phrase) => phrase.split('…').map((part) => stemsOf(part, lexicon)))
      .map((parts) => parts.flatMap((part, at) => (at === 0 ? part : ['…', ...part])))
      .filter((phrase) => phrase.length > 0)
  const all = lexicon.language.askedLines.map((line): Asked => {
    const at = line.indexOf('=')
    const [asks = '', headings = '', says = ''] = line.slice(at + 1).split('|')
    return {
      name: line.slice(0, at).trim(),
      asks: phrases(asks),
      headings: phrases(headings),
      says: phrases(says),
    }
  })
  read.set(lexicon, all)
  return all
}

/** What a question asks in words that listings do not use, by its name in the language's data; empty where it asks no such thing. */
export function askedIn(question: string, lexicon: Lexicon): string[] {
  const said = stemsOf(question, lexicon)
  return askedOf(lexicon)
    .filter(({ asks }) => asks.some((phrase) => placeOf(phrase, said) !== -1))
    .map(({ name }) => name)
}

/** The names of all that is asked so. */
export const askedNames = (lexicon: Lexicon): string[] => askedOf(lexicon).map(({ name }) => name)

/** The words of a question, by their meanings, that such a thing is asked in: of phrases ("made of"), not what is named by itself ("silk"). */
export function askedWords(question: string, lexicon: Lexicon): ReadonlySet<string> {
  const said = stemsOf(question, lexicon)
  return new Set(
    askedOf(lexicon).flatMap(({ asks }) =>
      asks.filter((phrase) => phrase.length > 1 && placeOf(phrase, said) !== -1).flat(),
    ),
  )
}

/** Where a listing says what is asked: under a heading for it, else the first sentence that says so. Null where nothing does. */
export function evidenceFor(name: string, product: Product, lexicon: Lexicon): Evidence | null {
  const asked = askedOf(lexicon).find((one) => one.name === name)
  if (asked === undefined) return null
  // What is chosen from ("Size in stock: …") and the shelf answer other questions.
  const evidence = listingEvidence(product, lexicon).filter(
    ({ kind, source }) =>
      kind === 'listing' || (source.kind === 'product' && Object.hasOwn(product.attributes, source.field)),
  )
  const pieces = evidence.filter(({ kind }) => kind === 'listing')
  const labelled = (evidence: Evidence): string =>
    evidence.text.slice(0, longestLabel + 1).split(/:\s/)[0] ?? ''
  const sections = [
    ...sectionEvidence(product, lexicon).map((evidence) => ({ evidence, label: evidence.heading ?? '' })),
    ...evidence.flatMap((one) => {
      const label = labelled(one)
      const isYesOrNo = /^:\s*(?:yes|no|true|false)$/i.test(one.text.slice(label.length))
      return label.length > 0 &&
        label.length <= longestLabel &&
        label.length < one.text.length &&
        // "Batteries included: no" does not say what is.
        !isYesOrNo
        ? [{ evidence: one, label }]
        : []
    }),
  ].map(({ evidence, label }) => ({ evidence, label: stemsOf(label, lexicon) }))
  for (const phrase of asked.headings) {
    const found = sections.find(
      ({ label }) => placeOf(phrase, label) !== -1 && label.length <= phrase.length + othersInHeading,
    )
    if (found) return found.evidence
  }
  for (const phrase of asked.says) {
    const found = pieces.find(({ text }) => placeOf(phrase, stemsOf(text, lexicon)) !== -1)
    if (found) return found
  }
  return null
}

/** Whether a text itself says what is asked, in the words that listings say it in. */
export function saysOf(name: string, text: string, lexicon: Lexicon): boolean {
  const said = stemsOf(text, lexicon)
  const asked = askedOf(lexicon).find((one) => one.name === name)
  return asked?.says.some((phrase) => placeOf(phrase, said) !== -1) ?? false
}

/** All words by their meanings, little ones too. */
const stemsOf = (text: string, { language, meaning }: Lexicon): string[] =>
  lexemesOf(
    expandHasty(expandContractions(text, language.code), language.code).replaceAll(
      /\b(what|where|how)['’]?s\b/gi,
      '$1 is',
    ),
  ).flatMap(({ kind, word }) =>
    kind === 'word' ? [language.isFunctionWord(word) ? word : meaning(word)] : [],
  )

/** Where the words of a phrase begin to stand in a text side by side, a few others for its gap; -1 where they do not. */
function placeOf(phrase: readonly string[], said: readonly string[]): number {
  const gap = phrase.indexOf('…')
  if (gap === -1) return said.findIndex((_, at) => phrase.every((stem, index) => said[at + index] === stem))
  const [before, after] = [phrase.slice(0, gap), phrase.slice(gap + 1)]
  return said.findIndex((_, at) => {
    if (!before.every((stem, index) => said[at + index] === stem)) return false
    const next = placeOf(after, said.slice(at + before.length))
    return next !== -1 && next <= mostBetween
  })
}
