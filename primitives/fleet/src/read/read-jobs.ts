import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { HeavyliftError } from '@heavylift/core'
import type { ImportReport } from '../domain/import-report.ts'
import { JobTable } from '../domain/job-table.ts'
import { readBatsim } from './batsim.ts'
import { createCsvJobReader } from './csv-jobs.ts'
import { JobSink } from './job-sink.ts'
import { createSacctReader } from './sacct.ts'
import { createSwfReader } from './swf.ts'
import type { JobRecord } from '../domain/job.ts'

export const jobFormats = ['swf', 'sacct', 'csv', 'batsim'] as const
export type JobFormat = (typeof jobFormats)[number]

export interface ReadJobsOptions {
  /** Told from the text unless given. */
  format?: JobFormat
  maxProcessors?: number
  timeZone?: string
  keepsNames?: boolean
  /** Of sacct without a header line: then the text is taken for sacct. */
  columns?: readonly string[]
  flopsPerS?: number
  onJob?: (job: JobRecord) => void
  signal?: AbortSignal
}

export interface JobLog {
  jobs: JobTable
  format: JobFormat
  /** Processors of the cluster, or the most that a job had where the log does not say. */
  processors: number
  report: ImportReport
}

/** The format of a text by its beginning, or null when it is none that is known. */
export function detectFormat(beginning: string): JobFormat | null {
  const text = beginning.replace(/^\uFEFF/, '').trimStart()
  if (text.startsWith('{')) return 'batsim'
  if (text.startsWith(';')) return 'swf'
  const first = text.split(/\r?\n/, 1)[0] ?? ''
  if (/(^|\|)jobid(raw)?(\||$)/i.test(first)) return 'sacct'
  if (/^-?\d+(\.\d+)?(\s+-?\d+(\.\d+)?){4,}(\s|$)/.test(first)) return 'swf'
  if (/[A-Za-z]/.test(first) && /[,;\t]/.test(first)) return 'csv'
  return null
}

/**
 * Reads a log of any of the formats from pieces of text. Only the columns of the table stay in memory, except for JSON, which is read whole.
 * @throws HeavyliftError `unknown-format` when the text is none of them; and what the readers throw
 */
export async function readJobs(
  pieces: AsyncIterable<string> | Iterable<string>,
  options: ReadJobsOptions = {},
): Promise<JobLog> {
  const jobs = new JobTable()
  let most = 0
  const sink = new JobSink({
    ...(options.maxProcessors === undefined ? {} : { maxProcessors: options.maxProcessors }),
    onJob: (job) => {
      jobs.add(job)
      most = Math.max(most, job.processors)
      options.onJob?.(job)
    },
  })
  let format = options.format ?? (options.columns === undefined ? null : 'sacct')
  let reader: { push(text: string): void; end(): void } | null = null
  let held = ''
  const begin = (isLast: boolean): void => {
    format ??= detectFormat(held)
    if (format === null) {
      if (!isLast && held.length < 65_536) return
      const message =
        'This is none of SWF, sacct --parsable2 with its header, CSV with a header, or Batsim JSON.'
      throw new HeavyliftError({ code: 'unknown-format', message, status: 422 })
    }
    if (format === 'batsim') return
    reader =
      format === 'swf'
        ? createSwfReader(sink)
        : format === 'sacct'
          ? createSacctReader(sink, options)
          : createCsvJobReader(sink, options)
    reader.push(held)
    held = ''
  }
  for await (const piece of pieces) {
    options.signal?.throwIfAborted()
    if (reader !== null) (reader as { push(text: string): void }).push(piece)
    else {
      held += piece
      if (held.includes('\n') || held.length > 65_536) begin(false)
    }
  }
  if (reader === null) begin(true)
  if (format === 'batsim') readBatsim(held, sink, options)
  else (reader as unknown as { end(): void }).end()
  jobs.sortBySubmit()
  return { jobs, format: format!, processors: sink.maxProcessors ?? most, report: sink.report }
}

/** As `readJobs`, from a file that may be gzipped. */
export async function readJobFile(path: string, options: ReadJobsOptions = {}): Promise<JobLog> {
  const bytes = createReadStream(path)
  const plain = path.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes
  if (plain !== bytes) bytes.on('error', (error) => plain.destroy(error))
  plain.setEncoding('utf8')
  return readJobs(plain as AsyncIterable<string>, options)
}
