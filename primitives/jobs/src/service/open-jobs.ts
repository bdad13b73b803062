import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { availableParallelism, hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { ConflictError, HeavyliftError, InvalidInputError, NotFoundError, systemClock } from '@heavylift/core'
import type { Clock, CommandInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { plural } from '@heavylift/core/text'
import type { JobExecutor } from '../job-executor.ts'
import type { ExecutorName } from '../journal/job-event.ts'
import { askCancel } from '../journal/job-reporter.ts'
import { jobsConfigSchema, type JobsConfig } from '../config.ts'
import { chunkCount } from '../ledger/job-file.ts'
import { createLedger, unfinishedPrefix } from '../ledger/create-ledger.ts'
import { openLedger } from '../ledger/ledger.ts'
import { openLocalExecutor } from '../local/open-local-executor.ts'
import { startRun, type JobRun } from '../run-many.ts'
import { openSlurmExecutor } from '../slurm/open-slurm-executor.ts'
import type { ClusterNode } from '../slurm/cluster-nodes.ts'
import { SlurmClient } from '../slurm/slurm-client.ts'
import { JobReader } from './job-reader.ts'
import type { JobsService } from './jobs-service.ts'
import { describeNodes } from './nodes-picture.ts'
import { planRetention } from './retention.ts'

export interface OpenJobsOptions {
  /** Where the ledgers are; made when the first job is. */
  folder: string
  /** Default: the defaults of `jobsConfigSchema`. */
  config?: JobsConfig
  /** What this process is, shown beside its jobs: `server`, `command`. */
  origin: string
  clock?: Clock
  /** Variables for Slurm's commands, e.g. `SLURM_CONF`. */
  slurmEnv?: Record<string, string>
}

/** A job that is being deleted. */
const asidePrefix = '.deleted-'
/** A day after a kill nobody writes, or deletes, what it left. */
const leftAfterMs = 86_400_000

/** Opens the jobs of an installation. Nothing runs and nothing is read until it is asked for. */
export function openJobs(options: OpenJobsOptions): JobsService {
  const { folder, origin, clock = systemClock, slurmEnv = {} } = options
  const config = options.config ?? jobsConfigSchema.parse({})
  const workers = config.workers ?? availableParallelism()
  const opened = new Map<ExecutorName, JobExecutor>()
  const readers = new Map<string, JobReader>()
  const slurm = config.slurm === null ? null : new SlurmClient(slurmEnv)
  /** Started here and not over; their presence may not be on disk yet. */
  const underWay = new Set<string>()
  let admitting: Promise<void> = Promise.resolve()
  let isClosed = false

  function executorOf(name: ExecutorName): JobExecutor {
    const known = opened.get(name)
    if (known !== undefined) return known
    if (isClosed) throw new ConflictError({ code: 'jobs-closed', message: 'The process is stopping.' })
    if (name === 'slurm' && config.slurm === null) {
      throw new InvalidInputError({
        code: 'slurm-not-configured',
        message: 'No Slurm is configured. Set jobs.slurm.partitions in heavylift.config.json.',
      })
    }
    const executor =
      name === 'local'
        ? openLocalExecutor({ workers, origin })
        : openSlurmExecutor({ ...config.slurm!, env: slurmEnv, origin })
    opened.set(name, executor)
    return executor
  }

  async function reader(id: string): Promise<JobReader> {
    const known = readers.get(id)
    if (known !== undefined) return known
    const fresh = new JobReader(await openLedger(folder, id, clock))
    readers.set(id, fresh)
    return fresh
  }

  async function fresh(id: string): Promise<JobReader> {
    if (!/^[0-9a-f]+$/.test(id)) throw noSuchJob(id, folder)
    const found = await reader(id)
    await found.refresh()
    return found
  }

  /** Readers of every job that is there, read anew. */
  async function all(): Promise<JobReader[]> {
    const names = await readdir(folder).catch(() => [])
    const ids = names.filter((name) => /^[0-9a-f]{20}$/.test(name))
    for (const id of readers.keys()) if (!ids.includes(id)) readers.delete(id)
    // One that is being deleted, or whose file is broken, hides no other.
    const found = await Promise.all(ids.map((id) => fresh(id).catch(() => null)))
    return found.filter((each) => each !== null)
  }

  /**
   * Starts a job unless it would be one more under way than there may be. What a refused one has written stays a job that nobody works on: the
   * same call goes on with it, or retention removes it. One after another, so that many at once do not all see room.
   */
  function admit<O>(id: string, start: () => Promise<JobRun<O>>): Promise<JobRun<O>> {
    const started = admitting.then(async () => {
      const own = await fresh(id)
      if (!own.isSettled && own.presences.length === 0) requireRoom(own, await all())
      const run = await start()
      underWay.add(id)
      const forget = (): void => void underWay.delete(id)
      run.finished().then(forget, forget)
      return run
    })
    admitting = started.then(
      () => undefined,
      () => undefined,
    )
    return started
  }

  function requireRoom({ ledger: { job } }: JobReader, known: readonly JobReader[]): void {
    const busy = known
      .map((each) => ({
        ...each.ledger.job,
        isBusy: each.presences.length > 0 || underWay.has(each.ledger.job.id),
      }))
      .filter(({ id, isBusy }) => isBusy && id !== job.id)
    const ofTenant = busy.filter(({ tenantId }) => tenantId === job.tenantId)
    if (busy.length >= config.mostUnderWay) throw full(busy.length, '', 'mostUnderWay')
    if (ofTenant.length >= config.mostUnderWayPerTenant)
      throw full(ofTenant.length, ' of this tenant', 'mostUnderWayPerTenant')
  }

  async function clusterNodes(): Promise<ClusterNode[]> {
    // A controller that is away is no reason to show nothing.
    return slurm === null ? [] : slurm.nodes().catch(() => [])
  }

  const service: JobsService = {
    folder,
    executors: config.slurm === null ? ['local'] : ['local', 'slurm'],
    async run(task, inputs, { executor = 'local', ...job } = {}) {
      const chosen = executorOf(executor)
      await mkdir(folder, { recursive: true })
      const ledger = await createLedger(folder, task, inputs, { clock, ...job })
      return admit(ledger.job.id, () => startRun(chosen, ledger))
    },
    async resume(id, { executor } = {}) {
      const found = await fresh(id)
      const { executor: last } = found.summary()
      const { controller } = found
      // This process's own executor starts nothing twice.
      if (controller !== undefined && (controller.pid !== process.pid || controller.host !== hostname())) {
        throw new ConflictError({
          code: 'job-is-running',
          message: `Job ${id} is run by process ${controller.pid} (${controller.origin}) on ${controller.host} already. Cancel it first.`,
        })
      }
      const chosen = executorOf(executor ?? last ?? 'local')
      return admit(id, () => startRun(chosen, found.ledger))
    },
    async *outcomes<O>(id: string) {
      const ledger = await openLedger(folder, id)
      const done = await ledger.doneChunks()
      for (let chunk = 0; chunk < chunkCount(ledger.job); chunk++) {
        if (done.has(chunk)) yield* await ledger.outcomes<O>(chunk)
      }
    },
    async cancel(id) {
      const found = await fresh(id)
      const { state } = found.summary()
      if (state === 'done' || state === 'cancelled') return
      await askCancel(found.ledger.folder)
      const isAttended = found.controller !== undefined
      while ((await fresh(id)).presences.length > 0) await sleep(100)
      if (isAttended) return
      found.ledger.note({ kind: 'ended', state: 'cancelled', node: hostname() })
      await found.ledger.written()
    },
    async remove(id) {
      const found = await fresh(id)
      if (found.presences.length > 0) {
        throw new ConflictError({
          code: 'job-is-running',
          message: `Job ${id} is being worked on. Cancel it first.`,
        })
      }
      readers.delete(id)
      // Gone for everybody at once, however long its files take.
      const aside = join(folder, `${asidePrefix}${randomUUID()}`)
      await rename(join(folder, id), aside).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ENOENT' ? noSuchJob(id, folder) : error
      })
      await rm(aside, { recursive: true, force: true })
    },
    async removeOld() {
      const nowMs = clock.nowMs()
      const old = planRetention(await service.list(), config, nowMs)
      // Another process may remove the same, or somebody may have taken one up just now.
      const removed = await Promise.all(
        old.map((id) =>
          service.remove(id).then(
            () => [id],
            () => [],
          ),
        ),
      )
      for (const name of await readdir(folder).catch(() => [])) {
        if (!name.startsWith(asidePrefix) && !name.startsWith(unfinishedPrefix)) continue
        const left = await stat(join(folder, name)).catch(() => null)
        if (left !== null && left.mtimeMs < nowMs - leftAfterMs)
          await rm(join(folder, name), { recursive: true, force: true })
      }
      return removed.flat()
    },
    async list() {
      const summaries = (await all()).map((each) => each.summary())
      return summaries.sort((a, b) => (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0))
    },
    async show(id) {
      return (await fresh(id)).detail()
    },
    async nodes(windowMs = 15 * 60_000) {
      const known = [{ node: hostname(), executor: 'local' as const, workers }]
      const [found, cluster] = await Promise.all([all(), clusterNodes()])
      return describeNodes(found, { nowMs: clock.nowMs(), windowMs, known, cluster })
    },
    async resumeStopped() {
      const left = (await all()).filter((each) => each.isLeft && each.origin === origin)
      return Promise.all(
        left.map(async ({ ledger: { job } }) => ({
          id: job.id,
          error: await service.resume(job.id).then(
            () => null,
            (error: unknown) => error,
          ),
        })),
      )
    },
    async close() {
      isClosed = true
      await Promise.all([...opened.values()].map((executor) => executor.close()))
    },
  }
  return service
}

/**
 * The jobs of the installation that a command belongs to, in the command's own process. Close it at the end. A job that the command
 * starts is seen by the server, and can be cancelled and resumed from there.
 */
export function openJobsForCommand(
  input: Pick<CommandInput, 'dataDir' | 'sharedDir' | 'config'>,
): JobsService {
  return openJobs({
    folder: jobsFolder(input),
    config: jobsConfigSchema.parse(input.config?.('jobs') ?? {}),
    origin: 'command',
  })
}

/** Where a command finds the jobs of the installation. */
export function jobsFolder({ dataDir, sharedDir }: Pick<CommandInput, 'dataDir' | 'sharedDir'>): string {
  return join(dirname(sharedDir ?? dataDir), 'jobs')
}

function full(count: number, whose: string, option: string): HeavyliftError {
  return new HeavyliftError({
    code: 'jobs-full',
    status: 429,
    isRetryable: true,
    message: `${plural(count, 'job')}${whose} are under way, as many as may be (jobs.${option}). Wait for one to end, or cancel one.`,
  })
}

function noSuchJob(id: string, folder: string): NotFoundError {
  return new NotFoundError({ code: 'job-not-found', message: `There is no job ${id} in ${folder}.` })
}
