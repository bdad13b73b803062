import type { CommandInput } from '@heavylift/core'
import { formatTable } from '@heavylift/core/text'
import { readJobFile } from '../read/read-jobs.ts'
import { comparePolicies } from '../simulate/compare.ts'

const usual = 'fcfs,fcfs+easy,sjf+easy,wfp3+easy,f1+easy'

/** `fleet compare`: a log under several policies. */
export async function runCompare({ args, options, print, signal }: CommandInput): Promise<unknown> {
  const size = Number(options['processors'] ?? NaN)
  const log = await readJobFile(args['file']!, {
    ...(Number.isInteger(size) && size > 0 ? { maxProcessors: size } : {}),
    signal,
  })
  const names = (typeof options['policies'] === 'string' ? options['policies'] : usual).split(',')
  const compared = comparePolicies(log.jobs, log.processors, names, signal)
  const rows = compared.map(({ name, metrics }) => [
    name,
    metrics.meanBoundedSlowdown.toFixed(2),
    metrics.meanWaitS.toFixed(0),
    metrics.waitP95S.toFixed(0),
    metrics.utilisation.toFixed(3),
    String(metrics.killed),
  ])
  print(`${log.jobs.size} jobs on ${log.processors} processors`)
  const header = ['policy', 'slowdown', 'mean wait s', 'p95 wait s', 'utilisation', 'killed']
  print(formatTable(header, rows, header.slice(1)))
  return {
    jobs: log.jobs.size,
    processors: log.processors,
    policies: compared.map(({ name, metrics, groups }) => ({ name, metrics, groups })),
  }
}
