import type { LanguageCode } from '../language/languages.ts'
import type { Service } from './product.ts'

/**
 * How a facet was said. `insisted` ("only", "without", a size in numbers, a chip that was clicked): a filter that no result may
 * violate. `named` ("red leather boots"): what is named ranks, and search makes a filter of it only where most of what the other
 * words find states the facet, and the best of it holds the value. A product that does not state a facet is not ruled out by it.
 */
export type Strength = 'insisted' | 'named'

/** What a shopper stated. All but named facets are filters that no result may violate. */
export type Constraint =
  | {
      kind: 'price'
      /** Major units of the catalog's currency; null for an open end. */
      min: number | null
      max: number | null
      /** "over 20" excludes 20, "from 20" includes it. */
      minInclusive: boolean
      maxInclusive: boolean
      /** The words it came from, for chips and for saying what was relaxed. */
      text: string
    }
  | {
      kind: 'facet'
      /** Name of an attribute, an option, `brand` or `category`. */
      name: string
      /** Other facets that state the same thing (`color`, `frame_color`): a product satisfies it under any of them. */
      alsoNamed?: string[]
      /** Any of these, as the vocabulary writes them. */
      values: string[]
      /** "without", "not": none of these. */
      negated: boolean
      /** Insisted when absent. A negated one is always insisted. */
      strength?: Strength
      text: string
    }
  | { kind: 'rating'; min: number; text: string }
  /** At least so many reviews. */
  | { kind: 'reviews'; min: number; text: string }
  /**
   * Its listing does not name this, in whatever field; to deny it ("oak-free") is not to name it. What `hurts` somebody is named by
   * what is written as one word with it, too: peanuts, for nuts.
   */
  | { kind: 'unnamed'; words: string; text: string; hurts?: true }
  | { kind: 'service'; service: Service; negated: boolean; text: string }

/** How the shopper wants results ordered, if they said so. */
export type SortOrder = 'relevance' | 'price-ascending' | 'price-descending' | 'rating' | 'reviews' | 'newest'

export type Topic =
  /** What it wants is a guess. */
  | 'unsure'
  | 'price'
  | 'shipping'
  | 'returns'
  | 'payment'
  | 'price-match'
  | 'warranty'
  | 'complaint'
  | 'contact'
  | 'store'
  /** How an order stands, where the store does not know who asks. */
  | 'order'
  | 'self-harm'
  | 'emergency'
  | 'medicine'
  | 'violence'
  | 'greeting'
  | 'thanks'
  | 'identity'

/** What may be the matter with somebody, where it is not sure. */
export type InCase = 'emergency' | 'medicine'

/** A query after understanding. */
export interface Understanding {
  /** What is left to match by words once constraints are taken out of filters' way (matched words may stay). */
  searchText: string
  /** E.g. `football boots`; null when none was recognised. */
  productType: string | null
  constraints: Constraint[]
  sort: SortOrder
  intent:
    | 'search'
    /** Asks for less of what was found last: a limit, a quality, a lower price. */
    | 'narrow'
    | 'compare'
    | 'product-question'
    | 'review-question'
    | 'recall'
    | 'order-status'
    | 'returns'
    | 'price-history'
    | 'add-to-cart'
    | 'alert'
    | 'auto-buy'
    | 'deals'
    | 'memory'
    /** A question to the store itself: `topic` says about what. */
    | 'service'
    /** What to look for when choosing among a kind of goods. */
    | 'advice'
    /** What the store sells at all. */
    | 'assortment'
    /** How something is treated: cleaned, put together, kept. */
    | 'how-to'
    /** What a product must be free of, for somebody whom it would hurt. */
    | 'allergy'
    /** Somebody is in danger or may get into it: `topic` says how. */
    | 'care'
    | 'not-ours'
    | 'chat'
  /** What a question to the store, a danger or small talk is about; null for every other intent. */
  topic: Topic | null
  /** The danger that a message about goods may tell of as well: a word of care comes first. */
  inCase?: InCase
  /** Refers to earlier products: "the red one", "the second", "cheaper than this". */
  reference: Reference | null
  /** ISO 639-1 of the language that the message seems to be in, where the shop cannot read it; null where it can. */
  unreadLanguage: string | null
  /** ISO 639-1 of the language that the message is in, where the shop speaks it and it is not the store's. */
  spokenLanguage?: LanguageCode
  /** The same where too few of its little words stand there for an answer in it. */
  likelyLanguage?: LanguageCode
  /** What somebody has to be kept from, as they called it, for a message about an allergy; else empty. */
  keptFrom: string[]
}

export type Reference =
  | { kind: 'ordinal'; position: number }
  | { kind: 'described'; facets: { name: string; value: string }[]; text: string }
  | { kind: 'this' }
  /** Products in sight, by id: what a model that read the message says is meant. */
  | { kind: 'shown'; ids: string[] }
  | { kind: 'those' }
  /** `than`: the product in sight that a model says it is measured against. */
  | { kind: 'relative'; direction: 'cheaper' | 'pricier' | 'better-rated'; than?: string }
  | { kind: 'earlier' }

/** The values that the catalog states, by facet name, with how many products hold each. Constraints use only these. */
export interface FacetVocabulary {
  facets: Map<string, Map<string, number>>
  brands: Map<string, number>
  categories: Map<string, number>
  currency: string
  /** What titles and shelves call the goods, as written and folded. Absent for a catalog that was imported before they were learned. */
  nouns?: Map<string, NounUse>
}

/** How many products are called by a noun, and how many of those state each facet. */
export interface NounUse {
  products: number
  facets: Map<string, number>
}
