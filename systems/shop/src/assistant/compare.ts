import type { Comparison } from '../domain/answer.ts'
import type { Product } from '../domain/product.ts'
import { fold } from '../language/fold.ts'
import { piecesOf, sectionsOf } from './listing-lines.ts'
import { addressesTheAssistant } from './quotable.ts'
import type { ReviewDigest } from './aspects/aspect-cache.ts'
import { cardOf, isInStock, ratingLabel, serviceLabel } from './cards.ts'
import type { Phrases } from './phrases.ts'
import { isPriced } from '../domain/money.ts'

type Row = Comparison['rows'][number]

const attributeRows = 8
const aspectRows = 3
const labelledRows = 6
/** A longer text under a label is prose. */
const longestValue = 140

/** A side-by-side table out of catalog rows: price, rating, options, attributes that at least two state, review aspects. */
export function compareProducts(
  products: readonly Product[],
  digests: ReadonlyMap<string, ReviewDigest>,
  phrases: Phrases,
  /** Which variant of a product is compared, by product; of another the cheapest that can be had. */
  variantIds: ReadonlyMap<string, string | null> = new Map(),
): Comparison {
  const cards = products.map((product) => cardOf(product, variantIds.get(product.id) ?? null, [], phrases))
  const rows: Row[] = [
    {
      label: phrases.say('table.price'),
      values: cards.map((card) => (isPriced(card.price) ? phrases.money(card.price) : null)),
      best: bestBy(cards.map((card) => -card.price.minor)),
    },
    {
      label: phrases.say('table.rating'),
      values: cards.map((card) => (card.rating ? ratingLabel(card.rating, phrases) : null)),
      best: bestBy(cards.map((card) => card.rating?.average ?? null)),
    },
    { label: phrases.say('table.brand'), values: products.map((product) => product.brand), best: null },
    ...optionRows(products, phrases),
    ...attributes(products),
    ...labelled(products),
    ...aspects(products, digests, phrases),
    {
      label: phrases.say('table.terms'),
      values: products.map(
        (product) => product.services.map((service) => serviceLabel(service, phrases)).join(', ') || null,
      ),
      best: null,
    },
  ]
  return { products: cards, rows: rows.filter((row) => row.values.some((value) => value !== null)) }
}

/** Index of the one highest value; null when it is shared or fewer than two are known. */
function bestBy(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  if (known.length < 2) return null
  const top = Math.max(...known)
  return known.filter((value) => value === top).length === 1 ? values.indexOf(top) : null
}

function optionRows(products: readonly Product[], phrases: Phrases): Row[] {
  const names = new Set(
    products.flatMap((product) => product.variants.flatMap((variant) => Object.keys(variant.options))),
  )
  return [...names].slice(0, 3).map((name) => ({
    label: heading(name),
    values: products.map((product) => {
      const inStock = product.variants.filter(isInStock).flatMap((variant) => variant.options[name] ?? [])
      const unique = [...new Set(inStock)]
      return unique.length > 6
        ? phrases.say('table.more', { values: unique.slice(0, 5).join(', '), n: unique.length - 5 })
        : unique.join(', ') || null
    }),
    best: null,
  }))
}

function attributes(products: readonly Product[]): Row[] {
  const counts = new Map<string, number>()
  for (const name of products.flatMap((product) => Object.keys(product.attributes)))
    counts.set(name, (counts.get(name) ?? 0) + 1)
  const valueOf = (product: Product, name: string) => product.attributes[name]?.join(', ') ?? null
  const differs = (name: string) => new Set(products.map((product) => valueOf(product, name))).size > 1
  return [...counts.entries()]
    .filter(([, count]) => count >= Math.min(2, products.length))
    .map(([name]) => name)
    .toSorted((a, b) => Number(differs(b)) - Number(differs(a)))
    .slice(0, attributeRows)
    .map((name) => ({
      label: heading(name),
      values: products.map((product) => valueOf(product, name)),
      best: null,
    }))
}

/** What the descriptions of at least two state under one label each: `Scent notes: lime, coconut`, in a line or below a heading. */
function labelled(products: readonly Product[]): Row[] {
  const stated = products.map(({ description }) => labelsOf(description))
  const known = new Set(
    products.flatMap(({ attributes: own }) => Object.keys(own).map((name) => fold(heading(name)))),
  )
  const counts = new Map<string, number>()
  for (const label of stated.flatMap((own) => [...own.keys()]))
    counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts]
    .filter(([label, count]) => count >= 2 && !known.has(label))
    .slice(0, labelledRows)
    .map(([label]) => ({
      label: stated.find((own) => own.has(label))?.get(label)?.label ?? label,
      values: stated.map((own) => own.get(label)?.value ?? null),
      best: null,
    }))
}

function labelsOf(description: string): Map<string, { label: string; value: string }> {
  const found = new Map<string, { label: string; value: string }>()
  const texts = [
    ...piecesOf(description).map(({ text }) => text),
    ...sectionsOf(description).map(({ text }) => text),
  ]
  for (const text of texts) {
    const [, label = '', value = ''] = /^(\p{L}[^:.!?]{1,38}):\s+(.+)$/su.exec(text) ?? []
    if (label === '' || value.length > longestValue || addressesTheAssistant(text)) continue
    if (!found.has(fold(label))) found.set(fold(label), { label, value: value.replace(/\.$/, '') })
  }
  return found
}

function aspects(
  products: readonly Product[],
  digests: ReadonlyMap<string, ReviewDigest>,
  phrases: Phrases,
): Row[] {
  const mentions = new Map<string, number>()
  for (const product of products) {
    for (const aspect of digests.get(product.id)?.aspects ?? []) {
      if (aspect.positive + aspect.negative >= 2)
        mentions.set(aspect.aspect, (mentions.get(aspect.aspect) ?? 0) + 1)
    }
  }
  return [...mentions.entries()]
    .filter(([, count]) => count >= 2)
    .slice(0, aspectRows)
    .map(([name]) => {
      const found = products.map(
        (product) => digests.get(product.id)?.aspects.find((aspect) => aspect.aspect === name) ?? null,
      )
      return {
        label: phrases.say('table.aspect', { aspect: name }),
        values: found.map((aspect) =>
          aspect ? phrases.say('table.opinions', { good: aspect.positive, bad: aspect.negative }) : null,
        ),
        best: bestBy(
          found.map((aspect) =>
            aspect && aspect.positive + aspect.negative >= 3
              ? aspect.positive / (aspect.positive + aspect.negative)
              : null,
          ),
        ),
      }
    })
}

/** `sole_type` → `Sole type`. */
export function heading(name: string): string {
  const spaced = name.replaceAll('_', ' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}
