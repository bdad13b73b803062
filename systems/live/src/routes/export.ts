import { Readable } from 'node:stream'
import { RawResponse, route } from '@heavylift/core'
import { z } from 'zod'
import type { LiveContext } from '../context.ts'
import { insightsAsCsv, insightsAsParquet } from '../matches/export-insights.ts'
import type { InsightEntry } from './answers.ts'

/** Insights of one question to the database; also the rows of a row group. */
const pageSize = 1_000

const formats = {
  csv: { write: insightsAsCsv, type: 'text/csv; charset=utf-8' },
  parquet: { write: insightsAsParquet, type: 'application/vnd.apache.parquet' },
}

/** Insights for other programs. */
export function exportRoutes(live: LiveContext) {
  return [
    route({
      method: 'get',
      path: '/matches/:matchId/insights/export',
      summary: 'Every insight of a match with what came of it, newest first, as CSV or Parquet.',
      access: 'operator',
      params: z.object({ matchId: z.string().min(1).max(100) }),
      query: z.object({
        format: z.enum(['csv', 'parquet']).default('csv'),
        kind: z.string().max(100).optional(),
      }),
      media: [formats.csv.type, formats.parquet.type],
      async handle({ caller, params: { matchId }, query }) {
        await live.matches.get(caller.tenantId, matchId)
        const kind = query.kind === undefined ? {} : { kind: query.kind }
        async function* pages(): AsyncGenerator<InsightEntry[]> {
          let before: string | undefined
          for (;;) {
            const page = await live.matches.insights(caller.tenantId, matchId, {
              ...kind,
              ...(before === undefined ? {} : { before }),
              limit: pageSize,
            })
            if (page.length > 0) yield page
            if (page.length < pageSize) return
            before = page.at(-1)?.insight.id
          }
        }
        const { write, type } = formats[query.format]
        return new RawResponse(Readable.toWeb(Readable.from(write(pages()))) as ReadableStream<Uint8Array>, {
          'content-type': type,
          'content-disposition': `attachment; filename="insights-${encodeURIComponent(matchId)}.${query.format}"`,
        })
      },
    }),
  ]
}
