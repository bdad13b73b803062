import { csvLine } from '@heavylift/core/rows'
import type { JobRecord } from '../domain/job.ts'
import { swfFields } from '../read/swf.ts'

const columns = [...swfFields, 'gpuMilli'] as const

export const jobCsvHeader = csvLine([...columns])

/** One job with every field; what is not known is empty. */
export function writeJobCsvLine(job: JobRecord): string {
  return csvLine(columns.map((name) => (job[name] === -1 ? '' : job[name])))
}
