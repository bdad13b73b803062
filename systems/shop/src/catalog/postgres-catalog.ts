import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { FacetVocabulary, SortOrder } from '../domain/constraints.ts'
import type { Catalog } from '../domain/ports.ts'
import type { CategoryNode, PricePoint, Product, Question, Review } from '../domain/product.ts'
import type { CatalogTables } from './catalog-tables.ts'
import type { Lexicon } from '../language/lexicon.ts'
import type { StoreLexicons } from '../language/store-lexicons.ts'
import type { PictureAddresses } from '../pictures/picture-addresses.ts'
import type { LiveCatalog } from './live-catalog.ts'
import { categoryTree } from './category-tree.ts'

export interface ProductFilter {
  category: string | null
  brand: string | null
  /** Minor units; null for an open end. */
  minMinor: number | null
  maxMinor: number | null
  sort: SortOrder
  limit: number
  offset: number
}

/** One tenant's catalog in PostgreSQL. Every query names the tenant. Pictures on other hosts have our own addresses. */
export class PostgresCatalog implements Catalog {
  readonly #db: Kysely<CatalogTables>
  readonly #live: LiveCatalog
  readonly #lexicons: StoreLexicons
  readonly #pictures: PictureAddresses
  readonly #tenantId: string

  constructor(deps: {
    db: Kysely<CatalogTables>
    live: LiveCatalog
    lexicons: StoreLexicons
    pictures: PictureAddresses
    tenantId: string
  }) {
    this.#db = deps.db
    this.#live = deps.live
    this.#lexicons = deps.lexicons
    this.#pictures = deps.pictures
    this.#tenantId = deps.tenantId
  }

  async product(id: string): Promise<Product | null> {
    return (await this.products([id]))[0] ?? null
  }

  async products(ids: readonly string[]): Promise<Product[]> {
    if (ids.length === 0) return []
    const rows = await this.#db
      .selectFrom('product')
      .where('tenant_id', '=', this.#tenantId)
      .where('id', '=', sql<string>`any(${[...new Set(ids)]}::text[])`)
      .select(['id', 'data'])
      .execute()
    const byId = new Map(rows.map(({ id, data }) => [id, data]))
    return this.#pictures.ofProducts(ids.flatMap((id) => byId.get(id) ?? []))
  }

  /** Newest first. */
  async reviews(productId: string, page: { limit: number; offset: number }) {
    const of = this.#db
      .selectFrom('review')
      .where('tenant_id', '=', this.#tenantId)
      .where('product_id', '=', productId)
    const [rows, count] = await Promise.all([
      of.select('data').orderBy('at', 'desc').orderBy('id').limit(page.limit).offset(page.offset).execute(),
      of.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    ])
    const reviews: Review[] = rows.map(({ data }) => data)
    return { reviews, total: count.total }
  }

  async questions(productId: string): Promise<Question[]> {
    const rows = await this.#db
      .selectFrom('question')
      .where('tenant_id', '=', this.#tenantId)
      .where('product_id', '=', productId)
      .select('data')
      .orderBy('id')
      .execute()
    return rows.map(({ data }) => data)
  }

  /** Oldest first. Variants that always cost the same share the points of the first of them. */
  async priceHistory(productId: string): Promise<PricePoint[]> {
    const rows = await this.#db
      .selectFrom('price_point')
      .where('tenant_id', '=', this.#tenantId)
      .where('product_id', '=', productId)
      .select(['variant_id', 'at', 'minor', 'currency'])
      .orderBy('at')
      .orderBy('variant_id')
      .execute()
    return rows.map(({ variant_id, at, minor, currency }) => ({
      productId,
      variantId: variant_id,
      price: { minor, currency },
      atMs: at.getTime(),
    }))
  }

  async vocabulary(): Promise<FacetVocabulary> {
    return (await this.#live.read(this.#tenantId)).vocabulary
  }

  lexicon(): Promise<Lexicon> {
    return this.#lexicons.read(this.#tenantId)
  }

  async size(): Promise<{ products: number; reviews: number }> {
    const { products, reviews } = await this.#live.read(this.#tenantId)
    return { products, reviews }
  }

  /** Products by plain filters, without words to match. `category` matches any step of the path. */
  async browse(filter: ProductFilter): Promise<{ products: Product[]; total: number }> {
    let of = this.#db.selectFrom('product').where('tenant_id', '=', this.#tenantId)
    if (filter.category !== null) of = of.where(sql<boolean>`categories @> array[${filter.category}]::text[]`)
    if (filter.brand !== null) of = of.where('brand', '=', filter.brand)
    if (filter.minMinor !== null) of = of.where('min_minor', '>=', filter.minMinor)
    if (filter.maxMinor !== null) of = of.where('min_minor', '<=', filter.maxMinor)
    const ratings = sql.raw(`coalesce((data->'rating'->>'count')::int, 0)`)
    const order = {
      // One buyer's 5.0 says less than a hundred buyers' 4.7: twenty average ratings are counted in, as in search.
      relevance: sql`(coalesce(rating, 0) * ${ratings} + 4 * 20) / (${ratings} + 20) desc`,
      rating: sql`rating desc nulls last`,
      reviews: sql`${ratings} desc`,
      newest: sql`added_at desc`,
      'price-ascending': sql`min_minor asc`,
      'price-descending': sql`min_minor desc`,
    }[filter.sort]
    const [rows, count] = await Promise.all([
      of.select('data').orderBy(order).orderBy('id').limit(filter.limit).offset(filter.offset).execute(),
      of.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    ])
    return { products: await this.#pictures.ofProducts(rows.map(({ data }) => data)), total: count.total }
  }

  /** Others of the same leaf category, nearest in price first. */
  async related(product: Product, limit: number): Promise<Product[]> {
    const leaf = product.categories.at(-1)
    if (leaf === undefined) return []
    const minor = Math.min(...product.variants.map(({ price }) => price.minor))
    const rows = await this.#db
      .selectFrom('product')
      .where('tenant_id', '=', this.#tenantId)
      .where(sql<boolean>`categories @> array[${leaf}]::text[]`)
      .where('id', '!=', product.id)
      .select('data')
      .orderBy(sql`abs(min_minor - ${minor})`)
      .orderBy('id')
      .limit(limit)
      .execute()
    return this.#pictures.ofProducts(rows.map(({ data }) => data))
  }

  /** Departments with the categories below them, largest first. */
  async categories(): Promise<CategoryNode[]> {
    const rows = await this.#db
      .selectFrom('product')
      .where('tenant_id', '=', this.#tenantId)
      .select(['categories', ({ fn }) => fn.countAll<number>().as('products')])
      .groupBy('categories')
      .execute()
    return categoryTree(rows)
  }
}
