import type { Meant } from '@heavylift/models/meaning'
import type { BrandPages, Catalog, ProductSearch, ShopperMemory, StoreTools } from '../domain/ports.ts'
import type { Product } from '../domain/product.ts'
import type { Lexicon } from '../language/lexicon.ts'
import type { NearLines } from './lines/candidate-lines.ts'
import type { AspectCache } from './aspects/aspect-cache.ts'
import type { Phrases } from './phrases.ts'
import type { Plan } from './plan/plan.ts'
import type { Referent } from './referents/referent-features.ts'
import type { Attempt } from './second-reading.ts'
import type { FirstFeatures } from './first-wish/first-features.ts'
import type { WishFeatures } from './wish-features.ts'

/** What the steps read from, bound to one tenant. `memory` and `tools` are null where the shop has none. */
export interface StepSources {
  tenantId: string
  catalog: Catalog
  search: ProductSearch
  memory: ShopperMemory | null
  tools: StoreTools | null
  /** Null where no brand's page is known. */
  brandPages: BrandPages | null
  aspects: AspectCache
  /** What a text means to the model for embeddings; null where none is pulled or it is late. Absent: only words count. */
  meant?: (text: string) => Promise<Meant | null>
  /** How near a text is to the lines of a listing. Absent: only words count. */
  nearLines?: NearLines
  /** Sees what is known of the goods that a wish was ranked by. Absent: nobody looks. */
  seeRanked?: (ranked: ReadonlyMap<Product, WishFeatures>) => void
  /** Sees by what a first message is told to be a wish, and what the rules take it for. Absent: nobody looks. */
  seeFirst?: (features: FirstFeatures, kind: Plan['kind']) => void
  /** Sees what speaks for each product that a message may be about, and what the answer by rules is. Absent: nobody looks. */
  seeReferents?: (referents: readonly Referent[], found: Attempt, mayBeOther: boolean) => void
  shopperId: string | null
  conversationId: string
  turnId: string
  /** Major currency of the catalog. */
  currency: string
  /** What words mean in the store. */
  lexicon: Lexicon
  /** The sentences of the language that is answered in. */
  phrases: Phrases
  message: string
  /** The variant that each product in sight was shown as. */
  variantIds: ReadonlyMap<string, string>
  monotonicMs(): number
  signal: AbortSignal
}

/** What a message is looked up in, before its catalog is read. */
export type LookUpSources = Omit<StepSources, 'currency' | 'lexicon' | 'phrases' | 'message' | 'variantIds'>
