import { isLedIn } from './head.ts'
import type { HeadPhrase } from './head.ts'
import { contentTokens, type Token } from './text.ts'
import { isStated } from './vocabulary.ts'
import type { CompiledVocabulary } from './vocabulary.ts'

/** A category that a query names, with the tokens that name it. */
interface NamedCategory {
  category: string
  from: number
  /** Exclusive. */
  to: number
}

/** The longest category name that stands in a query, the first of equals; null without one. */
export function categoryIn(tokens: readonly Token[], vocabulary: CompiledVocabulary): NamedCategory | null {
  if (vocabulary.categories.size === 0) return null
  const longest = 5
  for (let length = longest; length > 0; length--) {
    for (let from = 0; from + length <= tokens.length; from++) {
      const span = tokens.slice(from, from + length)
      // "hoodies & sweatshirts", "bras and tanks" are categories.
      const isLinked = (token: Token, index: number): boolean =>
        index > 0 && index < length - 1 && (token.word === '&' || token.isInner)
      if (
        span.some(
          (token, index) => (token.kind === 'sign' && token.word !== '&') || (index > 0 && token.breakBefore),
        )
      )
        continue
      const content = contentTokens(span)
      if (content.length !== span.filter((token, index) => !isLinked(token, index)).length) continue
      const category = vocabulary.categories.get(content.map((token) => token.stem).join(' '))
      if (category !== undefined) return { category, from, to: from + length }
    }
  }
  return null
}

/**
 * What kind of product a query asks for: the catalog's own category where the query names one, else the words that
 * head the first phrase ("waterproof hiking boots for men" → `hiking boots`); null when there are none.
 */
export function productTypeOf(
  tokens: readonly Token[],
  head: HeadPhrase | null,
  vocabulary: CompiledVocabulary,
  /** Words of talk, which head no goods unless the catalog states them: "what should I think of when I buy desks?". */
  talk: ReadonlySet<string> = new Set(),
  /** Words of asking, after which a wish begins: "I lost my hair and need a wig". */
  isAsking: (token: Token) => boolean = () => false,
  /** Whether the first word of a phrase is its noun. */
  isNounFirst = false,
  /** Whether goods of the catalog are called by the head. */
  isGoods = false,
): string | null {
  // What ends the first phrase names the thing: a desk lamp is a lamp.
  const atEnd = head === null ? null : categoryAtEnd(tokens.slice(head.from, head.to), vocabulary)
  const anywhere = categoryIn(tokens, vocabulary)
  const isTalk =
    head !== null &&
    tokens
      .slice(head.from, head.to)
      .every(({ isContent, word, stem }) => !isContent || (talk.has(word) && !isStated(stem, vocabulary)))
  // "A shampoo that I can use on both, on the cat and the dog" asks for shampoo, whatever shelves are called.
  const isLed =
    isGoods && head !== null && anywhere !== null && anywhere.from >= head.to && isLedIn(tokens, anywhere)
  const named =
    atEnd ??
    (anywhere === null || isLed || (!isTalk && goesWith(anywhere, head, tokens, isAsking))
      ? null
      : anywhere.category)
  if (named !== null) return named
  if (head === null) return null
  // "Notebook 15 inch" is a notebook: what follows a number measures it.
  const spoken = tokens.slice(head.from, head.to)
  const phrase = isNounFirst ? withoutLead(spoken, (token) => isLead(token, talk, vocabulary)) : spoken
  const number = phrase.findIndex((token) => token.kind === 'number')
  // "14 inch" names nothing.
  const unmeasured = phrase.filter((token, at) => token.unit === null || phrase[at - 1]?.kind !== 'number')
  const words = contentTokens(number > 0 ? phrase.slice(0, number) : unmeasured)
  const naming = (isNounFirst ? words.slice(0, 2) : words.slice(-2)).filter(({ kind }) => kind === 'word')
  return naming.length === 0 ? null : naming.map(({ word }) => word).join(' ')
}

/** "Vendem geladeira": a word of talk or of asking before what is asked for is no part of its name. */
const isLead = ({ word, stem }: Token, talk: ReadonlySet<string>, vocabulary: CompiledVocabulary): boolean =>
  talk.has(word) && !isStated(stem, vocabulary) && vocabulary.nouns?.has(stem) !== true

function withoutLead(phrase: readonly Token[], isLeading: (token: Token) => boolean): Token[] {
  const first = phrase.findIndex((token) => token.isContent && !isLeading(token))
  return first > 0 ? phrase.slice(first) : [...phrase]
}

/** Whether a category only says what the thing goes with: "a lamp for my desk" is no desk. */
function goesWith(
  { from }: NamedCategory,
  head: HeadPhrase | null,
  tokens: readonly Token[],
  isAsking: (token: Token) => boolean,
): boolean {
  if (head === null || from < head.to || tokens[head.to]?.endsPhrase !== true) return false
  return !tokens.slice(head.to, from + 1).some((token) => token.breakBefore || isAsking(token))
}

/** The longest category name that ends a phrase; null without one. */
function categoryAtEnd(phrase: readonly Token[], vocabulary: CompiledVocabulary): string | null {
  for (let from = Math.max(0, phrase.length - 4); from < phrase.length; from++) {
    const span = phrase.slice(from)
    const content = contentTokens(span)
    if (content.length !== span.length || span.some((token) => token.kind === 'sign')) continue
    const category = vocabulary.categories.get(content.map((token) => token.stem).join(' '))
    if (category !== undefined) return category
  }
  return null
}
