import { searchLeavingOut } from '../../search/leave-out-named.ts'
import { categoryTree } from '../../catalog/category-tree.ts'
import { VocabularyCounter, openVocabulary } from '../../catalog/vocabulary.ts'
import type { FacetVocabulary } from '../../domain/constraints.ts'
import type { Catalog, ProductSearch } from '../../domain/ports.ts'
import type { PricePoint, Product, Question, Review } from '../../domain/product.ts'
import type { Meanings } from '@heavylift/models/meaning'
import type { LanguageCode } from '../../language/languages.ts'
import { lexiconOf } from '../../language/lexicon.ts'
import { StoredSearchIndexes } from '../../search/stored-search-indexes.ts'

export interface MemoryStore {
  products: readonly Product[]
  catalog: Catalog
  search: ProductSearch
  vocabulary: FacetVocabulary
}

/** A catalog in memory behind the real search index, which is built in `folder`. */
export async function openMemoryStore(options: {
  products: readonly Product[]
  /** By product, as are questions and prices. */
  reviews?: ReadonlyMap<string, Review[]>
  questions?: ReadonlyMap<string, Question[]>
  history?: ReadonlyMap<string, PricePoint[]>
  /** Of the store; English where it is not said. */
  language?: LanguageCode
  /** What its texts mean, where that is known. */
  meanings?: Pick<Meanings, 'cosines'>
  folder: string
  signal: AbortSignal
}): Promise<MemoryStore> {
  const { products, reviews, questions, history } = options
  const byId = new Map(products.map((product) => [product.id, product]))
  const lexicon = lexiconOf(options.language ?? 'en')
  const counter = new VocabularyCounter(null, lexicon.language)
  for (const product of products) counter.add(product)
  const vocabulary = openVocabulary(counter.stored())
  const indexes = new StoredSearchIndexes(options.folder, lexicon.language.code, options.meanings ?? null)
  await indexes.build({
    tenantId: 'main',
    version: '1',
    total: products.length,
    products: async function* () {
      yield* products
    },
    changes: null,
    report: () => undefined,
    signal: options.signal,
  })
  const reviewCount = reviews === undefined ? 0 : [...reviews.values()].flat().length
  const catalog: Catalog = {
    product: (id) => Promise.resolve(byId.get(id) ?? null),
    products: (ids) => Promise.resolve(ids.flatMap((id) => byId.get(id) ?? [])),
    reviews: (id, page) => {
      const own = reviews?.get(id) ?? []
      return Promise.resolve({ reviews: own.slice(page.offset, page.offset + page.limit), total: own.length })
    },
    questions: (id) => Promise.resolve(questions?.get(id) ?? []),
    priceHistory: (id) => Promise.resolve(history?.get(id) ?? []),
    categories: () =>
      Promise.resolve(categoryTree(products.map(({ categories }) => ({ categories, products: 1 })))),
    lexicon: () => Promise.resolve(lexicon),
    vocabulary: () => Promise.resolve(vocabulary),
    size: () => Promise.resolve({ products: products.length, reviews: reviewCount }),
  }
  const search = searchLeavingOut({
    search: indexes.open('main', '1'),
    lexicon: () => catalog.lexicon(),
    products: (ids) => catalog.products(ids),
  })
  return { products, catalog, search, vocabulary }
}
