import { unknownJob } from '../domain/job.ts'
import type { JobRecord } from '../domain/job.ts'
import { Lines } from './lines.ts'
import type { JobSink } from './job-sink.ts'

/** The 18 fields in their order. */
export const swfFields = [
  'id',
  'submitS',
  'waitS',
  'runS',
  'processors',
  'cpuS',
  'memoryKb',
  'requestedProcessors',
  'requestedS',
  'requestedMemoryKb',
  'status',
  'user',
  'group',
  'application',
  'queue',
  'partition',
  'precedingJob',
  'thinkS',
] as const satisfies readonly (keyof JobRecord)[]

/** Header comments by label in their order (`Version`, `MaxProcs`, `Queue`, …); a label may come more than once. */
export type SwfHeader = [label: string, value: string][]

/** Old logs have 16 or 17 fields or fewer: what is left out at the end of a line is not known. Fewer than five are no job. */
const fewestFields = 5

/**
 * Reads the Standard Workload Format 2.2. `MaxProcs` (or `MaxNodes` where it has no other) of the header is the size of the cluster, unless
 * the sink knows better. Times may have fractions in the wild: they are cut to whole seconds, except field 6, which the standard lets be fine.
 */
export function createSwfReader(sink: JobSink): { header: SwfHeader; push(text: string): void; end(): void } {
  const header: SwfHeader = []
  const knowsSize = sink.maxProcessors !== undefined
  let saidProcessors = false
  const lines = new Lines((text, line) => {
    const trimmed = text.trim()
    if (trimmed === '') return
    if (trimmed.startsWith(';')) {
      const comment = /^;+\s*([A-Za-z][\w .-]*?)\s*:\s*(.*)$/.exec(trimmed)
      if (comment === null) return
      const [, label = '', value = ''] = comment
      header.push([label, value])
      const size = /^\d+/.exec(value)
      if (knowsSize || size === null || Number(size[0]) < 1) return
      if (label === 'MaxProcs') {
        sink.maxProcessors = Number(size[0])
        saidProcessors = true
      } else if (label === 'MaxNodes' && !saidProcessors) sink.maxProcessors = Number(size[0])
      return
    }
    const cells = trimmed.split(/\s+/)
    const job = unknownJob(-1)
    if (cells.length < fewestFields) return sink.refuse('not-a-row', line)
    for (let i = 0; i < swfFields.length && i < cells.length; i++) {
      const value = Number(cells[i])
      if (!Number.isFinite(value)) return sink.refuse('not-a-row', line)
      job[swfFields[i]!] = i === 5 || i === 6 || i === 9 ? value : Math.trunc(value)
    }
    if (cells.length > swfFields.length) sink.report.note('extra-fields', line)
    sink.add(job, line)
  })
  return { header, push: (text) => lines.push(text), end: () => lines.end() }
}
