import type { Lexicon } from '../language/lexicon.ts'
import { propertyWords, vagueNameWords, type Facet } from './facet.ts'
import { plainNumber, typedForms } from './forms.ts'
import { contentTokens, tokenize, type Token } from './text.ts'

/** One value of one facet. */
export interface Entry {
  facet: Facet
  value: string
  /** Products that hold it. */
  count: number
}

/**
 * How a stretch of a query matched a value: all of it in its words (`exact`), as one of two names for it (`alternative`), in typed form, by keeping a stated
 * limit,
 * as a bare number, written as one word (`compact`), in another order (`bag`), by a yes-or-no facet's name (`flag`), without the words
 * of the facet's name (`partial`), by the part that says most (`part`), by a word that looks like its word (`near`), or by
 * another word for it (`synonym`).
 */
export type MatchKind =
  | 'exact'
  | 'alternative'
  | 'typed'
  | 'limit'
  | 'stem'
  | 'number'
  | 'compact'
  | 'bag'
  | 'flag'
  | 'partial'
  | 'part'
  | 'near'
  | 'synonym'

export interface Posting {
  entry: Entry
  kind: MatchKind
  /** Stems that must stand elsewhere in the query: `shift` means `shift dresses` only beside `dress`. */
  requires: readonly string[] | null
  /** Share of what the value says that the form says, 0 to 1, by how rare its words are among all values. */
  share: number
}

/** A form under which a query may name a value. */
interface ValueForm {
  form: string
  kind: MatchKind
  requires: readonly string[] | null
  share: number
}

export const wordForm = (tokens: readonly Token[]): string =>
  `w:${tokens.map((token) => token.stem).join(' ')}`
export const compactForm = (tokens: readonly Token[]): string =>
  `c:${tokens.map((token) => token.word).join('')}`
export const bagForm = (tokens: readonly Token[]): string =>
  `b:${tokens
    .map((token) => token.stem)
    .toSorted()
    .join(' ')}`

/** A part names a value only where it says at least this much of it. */
const leastShare = 0.5
/** Of one part of a list. */
const listedShare = 0.6
/** Words of one part. */
const longestPart = 3
/** Values of more words are told apart by none of their parts. */
const longestWithParts = 8

/** Every form of a value, each once. `said` is how much a word says among all values. */
export function valueForms(
  entry: Entry,
  tokens: readonly Token[],
  said: (token: Token) => number,
  lexicon: Lexicon,
): ValueForm[] {
  const { facet, value } = entry
  const content = contentTokens(tokens)
  const forms = new Map<string, ValueForm>()
  const post = (
    form: string,
    kind: MatchKind,
    requires: readonly string[] | null = null,
    share = 1,
  ): void => {
    if (!forms.has(form)) forms.set(form, { form, kind, requires, share })
  }
  if (isYes(value)) {
    for (const { form, requires } of flagForms(entry, lexicon)) post(form, 'flag', requires)
    return [...forms.values()]
  }
  if (isNo(value)) return []
  // Of a brand or a model a part is as often another one.
  const isName = facet.concept === 'brand' || facet.concept === 'model'
  post(wordForm(content), 'exact')
  const compact = compactForm(content)
  if (compact.length >= 6) post(compact, 'compact')
  if (content.length > 1 && content.length <= 5) post(bagForm(content), 'bag')
  if (content.length > 1 && content.length <= 4) {
    // "all skin types" for `all types` of `skin_type`
    for (const cue of facet.subject) {
      const extended = [...content.map((token) => token.stem), cue].toSorted().join(' ')
      if (!content.some((token) => token.stem === cue)) post(`b:${extended}`, 'bag')
    }
  }
  for (const typed of typedForms(tokens, lexicon, true)) {
    post(typed.form, 'typed')
    if (typed.number !== null && typed.form.startsWith('size:')) post(`n:${typed.number}`, 'number')
  }
  const measure = isName ? null : leadingMeasure(tokens, lexicon)
  if (measure !== null) post(measure, 'typed')
  if (content.length === 1 && content[0]?.kind === 'number')
    post(`n:${plainNumber(content[0].word)}`, 'number')
  // `int: 16` and `39 standard size` are sizes 16 and 39.
  const numbers = content.filter((token) => token.kind === 'number')
  if (facet.concept === 'size' && content.length > 1 && content.length <= 4 && numbers.length === 1)
    if (!content.some((token) => token.unit !== null || saysSomethingElse(token, facet)))
      post(`n:${plainNumber(numbers[0]?.word ?? '')}`, 'number')
  const rest = content.filter((token) => !facet.cues.has(token.stem))
  if (rest.length > 0 && rest.length < content.length && rest.some((token) => token.kind === 'word')) {
    const requires = content.filter((token) => facet.cues.has(token.stem)).map((token) => token.stem)
    post(wordForm(rest), 'partial', requires)
  }
  for (const words of listed(value, lexicon)) post(wordForm(words), 'part', null, listedShare)
  for (const words of alternatives(value, lexicon)) {
    post(wordForm(words), 'alternative')
    for (const typed of typedForms(words, lexicon, true)) post(typed.form, 'typed')
  }
  if (!isName && !isCounted(tokens, facet) && content.length > 1 && content.length <= longestWithParts) {
    const weigh = (token: Token): number => (facet.cues.has(token.stem) ? 0.2 : 1) * said(token)
    const whole = content.reduce((sum, token) => sum + weigh(token), 0)
    for (let from = 0; from < content.length; from++)
      for (let to = from + 1; to <= Math.min(content.length, from + longestPart); to++) {
        const part = content.slice(from, to)
        const share = part.reduce((sum, token) => sum + weigh(token), 0) / whole
        if (to - from < content.length && share >= leastShare && part.some(saysSomething))
          post(wordForm(part), 'part', null, share)
      }
  }
  return [...forms.values()]
}

/** `32 GB LPDDR5-6400`: the measure that a value begins with and then describes. Null where it states another one like it. */
function leadingMeasure(tokens: readonly Token[], lexicon: Lexicon): string | null {
  const measures = typedForms(tokens, lexicon).filter(
    ({ form, dimension }) => dimension !== null && /^[a-z]+:-?[\d.]+$/.test(form),
  )
  const first = measures.find(({ from }) => from === 0)
  if (first === undefined || first.dimension === 'time' || first.to === tokens.length) return null
  return measures.some((one) => one !== first && one.dimension === first.dimension) ? null : first.form
}

/** "5 candles" is a number of them: to name candles is not to ask for five. "100% cotton" counts nothing, nor does "1 black". */
const isCounted = (tokens: readonly Token[], { concept }: Facet): boolean =>
  concept !== 'color' &&
  concept !== 'material' &&
  concept !== 'pattern' &&
  tokens[0]?.kind === 'number' &&
  tokens[1]?.kind === 'word' &&
  tokens[1].unit === null &&
  !tokens[1].hyphenated

const saysSomething = (token: Token): boolean =>
  token.kind === 'word' && token.isContent && token.unit === null && token.word.length > 1

/** Whether a word of a size is more than a region, "size" or "standard". */
const saysSomethingElse = (token: Token, { cues }: Facet): boolean =>
  token.kind === 'word' && token.word.length > 3 && !cues.has(token.stem) && token.word !== 'standard'

/** `polypropylene (pp)` has two names, `xl【60-68kg】` one and a note. */
function alternatives(value: string, lexicon: Lexicon): Token[][] {
  const parts = value.split(/[()[\]{}（）【】]/)
  if (parts.length < 2) return []
  return parts
    .map((part) => contentTokens(tokenize(part, lexicon)))
    .filter((tokens) => tokens.some((token) => token.kind === 'word'))
}

/** A thing that is `Black,Silver` is black to whoever asks for black. */
function listed(value: string, lexicon: Lexicon): Token[][] {
  const parts = value.split(/[,;/|+]/)
  if (parts.length < 2 || parts.length > 4 || /\d/.test(value)) return []
  return parts.map((part) => contentTokens(tokenize(part, lexicon))).filter((tokens) => tokens.length > 0)
}

/** Whether a value only says that its facet holds. */
export const isYes = (value: string): boolean => /^(?:yes|true|y|ja|oui|s[ií]|sim)$/i.test(value.trim())
/** Whether a value only says that its facet does not hold. */
export const isNo = (value: string): boolean => /^(?:no|false|n|nein|non|n[aã]o|nee|nej)$/i.test(value.trim())

/** A facet that holds or does not is named by its own words: `waterproof: yes`. */
function flagForms(
  { facet }: Entry,
  lexicon: Lexicon,
): { form: string; requires: readonly string[] | null }[] {
  const words = facet.name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !vagueNameWords.has(word))
    .map((word) => lexicon.meaning(word))
  if (words.length === 0) return []
  const forms: { form: string; requires: readonly string[] | null }[] = [
    { form: `w:${words.join(' ')}`, requires: null },
  ]
  const tail = words.at(-1)
  if (words.length === 2 && tail !== undefined && !propertyWords.has(tail) && tail !== 'support')
    forms.push({ form: `w:${tail}`, requires: words.slice(0, 1) })
  return forms
}
