import type { Product } from '../domain/product.ts'
import { fold } from '../language/fold.ts'
import type { Lexicon } from '../language/lexicon.ts'
import type { Dimension as Measured } from '../language/units.ts'
import { findOrder } from '../understand/order.ts'
import { isSuperlative } from '../understand/superlative.ts'
import { asksForLeast } from './by-measure.ts'
import { dimensionsNamed } from './dimensions.ts'
import { ownAmounts } from './stated-measures.ts'
import { words } from './words.ts'

/** "The smallest bottle", "el más grande": goods by how much of a measure they have, the most or the least first. */
export interface MeasureOrder {
  /** What may measure it, the likeliest first. */
  dimensions: readonly Measured[]
  isLeast: boolean
  /** The words that say so, folded: they are no wish of their own. */
  said: ReadonlySet<string>
}

/** What each name of a dimension is measured in; the bigger of two bottles holds more, the bigger of two packs weighs more. */
const measuredIn: Readonly<Record<string, readonly Measured[]>> = {
  weight: ['mass'],
  size: ['length', 'volume', 'mass'],
  volume: ['volume'],
  power: ['power'],
  current: ['current'],
  voltage: ['voltage'],
  light: ['light'],
  memory: ['storage'],
  charge: ['charge', 'energy'],
}

/** The order by a measure that a message asks for; null where it asks for none, or for one by price, rating or age. */
export function measureOrderIn(message: string, lexicon: Lexicon): MeasureOrder | null {
  const { code } = lexicon.language
  if (!isSuperlative(message, code) || findOrder(message, code) !== null) return null
  const named = dimensionsNamed(message, lexicon)
  const dimensions = [...new Set(named.flatMap(({ name }) => measuredIn[name] ?? []))]
  if (dimensions.length === 0) return null
  const said = words(message)
    .map(({ text }) => fold(text))
    .filter((word) => named.some(({ asks }) => asks.has(lexicon.stem(word))))
  return { dimensions, isLeast: asksForLeast(message, lexicon), said: new Set(said) }
}

/** Products by a measure: those that state it in the first dimension that two of them state, in order, then the others as they stand. Null where none is. */
export function byMeasureOrder<Item>(
  items: readonly Item[],
  productOf: (item: Item) => Product,
  { dimensions, isLeast }: MeasureOrder,
  lexicon: Lexicon,
): Item[] | null {
  for (const dimension of dimensions) {
    const measured = items.flatMap((item) => {
      const amounts = ownAmounts(productOf(item), dimension, lexicon)
      return amounts.length === 0 ? [] : [{ item, amount: Math.max(...amounts) }]
    })
    if (measured.length < 2) continue
    const inOrder = measured
      .toSorted((a, b) => (isLeast ? a.amount - b.amount : b.amount - a.amount))
      .map(({ item }) => item)
    const others = items.filter((item) => !inOrder.includes(item))
    return [...inOrder, ...others]
  }
  return null
}
