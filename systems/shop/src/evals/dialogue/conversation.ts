import type { Random } from '@heavylift/core/math'
import type { AnswerPart, Comparison, ProductCard } from '../../domain/answer.ts'
import type { PolicySection } from '../../domain/ports.ts'
import type { Product } from '../../domain/product.ts'
import type { CatalogFacts } from './catalog-facts.ts'

/**
 * What an answer was worth. `useless`: says nothing that helps, but nothing untrue. `wrong`: answers something else than was asked,
 * or shows other products than were asked for. `false`: states what the catalog contradicts, or breaks a limit without a word.
 */
export type Verdict = 'right' | 'useless' | 'wrong' | 'false'

/** What the shopper sees of an answer. */
export interface SeenAnswer {
  text: string
  cards: readonly ProductCard[]
  comparison: Comparison | null
  pills: readonly string[]
  parts: readonly AnswerPart[]
}

/** An answer with what came before it. */
export interface Moment {
  answer: SeenAnswer
  /** The cards or the table that the shopper last saw before this message. */
  shown: readonly ProductCard[]
  row(productId: string): Product | null
  facts: CatalogFacts
  policies: readonly PolicySection[]
}

export interface Expectation {
  /** The kind of turn, for rates by kind. */
  kind: string
  /** What should happen, in a few words, for the list of failures. */
  what: string
  isHarm?: true
  check(moment: Moment): Verdict
}

export interface Turn {
  say: string
  expect: Expectation
  /** The product page that is open from this turn on. */
  page?: string
}

export interface Conversation {
  name: string
  turns: Turn[]
}

/** Makes a conversation for a catalog; null where the catalog lacks what it is about. */
export type ConversationMaker = (facts: CatalogFacts, random: Random) => Conversation | null
