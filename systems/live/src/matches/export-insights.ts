import { csvLine } from '@heavylift/core/rows'
import type { InsightEntry } from '../routes/answers.ts'
import { insightColumns } from './insight-rows.ts'

/** Bytes of CSV with a header, a part for each page of insights. */
export async function* insightsAsCsv(pages: AsyncIterable<InsightEntry[]>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(`${insightColumns.map(({ name }) => name).join(',')}\r\n`)
  for await (const page of pages) {
    const lines = page.map((entry) => csvLine(insightColumns.map(({ of }) => of(entry))))
    yield encoder.encode(lines.join(''))
  }
}

/** Apache Parquet with one row group a page, compressed with Snappy; the columns and names are those of the CSV. */
export async function* insightsAsParquet(pages: AsyncIterable<InsightEntry[]>): AsyncGenerator<Uint8Array> {
  // Loaded only here: nothing else writes Parquet.
  const { ByteWriter, ParquetWriter, schemaFromColumnData } = await import('hyparquet-writer')
  const writer = new ByteWriter()
  const columnsOf = (page: InsightEntry[]) =>
    insightColumns.map(({ name, type, of }) => ({ name, type, nullable: true, data: page.map(of) }))
  const parquet = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData: columnsOf([]) }),
  })
  for await (const page of pages)
    await parquet.write({ columnData: columnsOf(page).map(({ name, data }) => ({ name, data })) })
  await parquet.finish()
  yield writer.getBytes()
}
