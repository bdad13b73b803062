import { Readable } from 'node:stream'
import type { ColumnType, JSONColumnType, Kysely, Selectable } from 'kysely'
import { HeavyliftError, InvalidInputError, NotFoundError } from '@heavylift/core'
import type { Clock, Ids, Logger } from '@heavylift/core'
import type { SafeFetch } from '@heavylift/core/safe-fetch'
import type { Store } from '@heavylift/store'
import type { ImportOptions } from '../catalog/import-record.ts'
import type { Imports } from './imports.ts'

export interface FeedTables {
  feed: {
    tenant_id: string
    id: string
    url: string
    name: string
    options: JSONColumnType<ImportOptions, string, string>
    every_minutes: number
    etag: string | null
    last_modified: string | null
    outcome: string | null
    last_import_id: string | null
    checked_at: ColumnType<Date | null, Date | null, Date | null>
    created_at: Date
  }
}

/** A feed that is fetched from its address by a schedule. */
export interface FeedView {
  feedId: string
  url: string
  name: string
  everyMinutes: number
  mode: ImportOptions['mode']
  /** What came of the last fetch, in words; null before the first. */
  outcome: string | null
  lastImportId: string | null
  checkedAtMs: number | null
}

export interface FeedsDependencies {
  db: Kysely<FeedTables>
  store: Store
  imports: Imports
  fetch: SafeFetch
  maxBytes: number
  clock: Clock
  ids: Ids
  log: Logger
}

const sweepMs = 60_000

/** Feeds by address: fetched when they are due, imported when the server says that they have changed. */
export class Feeds {
  readonly #deps: FeedsDependencies

  constructor(deps: FeedsDependencies) {
    this.#deps = deps
    deps.store.durable.schedule('shop.feeds', sweepMs, (run) =>
      run.step('fetch', () => this.#sweep()).then(() => undefined),
    )
  }

  async list(tenantId: string): Promise<FeedView[]> {
    const rows = await this.#deps.db
      .selectFrom('feed')
      .where('tenant_id', '=', tenantId)
      .selectAll()
      .orderBy('created_at')
      .execute()
    return rows.map(viewOf)
  }

  /** @throws InvalidInputError `feed-address-invalid` */
  async add(
    tenantId: string,
    feed: { url: string; name: string; everyMinutes: number; options: ImportOptions },
  ): Promise<FeedView> {
    const { clock, ids } = this.#deps
    if (!/^https?:\/\//i.test(feed.url))
      throw new InvalidInputError({
        code: 'feed-address-invalid',
        message: `"${feed.url}" is no address; it begins with https://.`,
      })
    const row = {
      tenant_id: tenantId,
      id: ids.next('feed'),
      url: feed.url,
      name: feed.name,
      options: JSON.stringify(feed.options),
      every_minutes: feed.everyMinutes,
      etag: null,
      last_modified: null,
      outcome: null,
      last_import_id: null,
      checked_at: null,
      created_at: new Date(clock.nowMs()),
    }
    await this.#deps.db.insertInto('feed').values(row).execute()
    return viewOf({ ...row, options: feed.options })
  }

  async remove(tenantId: string, feedId: string): Promise<void> {
    const { numDeletedRows } = await this.#deps.db
      .deleteFrom('feed')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', feedId)
      .executeTakeFirst()
    if (numDeletedRows === 0n)
      throw new NotFoundError({ code: 'feed-not-found', message: `There is no feed "${feedId}".` })
  }

  /** Fetches now. @throws NotFoundError `feed-not-found` */
  async fetchNow(tenantId: string, feedId: string): Promise<FeedView> {
    const row = await this.#row(tenantId, feedId)
    if (!row) throw new NotFoundError({ code: 'feed-not-found', message: `There is no feed "${feedId}".` })
    await this.#fetch(row)
    const after = await this.#row(tenantId, feedId)
    return viewOf(after ?? row)
  }

  #row(tenantId: string, feedId: string) {
    return this.#deps.db
      .selectFrom('feed')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', feedId)
      .selectAll()
      .executeTakeFirst()
  }

  async #sweep(): Promise<null> {
    const nowMs = this.#deps.clock.nowMs()
    for (const row of await this.#deps.db.selectFrom('feed').selectAll().execute()) {
      if (row.checked_at !== null && row.checked_at.getTime() + row.every_minutes * 60_000 > nowMs) continue
      await this.#fetch(row)
    }
    return null
  }

  async #fetch(row: Selectable<FeedTables['feed']>): Promise<void> {
    const { db, clock, fetch, imports, maxBytes, log } = this.#deps
    const { tenant_id: tenantId, id, url, name, options } = row
    const set = (
      values: Partial<
        Pick<Selectable<FeedTables['feed']>, 'etag' | 'last_modified' | 'outcome' | 'last_import_id'>
      >,
    ) =>
      db
        .updateTable('feed')
        .set({ ...values, checked_at: new Date(clock.nowMs()) })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', id)
        .execute()
    // Claimed first, so that a slow server is not asked again by the next sweep.
    await set({})
    let importId: string | null = null
    try {
      const answer = await fetch(url, {
        headers: await this.#conditions(row),
        maxBytes,
        consume: async (chunks, status) => {
          if (status !== 200) return
          const body = Readable.toWeb(Readable.from(chunks)) as ReadableStream<Uint8Array>
          ;({ importId } = await imports.start(tenantId, { name, kind: 'feed', options, body }))
        },
      })
      if (answer.status === 304) await set({ outcome: 'Unchanged since the last fetch.' })
      else if (importId === null) await set({ outcome: `The server answered ${answer.status}.` })
      else {
        await set({
          outcome: 'Fetched, and handed to an import.',
          last_import_id: importId,
          etag: answer.headers.get('etag'),
          last_modified: answer.headers.get('last-modified'),
        })
      }
    } catch (error) {
      const why = HeavyliftError.isInstance(error) ? error.message : 'The feed could not be read.'
      log.warn({ err: error, tenantId, feedId: id }, 'feed not fetched')
      await set({ outcome: why })
    }
  }

  /** What makes the server say that nothing changed; nothing after an import that did not go live. */
  async #conditions(row: Selectable<FeedTables['feed']>): Promise<Record<string, string>> {
    if (row.last_import_id === null) return {}
    const last = await this.#deps.imports.get(row.tenant_id, row.last_import_id).catch(() => null)
    if (last?.state === 'failed' || last?.state === 'cancelled') return {}
    return {
      ...(row.etag === null ? {} : { 'if-none-match': row.etag }),
      ...(row.last_modified === null ? {} : { 'if-modified-since': row.last_modified }),
    }
  }
}

function viewOf(row: Omit<Selectable<FeedTables['feed']>, 'created_at'>): FeedView {
  return {
    feedId: row.id,
    url: row.url,
    name: row.name,
    everyMinutes: row.every_minutes,
    mode: row.options.mode,
    outcome: row.outcome,
    lastImportId: row.last_import_id,
    checkedAtMs: row.checked_at?.getTime() ?? null,
  }
}
