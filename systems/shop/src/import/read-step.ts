import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Clock } from '@heavylift/core'
import type { Objects } from '@heavylift/store'
import type { CatalogTables } from '../catalog/catalog-tables.ts'
import type { FeedEvent, FeedFormat } from './feed-row.ts'
import type {
  ColumnView,
  ImportKind,
  ImportOptions,
  ImportReport,
  RejectReason,
} from '../catalog/import-record.ts'
import type { ProgressWriter } from './progress-writer.ts'
import { viewColumns } from './plan-view.ts'
import { readFeed } from './read-feed.ts'
import { feedKey, RejectFile } from './reject-file.ts'
import { clearStage, rejectOrphans, Stager } from './stage.ts'
import { stageBefore } from './undo.ts'

export interface ReadStepInput {
  db: Kysely<CatalogTables>
  objects: Objects
  clock: Clock
  tenantId: string
  importId: string
  kind: ImportKind
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
  columns?: ColumnView[]
  /** Nothing can be imported; why, and what to do. */
  unusable: { code: string; message: string } | null
}

/** Reads the stored feed into staging and writes the reject file. Starts over when it is run again. */
export async function readIntoStage(input: ReadStepInput): Promise<ReadOutcome> {
  const { db, objects, importId, tenantId, signal } = input
  await clearStage(db, importId)
  const outcome: ReadOutcome = {
    format: null,
    rows: { read: 0, accepted: 0, rejected: 0, hidden: 0 },
    reasons: [],
    notes: [],
    unusable: null,
  }
  if (input.kind === 'undo') await stageBefore(db, tenantId, importId)
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
  const stager = new Stager(db, importId, clock.nowMs())
  let readBytes = 0
  // Twice: once to learn how the file is written, once to take its rows.
  const total = bytes === null ? null : bytes * 2
  async function* open(): AsyncGenerator<Uint8Array> {
    const body = await objects.get(feedKey(importId))
    if (body === null) throw new Error(`The feed of import ${importId} is not in the object store.`)
    for await (const chunk of body) {
      signal.throwIfAborted()
      readBytes += chunk.length
      progress.report({
        stage: 'reading',
        done: readBytes,
        total,
        unit: 'bytes',
        rejected: outcome.rows.rejected,
      })
      yield chunk
    }
  }
  for await (const events of readFeed(open, options)) {
    signal.throwIfAborted()
    for (const event of events) await take(event, { stager, rejects, outcome })
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
    case 'hidden':
      rows.read += event.rows
      rows.hidden = (rows.hidden ?? 0) + event.rows
      return rejects.add(event.reject)
    case 'plan':
      if (event.plan.columns.size > 0) outcome.columns = viewColumns(event.plan)
      outcome.notes.push(...event.plan.notes)
      if (event.plan.isPriceless && event.plan.columns.size > 0)
        outcome.notes.push(
          'No column states prices: the products go in without, and nothing is said of prices.',
        )
      return
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
