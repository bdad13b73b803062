import type { Evidence } from '../../domain/answer.ts'
import { isPriced } from '../../domain/money.ts'
import type { Product, Variant } from '../../domain/product.ts'
import { makeEvidence } from '../evidence.ts'
import type { Facts } from '../facts.ts'

/** More rows than this are told by their options alone. */
const mostRows = 12
/** Values of the last choice of a row; of further ones their number says nothing. */
const mostValues = 8

/**
 * What goods cost and, where they are counted, how many there are, by the choices that decide it: `1 kg: 24.99 €, 5 in stock`; `Large: 40 €`
 * of what costs the same in all colours; `11 oz, black / navy: 18 €`.
 */
export function rowLines(
  product: Product,
  { lexicon, phrases }: Pick<Facts, 'lexicon' | 'phrases'>,
): Evidence[] {
  const { id, variants } = product
  const told = decidingOptions(variants)
  const tells = (variant: Variant) => told.flatMap((name) => variant.options[name] ?? [])
  const saidOf = ({ price, stock }: Variant): string => {
    // A store that does not count says nothing of what it has.
    const counted =
      stock === null ? [] : [stock > 0 ? `${stock} ${phrases.say('stock.in')}` : phrases.say('stock.out')]
    return [...(isPriced(price) ? [phrases.money(price)] : []), ...counted].join(', ')
  }
  const source = { kind: 'product' as const, productId: id, field: 'price' }
  const rowOf = (text: string, own: readonly Variant[]): Evidence[] => {
    const variantIds = own.map((variant) => variant.id)
    const row = makeEvidence({ kind: 'attribute', text, productId: id, source }, lexicon)
    return text === '' ? [] : [{ ...row, variantIds }]
  }
  // What differs in the last choice alone and costs the same is one row.
  const rows = Map.groupBy(variants, (variant) =>
    [...tells(variant).slice(0, -1), saidOf(variant)].join('\0'),
  )
  const line = (own: Variant[]): Evidence[] => {
    const [first] = own
    if (first === undefined) return []
    const last = [...new Set(own.flatMap((variant) => tells(variant).at(-1) ?? []))]
    const values = last.length > mostValues ? [...last.slice(0, mostValues), '…'] : last
    const options = [...tells(first).slice(0, -1), ...(last.length > 0 ? [values.join(' / ')] : [])].join(
      ', ',
    )
    // Of what has no price, how many there are is told alone.
    if (options === '' && !isPriced(first.price)) return rowOf(saidOf(first), own)
    const name = phrases.say('table.price')
    const called = options === '' ? name : variants.length > 1 ? options : `${name} (${options})`
    const said = saidOf(first)
    if (said === '' && options === '') return []
    return rowOf(`${called}${said === '' ? '' : `: ${said}`}`, own)
  }
  return [...rows.values()].slice(0, mostRows).flatMap(line)
}

/** The options that price and stock hang on, and those that have one value, in their order. */
function decidingOptions(variants: readonly Variant[]): string[] {
  const names = [...new Set(variants.flatMap(({ options }) => Object.keys(options)))]
  const isFixed = (name: string) => new Set(variants.map(({ options }) => options[name])).size === 1
  const said = ({ price, stock }: Variant) => `${price.minor} ${stock}`
  const decide = (kept: readonly string[]) =>
    [
      ...Map.groupBy(variants, ({ options }) => kept.map((name) => options[name] ?? '').join('\0')).values(),
    ].every((own) => new Set(own.map(said)).size === 1)
  let kept = names.filter((name) => !isFixed(name))
  for (const name of kept.toReversed()) {
    const fewer = kept.filter((other) => other !== name)
    if (decide(fewer)) kept = fewer
  }
  return names.filter((name) => kept.includes(name) || isFixed(name))
}

/** The variants that lines tell the price of; empty where none of them is a row. */
export const variantsTold = (lines: readonly Evidence[]): ReadonlySet<string> =>
  new Set(lines.flatMap(({ variantIds }) => variantIds ?? []))
