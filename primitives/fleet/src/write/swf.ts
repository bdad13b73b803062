import type { JobRecord } from '../domain/job.ts'
import { swfFields } from '../read/swf.ts'
import type { SwfHeader } from '../read/swf.ts'

/** Header comments as SWF 2.2 has them, one a line, with the version first. */
export function writeSwfHeader(header: SwfHeader): string {
  const rest = header.filter(([label]) => label !== 'Version')
  return [['Version', '2.2'], ...rest].map(([label, value]) => `; ${label}: ${value}\n`).join('')
}

/** One job, all 18 fields, with its line end. */
export function writeSwfLine(job: JobRecord): string {
  return `${swfFields.map((name) => String(job[name])).join(' ')}\n`
}
