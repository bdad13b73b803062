import type { Constraint, SortOrder, Topic, Understanding } from '../../domain/constraints.ts'
import type { MemoryKind } from '../../domain/ports.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import type { Product } from '../../domain/product.ts'
import type { ReadByModel } from '../by-model/reading.ts'
import type { FitAsked, PartAsked } from '../parts/part-types.ts'
import type { Mention } from './meant.ts'
import type { TwinsInSight } from '../twins.ts'
import type { Comparative } from '../by-measure.ts'

/** A search as it is run, after the conversation was taken into account. Kept so that "cheaper" can refine it. */
export interface EffectiveSearch {
  text: string
  productType: string | null
  constraints: Constraint[]
  sort: SortOrder
  /** What was shown before, where others than those are wanted: it is left out. */
  seen?: string[]
}

/** What the planner knows besides the message: all of it facts, none of it text that could steer. */
export interface PlanContext {
  /** The product page that the shopper looks at. */
  page: Product | null
  /** Products of the last answer in the order shown. */
  shown: Product[]
  /** The last list of several, where one of it was looked at alone since; else what is shown. */
  list: Product[]
  /** What answers were about one by one, the last first. */
  lookedAt: Product[]
  /** The products that the message calls by words of their titles and choices, the most telling first. */
  mentions: Mention[]
  /** The variant that each of them was shown as, where one was chosen. */
  variantIds: ReadonlyMap<string, string>
  /** The product that the last answer was about; null when it was about several. */
  focusId: string | null
  /** The last question about a product, where the last answer was to one. */
  asked?: string | null
  /** The last search of this conversation. */
  previous: EffectiveSearch | null
  /** Whether the message's product type is something that the store has a category for; "wet grip" is not. */
  isTypeSold: boolean
  /** Whether it is the name of one of the store's categories. */
  isCategoryNamed: boolean
  /** Whether the catalog calls goods by a word, given by its meaning. */
  isNoun: (meaning: string) => boolean
  /** Whether a shelf is, however few stand on it. */
  isShelf?: (meaning: string) => boolean
  /** Whether a message that sounds like nobody's business in a store holds a word that goods are called by. */
  namesGoods: boolean
  /** Whether a model read the message: what it means is not guessed again. */
  isRead?: boolean
  /** All that was said around a wish, where the message is but the part that says it. */
  story?: string | null
  /** Whether what it is to be taken for is given: nothing in sight changes that. */
  isSettled?: boolean
  /** False for anonymous turns: no memory, orders or proposals. */
  isKnownShopper: boolean
  /** The parts or companions that it asks for, where the store lists some; absent where it asks for none. */
  parts?: PartsWanted | null
  /** The two of which it asks whether they go together, where a listing says so. */
  fit?: FitAsked | null
  /** The product that the message calls by its name; null where it names none, or was not looked for. */
  named: Product | null
  /** What is in sight with its near twins, where any are listed. */
  twins?: TwinsInSight | null
  currency: string
  /** What words mean in the store. */
  lexicon: Lexicon
}

/** Parts or companions that a message asks for and the store lists. */
export interface PartsWanted {
  asked: PartAsked[]
  /** The word that names them. */
  name: string
  /** What they may be for. */
  inSight: string[]
}

/** Which products a step works on: known by id, or the best that the plan's `find` steps will find. */
export type Subject = { from: 'ids'; ids: string[] } | { from: 'found'; limit: number }

export type SearchStep = Extract<Step, { kind: 'search' }>

/** One read, or one proposal for the shopper to confirm. Steps run in order; their arguments come from here only. */
export type Step =
  | {
      kind: 'search'
      search: EffectiveSearch
      limit: number
      /** What it asks for is a guess: what bears no likeness to it is not shown. */
      isGuess: boolean
      /** The message, or the part of it that says the wish. */
      said: string
      /** The whole message, where that is more. */
      story?: string
      /** It narrows the last search. */
      isRefinement: boolean
      /** The last search with these words added: run instead where what they find alone is of the last kind too. */
      refined: EffectiveSearch | null
      // What follows is absent in what was said to an earlier release.
      /** What a message that narrows says apart from the last search: run instead where nothing of that holds it, and others do. */
      own?: EffectiveSearch | null
      /** The words of the message that goods are called by, where all of them call one in sight: it is about what is called so. */
      callsSeen?: readonly string[]
      /** What is in sight: what it holds of an earlier search is not lost without a word. */
      inSight?: string[]
      /** Only those with more or less of a measure than a product. */
      beyond?: { productId: string; comparative: Comparative } | null
      /** What was spoken of before: of what fits a message as well, what has to do with it comes first ("a matching necklace"). */
      about?: string
      /** The text names what is in sight, which the goods are to go with. */
      isForThing?: boolean
    }
  /** Parts or companions of a thing that a message asks for, as it names them. */
  | { kind: 'parts'; asked: PartAsked[]; inSight: string[]; search: EffectiveSearch; limit: number }
  /** What one listing says on whether it goes with another product. */
  | ({ kind: 'fit' } & FitAsked)
  /** What comes nearest by all words of a message, for want of anything else. */
  | { kind: 'nearest'; said: string; search: EffectiveSearch; limit: number }
  /**
   * Adds the best product for the words to the found ones. `mustBeNamed`: only one that the words call by its name; where they call
   * several so, the shopper is asked which.
   */
  | {
      kind: 'find'
      search: EffectiveSearch
      mustBeNamed?: true
      /** The product in sight that the words mean, unless another is called by them and nothing else. */
      inSight?: string
      /** What to look for where none is called so, or several are: the message begins with what is wanted. */
      otherwise?: SearchStep
    }
  | { kind: 'products'; subject: Subject }
  | { kind: 'reviews'; subject: Subject }
  | { kind: 'questions'; subject: Subject }
  /** The brand's own page, where the store's facts leave the question open. */
  | { kind: 'brand-page'; question: string; subject: Subject }
  | { kind: 'compare'; subject: Subject }
  | { kind: 'price-history'; subject: Subject }
  | { kind: 'deals'; search: EffectiveSearch; limit: number }
  | { kind: 'memory'; text: string; kinds: MemoryKind[] | null; limit: number }
  | { kind: 'orders'; orderId: string | null }
  /** What the store says of itself; `topic` names what the question is about. */
  | { kind: 'policy'; text: string; topic: Topic | null }
  /** The same, asked beside what the plan is about. */
  | { kind: 'beside'; text: string; topic: Topic }
  /** What the store sells, by category. */
  | { kind: 'assortment' }
  /** Looks over a kind of goods, for what tells them apart. */
  | { kind: 'survey'; search: EffectiveSearch; limit: number }
  /** Which of the products state that they are free of each of some things. */
  | { kind: 'free-of'; what: readonly string[]; search: EffectiveSearch | null; limit: number }
  /** The product that a "cheaper" is measured against. */
  | { kind: 'anchor'; productId: string }
  | { kind: 'cart' }
  | { kind: 'propose'; proposal: ProposalPlan; subject: Subject | null }

/** A side effect that the shopper asked for in words. Product and variant are resolved from the catalog at run time. */
export type ProposalPlan =
  | { action: 'add-to-cart'; quantity: number; wanted: WantedOption[] }
  | { action: 'auto-buy'; quantity: number; wanted: WantedOption[]; maxMajor: number | null }
  /** `isRestock`: it is waited for, not for a lower price. */
  | { action: 'price-alert'; wanted: WantedOption[]; targetMajor: number | null; isRestock?: true }
  | { action: 'return-items'; orderId: string | null }
  | { action: 'cancel-order'; orderId: string | null }
  | { action: 'forget-memory'; text: string | null }

/** An option that the shopper named: `{ name: 'size', values: ['EU 34'] }`. */
export interface WantedOption {
  name: string
  values: string[]
}

export interface Plan {
  understanding: Understanding
  /** The message as a model read it, where one did. */
  read?: ReadByModel
  /** How the answer is put together. */
  kind:
    | 'results'
    | 'comparison'
    | 'product-answer'
    | 'review-answer'
    | 'price-history'
    | 'deals'
    | 'recall'
    | 'orders'
    | 'returns'
    | 'policy'
    | 'proposal'
    | 'memory'
    | 'advice'
    | 'assortment'
    | 'how-to'
    | 'allergy'
    | 'care'
    | 'not-ours'
    | 'chat'
    | 'clarify'
  /** Shown at once while the steps run. */
  steps: Step[]
  /** The search to refine next time; null leaves the earlier one. */
  search: EffectiveSearch | null
  /** True when this refines the conversation's earlier search. */
  isRefinement: boolean
  /** The question says of none of several in sight that it is the one that is meant. */
  isOfOneAmongSeveral?: true
  /** It is about a near twin of what is in sight that the message means. */
  isOfTwin?: true
  /** What is asked of the product beside what picks it: "is it handmade?" of "the cheaper one please, is it handmade?". */
  asked?: string
  /** What is missing, for `clarify`. */
  clarify: 'which-product' | 'sign-in' | 'which-order' | 'too-few' | 'knowledge' | null
}
