import { mkdir, readdir } from 'node:fs/promises'
import { availableParallelism, hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { ConflictError, InvalidInputError, NotFoundError, systemClock } from '@heavylift/core'
import type { Clock, CommandInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type { JobExecutor } from '../job-executor.ts'
import type { ExecutorName } from '../journal/job-event.ts'
import { askCancel } from '../journal/job-reporter.ts'
import { jobsConfigSchema, type JobsConfig } from '../config.ts'
import { chunkCount } from '../ledger/job-file.ts'
import { openLedger } from '../ledger/ledger.ts'
import { openLocalExecutor } from '../local/open-local-executor.ts'
import { resumeJob, runMany } from '../run-many.ts'
import { openSlurmExecutor } from '../slurm/open-slurm-executor.ts'
import type { ClusterNode } from '../slurm/cluster-nodes.ts'
import { SlurmClient } from '../slurm/slurm-client.ts'
import { JobReader } from './job-reader.ts'
import type { JobsService } from './jobs-service.ts'
import { describeNodes } from './nodes-picture.ts'

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

/** Opens the jobs of an installation. Nothing runs and nothing is read until it is asked for. */
export function openJobs(options: OpenJobsOptions): JobsService {
  const { folder, origin, clock = systemClock, slurmEnv = {} } = options
  const config = options.config ?? jobsConfigSchema.parse({})
  const workers = config.workers ?? availableParallelism()
  const opened = new Map<ExecutorName, JobExecutor>()
  const readers = new Map<string, JobReader>()
  const slurm = config.slurm === null ? null : new SlurmClient(slurmEnv)
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

  async function clusterNodes(): Promise<ClusterNode[]> {
    // A controller that is away is no reason to show nothing.
    return slurm === null ? [] : slurm.nodes().catch(() => [])
  }

  const service: JobsService = {
    folder,
    executors: config.slurm === null ? ['local'] : ['local', 'slurm'],
    async run(task, inputs, { executor = 'local', ...job } = {}) {
      await mkdir(folder, { recursive: true })
      return runMany(task, inputs, { clock, ...job, folder, executor: executorOf(executor) })
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
      return resumeJob(id, { folder, executor: executorOf(executor ?? last ?? 'local') })
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
export function openJobsForCommand(input: Pick<CommandInput, 'dataDir' | 'config'>): JobsService {
  return openJobs({
    folder: join(dirname(input.dataDir), 'jobs'),
    config: jobsConfigSchema.parse(input.config?.('jobs') ?? {}),
    origin: 'command',
  })
}

function noSuchJob(id: string, folder: string): NotFoundError {
  return new NotFoundError({ code: 'job-not-found', message: `There is no job ${id} in ${folder}.` })
}
