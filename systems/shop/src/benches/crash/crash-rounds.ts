import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ReportProgress } from '@heavylift/core'
import type { Store } from '@heavylift/store'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CatalogTables } from '../../catalog/catalog-tables.ts'
import { LiveCatalog } from '../../catalog/live-catalog.ts'
import type { ImportReport } from '../../catalog/import-record.ts'
import { rejectsKey } from '../../import/reject-file.ts'
import { createRandom } from '@heavylift/core'
import { StoredSearchIndexes } from '../../search/stored-search-indexes.ts'
import { expectedRejects, productsOf } from './crash-feed.ts'

export interface CrashRoundsInput {
  /** Of a store that is open and migrated; its durable runs are not started here. */
  store: Store
  databaseUrl: string
  dataDir: string
  rounds: number
  seed: number
  report: ReportProgress
  signal: AbortSignal
}

export interface CrashRoundsResult {
  rounds: number
  /** Processes killed with SIGKILL. */
  kills: number
  /** Kills that hit an import which had not ended. */
  killsDuringImport: number
  /** Imports that were acknowledged and did not end as `done` with every row accounted for. */
  lost: number
  /** Looks at the catalog in which it was neither wholly old nor wholly new, or search disagreed with it. */
  halfVisible: number
  looks: number
}

const endWithinMs = 120_000

/**
 * Imports a new generation each round, kills the importing process at a random moment after the acknowledgement (now and
 * then its successor too), starts it again and looks at the catalog all the while.
 */
export async function runCrashRounds(input: CrashRoundsInput): Promise<CrashRoundsResult> {
  const { store, rounds, seed, report, signal } = input
  const db = store.database<CatalogTables>()
  const tenantId = `crash-${seed}`
  const random = createRandom(`crash/${seed}`)
  const result: CrashRoundsResult = {
    rounds,
    kills: 0,
    killsDuringImport: 0,
    lost: 0,
    halfVisible: 0,
    looks: 0,
  }
  const watcher = new Watcher(db, join(input.dataDir, 'search'), tenantId)
  const children = new Set<ChildProcess>()

  const start = async (generation: number | null): Promise<ChildProcess> => {
    const script = join(import.meta.dirname, 'import-child.ts')
    const args = [
      script,
      input.databaseUrl,
      input.dataDir,
      tenantId,
      generation === null ? '' : String(generation),
    ]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    children.add(child)
    if (generation !== null) {
      const [first] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as [unknown]
      if (!String(first).startsWith('acknowledged'))
        throw new Error('The importing process ended before it acknowledged.')
    }
    return child
  }
  const kill = async (child: ChildProcess) => {
    children.delete(child)
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }

  const watching = watcher.run()
  try {
    // An undisturbed import tells from which stretch of time the moments are drawn.
    const first = await start(1)
    const startedMs = performance.now()
    await untilEnded(db, tenantId, 1, signal)
    const durationMs = performance.now() - startedMs
    await kill(first)
    for (let round = 1; round <= rounds; round++) {
      signal.throwIfAborted()
      const generation = round + 1
      let child = await start(generation)
      await wait(random.next() * durationMs * 1.1)
      for (;;) {
        if ((await stateOf(db, tenantId, generation)) !== 'done') result.killsDuringImport++
        await kill(child)
        result.kills++
        child = await start(null)
        if (!random.chance(0.3)) break
        await wait(random.next() * durationMs)
      }
      await untilEnded(db, tenantId, generation, signal)
      await kill(child)
      if (!(await isWhole(store, db, tenantId, generation))) result.lost++
      report({ stage: 'crashing imports', done: round, total: rounds, unit: 'rounds' })
    }
  } finally {
    for (const child of children) child.kill('SIGKILL')
    watcher.stop()
    await watching
  }
  return { ...result, looks: watcher.looks, halfVisible: watcher.halfVisible }
}

async function importRow(db: Kysely<CatalogTables>, tenantId: string, generation: number) {
  return db
    .selectFrom('import')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', `crash-${tenantId}-${generation}`)
    .select(['state', 'report'])
    .executeTakeFirst()
}

async function stateOf(db: Kysely<CatalogTables>, tenantId: string, generation: number) {
  return (await importRow(db, tenantId, generation))?.state ?? null
}

/** Waits until the import has ended; gives up quietly, which `isWhole` then shows. */
async function untilEnded(
  db: Kysely<CatalogTables>,
  tenantId: string,
  generation: number,
  signal: AbortSignal,
) {
  const giveUpMs = performance.now() + endWithinMs
  while (performance.now() < giveUpMs && !signal.aborted) {
    const state = await stateOf(db, tenantId, generation)
    if (state !== 'queued' && state !== 'running' && state !== null) return
    await wait(50)
  }
}

/** Whether the generation is live and its report and reject file account for every row. */
async function isWhole(store: Store, db: Kysely<CatalogTables>, tenantId: string, generation: number) {
  const row = await importRow(db, tenantId, generation)
  const report: ImportReport | null = row?.report ?? null
  const { rows } = await sql<{ count: number; wrong: number }>`
    select count(*) as count, count(*) filter (where min_minor <> ${generation * 100}) as wrong
    from product where tenant_id = ${tenantId}`.execute(db)
  const rejects = await store.objects.get(rejectsKey(`crash-${tenantId}-${generation}`))
  const lines = rejects === null ? [] : (await new Response(rejects).text()).trim().split('\n')
  const products = productsOf(generation)
  return (
    row?.state === 'done' &&
    rows[0]?.count === products &&
    rows[0].wrong === 0 &&
    report?.rows.accepted === products &&
    report.rows.rejected === expectedRejects &&
    lines.length === expectedRejects
  )
}

/** Looks at the catalog again and again, in one statement each time, and at the search index of the same version. */
class Watcher {
  looks = 0
  halfVisible = 0
  readonly #db: Kysely<CatalogTables>
  readonly #folder: string
  readonly #tenantId: string
  #stopped = false

  constructor(db: Kysely<CatalogTables>, folder: string, tenantId: string) {
    this.#db = db
    this.#folder = folder
    this.#tenantId = tenantId
  }

  stop(): void {
    this.#stopped = true
  }

  async run(): Promise<void> {
    while (!this.#stopped) {
      this.looks++
      if (!(await this.#isWhole()) || !(await this.#searchAgrees())) this.halfVisible++
      await wait(40)
    }
  }

  async #isWhole(): Promise<boolean> {
    const { rows } = await sql<{
      count: number
      low: number | null
      high: number | null
      stated: number | null
    }>`
      select count(*) as count, min(min_minor) as low, max(min_minor) as high,
        (select products from catalog where tenant_id = ${this.#tenantId}) as stated
      from product where tenant_id = ${this.#tenantId}`.execute(this.#db)
    const [row] = rows
    if (!row) return false
    if (row.low === null) return row.count === 0 && row.stated === null
    return row.low === row.high && row.count === row.stated && row.count === productsOf(row.low / 100)
  }

  /** Search over the live version finds as many products as that version states. */
  async #searchAgrees(): Promise<boolean> {
    const live = new LiveCatalog(this.#db)
    const before = await live.read(this.#tenantId)
    const request = { text: 'item', constraints: [], sort: 'relevance' as const, limit: 1, offset: 0 }
    if (before.version === null) return true
    // Not the search of the server, which would build an index that is missing.
    const index = new StoredSearchIndexes(this.#folder).open(this.#tenantId, before.version)
    const total = await index.search(request).then(
      (found) => found.total,
      () => null,
    )
    const after = await live.read(this.#tenantId)
    // A swap in between is no disagreement; the next look sees the version whole.
    return before.version !== after.version || total === after.products
  }
}
