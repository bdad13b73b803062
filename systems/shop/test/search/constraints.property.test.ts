import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Constraint, SortOrder } from '../../src/domain/constraints.ts'
import type { SearchResult } from '../../src/domain/ports.ts'
import type { Product, Variant } from '../../src/domain/product.ts'
import { english } from '../../src/language/lexicon.ts'
import { IndexBuilder } from '../../src/search/index/index-data.ts'
import { OpenIndex } from '../../src/search/open-index.ts'
import { product } from './products.ts'

/** Written apart from the search on purpose: plain reading of a product, no index, no columns. */
function holds(item: Product, variant: Variant, constraint: Constraint): boolean {
  if (constraint.kind === 'price') {
    const { min, max, minInclusive, maxInclusive } = constraint
    const major = variant.price.minor
    const low = min === null ? -1 : Math.round(min * 100)
    const high = max === null ? 1e12 : Math.round(max * 100)
    return (minInclusive ? major >= low : major > low) && (maxInclusive ? major <= high : major < high)
  }
  if (constraint.kind === 'rating') return item.rating !== null && item.rating.average >= constraint.min
  if (constraint.kind === 'reviews') return (item.rating?.count ?? 0) >= constraint.min
  // Words are read by a stage of its own.
  if (constraint.kind === 'unnamed') return true
  if (constraint.kind === 'service') return item.services.includes(constraint.service) !== constraint.negated
  const own = variant.options[constraint.name]
  const values = own === undefined ? (item.attributes[constraint.name] ?? []) : [own]
  const all = constraint.name === 'brand' && item.brand !== null ? [item.brand] : values
  return all.some((value) => constraint.values.includes(value)) !== constraint.negated
}

const words = ['red', 'steel', 'lamp', 'kettle', 'shoe']
const colors = ['red', 'blue', 'green']
const sizes = ['s', 'm', 'l']
const materials = ['steel', 'wood']
const brands = ['acme', 'umbra']

const variants = fc.array(
  fc.record({
    color: fc.option(fc.constantFrom(...colors), { nil: undefined }),
    size: fc.option(fc.constantFrom(...sizes), { nil: undefined }),
    minor: fc.integer({ min: 0, max: 3000 }),
  }),
  { minLength: 1, maxLength: 4 },
)
const products = fc.array(
  fc.record({
    title: fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }),
    brand: fc.option(fc.constantFrom(...brands)),
    color: fc.subarray(colors),
    material: fc.subarray(materials),
    service: fc.subarray(['free-shipping', 'flash-sale'] as const),
    rating: fc.option(fc.constantFrom(3, 4.3, 4.5, 5)),
    variants,
  }),
  { minLength: 1, maxLength: 9 },
)
const bound = fc.option(fc.integer({ min: 0, max: 30 }))
const constraint: fc.Arbitrary<Constraint> = fc.oneof(
  fc.record({
    kind: fc.constant('price' as const),
    min: bound,
    max: bound,
    minInclusive: fc.boolean(),
    maxInclusive: fc.boolean(),
    text: fc.constant(''),
  }),
  fc.record({
    kind: fc.constant('rating' as const),
    min: fc.constantFrom(3, 4.3, 4.6),
    text: fc.constant(''),
  }),
  fc.record({
    kind: fc.constant('service' as const),
    service: fc.constantFrom('free-shipping' as const, 'flash-sale' as const),
    negated: fc.boolean(),
    text: fc.constant(''),
  }),
  fc
    .constantFrom<[string, string[]]>(
      ['color', colors],
      ['size', sizes],
      ['material', materials],
      ['brand', brands],
    )
    .chain(([name, values]) =>
      fc.record({
        kind: fc.constant('facet' as const),
        name: fc.constant(name),
        values: fc.subarray(values, { minLength: 1 }),
        negated: fc.boolean(),
        text: fc.constant(''),
      }),
    ),
)

function materialise(rows: typeof products extends fc.Arbitrary<infer Rows> ? Rows : never): Product[] {
  return rows.map((row, at) =>
    product(`p${at}`, row.title.join(' '), {
      brand: row.brand,
      attributes: { color: row.color, material: row.material },
      services: row.service,
      rating: row.rating === null ? null : { average: row.rating, count: 10 },
      variants: row.variants.map(({ color, size, minor }, number) => ({
        id: `p${at}-${number}`,
        options: { ...(color === undefined ? {} : { color }), ...(size === undefined ? {} : { size }) },
        price: { minor, currency: 'USD' },
        compareAt: null,
        stock: null,
        image: null,
      })),
    }),
  )
}

const idsOf = ({ hits }: SearchResult): Set<string> => new Set(hits.map((hit) => hit.productId))

test('no hit violates a constraint that was not relaxed; none is relaxed where something fits; the total is exact [SHOP-SEARCH-01]', async () => {
  await fc.assert(
    fc.asyncProperty(
      products,
      fc.array(constraint, { maxLength: 5 }),
      fc.constantFrom<SortOrder[]>('relevance', 'price-ascending', 'price-descending', 'rating', 'newest'),
      fc.constantFrom('', ...words, 'red shoe'),
      async (rows, constraints, sort, text) => {
        const catalog = materialise(rows)
        const builder = new IndexBuilder(english.language)
        for (const item of catalog) builder.add(item)
        const index = new OpenIndex(builder.finish())
        const search = (asked: Constraint[], order: SortOrder) =>
          index.search({ text, constraints: asked, sort: order, limit: 100, offset: 0 })
        // Orders by a fact hold products that match well; by relevance weaker ones fill up what is under ten.
        const well = idsOf(await search([], 'newest'))
        const withWeak = idsOf(await search([], 'relevance'))
        const { hits, total, relaxed } = await search(constraints, sort)
        const kept = constraints.filter((each) => !relaxed.includes(each))
        const fits = (item: Product): string[] =>
          item.variants.filter((v) => kept.every((each) => holds(item, v, each))).map(({ id }) => id)
        for (const hit of hits) {
          const item = catalog.find(({ id }) => id === hit.productId)
          expect(item && fits(item).toSorted()).toEqual(hit.variantIds.toSorted())
          expect(hit.variantIds).not.toHaveLength(0)
        }
        const fitting = catalog.filter((item) => fits(item).length > 0).map(({ id }) => id)
        const fittingWell = fitting.filter((id) => well.has(id))
        const expected =
          sort === 'relevance' && fittingWell.length < 10
            ? fitting.filter((id) => withWeak.has(id))
            : fittingWell
        expect(hits.map((hit) => hit.productId).toSorted()).toEqual(expected.toSorted())
        expect(total).toBe(expected.length)
        // As little as possible: nothing that leaves out fewer would have found anything.
        const among = catalog.filter((item) => well.has(item.id))
        const most = Math.max(
          0,
          ...among.flatMap((item) =>
            item.variants.map((v) => constraints.filter((each) => holds(item, v, each)).length),
          ),
        )
        if (among.length > 0) expect(kept).toHaveLength(most)
      },
    ),
    { numRuns: 300 },
  )
})
