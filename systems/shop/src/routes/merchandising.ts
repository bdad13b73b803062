import { route } from '@heavylift/core'
import { z } from 'zod'
import type { ShopContext } from '../context.ts'
import { runTests } from '../merchandising/kept-tests.ts'
import { arrangedSearch } from '../merchandising/arranged-search.ts'
import { parseRules } from '../merchandising/rules.ts'
import type { Rule } from '../merchandising/rules.ts'
import { makeLexicon } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { parseSynonyms } from '../language/synonyms.ts'
import { understand } from '../understand/understand.ts'
import type { ProductSearch } from '../domain/ports.ts'

const lines = z.array(z.string().max(1_000)).max(5_000)

const rules = z.object({
  lines: z.array(z.string()),
  changedAtMs: z.number().nullable().describe('Null before the first change.'),
})

const tests = z.array(
  z.object({
    query: z.string(),
    productId: z.string(),
    title: z.string().nullable().describe('Null when the catalog has no such product.'),
    top: z.number(),
    position: z.number().nullable().describe('From 1; null when it is not among the first fifty.'),
    passed: z.boolean(),
  }),
)

const listed = z.array(z.object({ productId: z.string(), title: z.string() }))

/** Pins, boosts, buried values, the store's own answers, and promises about lists that are kept. */
export function merchandisingRoutes(shop: ShopContext) {
  /** Ids for a query as the assistant lists it, best first. */
  const listOf = async (
    tenantId: string,
    search: ProductSearch,
    lexicon: Lexicon,
    query: string,
    limit: number,
  ): Promise<string[]> => {
    const vocabulary = await shop.catalog(tenantId).vocabulary()
    const understood = understand(query, { vocabulary, lexicon, context: { shown: false } })
    const { hits } = await search.search({
      text: understood.searchText,
      constraints: understood.constraints,
      sort: understood.sort,
      limit,
      offset: 0,
    })
    return hits.map(({ productId }) => productId)
  }
  const titled = async (tenantId: string, ids: readonly string[]) =>
    (await shop.catalog(tenantId).products(ids)).map(({ id, title }) => ({ productId: id, title }))
  const searchWith = (tenantId: string, held: readonly Rule[], lexicon: Lexicon): ProductSearch =>
    arrangedSearch({
      search: shop.ranked(tenantId),
      rules: () => Promise.resolve(held),
      lexicon: () => Promise.resolve(lexicon),
      products: (ids) => shop.catalog(tenantId).products(ids),
    })
  const testsOf = async (tenantId: string, held: readonly Rule[], search: ProductSearch) => {
    const lexicon = await shop.lexicons.read(tenantId)
    const results = await runTests(held, (query) => listOf(tenantId, search, lexicon, query, 50))
    const titles = new Map(
      (await shop.catalog(tenantId).products(results.map(({ productId }) => productId))).map(
        ({ id, title }) => [id, title],
      ),
    )
    return results.map((result) => ({ ...result, title: titles.get(result.productId) ?? null }))
  }
  return [
    route({
      method: 'get',
      path: '/merchandising',
      summary: 'The store’s pins, boosts, own answers and kept tests, a line each.',
      access: 'operator',
      response: rules,
      handle: ({ caller }) => shop.rules.written(caller.tenantId),
    }),
    route({
      method: 'put',
      path: '/merchandising',
      summary: 'Replaces them. They hold from the next question on.',
      access: 'operator',
      body: z.object({
        lines: lines.describe(
          '`pin sofa = p-12 at 1`, `boost lamp = brand: Velquist`, `bury * = material: plastic`, `answer price match = We match …` (`-`: no answer), `test sofa = p-12 in top 3`.',
        ),
      }),
      response: rules,
      handle: ({ caller, body }) => shop.rules.save(caller.tenantId, body.lines, shop.clock.nowMs()),
    }),
    route({
      method: 'post',
      path: '/merchandising/preview',
      summary:
        'A query’s list as it is and as it would be with these lines and synonyms, which are not saved; and the tests in both.',
      access: 'operator',
      body: z.object({
        query: z.string().trim().min(1).max(500),
        lines: z.exactOptional(lines).describe('Absent: the saved ones.'),
        synonyms: z.exactOptional(lines).describe('Absent: the saved ones.'),
        limit: z.int().min(1).max(50).default(10),
      }),
      response: z.object({ before: listed, after: listed, tests }),
      handle: async ({ caller: { tenantId }, body }) => {
        const saved = await shop.lexicons.read(tenantId)
        const lexicon = body.synonyms
          ? makeLexicon(shop.lexicons.language, parseSynonyms(body.synonyms))
          : saved
        const held = body.lines ? parseRules(body.lines) : await shop.rules.read(tenantId)
        const after = searchWith(tenantId, held, lexicon)
        const [now, then] = await Promise.all([
          listOf(tenantId, shop.search(tenantId), saved, body.query, body.limit),
          listOf(tenantId, after, lexicon, body.query, body.limit),
        ])
        return {
          before: await titled(tenantId, now),
          after: await titled(tenantId, then),
          tests: await testsOf(tenantId, held, after),
        }
      },
    }),
    route({
      method: 'get',
      path: '/merchandising/tests',
      summary: 'Every kept test against the lists as shoppers see them now, with the synonyms that hold now.',
      access: 'operator',
      response: z.object({ tests }),
      handle: async ({ caller: { tenantId } }) => ({
        tests: await testsOf(tenantId, await shop.rules.read(tenantId), shop.search(tenantId)),
      }),
    }),
  ]
}
