import type { Clock, Logger } from '@heavylift/core'
import { sql, type Kysely } from 'kysely'
import type { ToolOutcome } from './tool.ts'

export interface ToolUse {
  tenant_id: string
  source: string
  tool: string
  calls: number
  failures: number
  last_ms: number
  last_failure_ms: number | null
  last_failure: string | null
}

export interface ToolUseTables {
  tool_use: ToolUse
}

const flushMs = 2_000

/** How often tools were called and how they came out, counted in memory and added to the database every two seconds: a crash loses so much of a count, never of a run. */
export class ToolUses {
  readonly #clock: Clock
  readonly #database: Kysely<ToolUseTables>
  readonly #log: Logger
  #fresh = new Map<string, ToolUse>()
  #timer: NodeJS.Timeout | null = null

  constructor(options: { clock: Clock; database: Kysely<ToolUseTables>; log: Logger }) {
    this.#clock = options.clock
    this.#database = options.database
    this.#log = options.log
  }

  note(tenantId: string, source: string, tool: string, outcome: ToolOutcome): void {
    const key = JSON.stringify([tenantId, source, tool])
    const nowMs = this.#clock.nowMs()
    const use = this.#fresh.get(key) ?? {
      tenant_id: tenantId,
      source,
      tool,
      calls: 0,
      failures: 0,
      last_ms: nowMs,
      last_failure_ms: null,
      last_failure: null,
    }
    use.calls++
    use.last_ms = nowMs
    if (outcome.state === 'failed' || outcome.state === 'lost') {
      use.failures++
      use.last_failure_ms = nowMs
      use.last_failure = `${outcome.code}: ${outcome.message}`.slice(0, 500)
    }
    this.#fresh.set(key, use)
    this.#timer ??= setTimeout(() => void this.flush(), flushMs).unref()
  }

  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const rows = [...this.#fresh.values()]
    this.#fresh = new Map()
    if (rows.length === 0) return
    try {
      await this.#database
        .insertInto('tool_use')
        // In one order in all processes, so that none waits for another's row.
        .values(
          rows.toSorted((a, b) =>
            `${a.tenant_id} ${a.source} ${a.tool}` < `${b.tenant_id} ${b.source} ${b.tool}` ? -1 : 1,
          ),
        )
        .onConflict((conflict) =>
          conflict.columns(['tenant_id', 'source', 'tool']).doUpdateSet({
            calls: sql<number>`tool_use.calls + excluded.calls`,
            failures: sql<number>`tool_use.failures + excluded.failures`,
            last_ms: sql<number>`greatest(tool_use.last_ms, excluded.last_ms)`,
            last_failure_ms: sql<number | null>`coalesce(excluded.last_failure_ms, tool_use.last_failure_ms)`,
            last_failure: sql<string | null>`coalesce(excluded.last_failure, tool_use.last_failure)`,
          }),
        )
        .execute()
    } catch (error) {
      this.#log.warn({ error, tools: rows.length }, 'counts of calls of tools could not be written')
    }
  }

  async of(tenantId: string): Promise<ToolUse[]> {
    await this.flush()
    return await this.#database.selectFrom('tool_use').selectAll().where('tenant_id', '=', tenantId).execute()
  }
}
