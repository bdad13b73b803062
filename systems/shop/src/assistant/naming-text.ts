import type { Product } from '../domain/product.ts'

/** The value of a field that says that there is none of what its name says: "card slots: 0", "lid: no". */
const statesNone =
  /^\s*(?:0+|no|none|false|nein|keine?|nee|geen|non|aucune?|ning[uú]n[oa]?|nessun[oa]?|n[aã]o|nenhum[a]?|nej|ing[ea]n|inget|[-–—])\s*$/iu

/** A listing without its prose: what it is called, where it lies, what it states and what it can be had in. */
export const namingText = (product: Product): string =>
  [
    product.title,
    product.brand ?? '',
    ...product.categories,
    ...Object.entries(product.attributes)
      .filter(([, values]) => !values.every((value) => statesNone.test(value)))
      .flat(2),
    ...product.variants.flatMap((variant) => Object.entries(variant.options).flat()),
  ].join(' ')
