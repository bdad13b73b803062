import { slurmTimeS } from '../read/slurm-conf.ts'

/** One job as `squeue` tells it. Times are seconds since 1970, −1 where there is none. */
export interface SlurmJob {
  id: number
  /** As people write it, `812_3` for a task of an array. */
  label: string
  name: string
  user: string
  account: string
  qos: string
  partition: string
  /** Slurm's words in capitals: PENDING, RUNNING, COMPLETED, … */
  state: string
  /** Why it waits, in Slurm's own word. */
  reason: string
  priority: number
  nodes: number
  cpus: number
  gpusPerNode: number
  /** Of each node, MB; 0 where it asked for none. */
  memoryMb: number
  limitS: number | null
  submitS: number
  /** When it began; of a pending job when Slurm expects it to. */
  startS: number
  endS: number
  /** Jobs that have to end first. */
  dependsOn: string
  nodeNames: string[]
}

/** A node as `sinfo` tells it. */
export interface SlurmNodeState {
  name: string
  /** Lower case, without the marks that follow: idle, mixed, allocated, drained, down, … */
  state: string
  reason: string
}

const squeueFields = [
  '%A',
  '%i',
  '%T',
  '%r',
  '%P',
  '%u',
  '%a',
  '%q',
  '%Q',
  '%D',
  '%C',
  '%b',
  '%m',
  '%l',
  '%V',
  '%S',
  '%e',
  '%E',
  '%N',
  '%j',
]

/** Options under which `squeue` prints what `parseSqueue` reads; with `SLURM_TIME_FORMAT=%s` in its environment. */
export const squeueOptions = [
  '--noheader',
  '--array',
  '--all',
  '--states=all',
  `--format=${squeueFields.join('|')}`,
]
export const sinfoOptions = ['--noheader', '--Node', '--all', '--format=%N|%T|%E']

/** Reads squeue(1) of the options above. Lines that are none are left out: a job may end while it is listed. */
export function parseSqueue(output: string, expand: (hosts: string) => string[]): SlurmJob[] {
  return output.split('\n').flatMap((line): SlurmJob[] => {
    const cells = line.split('|')
    if (cells.length < squeueFields.length) return []
    const [id, label, state, reason, partition, user, account, qos, priority, nodes] = cells as string[]
    const [cpus, tres, memory, limit, submit, start, end, dependency, hosts, ...name] = cells.slice(10)
    if (!/^\d+$/.test(id!)) return []
    const dependsOn = dependency === '(null)' || dependency === undefined ? '' : dependency
    return [
      {
        id: Number(id),
        label: label!,
        name: name.join('|'),
        user: user!,
        account: account!,
        qos: qos!,
        // A pending job may name several, with commas between; the first stands.
        partition: partition!.split(',')[0]!,
        state: state!,
        reason: reason!,
        priority: Number(priority) || 0,
        // `4-8` for a job that may take fewer.
        nodes: Math.max(1, parseInt(nodes!, 10) || 1),
        cpus: Math.max(1, Number(cpus) || 1),
        gpusPerNode: gpusOf(tres!),
        memoryMb: megabytes(memory!),
        limitS: slurmTimeS(limit),
        submitS: secondsOf(submit),
        startS: secondsOf(start),
        endS: secondsOf(end),
        dependsOn,
        nodeNames: hosts === undefined || hosts === '' ? [] : expand(hosts),
      },
    ]
  })
}

/** Reads sinfo(1) of the options above; a node of two partitions comes once. */
export function parseSinfo(output: string): SlurmNodeState[] {
  const nodes = new Map<string, SlurmNodeState>()
  for (const line of output.split('\n').filter((each) => each.includes('|'))) {
    const [name = '', state = '', ...reason] = line.split('|')
    nodes.set(name, { name, state: state.replace(/[^a-z]+$/, ''), reason: reason.join('|') })
  }
  return [...nodes.values()]
}

const secondsOf = (text: string | undefined) => (/^\d+$/.test(text ?? '') ? Number(text) : -1)

/** `gres:gpu:4`, `gres/gpu:a100:2,gres/shard:1`, `N/A`. */
function gpusOf(text: string): number {
  let sum = 0
  for (const part of text.split(',')) {
    const match = /(?:^|[:/])gpu(?::[^:,]*[^:,\d][^:,]*)?(?:[:=](\d+))?(?:\(.*\))?$/.exec(part.trim())
    if (match !== null) sum += Number(match[1] ?? 1)
  }
  return sum
}

/** `4G`, `1000M`, `0`; `2Gc` of CPUs is taken as of nodes. */
function megabytes(text: string): number {
  const match = /^([\d.]+)([KMGT]?)/.exec(text)
  if (match === null) return 0
  return Number(match[1]) * { K: 1 / 1024, M: 1, G: 1024, T: 1024 ** 2, '': 1 }[match[2]!]!
}
