import { route } from '@heavylift/core'
import { z } from 'zod'
import type { ShopContext } from '../context.ts'
import { languageCodes, languageNames } from '../language/languages.ts'

const synonyms = z.object({
  language: z.object({ code: z.enum(languageCodes), name: z.string() }),
  lines: z.array(z.string()).describe('The store’s own.'),
  changedAtMs: z.number().nullable().describe('Null before the first change.'),
  standard: z.array(z.string()).describe('Those of the language, which every store has.'),
})

/** What the store calls by several names: read by understanding, search, answers and their checks alike. */
export function languageRoutes(shop: ShopContext) {
  const { lexicons } = shop
  const view = ({ lines, changedAtMs }: { lines: string[]; changedAtMs: number | null }) => ({
    language: { code: lexicons.language, name: languageNames[lexicons.language] },
    lines,
    changedAtMs,
    standard: [...lexicons.standard()],
  })
  return [
    route({
      method: 'get',
      path: '/synonyms',
      summary: 'The store’s synonyms, and those of its language.',
      access: 'operator',
      response: synonyms,
      handle: async ({ caller }) => view(await lexicons.synonyms(caller.tenantId)),
    }),
    route({
      method: 'put',
      path: '/synonyms',
      summary: 'Replaces the store’s synonyms. They hold from the next question on; no index is built anew.',
      access: 'operator',
      body: z.object({
        lines: z
          .array(z.string().trim().max(500))
          .max(5_000)
          .describe('`a = b, c`: one meaning. `a, b`: related. `a > b, c`: b and c are found for a.'),
      }),
      response: synonyms,
      handle: async ({ caller, body }) =>
        view(await lexicons.save(caller.tenantId, body.lines, shop.clock.nowMs())),
    }),
  ]
}
