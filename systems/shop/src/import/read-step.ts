import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Clock } from '@heavylift/core'
import type { Objects } from '@heavylift/store'
import type { CatalogTables } from '../catalog/catalog-tables.ts'
import type { FeedEvent, FeedFormat } from './feed-row.ts'
import type { ImportOptions, ImportReport, RejectReason } from '../catalog/import-record.ts'
import type { ProgressWriter } from './progress-writer.ts'
import { readFeed } from './read-feed.ts'
import { feedKey, RejectFile } from './reject-file.ts'
import { clearStage, rejectOrphans, Stager } from './stage.ts'

export interface ReadStepInput {
  db: Kysely<CatalogTables>
  objects: Objects
  clock: Clock
  tenantId: string
  importId: string
  options: ImportOptions
  /** Null for an import without a file (removing the sample). */
  bytes: number | null
  progress: ProgressWriter
  signal: AbortSignal
}

export interface ReadOutcome {
  format: FeedFormat | null
  rows: ImportReport['rows']
  reasons: RejectReason[]
  notes: string[]
  /** Nothing can be imported; why, and what to do. */
  unusable: { code: string; message: string } | null
}

/** Reads the stored feed into staging and writes the reject file. Starts over when it is run again. */
export async function readIntoStage(input: ReadStepInput): Promise<ReadOutcome> {
  const { db, objects, importId, tenantId, signal } = input
  await clearStage(db, importId)
  const outcome: ReadOutcome = {
    format: null,
    rows: { read: 0, accepted: 0, rejected: 0 },
    reasons: [],
    notes: [],
    unusable: null,
  }
  if (input.bytes !== null) {
    const rejects = new RejectFile(objects, importId)
    try {
      await readAll(input, rejects, outcome)
      for (const orphan of await rejectOrphans(db, tenantId, importId)) {
        outcome.rows.accepted--
        outcome.rows.rejected++
        await rejects.add(orphan)
      }
      signal.throwIfAborted()
      outcome.reasons = await rejects.finish()
    } catch (error) {
      await rejects.abandon(error)
      throw error
    }
  }
  // A table that was just filled has no statistics, and reading it in order would sort all of it for each page.
  await sql`analyze stage_product, stage_review, stage_question`.execute(db)
  // Written last: while it is there, staging is whole.
  await sql`insert into stage_catalog (import_id) values (${importId})`.execute(db)
  return outcome
}

async function readAll(input: ReadStepInput, rejects: RejectFile, outcome: ReadOutcome): Promise<void> {
  const { db, objects, importId, options, bytes, progress, signal, clock } = input
  const body = await objects.get(feedKey(importId))
  if (body === null) throw new Error(`The feed of import ${importId} is not in the object store.`)
  const stager = new Stager(db, importId, clock.nowMs())
  let readBytes = 0
  async function* counted(source: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      readBytes += chunk.length
      yield chunk
    }
  }
  for await (const events of readFeed(counted(body), options)) {
    signal.throwIfAborted()
    for (const event of events) await take(event, { stager, rejects, outcome })
    const { rejected } = outcome.rows
    progress.report({ stage: 'reading', done: readBytes, total: bytes, unit: 'bytes', rejected })
    if (outcome.unusable) break
  }
  await stager.finish()
}

async function take(
  event: FeedEvent,
  { stager, rejects, outcome }: { stager: Stager; rejects: RejectFile; outcome: ReadOutcome },
): Promise<void> {
  const { rows } = outcome
  switch (event.kind) {
    case 'reject':
      rows.read += event.rows
      rows.rejected += event.rows
      return rejects.add(event.reject)
    case 'note':
      outcome.notes.push(event.text)
      return
    case 'format':
      outcome.format = event.format
      return
    case 'unusable':
      outcome.unusable = { code: event.code, message: event.reason }
      return
    default: {
      const count = event.kind === 'product' ? event.item.rows : 1
      rows.read += count
      rows.accepted += count
      return stager.add(event)
    }
  }
}
