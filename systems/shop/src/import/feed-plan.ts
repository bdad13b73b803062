import type { PathStyle } from './category-paths.ts'
import type { ColumnProfile } from './column-profile.ts'
import type { ProductColumn } from './columns.ts'
import type { OptionColumns } from './option-columns.ts'
import type { FamilyRow } from './row-families.ts'

/** Of prices that name none, where an import says no other. */
export const defaultCurrency = 'USD'

/** How a feed is to be read: what a first pass over all of its rows found. */
export interface FeedPlan {
  rows: number
  /** Our column → the file's, for rows and for what they nest as variants. */
  columns: Map<ProductColumn, string>
  variantColumns: Map<ProductColumn, string>
  profiles: Map<string, ColumnProfile>
  /** Of what rows nest as variants. */
  variantProfiles: Map<string, ColumnProfile>
  /** Labels (as `facetLabel` makes them) of what becomes an attribute that can be chosen by. */
  facets: Set<string>
  /** Columns that describe the goods beside the one in `columns`. */
  descriptions: string[]
  /** Columns of sentences under a name of their own, and those that say one thing of all goods: told under that name. */
  texts: string[]
  /** What rows nest as pairs of a name and a value, by its label. */
  stated: Map<string, ColumnProfile>
  /** Labels of those that are told with the description. */
  toldPairs: Set<string>
  optionColumns: OptionColumns[]
  /** Columns of `name:value` pairs. */
  pairColumns: Set<string>
  /** Columns that say whether the shop shows a product. */
  visibilityColumns: string[]
  categories: PathStyle
  /** No row states a price: nothing is rejected for lack of one. */
  isPriceless: boolean
  /** Most rows state none: one without is a product whose price is asked for. */
  isSeldomPriced: boolean
  /** Amounts are in the currency's smallest unit. */
  pricesAreMinor: boolean
  /** What was chosen where there was a choice, and what looks wrong: for people, in the order of the file. */
  notes: string[]
  /** Of a price column that is named for it (`Variant Price USD`). */
  currency: string | null
  /** Rows that other rows name as their parent, by their first id, with how many do. */
  families: Map<string, number>
  /** What rows name as their parent (its number or its SKU) → the first id of that row. */
  parentIds: Map<string, string>
  /** Variants that their parent lists (Magento), by their id. */
  variations: Map<string, { parent: string; options: Record<string, string> }>
  /** Rows that are choices of one product though none names another, by their number from 1. */
  familyRows: Map<number, FamilyRow>
  /** Several rows of one id are variants of one product. */
  idsRepeat: boolean
  /** Rows without a title state further variants of the product above them. */
  rowsContinue: boolean
}
