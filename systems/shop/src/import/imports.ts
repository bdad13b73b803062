import type { Kysely, Selectable } from 'kysely'
import type { Clock, Ids, Logger } from '@heavylift/core'
import { ConflictError, HeavyliftError, InvalidInputError, NotFoundError } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type { DurableWorkflow, Store } from '@heavylift/store'
import type { CatalogTables } from '../catalog/catalog-tables.ts'
import type { SearchIndexes } from '../domain/search-indexes.ts'
import type { LanguageCode } from '../language/languages.ts'
import { registerImport } from './import-workflow.ts'
import type { ImportInput } from './import-workflow.ts'
import type { ImportKind, ImportOptions, ImportState, ImportView } from '../catalog/import-record.ts'
import { defaultCurrency } from './feed-plan.ts'
import { feedKey, rejectsKey } from './reject-file.ts'
import { clearClosedStages, clearStage } from './stage.ts'
import { undoable } from './undo.ts'

export interface ImportsDependencies {
  db: Kysely<CatalogTables>
  store: Store
  indexes: SearchIndexes
  clock: Clock
  ids: Ids
  log: Logger
  language: LanguageCode
  afterLive(tenantId: string): Promise<void>
}

const sweepMs = 10_000

export const defaultImportOptions: ImportOptions = {
  format: null,
  content: null,
  mode: 'update',
  mapping: {},
  currency: defaultCurrency,
}

/** Takes feeds in and tells what becomes of them. Construct before durable runs start. */
export class Imports {
  readonly #deps: ImportsDependencies
  readonly #workflow: DurableWorkflow<ImportInput, null>

  constructor(deps: ImportsDependencies) {
    this.#deps = deps
    this.#workflow = registerImport(deps)
    deps.store.durable.schedule('shop.import-sweep', sweepMs, (run) =>
      run.step('sweep', () => this.#sweep()).then(() => undefined),
    )
  }

  /**
   * Stores the feed, records the import and starts it. Once this resolves the import survives any crash.
   * @param id the same id again joins that import and leaves `body` unread
   * @throws InvalidInputError `feed-empty`
   */
  async start(
    tenantId: string,
    feed: { name: string; kind: ImportKind; options: ImportOptions; body: ReadableStream<Uint8Array> | null },
    id?: string,
  ): Promise<{ importId: string }> {
    const { db, store, clock, ids } = this.#deps
    const importId = id ?? ids.next('imp')
    if (id !== undefined && (await this.#row(tenantId, id))) {
      return { importId }
    }
    let bytes: number | null = null
    if (feed.body) {
      ;({ bytes } = await store.objects.put(feedKey(importId), feed.body))
      if (bytes === 0) {
        await store.objects.delete(feedKey(importId))
        throw new InvalidInputError({
          code: 'feed-empty',
          message: 'The file is empty. Send the feed as the request body.',
        })
      }
    }
    await db
      .insertInto('import')
      .values({
        tenant_id: tenantId,
        id: importId,
        name: feed.name,
        kind: feed.kind,
        options: JSON.stringify(feed.options),
        bytes,
        state: 'queued',
        progress: null,
        report: null,
        reason: null,
        created_at: new Date(clock.nowMs()),
        finished_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await this.#workflow.start(
      { tenantId, importId, kind: feed.kind, options: feed.options, bytes },
      { id: importId },
    )
    return { importId }
  }

  /**
   * Brings back the catalog before the last import that went live.
   * @throws ConflictError `nothing-to-undo` when none is kept, or something else went live since
   */
  async undo(tenantId: string): Promise<{ importId: string }> {
    const last = await this.undoable(tenantId)
    if (last === null)
      throw new ConflictError({
        code: 'nothing-to-undo',
        message: 'The catalog before is kept until the next import; there is none that can be undone now.',
      })
    const feed = {
      name: `Undo of ${last.name}`,
      kind: 'undo' as const,
      options: defaultImportOptions,
      body: null,
    }
    return this.start(tenantId, feed, `${last.importId}-undo`)
  }

  /** The import that can be undone; null when there is none. */
  undoable(tenantId: string): Promise<{ importId: string; name: string } | null> {
    return undoable(this.#deps.db, tenantId)
  }

  /** Newest first, without previews. */
  async list(tenantId: string, limit: number): Promise<ImportView[]> {
    const rows = await this.#deps.db
      .selectFrom('import')
      .where('tenant_id', '=', tenantId)
      .where('kind', '!=', 'preview')
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    return rows.map(viewOf)
  }

  /** @throws NotFoundError `import-not-found` */
  async get(tenantId: string, importId: string): Promise<ImportView> {
    const row = await this.#row(tenantId, importId)
    if (!row) throw notFound(importId)
    return viewOf(row)
  }

  /** Resolves with the import once it has ended. */
  async ended(tenantId: string, importId: string, signal: AbortSignal): Promise<ImportView> {
    for await (const view of this.watch(tenantId, importId, signal)) {
      if (view.finishedAtMs !== null) return view
    }
    signal.throwIfAborted()
    throw notFound(importId)
  }

  /** The import now and each time it has changed, until it ends or `signal` aborts. */
  async *watch(tenantId: string, importId: string, signal: AbortSignal): AsyncGenerator<ImportView> {
    let last = ''
    while (!signal.aborted) {
      const view = await this.get(tenantId, importId)
      const now = JSON.stringify(view)
      if (now !== last) {
        last = now
        yield view
      }
      if (view.finishedAtMs !== null) return
      await sleep(200, signal)
    }
  }

  /** Stops an import that is under way; one that went live already stays. */
  async cancel(tenantId: string, importId: string): Promise<ImportView> {
    const view = await this.get(tenantId, importId)
    if (view.finishedAtMs === null) {
      await this.#workflow.cancel(importId)
      await this.#end(tenantId, importId, 'cancelled', null)
    }
    return this.get(tenantId, importId)
  }

  /** The rejected rows as JSONL; null when the import read no file. */
  async rejects(tenantId: string, importId: string): Promise<ReadableStream<Uint8Array> | null> {
    await this.get(tenantId, importId)
    return this.#deps.store.objects.get(rejectsKey(importId))
  }

  async #row(tenantId: string, importId: string): Promise<Selectable<CatalogTables['import']> | undefined> {
    return this.#deps.db
      .selectFrom('import')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', importId)
      .selectAll()
      .executeTakeFirst()
  }

  async #end(tenantId: string, importId: string, state: ImportState, reason: string | null): Promise<void> {
    const { db, store, clock } = this.#deps
    await db
      .updateTable('import')
      .set({ state, reason, progress: null, finished_at: new Date(clock.nowMs()) })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', importId)
      .where('state', 'in', ['queued', 'running'])
      .execute()
    await clearStage(db, importId)
    await store.objects.delete(feedKey(importId))
  }

  /**
   * Brings rows and runs into agreement: an import recorded by a process that died before it started its run is started,
   * one whose run failed or was cancelled is closed.
   */
  async #sweep(): Promise<null> {
    const open = await this.#deps.db
      .selectFrom('import')
      .where('state', 'in', ['queued', 'running'])
      .selectAll()
      .execute()
    for (const { tenant_id, id, kind, options, bytes } of open) {
      const status = await this.#workflow.status(id)
      if (status === null) {
        const input = { tenantId: tenant_id, importId: id, kind: kind as ImportKind, options, bytes }
        await this.#workflow.start(input, { id })
      } else if (status === 'failed') {
        const reason = await this.#workflow.result(id).then(
          () => 'unknown: The run ended without a result.',
          (error: unknown) =>
            `import-failed: ${HeavyliftError.isInstance(error) ? error.message : String(error)}`,
        )
        await this.#end(tenant_id, id, 'failed', reason)
      } else if (status === 'cancelled') {
        await this.#end(tenant_id, id, 'cancelled', null)
      }
    }
    // A cancelled import may have written one batch more after it was cleared.
    if (open.length === 0) await clearClosedStages(this.#deps.db)
    return null
  }
}

function notFound(importId: string): NotFoundError {
  return new NotFoundError({ code: 'import-not-found', message: `There is no import "${importId}".` })
}

function viewOf(row: Selectable<CatalogTables['import']>): ImportView {
  const [code = '', ...message] = (row.reason ?? '').split(': ')
  return {
    importId: row.id,
    name: row.name,
    kind: row.kind as ImportKind,
    state: row.state as ImportState,
    progress: row.progress,
    startedAtMs: row.created_at.getTime(),
    finishedAtMs: row.finished_at?.getTime() ?? null,
    bytes: row.bytes,
    error: row.reason === null ? null : { code, message: message.join(': ') },
    format: row.options.format,
    rows: { read: 0, accepted: 0, rejected: 0, hidden: 0 },
    reasons: [],
    products: { added: 0, updated: 0, unchanged: 0, removed: 0 },
    reviews: 0,
    questions: 0,
    notes: [],
    seconds: { reading: 0, comparing: 0, indexing: 0, publishing: 0 },
    ...row.report,
  }
}
