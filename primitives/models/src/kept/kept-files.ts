import type { Clock, Ids } from '@heavylift/core'
import type { Objects } from '@heavylift/store'
import type { Kysely } from 'kysely'

/** Rows of `src/migrations/kept.ts`. */
export interface FileTables {
  kept_file: {
    tenant_id: string
    id: string
    filename: string
    purpose: string
    bytes: number
    made_at: Date
    expires_at: Date
  }
}

export interface KeptFile {
  id: string
  filename: string
  purpose: string
  bytes: number
  madeAtMs: number
  expiresAtMs: number
}

type Body = Parameters<Objects['put']>[1]

/** Files that clients upload for batches, and those that batches write: rows in PostgreSQL, bytes among the objects, by tenant. */
export class KeptFiles {
  readonly #database: Kysely<FileTables>
  readonly #objects: Objects
  readonly #clock: Clock
  readonly #ids: Ids

  constructor(parts: { database: Kysely<FileTables>; objects: Objects; clock: Clock; ids: Ids }) {
    this.#database = parts.database
    this.#objects = parts.objects
    this.#clock = parts.clock
    this.#ids = parts.ids
  }

  /** The bytes first: a file that can be listed can be read. With the same `id` it is written once more. */
  async put(
    tenantId: string,
    file: { id?: string; filename: string; purpose: string; keepMs: number },
    body: Body,
  ): Promise<KeptFile> {
    const id = file.id ?? this.#ids.next('file').replace('_', '-')
    const { bytes } = await this.#objects.put(keyOf(tenantId, id), body)
    const madeAtMs = this.#clock.nowMs()
    const { filename, purpose, keepMs } = file
    const row = {
      filename,
      purpose,
      bytes,
      made_at: new Date(madeAtMs),
      expires_at: new Date(madeAtMs + keepMs),
    }
    await this.#database
      .insertInto('kept_file')
      .values({ tenant_id: tenantId, id, ...row })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet(row))
      .execute()
    return { id, filename, purpose, bytes, madeAtMs, expiresAtMs: madeAtMs + keepMs }
  }

  async find(tenantId: string, id: string): Promise<KeptFile | null> {
    const row = await this.#of(tenantId).where('id', '=', id).executeTakeFirst()
    return row === undefined ? null : fromRow(row)
  }

  /** Oldest first. */
  async list(tenantId: string, purpose: string | null): Promise<KeptFile[]> {
    const all = this.#of(tenantId).orderBy('made_at').orderBy('id')
    return (await (purpose === null ? all : all.where('purpose', '=', purpose)).execute()).map(fromRow)
  }

  read(tenantId: string, id: string): Promise<ReadableStream<Uint8Array> | null> {
    return this.#objects.get(keyOf(tenantId, id))
  }

  /** False when the tenant had none. */
  async drop(tenantId: string, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database
      .deleteFrom('kept_file')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .executeTakeFirst()
    await this.#objects.delete(keyOf(tenantId, id))
    return numDeletedRows > 0n
  }

  /** Drops what is too old. */
  async sweep(): Promise<void> {
    const old = await this.#database
      .selectFrom('kept_file')
      .select(['tenant_id', 'id'])
      .where('expires_at', '<=', new Date(this.#clock.nowMs()))
      .execute()
    for (const { tenant_id, id } of old) await this.drop(tenant_id, id)
  }

  #of(tenantId: string) {
    return this.#database
      .selectFrom('kept_file')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('expires_at', '>', new Date(this.#clock.nowMs()))
  }
}

function keyOf(tenantId: string, id: string): string {
  return `files/${tenantId}/${id}`
}

function fromRow(row: FileTables['kept_file']): KeptFile {
  return {
    id: row.id,
    filename: row.filename,
    purpose: row.purpose,
    bytes: row.bytes,
    madeAtMs: row.made_at.getTime(),
    expiresAtMs: row.expires_at.getTime(),
  }
}
