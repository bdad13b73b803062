import type { Constraint } from '../domain/constraints.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import type { LanguageCode } from '../language/languages.ts'
import { negationScopes } from './negation.ts'
import type { Reading } from './reading.ts'
import type { Token } from './text.ts'

/**
 * What a shopper does not want, in their words: "nothing with leather", "no oak or pine". A listing that names it does not fit, whether
 * or not the catalog has a facet for it. `type` is what they do want, which no exclusion takes back.
 */
export function exclusionsOf(
  { text, tokens, free, services, lexicon }: Reading,
  type: string | null,
  isGoods: (word: string) => boolean = () => false,
): Extract<Constraint, { kind: 'unnamed' }>[] {
  const { code } = lexicon.language
  const { or, and, price, wants, likes, own } = grammarOf(code)
  const folded = (phrases: readonly string[]) => new Set(phrases.map((phrase) => fold(phrase)))
  const [joins, priceWords, owned, deeds] = [
    folded([...or, ...and]),
    folded(price),
    folded(own),
    // "Non mi piacciono" rules out nothing that listings name.
    folded([...wants, ...likes]),
  ]
  const scopes = negationScopes(tokens, lexicon.language)
  const wanted = new Set((type ?? '').split(/\s+/).map((word) => lexicon.meaning(fold(word))))
  // "Without LazMall": a listing may name a term of sale in its text alone.
  const isRefusedTerm = ({ start, end }: Token) =>
    services.some((one) => one.constraint.negated && start >= one.start && end <= one.end)
  const limits = limitTokens(tokens, lexicon.language.code)
  const found: Extract<Constraint, { kind: 'unnamed' }>[] = []
  let run: number[] = []
  const close = (): void => {
    const said = run.map((at) => tokens[at] as Token)
    const opener = scopes[run[0] ?? 0] ?? 0
    run = []
    const [first, last] = [said[0], said.at(-1)]
    if (first === undefined || last === undefined || said.every(({ stem }) => wanted.has(stem))) return
    // A mask that does not touch my eyes: what is somebody's own is not what goods are made of.
    if (owned.has(tokens[tokens.indexOf(first) - 1]?.word ?? '')) return
    const words = text.slice(first.start, last.end)
    // "Rohrfrei" clears drains: goods are called so, and nothing else is asked for.
    // "Without waking the neighbours" rules out no neighbours.
    if (isOfDeed(tokens, opener, [tokens.indexOf(first), tokens.indexOf(last)], code)) return
    const closing = tokens[opener]
    const isName =
      closing?.joined === true &&
      closing.start === last.end &&
      isGoods(lexicon.meaning(fold(text.slice(first.start, closing.end))))
    if (isName && tokens.every((token, at) => !token.isContent || at === opener || scopes[at] === opener))
      return
    // "Not too high" asks for less of it, and rules out no listing that names it.
    if (tokens[opener + 1]?.word === 'too' || found.some((one) => one.words === words)) return
    const start = Math.min(first.start, tokens[opener]?.start ?? first.start)
    const end = Math.max(last.end, tokens[opener]?.end ?? last.end)
    found.push({ kind: 'unnamed', words, text: text.slice(start, end) })
  }
  /** What opened a negation that a purpose has ended: "without gluten for cakes" rules out no cakes. */
  let ended: number | null = null
  tokens.forEach((token, at) => {
    const opener = scopes[at] ?? -1
    if (opener >= 0 && token.lead === 'for' && run.length > 0) {
      close()
      ended = opener
    }
    if (opener >= 0 && opener === ended) return
    // "Without perfume rather".
    if (run.length > 0 && lexicon.language.isRequestWord(token.word)) return
    const isSaid =
      (scopes[at] ?? -1) >= 0 &&
      (free[at] === true || isRefusedTerm(token)) &&
      token.kind === 'word' &&
      token.isContent &&
      !limits.has(at) &&
      !joins.has(token.word) &&
      !priceWords.has(token.word) &&
      !deeds.has(token.word)
    if (!isSaid) {
      // "Nothing made of oak": what is ruled out is what stands last; a list rules out each, and a price ends it.
      if (run.length > 0 && (joins.has(token.word) || (scopes[at] ?? -1) < 0 || free[at] !== true)) close()
      else run = []
      return
    }
    if (token.breakBefore && run.length > 0) close()
    run.push(at)
  })
  if (run.length > 0) close()
  return found
}

/** How a language's word for a deed looks behind "without", where one does: the rest say it by a little word. */
const deeds: Partial<Record<LanguageCode, RegExp>> = {
  en: /^\p{L}{2,}ing$/u,
  fr: /^\p{L}{2,}(?:er|ir|re)$/u,
  es: /^\p{L}{2,}[aei]r$/u,
  it: /^\p{L}{2,}[aei]re$/u,
  pt: /^\p{L}{2,}[aei]r$/u,
}
const deedWords: Partial<Record<LanguageCode, string>> = { de: 'zu', nl: 'te', sv: 'att' }

/** Whether what follows a negation up to a word is done to something: a verb with an article behind it, or a verb with its little word. */
function isOfDeed(
  tokens: readonly Token[],
  opener: number,
  [from, to]: readonly [number, number],
  code: LanguageCode,
): boolean {
  const [verb, next] = [tokens[opener + 1], tokens[opener + 2]]
  // "I don't think that I want glass" says no deed.
  if (!grammarOf(code)['free-of'].some((phrase) => fold(phrase) === tokens[opener]?.word)) return false
  const word = deedWords[code]
  if (word !== undefined) return [from - 1, to + 1].some((at) => tokens[at]?.word === word)
  const { the, article, own, it } = grammarOf(code)
  const little = new Set([...the, ...article, ...own, ...it].map((phrase) => fold(phrase)))
  return deeds[code]?.test(verb?.word ?? '') === true && little.has(next?.word ?? '')
}

/** Places of the words of limits and of their units: "not wider than 120 cm" rules out neither what is wider nor centimetres. */
export function limitTokens(tokens: readonly Token[], code: LanguageCode): Set<number> {
  const { above, below, 'at-least': least, 'at-most': most } = grammarOf(code)
  const phrases = [...above, ...below, ...least, ...most].map((phrase) => fold(phrase).split(' '))
  const found = new Set<number>()
  tokens.forEach((token, at) => {
    if (token.kind !== 'number') return
    if (tokens[at + 1]?.unit != null) found.add(at + 1)
    for (const words of phrases)
      if (words.every((word, index) => tokens[at - words.length + index]?.word === word))
        words.forEach((_, index) => found.add(at - words.length + index))
  })
  return found
}
