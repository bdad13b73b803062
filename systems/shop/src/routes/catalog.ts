import { NotFoundError, RawResponse, route } from '@heavylift/core'
import { z } from 'zod'
import type { CategoryNode } from '../domain/product.ts'
import type { Constraint } from '../domain/constraints.ts'
import { minorUnits } from '../search/constraints/facets.ts'
import { renderImage } from '../../samples/images/render-image.ts'
import { sampleStarters, sampleStoreName } from '../../samples/store.ts'
import type { ShopContext } from '../context.ts'
import { Phrases } from '../assistant/phrases.ts'
import { unmentionedIn } from '../assistant/wishes.ts'
import { pricePoint, product, question, review } from './schemas/product.ts'
import { sortOrder } from './schemas/understanding.ts'

const productsQuery = z.object({
  text: z.string().trim().max(500).default(''),
  category: z.string().max(200).optional(),
  brand: z.string().max(200).optional(),
  min: z.coerce.number().min(0).optional().describe('Major units of the catalog’s currency.'),
  max: z.coerce.number().min(0).optional(),
  sort: sortOrder.default('relevance'),
  limit: z.coerce.number().int().min(1).max(100).default(24),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
})
type ProductsQuery = z.output<typeof productsQuery>

const productId = z.object({ productId: z.string().max(300) })

const department = z.object({
  name: z.string(),
  count: z.number(),
  categories: z.array(z.object({ name: z.string(), path: z.array(z.string()), count: z.number() })),
})

/** Products, their pages and pictures. */
export function catalogRoutes(shop: ShopContext) {
  const pictures = new Map<string, string>()
  return [
    route({
      method: 'get',
      path: '/products',
      summary: 'Products by words, category, brand and price.',
      access: 'storefront',
      query: productsQuery,
      response: z.object({
        products: z.array(product),
        total: z.number(),
        unmentioned: z.array(z.string()).describe('Words asked for that no product of the page states.'),
      }),
      handle: async ({ caller, query }) =>
        query.text === ''
          ? { ...(await browse(shop, caller.tenantId, query)), unmentioned: [] }
          : search(shop, caller.tenantId, query),
    }),
    route({
      method: 'get',
      path: '/products/:productId',
      summary: 'A product with its newest reviews, its questions and its price history.',
      access: 'storefront',
      params: productId,
      query: z.object({
        reviewLimit: z.coerce.number().int().min(0).max(100).default(50),
        reviewOffset: z.coerce.number().int().min(0).max(100_000).default(0),
      }),
      response: z.object({
        product,
        reviews: z.array(review),
        reviewTotal: z.number(),
        questions: z.array(question),
        priceHistory: z.array(pricePoint),
      }),
      handle: async ({ caller, params, query }) => {
        const catalog = shop.catalog(caller.tenantId)
        const page = { limit: query.reviewLimit, offset: query.reviewOffset }
        const [found, { reviews, total }, questions, priceHistory] = await Promise.all([
          catalog.product(params.productId),
          catalog.reviews(params.productId, page),
          catalog.questions(params.productId),
          catalog.priceHistory(params.productId),
        ])
        if (found === null) throw notFound(params.productId)
        return { product: found, reviews, reviewTotal: total, questions, priceHistory }
      },
    }),
    route({
      method: 'get',
      path: '/products/:productId/related',
      summary: 'Products of the same kind, nearest in price first.',
      access: 'storefront',
      params: productId,
      query: z.object({ limit: z.coerce.number().int().min(1).max(50).default(8) }),
      response: z.object({ products: z.array(product) }),
      handle: async ({ caller, params, query }) => {
        const catalog = shop.catalog(caller.tenantId)
        const found = await catalog.product(params.productId)
        if (found === null) throw notFound(params.productId)
        return { products: await catalog.related(found, query.limit) }
      },
    }),
    route({
      method: 'get',
      path: '/store',
      summary: 'What the store calls itself, and questions to begin with.',
      access: 'storefront',
      response: z.object({
        name: z.string(),
        isSample: z.boolean().describe('All of its products are the sample’s.'),
        isBeingRead: z.boolean().describe('Its first catalog is on its way: there are no products yet.'),
        starters: z.array(z.string()),
      }),
      handle: async ({ caller }) => {
        const { products, sampleProducts } = await shop.live.read(caller.tenantId)
        const isSample = products === 0 || sampleProducts === products
        const catalog = shop.catalog(caller.tenantId)
        const departments = isSample ? [] : await catalog.categories()
        const phrases = new Phrases((await catalog.lexicon()).language, '')
        return {
          name: shop.config.storeName ?? (isSample ? sampleStoreName : 'Your store'),
          isSample,
          isBeingRead: products === 0 && (await shop.firstCatalog(caller.tenantId)) === 'reading',
          starters: isSample
            ? sampleStarters
            : departments.slice(0, 3).map(({ name }) => phrases.say('pill.show', { name })),
        }
      },
    }),
    route({
      method: 'get',
      path: '/categories',
      summary: 'Departments and the categories below them, with how many products each holds.',
      access: 'storefront',
      response: z.object({ departments: z.array(department) }),
      handle: async ({ caller }) => {
        const nodes = await shop.catalog(caller.tenantId).categories()
        return {
          departments: nodes.map((node) => ({
            name: node.name,
            count: node.products,
            categories: below(node),
          })),
        }
      },
    }),
    route({
      method: 'get',
      path: '/images/:name',
      summary: 'A generated picture of a sample product.',
      access: 'public',
      params: z.object({ name: z.string().max(80) }),
      media: ['image/svg+xml'],
      handle: ({ params }) => {
        let picture = pictures.get(params.name) ?? null
        if (picture === null) {
          picture = renderImage(params.name)
          if (picture === null) {
            const message = `There is no picture "${params.name}".`
            throw new NotFoundError({ code: 'image-not-found', message })
          }
          if (pictures.size >= 500) pictures.clear()
          pictures.set(params.name, picture)
        }
        return new RawResponse(picture, {
          'content-type': 'image/svg+xml; charset=utf-8',
          'cache-control': 'public, max-age=31536000, immutable',
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
          // The assistant shows them on the store's own pages.
          'cross-origin-resource-policy': 'cross-origin',
        })
      },
    }),
  ]
}

function notFound(productId: string): NotFoundError {
  return new NotFoundError({ code: 'product-not-found', message: `There is no product "${productId}".` })
}

function below(node: CategoryNode): { name: string; path: string[]; count: number }[] {
  return node.children.flatMap((child) => [
    { name: child.name, path: child.path, count: child.products },
    ...below(child),
  ])
}

async function browse(shop: ShopContext, tenantId: string, query: ProductsQuery) {
  const catalog = shop.catalog(tenantId)
  const units = minorUnits((await catalog.vocabulary()).currency)
  return catalog.browse({
    category: query.category ?? null,
    brand: query.brand ?? null,
    minMinor: query.min === undefined ? null : Math.ceil(query.min * units),
    maxMinor: query.max === undefined ? null : Math.floor(query.max * units),
    sort: query.sort,
    limit: query.limit,
    offset: query.offset,
  })
}

/** Who pages through a list sees weaker matches after the good ones. */
const fewestListed = 100

async function search(shop: ShopContext, tenantId: string, query: ProductsQuery) {
  const constraints: Constraint[] = []
  if (query.min !== undefined || query.max !== undefined) {
    const bounds = { min: query.min ?? null, max: query.max ?? null, minInclusive: true, maxInclusive: true }
    constraints.push({ kind: 'price', ...bounds, text: '' })
  }
  for (const name of ['category', 'brand'] as const) {
    const value = query[name]
    if (value !== undefined)
      constraints.push({ kind: 'facet', name, values: [value], negated: false, text: value })
  }
  const { limit, offset } = query
  const request = { text: query.text, constraints, sort: query.sort, limit, offset, fewest: fewestListed }
  const { hits, total, relaxed } = await shop.search(tenantId).search(request)
  // A list filtered by hand is empty rather than widened.
  if (relaxed.length > 0) return { products: [], total: 0, unmentioned: [] }
  const catalog = shop.catalog(tenantId)
  const [products, lexicon, { currency }] = await Promise.all([
    catalog.products(hits.map(({ productId }) => productId)),
    catalog.lexicon(),
    catalog.vocabulary(),
  ])
  return { products, total, unmentioned: unmentionedIn(query.text, products, { lexicon, currency }) }
}
