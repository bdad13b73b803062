import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Clock, Logger } from '@heavylift/core'
import type { DurableRun, DurableWorkflow, Store } from '@heavylift/store'
import type { CatalogTables } from '../catalog/catalog-tables.ts'
import type { Product } from '../domain/product.ts'
import type { SearchIndexes } from '../domain/search-indexes.ts'
import type { LanguageCode } from '../language/languages.ts'
import { comingProducts, compareWithLive, removedExamples, removedIds, stagedProducts } from './compare.ts'
import type { Comparison } from './compare.ts'
import type { ImportKind, ImportOptions, ImportReport } from '../catalog/import-record.ts'
import { ProgressWriter } from './progress-writer.ts'
import { publish } from './publish.ts'
import { readIntoStage } from './read-step.ts'
import type { ReadOutcome } from './read-step.ts'
import { feedKey } from './reject-file.ts'
import { clearStage } from './stage.ts'

export interface ImportInput {
  tenantId: string
  importId: string
  kind: ImportKind
  options: ImportOptions
  bytes: number | null
}

export interface ImportDependencies {
  db: Kysely<CatalogTables>
  store: Store
  indexes: SearchIndexes
  clock: Clock
  log: Logger
  /** Of the stores: in it their goods are called what they are. */
  language: LanguageCode
  /** Called after a catalog went live; after a crash perhaps twice. */
  afterLive(tenantId: string): Promise<void>
}

/** Another import may go live in between; then the comparison is made anew, at most this often. */
const attempts = 8

/** Recorded by durable runs, so runs of an earlier release lack the examples. */
type Compared = Comparison & { removedExamples?: string[] }

interface Timed<T> {
  value: T
  seconds: number
}

/**
 * The import as a durable run: read → (compare → index → publish) → finish. Each step may run again after a crash:
 * reading and comparing start over, an index is built anew, publishing and finishing do nothing the second time.
 */
export function registerImport(deps: ImportDependencies): DurableWorkflow<ImportInput, null> {
  const { store } = deps
  return store.durable.workflow<ImportInput, null>(
    'shop.import',
    async (run, input) => {
      const steps = new ImportSteps(deps, input)
      const read = await run.step('read', (signal) => steps.read(signal))
      const unusable = read.value.unusable ?? nothingAccepted(read.value)
      if (unusable) {
        const { code, message } = unusable
        await run.step('fail', () => steps.fail(`${code}: ${message}`, reportOf(read, null, [])))
        return null
      }
      if (input.kind === 'preview') {
        const { value: comparison, seconds } = await run.step('compare-1', (signal) => steps.compare(signal))
        await run.step('finish', async () => {
          const examples = await steps.examples()
          return steps.finish({ ...reportOf(read, comparison, [seconds]), examples }, comparison.base)
        })
        return null
      }
      const { comparison, seconds } = await bringLive(run, input.kind, steps)
      await run.step('finish', () => steps.finish(reportOf(read, comparison, seconds), comparison.base))
      await run.step('after-live', () => deps.afterLive(input.tenantId))
      return null
    },
    { concurrency: 1 },
  )
}

/** An import of which nothing is left is no success: the catalog stays as it is. */
function nothingAccepted({ rows, reasons }: ReadOutcome): { code: string; message: string } | null {
  if (rows.read === 0 || rows.accepted > 0) return null
  const [first] = reasons
  const why = first
    ? ` ${first.count} × ${first.code}, first on line ${first.firstLines[0]}: ${first.message}`
    : ''
  return { code: 'nothing-accepted', message: `None of the ${rows.read} rows can be imported.${why}` }
}

const nothing = { added: 0, updated: 0, unchanged: 0, removed: 0, reviews: 0, questions: 0 }

async function bringLive(run: DurableRun, kind: ImportKind, steps: ImportSteps) {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const compared = await run.step(`compare-${attempt}`, (signal) => steps.compare(signal))
    const comparison = compared.value
    const { added, updated, removed, reviews, questions, base } = comparison
    // A store that got goods of its own while the sample was read has no use for it.
    if (kind === 'sample' && base !== null)
      return { comparison: { ...comparison, ...nothing }, seconds: [compared.seconds, 0, 0] }
    // The first catalog goes live even when it is empty.
    if (base !== null && added + updated + removed + reviews + questions === 0) {
      return { comparison, seconds: [compared.seconds, 0, 0] }
    }
    const indexed = await run.step(`index-${attempt}`, (signal) => steps.index(comparison, attempt, signal))
    const published = await run.step(`publish-${attempt}`, (signal) =>
      steps.publish(comparison, attempt, signal),
    )
    if (published.value === 'published') {
      return { comparison, seconds: [compared.seconds, indexed.seconds, published.seconds] }
    }
  }
  throw new Error('Other imports went live again and again in between; start this one again.')
}

function reportOf(read: Timed<ReadOutcome>, comparison: Compared | null, seconds: number[]): ImportReport {
  const { format, rows, reasons, notes, columns } = read.value
  const { added = 0, updated = 0, unchanged = 0, removed = 0, reviews = 0, questions = 0 } = comparison ?? {}
  const [comparing = 0, indexing = 0, publishing = 0] = seconds
  return {
    format,
    rows,
    reasons,
    notes,
    ...(columns ? { columns } : {}),
    products: { added, updated, unchanged, removed },
    ...(comparison?.removedExamples ? { removedExamples: comparison.removedExamples } : {}),
    reviews,
    questions,
    seconds: { reading: read.seconds, comparing, indexing, publishing },
  }
}

class ImportSteps {
  readonly #deps: ImportDependencies
  readonly #input: ImportInput
  readonly #progress: ProgressWriter

  constructor(deps: ImportDependencies, input: ImportInput) {
    this.#deps = deps
    this.#input = input
    this.#progress = new ProgressWriter(deps.db, input.tenantId, input.importId)
  }

  async #timed<T>(run: () => Promise<T>): Promise<Timed<T>> {
    const { clock } = this.#deps
    const startMs = clock.monotonicMs()
    const value = await run()
    return { value, seconds: Math.round(clock.monotonicMs() - startMs) / 1000 }
  }

  read(signal: AbortSignal): Promise<Timed<ReadOutcome>> {
    return this.#timed(async () => {
      await this.#update({ state: 'running' }, ['queued', 'running'])
      return this.#readIntoStage(signal)
    })
  }

  #readIntoStage(signal: AbortSignal): Promise<ReadOutcome> {
    const { db, store, clock } = this.#deps
    return readIntoStage({
      ...this.#input,
      db,
      objects: store.objects,
      clock,
      progress: this.#progress,
      signal,
    })
  }

  compare(signal: AbortSignal): Promise<Timed<Compared>> {
    return this.#timed(async () => {
      await this.#ensureStaged(signal)
      return this.#compare(signal)
    })
  }

  async #compare(signal: AbortSignal): Promise<Compared> {
    const { tenantId, importId, kind, options } = this.#input
    const { db } = this.#deps
    this.#progress.report({ stage: 'comparing', done: 0, total: null, unit: 'products', rejected: 0 })
    const comparison = await compareWithLive(db, {
      tenantId,
      importId,
      kind,
      mode: options.mode,
      replaceSample: options.replaceSample === true,
      language: this.#deps.language,
      signal,
    })
    return { ...comparison, removedExamples: await removedExamples(db, tenantId, importId) }
  }

  /** Staging is not logged: a crash of the database empties it. True when it had to be read again. */
  async #ensureStaged(signal: AbortSignal): Promise<boolean> {
    const { rows } = await sql`select from stage_catalog where import_id = ${this.#input.importId}`.execute(
      this.#deps.db,
    )
    if (rows.length > 0) return false
    await this.#readIntoStage(signal)
    return true
  }

  async #ensureCompared(signal: AbortSignal): Promise<void> {
    if (await this.#ensureStaged(signal)) await this.#compare(signal)
  }

  index(comparison: Comparison, attempt: number, signal: AbortSignal): Promise<Timed<null>> {
    return this.#timed(async () => {
      await this.#ensureCompared(signal)
      const { db, indexes } = this.#deps
      const { tenantId, importId } = this.#input
      const { base, total, added, updated } = comparison
      const removed = await removedIds(db, importId)
      await indexes.build({
        tenantId,
        version: versionOf(importId, attempt),
        total,
        products: () => comingProducts(db, { tenantId, importId, signal }),
        changes:
          base === null
            ? null
            : {
                base,
                upsertCount: added + updated,
                upserts: () => stagedProducts(db, importId, signal),
                removedIds: removed,
              },
        report: (done) =>
          this.#progress.report({ stage: 'indexing', done, total, unit: 'products', rejected: 0 }),
        signal,
      })
      return null
    })
  }

  publish(
    comparison: Comparison,
    attempt: number,
    signal: AbortSignal,
  ): Promise<Timed<'published' | 'moved'>> {
    return this.#timed(async () => {
      const { db, clock } = this.#deps
      const { tenantId, importId, kind } = this.#input
      const version = versionOf(importId, attempt)
      // Published before a crash: staging may be gone, and nothing is left to do.
      const live = await db
        .selectFrom('catalog')
        .where('tenant_id', '=', tenantId)
        .select('version')
        .executeTakeFirst()
      if (live?.version === version) return 'published'
      await this.#ensureCompared(signal)
      const { total, base } = comparison
      this.#progress.report({ stage: 'publishing', done: 0, total, unit: 'products', rejected: 0 })
      return publish(db, {
        tenantId,
        importId,
        version,
        base,
        kind,
        nowMs: clock.nowMs(),
      })
    })
  }

  /** Some products as they would be, spread over the file. */
  async examples(): Promise<Product[]> {
    const { rows } = await sql<{ data: Product }>`
      select data from stage_product where import_id = ${this.#input.importId} order by md5(id) limit 10`.execute(
      this.#deps.db,
    )
    return rows.map(({ data }) => data)
  }

  async finish(report: ImportReport, base: string | null): Promise<null> {
    const { db, store, indexes, clock, log } = this.#deps
    const { tenantId, importId } = this.#input
    const live = await db
      .selectFrom('catalog')
      .where('tenant_id', '=', tenantId)
      .select('version')
      .executeTakeFirst()
    // Searches that began before the swap still read the version before.
    if (live) await indexes.prune(tenantId, base === null ? [live.version] : [live.version, base])
    await clearStage(db, importId)
    await store.objects.delete(feedKey(importId))
    await this.#update(
      { state: 'done', report: JSON.stringify(report), progress: null, finished_at: new Date(clock.nowMs()) },
      ['running'],
    )
    log.info({ tenantId, importId, ...report }, 'import done')
    return null
  }

  async fail(reason: string, report: ImportReport | null): Promise<null> {
    const { db, clock, log } = this.#deps
    const { tenantId, importId } = this.#input
    await clearStage(db, importId)
    await this.#update(
      {
        state: 'failed',
        reason,
        report: report && JSON.stringify(report),
        progress: null,
        finished_at: new Date(clock.nowMs()),
      },
      ['queued', 'running'],
    )
    log.warn({ tenantId, importId, reason }, 'import failed')
    return null
  }

  async #update(
    set: { state: string; reason?: string; report?: string | null; progress?: null; finished_at?: Date },
    from: string[],
  ): Promise<void> {
    await this.#deps.db
      .updateTable('import')
      .set(set)
      .where('tenant_id', '=', this.#input.tenantId)
      .where('id', '=', this.#input.importId)
      .where('state', 'in', from)
      .execute()
  }
}

/** A version is named for the import that made it; an attempt that was overtaken leaves its name unused. */
function versionOf(importId: string, attempt: number): string {
  return `${importId}-${attempt}`
}
