import { mkdir, readFile, realpath, stat } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { basename, isAbsolute, join } from 'node:path'
import { InvalidInputError, NotFoundError } from '@heavylift/core'
import type { Clock, ReportProgress } from '@heavylift/core'
import { replaceFile } from '@heavylift/core/runtime/replace-file'
import type { ThreadPool } from '@heavylift/core/threads'
import type { Kysely } from 'kysely'
import { withoutSaid } from '../check/compare-with-spec.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { readEntries } from '../catalogue/read-entries.ts'
import { codeSince } from '../check/code-since.ts'
import { compareSets } from '../drift/compare-code.ts'
import { isNote } from '../drift/compare-facts.ts'
import type { Comparison, Drift } from '../drift/compare-facts.ts'
import { factsPath, findAnchors, parseAgreed } from '../facts/agreed-facts.ts'
import { factsOf } from '../facts/fact-set.ts'
import type { FactSet } from '../facts/fact-set.ts'
import { commonIn } from '../requirements/common.ts'
import type { CommonRequirement } from '../requirements/common.ts'
import { repositorySpecs } from './repository-specs.ts'
import type { RepositorySpec } from './repository-specs.ts'
import { readTask, readingOf } from './read-task.ts'
import type { Reading } from './read-task.ts'
import type { RepositorySummary, SpecTables } from './tables.ts'

export interface Repository {
  id: string
  name: string
  folder: string
  isSample: boolean
  openedAtMs: number
  readAtMs: number
  summary: RepositorySummary
}

/** A repository as it was read last, with its specs as they stand now. */
export interface OpenRepository {
  repository: Repository
  reading: Reading
  specs: RepositorySpec[]
  /** What each spec has in common requirements. */
  common: CommonRequirement[][]
  agreed: FactSet | null
  drifts: Drift[]
  /** What was agreed otherwise, and code and spec both say by now. */
  settled: Drift[]
}

const keptReadings = 6

/** Folders of this machine that are open in the studio. What was read of them is kept in a few, and read again for the others. */
export class Repositories {
  readonly #db: Kysely<SpecTables>
  readonly #pool: ThreadPool
  readonly #clock: Clock
  readonly #catalogue: Catalogue
  readonly #readingsFolder: string | null
  readonly #readings = new Map<string, Promise<Reading>>()
  /** What was agreed, beside what was read: of the text that it was read from. */
  readonly #agreed = new WeakMap<Reading, { text: string; agreed: FactSet; comparison: Comparison }>()

  constructor(options: {
    db: Kysely<SpecTables>
    pool: ThreadPool
    clock: Clock
    catalogue: Catalogue
    /** Where what was read is kept, for the next reading of the same; null keeps none. */
    readings: string | null
  }) {
    this.#readingsFolder = options.readings
    this.#catalogue = options.catalogue
    this.#db = options.db
    this.#pool = options.pool
    this.#clock = options.clock
  }

  async list(tenantId: string): Promise<Repository[]> {
    const rows = await this.#db
      .selectFrom('repository')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .orderBy('is_sample')
      .orderBy('name')
      .execute()
    return rows.map(toRepository)
  }

  /** @throws NotFoundError `repository-not-found` */
  async find(tenantId: string, id: string): Promise<Repository> {
    const row = await this.#db
      .selectFrom('repository')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .executeTakeFirst()
    if (!row)
      throw new NotFoundError({
        code: 'repository-not-found',
        message: `There is no repository "${id.slice(0, 60)}" here. Open its folder on Spec, or by \`heavylift spec extract\`.`,
      })
    return toRepository(row)
  }

  /**
   * Opens a folder, or reads it again where it is open.
   * @throws InvalidInputError `folder-not-found`, and what extraction throws
   */
  async open(
    tenantId: string,
    folder: string,
    signal: AbortSignal,
    options: { name?: string; isSample?: boolean; id?: string; report?: ReportProgress } = {},
  ): Promise<Repository> {
    const path = isAbsolute(folder) ? await realpath(folder).catch(() => null) : null
    if (path === null || !(await stat(path)).isDirectory())
      throw new InvalidInputError({
        code: 'folder-not-found',
        message: `There is no folder "${folder.slice(0, 200)}" on the machine of the server. Give its whole path.`,
      })
    const id = options.id ?? idOf(path)
    const reading = await this.#read(tenantId, id, path, signal, options.report)
    const nowAt = new Date(this.#clock.nowMs())
    const name = options.name ?? basename(path)
    const summary = await this.#summarise(path, reading, signal)
    const values = {
      name,
      folder: path,
      is_sample: options.isSample ?? false,
      read_at: nowAt,
      summary: JSON.stringify(summary),
    }
    await this.#db
      .insertInto('repository')
      .values({ tenant_id: tenantId, id, opened_at: nowAt, ...values })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet(values))
      .execute()
    await this.#file(tenantId, name, path, reading, signal)
    return await this.find(tenantId, id)
  }

  /** Its specs in the catalogue, with the drift of each. */
  async #file(tenantId: string, name: string, folder: string, reading: Reading, signal: AbortSignal) {
    const { comparison } = await this.#compare(folder, reading, signal)
    const compared = comparison && (await withoutSaid(folder, comparison, reading.set.facts, signal))
    const drifts =
      compared &&
      Map.groupBy(
        compared.drifts.filter((one) => !isNote(one)),
        ({ requirement }) => requirement,
      )
    const counts = drifts && new Map([...drifts].map(([requirement, all]) => [requirement, all.length]))
    await this.#catalogue.put(tenantId, name, await readEntries(folder, name, counts, signal))
  }

  /** Reads it again from its folder. */
  async refresh(tenantId: string, id: string, signal: AbortSignal): Promise<Repository> {
    const { folder, name, isSample } = await this.find(tenantId, id)
    return await this.open(tenantId, folder, signal, { name, isSample, id })
  }

  /** Forgets it here; its folder stays as it is. */
  async close(tenantId: string, id: string): Promise<void> {
    const { name } = await this.find(tenantId, id)
    await this.#catalogue.put(tenantId, name, [])
    this.#readings.delete(`${tenantId} ${id}`)
    for (const table of ['approval', 'build'] as const)
      await this.#db
        .deleteFrom(table)
        .where('tenant_id', '=', tenantId)
        .where('repository', '=', id)
        .execute()
    await this.#db.deleteFrom('repository').where('tenant_id', '=', tenantId).where('id', '=', id).execute()
  }

  async show(tenantId: string, id: string, signal: AbortSignal): Promise<OpenRepository> {
    const repository = await this.find(tenantId, id)
    const kept = this.#readings.get(`${tenantId} ${id}`)
    const reading = await (kept ?? this.#read(tenantId, id, repository.folder, signal))
    const { agreed, comparison } = await this.#compare(repository.folder, reading, signal)
    const specs = await repositorySpecs(repository.folder, agreed ?? reading.set, signal)
    return {
      repository,
      reading,
      agreed,
      specs,
      common: commonIn(specs.map(({ document }) => document)),
      ...(comparison
        ? await withoutSaid(repository.folder, comparison, reading.set.facts, signal)
        : { drifts: [], settled: [] }),
    }
  }

  async #read(
    tenantId: string,
    id: string,
    folder: string,
    signal: AbortSignal,
    report?: ReportProgress,
  ): Promise<Reading> {
    const key = `${tenantId} ${id}`
    const reading = this.#pool
      .run({
        tenantId,
        task: readTask,
        input: { folder, readings: this.#readingsFolder },
        signal,
        ...(report && { report }),
      })
      .then(readingOf)
    this.#readings.delete(key)
    this.#readings.set(key, reading)
    reading.catch(() => this.#readings.delete(key))
    const [oldest] = this.#readings.keys()
    if (this.#readings.size > keptReadings && oldest !== undefined) this.#readings.delete(oldest)
    return await reading
  }

  /** What was agreed in a folder, and how the code that was read differs; nulls where nothing was. Both are kept as long as the file says the same. */
  async #compare(
    folder: string,
    reading: Reading,
    signal: AbortSignal,
  ): Promise<{ agreed: FactSet; comparison: Comparison } | { agreed: null; comparison: null }> {
    const text = await readFile(join(folder, factsPath), 'utf8').catch(() => null)
    if (text === null) return { agreed: null, comparison: null }
    const kept = this.#agreed.get(reading)
    if (kept?.text === text) return kept
    const parsed = parseAgreed(text)
    const agreed = { ...parsed, facts: findAnchors(parsed.facts, reading.set.facts) }
    const changes = await codeSince(folder, agreed, reading.set, signal)
    const compared = { text, agreed, comparison: compareSets(agreed, reading.set, changes) }
    this.#agreed.set(reading, compared)
    return compared
  }

  async #summarise(folder: string, reading: Reading, signal: AbortSignal): Promise<RepositorySummary> {
    const { set, lines, seconds } = reading
    const { agreed, comparison } = await this.#compare(folder, reading, signal)
    const specs = await repositorySpecs(folder, agreed ?? set, signal)
    const count = (kind: Parameters<typeof factsOf>[1]) => factsOf(set.facts, kind).length
    return {
      operations: count('operation'),
      models: count('model'),
      rules: countRules(set),
      errors: count('error'),
      questions: set.questions.length,
      drifts: comparison
        ? (await withoutSaid(folder, comparison, set.facts, signal)).drifts.filter((one) => !isNote(one))
            .length
        : 0,
      requirements: specs.reduce((sum, { document }) => sum + document.requirements.length, 0),
      lines,
      seconds,
      frameworks: [
        ...new Set(set.frameworks.map(({ name, isRead }) => (isRead ? name : `${name} (not read)`))),
      ],
    }
  }
}

/** Guards, and what parameters and bodies must keep to. */
function countRules({ facts }: FactSet): number {
  return facts.reduce(
    (sum, fact) =>
      sum +
      (fact.kind === 'guard'
        ? 1
        : fact.kind === 'parameter'
          ? fact.constraints.length + (fact.isRequired ? 1 : 0)
          : 0),
    0,
  )
}

/** From the folder: opened again it is the same. */
function idOf(path: string): string {
  const name = basename(path)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
  return `${name === '' ? 'root' : name}-${createHash('sha256').update(path).digest('hex').slice(0, 8)}`
}

function toRepository(row: {
  id: string
  name: string
  folder: string
  is_sample: boolean
  opened_at: Date
  read_at: Date
  summary: RepositorySummary
}): Repository {
  return {
    id: row.id,
    name: row.name,
    folder: row.folder,
    isSample: row.is_sample,
    openedAtMs: row.opened_at.getTime(),
    readAtMs: row.read_at.getTime(),
    summary: row.summary,
  }
}

/** Writes a file below a folder, with the folders that it needs. */
export async function writeBelow(root: string, path: string, text: string): Promise<void> {
  await mkdir(join(root, path, '..'), { recursive: true })
  await replaceFile(join(root, path), text)
}
