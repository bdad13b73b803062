import type { Product } from '../domain/product.ts'
import type { Lexicon } from '../language/lexicon.ts'
import type { Dimension } from '../language/units.ts'
import { amountsIn } from '../understand/measure-limits.ts'
import { tokenize } from '../understand/text.ts'

/** What a listing states of a dimension, by how surely it is the product's own. */
interface Stated {
  /** In its title, its choices and its fields. */
  own: readonly number[]
  /** In its prose, which may speak of other things as well. */
  told: readonly number[]
}

const read = new WeakMap<Product, { lexicon: Lexicon; byDimension: Map<Dimension, Stated> }>()

/** Kinds of measures of which goods have one: a listing whose title says one speaks of another's in its prose ("1.5 kW more than the old one"). */
const single: ReadonlySet<Dimension> = new Set([
  'mass',
  'volume',
  'power',
  'energy',
  'voltage',
  'charge',
  'storage',
  'light',
])

/** The amounts that a listing states, in the dimension's own unit: those of its name, choices and fields where they tell, else of its prose too. */
export function statedAmounts(product: Product, dimension: Dimension, lexicon: Lexicon): readonly number[] {
  const { own, told } = statedOf(product, dimension, lexicon)
  return own.length > 0 && single.has(dimension) ? own : [...own, ...told]
}

/** Whether what a listing states leaves an amount to it: what its name says to be of 5.5 kW is of no 1.5 kW, though its prose names those. */
export function statesAlone(
  product: Product,
  dimension: Dimension,
  amount: number,
  lexicon: Lexicon,
): boolean {
  const { own } = statedOf(product, dimension, lexicon)
  const isLike = (one: number) => Math.abs(one / amount - 1) < sameAmount
  return !single.has(dimension) || own.length === 0 || own.some(isLike)
}

/** Shares apart that are the same amount in other units. */
const sameAmount = 0.02

/** The amounts of a dimension in a product's title; where it states none, in what it can be had in and its fields. */
export function ownAmounts(product: Product, dimension: Dimension, lexicon: Lexicon): readonly number[] {
  const inTitle = amountsIn(tokenize(product.title, lexicon), dimension)
  return inTitle.length > 0 ? inTitle : statedOf(product, dimension, lexicon).own
}

function statedOf(product: Product, dimension: Dimension, lexicon: Lexicon): Stated {
  let known = read.get(product)
  if (known?.lexicon !== lexicon) {
    known = { lexicon, byDimension: new Map() }
    read.set(product, known)
  }
  const found = known.byDimension.get(dimension) ?? {
    own: [
      product.title,
      ...product.variants.flatMap(({ options }) => Object.values(options)),
      ...Object.values(product.attributes).flat(),
    ].flatMap((text) => amountsIn(tokenize(text, lexicon), dimension)),
    told: amountsIn(tokenize(product.description, lexicon), dimension),
  }
  known.byDimension.set(dimension, found)
  return found
}
