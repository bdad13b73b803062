import type { AspectName } from './aspects.ts'
import type { BrandPool, NamePool } from './brands.ts'
import type { PaletteName } from './colours.ts'
import type { SizeScheme } from './sizes.ts'
import type { Silhouette } from './images/silhouettes.ts'

/**
 * How products of one kind are made. Texts are templates over the product's facts (`{material}`), lists are weighted
 * and conditional (`[audience=kids] hook and loop*3`), so that combinations stay sensible.
 */
export interface ProductType {
  id: string
  /** Department, category, leaf. */
  path: readonly [string, string, string]
  /** Singular or plural as one says it in a sentence: `football boots`, `kettle`. */
  noun: string
  /** Share of the catalog, relative to the others. */
  weight: number
  brands: BrandPool
  names: NamePool
  /** Every combination is a product of its own, and each value stands in the title or follows from it. */
  axes: Readonly<Record<string, readonly string[]>>
  title: string
  /** The first that applies follows the title. */
  titleSuffix?: readonly string[]
  /** Attributes in order; a later one may depend on an earlier one. */
  facts: Readonly<Record<string, readonly string[]>>
  /** US dollars, from the plainest to the finest. */
  price: readonly [number, number]
  palette: PaletteName | null
  /** By condition, the first that applies; null for one size. */
  sizes: readonly (readonly [condition: string, SizeScheme])[] | null
  image: Silhouette
  /** First one that applies opens the description; then two to four of `details`. */
  intro: readonly string[]
  details: readonly string[]
  aspects: readonly (AspectName | `[${string}] ${AspectName}`)[]
  /** Question and answer; the answer's conditions choose. */
  questions: readonly (readonly [question: string, answers: readonly string[]])[]
}
