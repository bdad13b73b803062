import { HeavyliftError } from '@heavylift/core'
import { createCsvReader } from '@heavylift/core/rows'
import { unknownJob } from '../domain/job.ts'
import type { JobSink } from './job-sink.ts'
import { readLocalTime } from './local-time.ts'
import { NameBook } from './name-book.ts'

/** Names of a column, in the order in which they are looked for; `_ms`, `_min` and `_h` at the end are units. */
const columns = {
  id: ['job_id', 'jobid', 'id', 'request_id', 'instance_sn', 'name', 'job_name'],
  submit: [
    'timestamp',
    'submit_time',
    'submission_time',
    'submitted_time',
    'creation_time',
    'arrival_time',
    'subtime',
    'submit',
  ],
  start: ['scheduled_time', 'start_time', 'start'],
  end: ['deletion_time', 'end_time', 'finish_time', 'end'],
  duration: ['duration', 'run_time', 'runtime', 'elapsed', 'duration_s'],
  gpus: ['num_gpus', 'gpu_num', 'num_gpu', 'gpu_request', 'gpus', 'gpu_count', 'plan_gpu', 'worker_count'],
  gpuMilli: ['gpu_milli'],
  cpus: ['cpu_request', 'num_cpus', 'cpu_num', 'cpus', 'cpu_milli', 'plan_cpu'],
  limit: ['walltime', 'time_limit', 'requested_time', 'timelimit'],
  user: ['user', 'user_id', 'username', 'uid'],
  group: ['vc', 'group', 'app_name', 'account', 'tenant'],
  queue: ['qos', 'queue', 'role', 'job_type'],
} as const

type Column = keyof typeof columns

/**
 * Reads jobs of GPU clusters from CSV by the names of its columns: `timestamp,duration,num_gpus` as made from Philly, openb pods, and the
 * tables of Alibaba's traces of 2023, 2025 and after (`instance_sn`, `role`, `app_name`, requests, `creation_time`, `scheduled_time`,
 * `deletion_time`). Times are seconds from any start or dates in UTC. `processors` are whole GPUs, rounded up; CPUs where a job has no GPU.
 * @throws HeavyliftError `unknown-columns` when no submit time, or neither a duration nor an end, is among them
 */
export function createCsvJobReader(
  sink: JobSink,
  options: { keepsNames?: boolean } = {},
): { push(text: string): void; end(): void } {
  const csv = createCsvReader()
  const book = () => new NameBook({ keepsNames: options.keepsNames === true })
  const [users, groups, queues] = [book(), book(), book()]
  let found: Record<Column, { name: string; scale: number } | null> | null = null
  let nextId = 1

  const take = (rows: ReturnType<typeof csv.push>) => {
    if (found === null && csv.header() !== null) found = findColumns(csv.header()!)
    for (const row of rows) {
      if (!('fields' in row)) {
        sink.refuse('not-a-row', row.line)
        continue
      }
      const text = (column: Column): string => {
        const at = found![column]
        const cell = at === null ? '' : row.fields[at.name]
        return typeof cell === 'string' ? cell.trim() : ''
      }
      const number = (column: Column): number => {
        const value = text(column)
        return value === '' || !Number.isFinite(Number(value)) ? NaN : Number(value) * found![column]!.scale
      }
      const time = (column: Column): number => {
        const value = number(column)
        return Number.isNaN(value) ? (readLocalTime(text(column), 'UTC')?.atS ?? NaN) : value
      }
      const job = unknownJob(/^\d{1,15}$/.test(text('id')) ? Number(text('id')) : nextId)
      nextId++
      const submitS = time('submit')
      const startS = time('start')
      const endS = time('end')
      const durationS = number('duration')
      job.submitS = Number.isNaN(submitS)
        ? found!.submit === null
          ? -1
          : firstNumber(startS)
        : Math.floor(submitS)
      if (!Number.isNaN(startS)) job.waitS = Math.max(0, Math.floor(startS) - job.submitS)
      if (!Number.isNaN(durationS)) job.runS = Math.round(durationS)
      else if (!Number.isNaN(endS))
        job.runS = Math.max(0, Math.round(endS - (Number.isNaN(startS) ? submitS : startS)))
      const gpus = number('gpus')
      const milli = number('gpuMilli')
      if (!Number.isNaN(gpus)) job.gpuMilli = Math.round(gpus * (Number.isNaN(milli) ? 1000 : milli))
      else if (!Number.isNaN(milli)) job.gpuMilli = milli
      const cpus = number('cpus')
      job.processors =
        job.gpuMilli > 0
          ? Math.ceil(job.gpuMilli / 1000)
          : Number.isNaN(cpus)
            ? -1
            : Math.max(1, Math.ceil(cpus))
      const limit = number('limit')
      job.requestedS = Number.isNaN(limit) || limit < 0 ? -1 : Math.round(limit)
      job.user = users.numberOf(text('user'))
      job.group = groups.numberOf(text('group'))
      job.queue = queues.numberOf(text('queue'))
      sink.add(job, row.line)
    }
  }
  return { push: (text) => take(csv.push(text)), end: () => take(csv.end()) }
}

const firstNumber = (value: number) => (Number.isNaN(value) ? -1 : Math.floor(value))

function findColumns(header: readonly string[]): Record<Column, { name: string; scale: number } | null> {
  const byName = new Map(header.map((name) => [name.trim().toLowerCase(), name]))
  const units: [string, number][] = [
    ['', 1],
    ['_s', 1],
    ['_sec', 1],
    ['_seconds', 1],
    ['_ms', 0.001],
    ['_min', 60],
    ['_h', 3600],
    ['_hours', 3600],
  ]
  const find = (column: Column) => {
    for (const wanted of columns[column]) {
      for (const [unit, scale] of units) {
        const name = byName.get(wanted + unit)
        if (name !== undefined) return { name, scale: wanted === 'cpu_milli' ? 0.001 : scale }
      }
    }
    return null
  }
  const found = Object.fromEntries(
    Object.keys(columns).map((column) => [column, find(column as Column)]),
  ) as Record<Column, { name: string; scale: number } | null>
  if (found.submit === null || (found.duration === null && found.end === null)) {
    throw new HeavyliftError({
      code: 'unknown-columns',
      message: `The columns are ${header.slice(0, 12).join(', ')}. A submit time (${columns.submit.join(', ')}) and a duration or an end time are needed.`,
      status: 422,
    })
  }
  return found
}
