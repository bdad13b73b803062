import { describe, expect, it } from 'vitest'
import { aspects } from '../../samples/aspects.ts'
import { generateSample } from '../../samples/generate.ts'
import type { SampleItem } from '../../samples/generate.ts'
import { renderImage } from '../../samples/images/render-image.ts'
import { samplePolicies } from '../../samples/policies.ts'

const asOfMs = Date.UTC(2026, 5, 1)
const make = (products: number, seed = 7) => [...generateSample({ seed, products, asOfMs })]
const catalog = make(3_000)
const variantsOf = (item: SampleItem) => item.product.variants

describe('the sample catalog', () => {
  it('is the same for the same seed, and another for another seed [SHOP-SAMPLE-01]', () => {
    expect(make(200)).toEqual(make(200))
    expect(make(50, 8)).not.toEqual(make(50, 7))
  })

  it('is the beginning of a larger catalog with the same seed', () => {
    expect(make(120)).toEqual(catalog.slice(0, 120))
  })

  it('spreads over at least twelve departments [SHOP-SAMPLE-02]', () => {
    const departments = new Set(catalog.map(({ product }) => product.categories[0]))
    expect(departments.size).toBeGreaterThanOrEqual(12)
    for (const { product } of catalog) expect(product.categories).toHaveLength(3)
  })

  it('repeats no product id, variant id, review id or title [SHOP-SAMPLE-02]', () => {
    for (const ids of [
      catalog.map(({ product }) => product.id),
      catalog.map(({ product }) => product.title),
      catalog.flatMap((item) => variantsOf(item).map(({ id }) => id)),
      catalog.flatMap(({ reviews }) => reviews.map(({ id }) => id)),
    ]) {
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  it('has red football boots for kids and for adults, in stock, with reviews about grip in the wet', () => {
    for (const audiences of [['kids'], ['men', 'women']]) {
      const found = catalog.filter(
        (item) =>
          item.product.categories[2] === 'Football boots' &&
          audiences.includes(item.product.attributes['audience']?.[0] ?? '') &&
          variantsOf(item).some(({ options, stock }) => options['color'] === 'Red' && stock !== 0) &&
          item.truth.some(({ aspect, mentions }) => aspect === 'wet grip' && mentions >= 3),
      )
      expect(found.length).toBeGreaterThan(2)
    }
  })

  it('prices in whole cents, with a reduction only below the price before it', () => {
    for (const variant of catalog.flatMap(variantsOf)) {
      expect(Number.isInteger(variant.price.minor)).toBe(true)
      expect(variant.price.minor).toBeGreaterThan(0)
      if (variant.compareAt) expect(variant.compareAt.minor).toBeGreaterThan(variant.price.minor)
    }
    const reduced = catalog.filter((item) => variantsOf(item).some(({ compareAt }) => compareAt)).length
    expect(reduced / catalog.length).toBeGreaterThan(0.12)
    expect(reduced / catalog.length).toBeLessThan(0.25)
  })

  it('ends every price history at the price that holds now', () => {
    for (const item of catalog) {
      const times = item.priceHistory.map(({ atMs }) => atMs)
      expect(Math.max(...times)).toBeLessThanOrEqual(asOfMs)
      for (const variant of variantsOf(item)) {
        const own = item.priceHistory.filter(({ variantId }) => variantId === variant.id)
        if (own.length === 0) continue
        expect(own.map(({ atMs }) => atMs)).toEqual(own.map(({ atMs }) => atMs).toSorted((a, b) => a - b))
        expect(own.at(-1)?.minor).toBe(variant.price.minor)
      }
    }
  })

  it('states a rating that follows from the reviews', () => {
    for (const { product, reviews } of catalog) {
      expect(product.rating?.count ?? 0).toBe(reviews.length)
      if (!product.rating) continue
      const mean = reviews.reduce((sum, { rating }) => sum + rating, 0) / reviews.length
      expect(product.rating.average).toBeCloseTo(mean, 2)
    }
  })

  it('plants exactly the aspects that the truth counts [SHOP-SAMPLE-01]', () => {
    for (const { reviews, truth } of catalog) {
      for (const row of truth) {
        const count = (tone: 'good' | 'bad' | 'neutral') =>
          reviews.filter(({ text }) => aspects[row.aspect][tone].some((phrase) => text.includes(phrase)))
            .length
        expect(row.positive).toBe(count('good'))
        expect(row.negative).toBe(count('bad'))
        expect(row.neutral).toBe(count('neutral'))
        expect(row.mentions).toBe(row.positive + row.negative + row.neutral)
      }
    }
  })

  it('keeps combinations sensible [SHOP-SAMPLE-02]', () => {
    for (const { product } of catalog) {
      const fact = (name: string) => product.attributes[name]?.[0]
      if (product.id.startsWith('football-boots') && fact('ground') !== 'soft ground') {
        expect(fact('studs')).toBe('moulded')
      }
      const isWorn = ['Sports', 'Clothing', 'Shoes'].includes(product.categories[0] ?? '')
      if (isWorn && fact('audience') === 'kids') expect(product.title).toContain("Kids'")
      expect(`${product.title} ${product.description}`).not.toMatch(/[{}[\]]|undefined|null|\ba [aeio]/)
    }
  })

  it('names only pictures that it can draw', () => {
    for (const image of new Set(catalog.flatMap(({ product }) => product.images))) {
      expect(image.startsWith('/api/shop/images/')).toBe(true)
      expect(renderImage(image.slice('/api/shop/images/'.length))).toMatch(/^<svg .*<\/svg>$/)
    }
  })

  it('draws nothing for a name that it did not make', () => {
    for (const name of [
      'boot.red.1.png',
      'boot.red',
      '__proto__.red.1.svg',
      'boot.mauve.1.svg',
      'boot.red.x.svg',
      '',
    ]) {
      expect(renderImage(name)).toBeNull()
    }
  })

  it('has rules for returns, shipping and payment', () => {
    const sections = samplePolicies.map(({ section }) => section)
    expect(sections).toEqual(expect.arrayContaining(['returns', 'shipping', 'payment']))
  })
})
