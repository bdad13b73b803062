import { makeLog } from '../../samples/made-log.ts'
import { comparePolicies } from '../simulate/compare.ts'
import type { Compared } from '../simulate/compare.ts'
import type { JobTable } from '../domain/job-table.ts'

const processors = 256

export interface Study {
  jobs: JobTable
  processors: number
  policies: Compared[]
}

let log: JobTable | null = null
const compared = new Map<string, Compared>()

/** The made log under the named policies. Each is computed once: a simulation has no other outcome. */
export function createStudy(names: readonly string[]): Study {
  log ??= makeLog({ jobs: 2000, processors, load: 0.85, seed: 'sample' })
  for (const name of names) {
    if (!compared.has(name)) compared.set(name, comparePolicies(log, processors, [name])[0]!)
  }
  return { jobs: log, processors, policies: names.map((name) => compared.get(name)!) }
}
