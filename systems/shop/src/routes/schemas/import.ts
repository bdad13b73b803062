import { z } from 'zod'
import type { ImportProgress, ImportView } from '../../catalog/import-record.ts'
import { product } from './product.ts'
import { feedFormats } from '../../import/feed-row.ts'

const progress: z.ZodType<ImportProgress, ImportProgress> = z.object({
  stage: z.string(),
  done: z.number(),
  total: z.number().nullable(),
  unit: z.string(),
  rejected: z.number(),
})

export const importView: z.ZodType<ImportView, ImportView> = z
  .object({
    importId: z.string(),
    name: z.string(),
    kind: z.enum(['feed', 'preview', 'sample', 'remove-sample', 'undo']),
    state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    progress: progress.nullable(),
    startedAtMs: z.number(),
    finishedAtMs: z.number().nullable(),
    bytes: z.number().nullable(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    format: z.enum(feedFormats).nullable(),
    rows: z.object({
      read: z.number(),
      accepted: z.number(),
      rejected: z.number(),
      hidden: z.exactOptional(z.number()).describe('What the shop itself does not show.'),
    }),
    columns: z.exactOptional(
      z.array(
        z.object({
          name: z.string(),
          use: z.string().nullable(),
          filledRate: z.number(),
          examples: z.array(z.string()),
        }),
      ),
    ),
    examples: z.exactOptional(z.array(product)).describe('Of a preview: some products as they would be.'),
    reasons: z.array(
      z.object({
        code: z.string(),
        message: z.string(),
        count: z.number(),
        firstLines: z.array(z.number()),
      }),
    ),
    products: z.object({
      added: z.number(),
      updated: z.number(),
      unchanged: z.number(),
      removed: z.number(),
    }),
    removedExamples: z.exactOptional(z.array(z.string())).describe('Titles of some of the removed products.'),
    reviews: z.number(),
    questions: z.number(),
    notes: z.array(z.string()),
    seconds: z.object({
      reading: z.number(),
      comparing: z.number(),
      indexing: z.number(),
      publishing: z.number(),
    }),
  })
  .meta({ id: 'ShopImport' })
