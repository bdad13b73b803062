import type { FacetVocabulary, Understanding } from '../domain/constraints.ts'
import type { Product } from '../domain/product.ts'
import type { Lexicon } from '../language/lexicon.ts'
import type { Spelled } from './spelling.ts'

/** What is known before a message is answered. */
export interface TurnContext {
  /** By the shop's own rules. */
  understanding: Understanding
  vocabulary: FacetVocabulary
  lexicon: Lexicon
  page: Product | null
  shown: Product[]
  list: Product[]
  /** What answers were about one by one, the last first. */
  lookedAt: Product[]
  /** The message with its misspelt words mended. */
  spelled: Spelled
}
