import { HeavyliftError } from '@heavylift/core'
import { jobStatus, unknownJob } from '../domain/job.ts'
import type { JobSink } from './job-sink.ts'
import { Lines } from './lines.ts'
import { readLocalTime } from './local-time.ts'
import type { LocalTime } from './local-time.ts'
import { NameBook } from './name-book.ts'
import { slurmTimeS } from './slurm-conf.ts'

export interface SacctOptions {
  /** IANA name; times of sacct have none. UTC unless given. */
  timeZone?: string
  keepsNames?: boolean
  /** Names of the columns, for a file that was written with `--noheader`. */
  columns?: readonly string[]
}

export interface SacctReader {
  push(text: string): void
  end(): void
  users: NameBook
  groups: NameBook
  partitions: NameBook
  queues: NameBook
}

const stateStatus: [RegExp, number][] = [
  [/^COMPLETED/, jobStatus.completed],
  [/^CANCELLED/, jobStatus.cancelled],
  [/^(PREEMPTED|REQUEUED|SUSPENDED)/, jobStatus.partialFailed],
  [/^(FAILED|TIMEOUT|NODE_FAIL|OUT_OF_MEMORY|BOOT_FAIL|DEADLINE)/, jobStatus.failed],
]

/** Array tasks and parts of mixed jobs have ids of their own above every job id of Slurm. */
const partBase = 2 ** 32

/**
 * Reads `sacct --parsable2` (or `--parsable`) with its header line or with columns that are given, whatever they are: at least `JobID`, `Submit`, and of `Elapsed`,
 * `Start` and `End` what gives the run time. Steps (`17.batch`) belong to their job and are no rows of their own. A `|` in a job's name
 * is put back together.
 * @throws HeavyliftError `not-sacct` when the first line is no header
 */
export function createSacctReader(sink: JobSink, options: SacctOptions = {}): SacctReader {
  const zone = options.timeZone ?? 'UTC'
  const book = () => new NameBook({ keepsNames: options.keepsNames === true })
  const users = book()
  const groups = book()
  const partitions = book()
  const queues = book()
  let columns = options.columns === undefined ? null : columnsOf(options.columns)

  const lines = new Lines((text, line) => {
    if (text.trim() === '') return
    let cells = text.split('|')
    if (columns === null) {
      columns = columnsOf(cells)
      return
    }
    const nameAt = columns.indexOf('jobname')
    const extra = cells.length - columns.length - (cells.at(-1) === '' ? 1 : 0)
    if (extra > 0 && nameAt !== -1) {
      cells = [
        ...cells.slice(0, nameAt),
        cells.slice(nameAt, nameAt + extra + 1).join('|'),
        ...cells.slice(nameAt + extra + 1),
      ]
    } else if (extra > 0 || cells.length < columns.length) return sink.refuse('not-a-row', line)
    const cell = (...names: string[]) => {
      for (const name of names) {
        const value = cells[columns!.indexOf(name)]?.trim()
        if (value !== undefined && value !== '' && value !== 'Unknown' && value !== 'None') return value
      }
      return ''
    }
    if (cell('jobid', 'jobidraw').includes('.')) return
    const id = idOf(cell('jobidraw'), cell('jobid'))
    if (id === null) return sink.refuse('not-a-row', line)

    const times = {
      submit: timeOf(cell('submit'), zone),
      start: timeOf(cell('start'), zone),
      end: timeOf(cell('end'), zone),
    }
    if (Object.values(times).some((time) => time?.isSkipped)) sink.report.note('missing-hour', line)
    if (Object.values(times).some((time) => time !== null && time.secondS !== null))
      sink.report.note('repeated-hour', line)
    const elapsedS = cell('elapsedraw') === '' ? slurmTimeS(cell('elapsed')) : Number(cell('elapsedraw'))
    const { startS, endS } = spanOf(times.start, times.end, elapsedS)
    const job = unknownJob(id)
    job.submitS = times.submit?.atS ?? -1
    const state = cell('state')
    const hasEnded = !/^(PENDING|RUNNING|CONFIGURING|COMPLETING|REQUEUE_HOLD)/.test(state)
    if (hasEnded && startS !== null) job.runS = elapsedS ?? (endS === null ? -1 : Math.max(0, endS - startS))
    else if (hasEnded && cell('start') === '' && (elapsedS ?? 0) > 0) job.runS = elapsedS!
    if (startS !== null && job.submitS >= 0) job.waitS = Math.max(0, startS - job.submitS)
    job.processors = positive(cell('alloccpus', 'ncpus') || tres(cell('alloctres'), 'cpu'))
    job.requestedProcessors = positive(cell('reqcpus') || tres(cell('reqtres'), 'cpu'))
    if (job.processors < 0 && job.requestedProcessors < 0) {
      job.processors = positive(cell('allocnodes', 'nnodes') || tres(cell('alloctres'), 'node'))
      job.requestedProcessors = positive(cell('reqnodes') || tres(cell('reqtres'), 'node'))
      if (job.processors > 0 || job.requestedProcessors > 0) sink.report.note('nodes-only', line)
    }
    const limit =
      cell('timelimitraw') === '' ? slurmTimeS(cell('timelimit')) : Number(cell('timelimitraw')) * 60
    job.requestedS = limit === null || Number.isNaN(limit) ? -1 : limit
    const gpus =
      tres(cell('alloctres'), 'gres/gpu') ||
      tres(cell('reqtres'), 'gres/gpu') ||
      gresGpus(cell('allocgres', 'reqgres'))
    job.gpuMilli = gpus === '' ? -1 : Number(gpus) * 1000
    job.status = stateStatus.find(([pattern]) => pattern.test(state))?.[1] ?? -1
    job.user = users.numberOf(cell('user', 'uid'))
    job.group = groups.numberOf(cell('account', 'group', 'gid'))
    job.partition = partitions.numberOf(cell('partition'))
    job.queue = queues.numberOf(cell('qos'))
    sink.add(job, line)
  })
  return { push: (text) => lines.push(text), end: () => lines.end(), users, groups, partitions, queues }
}

/** @throws HeavyliftError `not-sacct` where none of them is the number of a job */
function columnsOf(names: readonly string[]): string[] {
  const columns = names.map((name) => name.trim().toLowerCase())
  if (!columns.includes('jobid') && !columns.includes('jobidraw')) throw notSacct()
  if (columns.at(-1) === '') columns.pop()
  return columns
}

const notSacct = () =>
  new HeavyliftError({
    code: 'not-sacct',
    message:
      'The first line names no JobID. Write the file with `sacct --parsable2 --format=JobIDRaw,…`, with its header, or name its columns by --columns.',
    status: 422,
  })

function idOf(raw: string, shown: string): number | null {
  if (/^\d+$/.test(raw)) return Number(raw)
  const match = /^(\d+)(?:([_+])(\d+))?$/.exec(shown)
  if (match === null) return null
  const [, base = '', , part] = match
  return part === undefined ? Number(base) : partBase + Number(base) * 2 ** 18 + Number(part)
}

function timeOf(text: string, zone: string): LocalTime | null {
  if (/^\d{9,}$/.test(text)) return { atS: Number(text), secondS: null, isSkipped: false }
  return readLocalTime(text, zone)
}

/** Of times that were twice, those that are as far apart as the job took. */
function spanOf(
  start: LocalTime | null,
  end: LocalTime | null,
  elapsedS: number | null,
): { startS: number | null; endS: number | null } {
  if (start === null || end === null) return { startS: start?.atS ?? null, endS: end?.atS ?? null }
  for (const startS of [start.atS, start.secondS]) {
    for (const endS of [end.atS, end.secondS]) {
      if (startS !== null && endS !== null && endS - startS === elapsedS) return { startS, endS }
    }
  }
  return { startS: start.atS, endS: end.atS }
}

function positive(text: string): number {
  const value = Number(text)
  return text === '' || !(value > 0) ? -1 : value
}

/** `billing=8,cpu=8,gres/gpu=2,gres/gpu:a100=2`: the plain one, else the sum over types. */
function tres(text: string, key: string): string {
  let sum = 0
  for (const one of text.split(',')) {
    const [name = '', value = ''] = one.split('=')
    if (name === key) return value
    if (name.startsWith(`${key}:`)) sum += Number(value) || 0
  }
  return sum > 0 ? String(sum) : ''
}

function gresGpus(text: string): string {
  const match = /(?:gres:)?gpu(?::[^:,]*[^:,\d][^:,]*)?:(\d+)/.exec(text)
  return match?.[1] ?? ''
}
