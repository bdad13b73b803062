import {
  EventStream,
  InvalidInputError,
  NotFoundError,
  RawResponse,
  route,
  uploadRoute,
} from '@heavylift/core'
import { z } from 'zod'
import { minorDigits } from '../import/price-text.ts'
import { feedFormats } from '../import/feed-row.ts'
import { defaultImportOptions } from '../import/imports.ts'
import { parseMapping } from '../import/mapping.ts'
import type { ShopContext } from '../context.ts'
import { importView } from './schemas/import.ts'

const started = z.object({ importId: z.string() })

const importId = z.object({ importId: z.string().max(100) })

const uploadQuery = z.object({
  name: z.string().trim().min(1).max(200).default('feed'),
  format: z.enum(feedFormats).optional().describe('Detected when absent.'),
  content: z.enum(['products', 'reviews', 'questions']).optional().describe('Detected when absent.'),
  mode: z
    .enum(['update', 'replace'])
    .default('update')
    .describe('`update` keeps products that the feed does not name, `replace` removes them.'),
  preview: z
    .enum(['true', 'false'])
    .default('false')
    .describe('`true` reads and compares, and says what would come and go; nothing goes live.'),
  sample: z
    .enum(['keep', 'replace'])
    .default('keep')
    .describe('`replace`: the products of the sample go, and with them its rules, customers and orders.'),
  map: z
    .string()
    .max(4000)
    .default('')
    .describe('`price=Cost,title=Item name`: our column, the file’s column.'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD')
    .describe('Of prices that name none.'),
})

/** Feeds come in here; what became of them goes out. */
export function importRoutes(shop: ShopContext) {
  const { imports } = shop
  return [
    uploadRoute({
      method: 'post',
      path: '/imports',
      summary: 'Stores a feed and imports it. Answers once the feed is safe; the import goes on by itself.',
      access: 'operator',
      query: uploadQuery,
      response: started,
      maxBodyBytes: shop.config.maxImportBytes,
      handle: async ({ caller, query, body }) => {
        const { name, format, content, mode, preview, map, currency, sample } = query
        if (minorDigits(currency) === null) {
          throw new InvalidInputError({
            code: 'currency-invalid',
            message: `"${currency}" is not a currency.`,
          })
        }
        const options = {
          ...defaultImportOptions,
          format: format ?? null,
          content: content ?? null,
          mode,
          currency,
          mapping: parseMapping(map),
          replaceSample: sample === 'replace',
        }
        return imports.start(caller.tenantId, {
          name,
          kind: preview === 'true' ? 'preview' : 'feed',
          options,
          body,
        })
      },
    }),
    route({
      method: 'get',
      path: '/imports',
      summary: 'Imports, newest first.',
      access: 'operator',
      query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
      response: z.object({
        imports: z.array(importView),
        undoable: z
          .object({ importId: z.string(), name: z.string() })
          .nullable()
          .describe('The last import, while the catalog before it is kept.'),
      }),
      handle: async ({ caller, query }) => ({
        imports: await imports.list(caller.tenantId, query.limit),
        undoable: await imports.undoable(caller.tenantId),
      }),
    }),
    route({
      method: 'post',
      path: '/imports/undo',
      summary: 'Brings back the catalog before the last import, which is kept until the next one.',
      access: 'operator',
      response: started,
      handle: ({ caller }) => imports.undo(caller.tenantId),
    }),
    route({
      method: 'get',
      path: '/imports/:importId',
      summary: 'An import: its state, progress and report.',
      access: 'operator',
      params: importId,
      response: importView,
      handle: async ({ caller, params }) => {
        const view = await imports.get(caller.tenantId, params.importId)
        // Pictures on other hosts are shown through ours, as shoppers will see them.
        return view.examples ? { ...view, examples: await shop.pictures.ofProducts(view.examples) } : view
      },
    }),
    route({
      method: 'get',
      path: '/imports/:importId/progress',
      summary: 'The import each time it changes, until it ends.',
      access: 'operator',
      params: importId,
      events: { progress: importView, end: importView },
      handle: async ({ caller, params, signal }) => {
        // So that an unknown import is a 404 and not a broken stream.
        await imports.get(caller.tenantId, params.importId)
        async function* events() {
          for await (const view of imports.watch(caller.tenantId, params.importId, signal)) {
            yield { event: view.finishedAtMs === null ? 'progress' : 'end', data: view }
          }
        }
        return new EventStream(events())
      },
    }),
    route({
      method: 'get',
      path: '/imports/:importId/rejects',
      summary: 'The rejected rows, one JSON object a line: line, code, reason, raw.',
      access: 'operator',
      params: importId,
      media: ['application/x-ndjson'],
      handle: async ({ caller, params }) => {
        const file = await imports.rejects(caller.tenantId, params.importId)
        if (file === null) {
          const message = 'This import has no reject file yet.'
          throw new NotFoundError({ code: 'rejects-not-found', message })
        }
        return new RawResponse(file, {
          'content-type': 'application/x-ndjson; charset=utf-8',
          'content-disposition': 'attachment; filename="rejects.jsonl"',
        })
      },
    }),
    route({
      method: 'delete',
      path: '/imports/:importId',
      summary: 'Cancels an import that is under way.',
      access: 'operator',
      params: importId,
      response: importView,
      handle: ({ caller, params }) => imports.cancel(caller.tenantId, params.importId),
    }),
    route({
      method: 'delete',
      path: '/sample',
      summary: 'Removes the products of the sample catalog.',
      access: 'operator',
      response: started,
      handle: ({ caller }) =>
        imports.start(caller.tenantId, {
          name: 'Remove the sample catalog',
          kind: 'remove-sample',
          options: defaultImportOptions,
          body: null,
        }),
    }),
  ]
}
