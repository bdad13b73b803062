import type {
  CartView,
  Comparison,
  ConfirmationRequest,
  Evidence,
  OrderView,
  ProductCard,
} from '../domain/answer.ts'
import type { Constraint } from '../domain/constraints.ts'
import type { BrandPage, MemoryItem, PolicySection } from '../domain/ports.ts'
import type { CategoryNode, PricePoint, Product, Question } from '../domain/product.ts'
import { english } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import type { ServiceAsked } from '../understand/services-beside.ts'
import type { FoundFit, FoundParts } from './parts/part-types.ts'
import { inEnglish } from './phrases.ts'
import type { Phrases } from './phrases.ts'
import type { EffectiveSearch } from './plan/plan.ts'
import type { ReviewDigest } from './aspects/aspect-cache.ts'

/** Where listings speak of what somebody has to be kept from: its shelves, by the thing. */
export type SpokenOf = ReadonlyMap<string, ReadonlySet<string>>

/** What a store has said on something that was asked of it. */
export interface ToldOfStore {
  /** Empty when it has not. */
  policies: PolicySection[] | null
  /** One of the goods whose listings mostly say the same of it, where the store has stated no rule. */
  ofListings: Product | null
  /** How to reach the store, where it says so and nothing else of it answers. */
  contact: PolicySection | null
}

/** What is in sight, and what its listing warns of that a message names. */
export interface CautionInSight {
  product: Product
  line: Evidence
}

/** Everything that one turn fetched. An answer may say what follows from this and nothing else. */
export interface Facts extends ToldOfStore {
  currency: string
  /** What words mean in the store. */
  lexicon: Lexicon
  /** The sentences of the language that is answered in. */
  phrases: Phrases
  /** By id; every product that a card, a table or a sentence may name. */
  products: Map<string, Product>
  /** The products that the answer is about, best first. */
  subjectIds: string[]
  search: {
    cards: ProductCard[]
    /** How many fit; null where not all were looked at. */
    total: number | null
    relaxed: Constraint[]
    preferred: Constraint[]
    constraints: Constraint[]
    /** Nothing of the kind is within the price asked; what is shown, if anything, lies beyond it. */
    isBeyondPrice: boolean
    /** What was found holds hardly any of the words: it is something else that was asked for. */
    isUnrelated: boolean
    /** What leads is near alone: found by what the message means, or by words that tell what it is for. */
    isNear?: boolean
    /** It was asked for in another language than the listings', and none of them holds a word of it. */
    isUnheard?: boolean
    /** What leads shares too little with what was asked to be said to fit or to be near it. */
    isDoubtful?: boolean
    /** More or less of a measure was asked for than a product has, and no listing states it. */
    unmeasured: { word: string; productId: string } | null
    /** Others than those that were shown are wanted, and there are none. */
    hasNoOthers?: boolean
    /** The message narrows an earlier search. */
    isNarrowed: boolean
    /** They are to be ordered by ratings, and none of them has one. */
    isUnrated: boolean
    /** The noun of what was asked for, where nothing found is one; `isNamed` where what was found names it. */
    notSold: { word: string; isNamed: boolean } | null
    /** The noun of what was asked for, where the store lists nothing of it, and kinds that it has; `isNear` where they are near it by words,
     * `isUnknown` where no listing holds the word; `isNear` where they are near it in meaning alone: 'meaning'. */
    notListed?: { what: string; isUnknown: boolean; kinds: string[]; isNear: boolean | 'meaning' }
    /** What was asked for, and what the goods that come nearest to it are called here. */
    otherName?: { said: string; called: string }
    /** Ids of those shown that hold all that the first does and sets it apart from the others. */
    alike: string[]
    /** What was asked for and no listing shown holds. */
    unmentioned: string[]
    /** What was asked for and only some of the listings shown hold. */
    partly: { said: string; productIds: string[] }[]
    /** Lines of the first that say that it is for as much as somebody weighs, or a thing measures. */
    forWhom?: Evidence[]
    /** They are parts or companions of a thing, with what their listings say on whether they go with it. */
    parts?: FoundParts
    /** How many of the kind were left out because their listings name what is not wanted. */
    leftOut: number
    /** What was found and must not be used as is wanted, with the line that says so. */
    forbidden?: { product: Product; line: Evidence }[]
    /** Something of the kind costs less than everything that is shown. */
    hasCheaper: boolean
    /** A model chose them: those that fit, or where none does what comes near, and what is missing then, as it calls it. */
    /** `decided`: those of which a size or the like was asked for. */
    chosen?: { areNear: boolean; missing: string; decided: readonly string[] }
  } | null
  /** What comes near by all words of a conversation's first message, beside what is shown. */
  near?: ProductCard[]
  /** The search that was run, where the plan left a choice. */
  searched: EffectiveSearch | null
  /** Those that the words of a question fit alike, where it is about one that is not in sight; empty where they fit none. */
  candidates: Product[] | null
  /** What "cheaper" was measured against. */
  anchor: ProductCard | null
  /** The largest categories of the store, and how many more there are. */
  /** `brands`: where those are asked for, the largest first. */
  assortment: { categories: CategoryNode[]; others: number; brands?: string[] } | null
  /** Products of a kind, looked over for advice. */
  survey: Product[] | null
  /** Who states to be free of what was asked, and who states to hold it, in the listing's words. */
  freeOf: { what: readonly string[]; states: Map<string, string>; contains: Map<string, string> } | null
  /** What somebody has to be kept from, as was said in this conversation. */
  keptFrom: readonly string[]
  /** Of which goods that was said already. */
  warned?: ReadonlySet<string>
  /** Where listings speak of that; absent where nothing was said earlier. */
  spokenOf?: SpokenOf
  /** What the listing of what was looked at last warns of that the message names, where the answer is about something else. */
  cautionInSight?: CautionInSight | null
  /** What a listing says on whether it goes with another product, where that is asked. */
  fit?: FoundFit
  /** Whether the store has rules on returns; false where nobody needed to know. */
  statesReturns: boolean
  deals: ProductCard[] | null
  /** Cards of subjects that no search found. */
  cards: Map<string, ProductCard>
  digests: Map<string, ReviewDigest>
  questions: Map<string, Question[]>
  /** The lines of a listing that a model says answer the message, by product; empty where it says that none does. */
  pointed?: Map<string, readonly Evidence[]>
  /** How near in meaning the message is to each line of a listing (cosines), by product and line; only where a model embeds. */
  cosines?: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** The brand's own page, by product; only where the store's facts did not answer. */
  brandPages: Map<string, BrandPage>
  comparison: Comparison | null
  priceHistory: Map<string, PricePoint[]>
  orders: OrderView[] | null
  cart: CartView | null
  /** What is asked of the store beside what the answer is about, with what it has said on it. */
  beside: (ServiceAsked & ToldOfStore)[]
  memories: MemoryItem[] | null
  proposal:
    | { kind: 'confirm'; confirmation: ConfirmationRequest; productId: string | null }
    | { kind: 'refused'; reason: string; section: string | null }
    /** The shopper has to choose first. */
    | { kind: 'choose-option'; productId: string; option: string; values: string[] }
    | { kind: 'no-target' }
    /** What is sold out cannot be waited for. */
    | { kind: 'no-restock' }
    /** It is there already. */
    | { kind: 'in-stock' }
    | { kind: 'nothing-found' }
    | null
}

/** A search that found nothing and left nothing out, for what says but little of one. */
export const emptySearch: NonNullable<Facts['search']> = {
  cards: [],
  total: null,
  relaxed: [],
  preferred: [],
  constraints: [],
  isBeyondPrice: false,
  isUnrelated: false,
  unmeasured: null,
  isNarrowed: false,
  isUnrated: false,
  notSold: null,
  alike: [],
  unmentioned: [],
  partly: [],
  leftOut: 0,
  hasCheaper: false,
}

export function emptyFacts(
  currency: string,
  lexicon: Lexicon = english,
  phrases: Phrases = inEnglish,
): Facts {
  return {
    currency,
    lexicon,
    phrases,
    products: new Map(),
    subjectIds: [],
    search: null,
    searched: null,
    candidates: null,
    anchor: null,
    assortment: null,
    survey: null,
    freeOf: null,
    keptFrom: [],
    statesReturns: false,
    deals: null,
    cards: new Map(),
    digests: new Map(),
    questions: new Map(),
    brandPages: new Map(),
    comparison: null,
    priceHistory: new Map(),
    orders: null,
    cart: null,
    policies: null,
    ofListings: null,
    contact: null,
    beside: [],
    memories: null,
    proposal: null,
  }
}

/** One read or proposal as it was made, for replay. */
export interface ToolCall {
  step: string
  arguments: unknown
  /** Ids and counts, not whole rows: the catalog version is recorded beside it. */
  result: unknown
  tookMs: number
  error: string | null
}
