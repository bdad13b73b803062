import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import type { CommandInput } from '@heavylift/core'
import { importRules } from '../domain/import-report.ts'
import type { JobRecord } from '../domain/job.ts'
import { readJobFile } from '../read/read-jobs.ts'
import { jobCsvHeader, writeJobCsvLine } from '../write/csv.ts'
import { writeSwfHeader, writeSwfLine } from '../write/swf.ts'

/** `fleet read`: reads a log once, and writes what it has as it comes. */
export async function runRead({ args, options, print, signal }: CommandInput): Promise<unknown> {
  const swf = textOf(options['swf'])
  const csv = textOf(options['csv'])
  const size = Number(options['processors'] ?? NaN)
  const files: { stream: ReturnType<typeof createWriteStream>; write: (job: JobRecord) => string }[] = []
  if (swf !== null) files.push({ stream: createWriteStream(swf), write: writeSwfLine })
  if (csv !== null) files.push({ stream: createWriteStream(csv), write: writeJobCsvLine })
  if (swf !== null) files[0]!.stream.write(writeSwfHeader([['Note', 'written by heavylift fleet read']]))
  if (csv !== null) files.at(-1)!.stream.write(jobCsvHeader)
  const log = await readJobFile(args['file']!, {
    ...(Number.isInteger(size) && size > 0 ? { maxProcessors: size } : {}),
    ...(typeof options['timeZone'] === 'string' ? { timeZone: options['timeZone'] } : {}),
    ...(typeof options['columns'] === 'string' ? { columns: options['columns'].split(',') } : {}),
    onJob: (job) => {
      for (const { stream, write } of files) stream.write(write(job))
    },
    signal,
  })
  for (const { stream } of files) {
    stream.end()
    await once(stream, 'finish')
  }
  const { report } = log
  print(
    `${report.rows} rows of ${log.format}, ${report.accepted} jobs, ${report.refused} refused; ${log.processors} processors`,
  )
  for (const { rule, count, lines } of report.issues()) {
    print(
      `${importRules[rule].fate} ${count}: ${importRules[rule].says} (line ${lines.slice(0, 5).join(', ')}${count > 5 ? ', …' : ''})`,
    )
  }
  return {
    format: log.format,
    rows: report.rows,
    jobs: report.accepted,
    refused: report.refused,
    processors: log.processors,
    issues: report.issues().map((issue) => ({ ...issue, ...importRules[issue.rule] })),
  }
}

const textOf = (value: string | boolean | undefined) => (typeof value === 'string' ? value : null)
