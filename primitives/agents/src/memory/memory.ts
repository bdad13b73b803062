import type { Clock } from '@heavylift/core'
import type { Kysely, Selectable } from 'kysely'
import { sql } from 'kysely'
import type { ColumnType } from 'kysely'

/** `fact`: holds until it expires or is forgotten. `message`: a turn of a conversation. */
export type MemoryKind = 'fact' | 'message'

/** Who wrote the words of a memory. What text from outside wrote stays `outside`, whoever keeps it. */
export type Trust = 'user' | 'outside'

interface MemoryTable {
  tenant_id: string
  id: string
  agent: string
  subject: string
  kind: MemoryKind
  text: string
  value: ColumnType<unknown, string | null, string | null>
  trust: Trust
  source: ColumnType<MemorySource, string, string>
  made_ms: number
  expires_ms: number | null
}
export type MemoryRow = Selectable<MemoryTable>
export interface MemoryTables {
  agent_memory: MemoryTable
}

export interface MemorySource {
  runId: string | null
  path: string | null
  origins: readonly string[]
}

export interface NewMemory {
  tenantId: string
  /** The same again is the same memory. */
  id: string
  agent: string
  subject: string
  kind: MemoryKind
  text: string
  value: unknown
  trust: Trust
  source: MemorySource
  expiresMs: number | null
}

export interface MemoryFilter {
  agent?: string | undefined
  subject?: string | undefined
  kind?: MemoryKind | undefined
  /** Words; the memories with the most of them come first. Without any the newest do. */
  text?: string | undefined
  limit: number
}

/** Expired ones that are removed with each that is kept. */
const sweptAtOnce = 100

/** What agents keep about subjects: searchable, to be looked at, to be erased. */
export class AgentMemory {
  readonly #clock: Clock
  readonly #database: Kysely<MemoryTables>

  constructor(options: { clock: Clock; database: Kysely<MemoryTables> }) {
    this.#clock = options.clock
    this.#database = options.database
  }

  async keep({ tenantId, expiresMs, value, source, ...rest }: NewMemory): Promise<void> {
    const nowMs = this.#clock.nowMs()
    await this.#database
      .insertInto('agent_memory')
      .values({
        ...rest,
        tenant_id: tenantId,
        value: value === undefined ? null : JSON.stringify(value),
        source: JSON.stringify(source),
        made_ms: nowMs,
        expires_ms: expiresMs,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await sql`
      delete from agent_memory where ctid in (
        select ctid from agent_memory where expires_ms <= ${nowMs} limit ${sweptAtOnce}
      )
    `.execute(this.#database)
  }

  /** Nothing that has expired. */
  async find(tenantId: string, filter: MemoryFilter): Promise<MemoryRow[]> {
    const nowMs = this.#clock.nowMs()
    let query = this.#database
      .selectFrom('agent_memory')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where((where) => where.or([where('expires_ms', 'is', null), where('expires_ms', '>', nowMs)]))
      .limit(filter.limit)
    if (filter.agent !== undefined) query = query.where('agent', '=', filter.agent)
    if (filter.subject !== undefined) query = query.where('subject', '=', filter.subject)
    if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind)
    const words = wordsOf(filter.text ?? '')
    if (words.length > 0) {
      // Any of the words, each quoted: nothing of a text is an operator.
      const sought = sql`to_tsquery('simple', ${words.map((word) => `'${word}'`).join(' | ')})`
      query = query
        .where(sql<boolean>`to_tsvector('simple', text) @@ ${sought}`)
        .orderBy(sql`ts_rank(to_tsvector('simple', text), ${sought})`, 'desc')
    }
    return await query.orderBy('made_ms', 'desc').orderBy('id', 'desc').execute()
  }

  /** Removes for good. Without an id everything about the subject goes, of one agent or of all. Returns how many there were. */
  async erase(
    tenantId: string,
    of: { id: string } | { subject: string; agent?: string | undefined },
  ): Promise<number> {
    let query = this.#database.deleteFrom('agent_memory').where('tenant_id', '=', tenantId)
    if ('id' in of) query = query.where('id', '=', of.id)
    else {
      query = query.where('subject', '=', of.subject)
      if (of.agent !== undefined) query = query.where('agent', '=', of.agent)
    }
    const { numDeletedRows } = await query.executeTakeFirst()
    return Number(numDeletedRows)
  }
}

/** Words of a text, without what a query could take for an operator. */
function wordsOf(text: string): string[] {
  return [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu))].slice(0, 50)
}
