import { expandHostList, splitOutside } from './host-list.ts'
import { readConfLines } from './slurm-conf-lines.ts'
import type { ConfIssue, ConfLine, ConfSource } from './slurm-conf-lines.ts'

export interface SlurmNode {
  name: string
  cpus: number
  memoryMb: number
  /** GPUs by type; the type is '' where the file names none. */
  gpus: Record<string, number>
  features: string[]
  weight: number
  state: string
}

export interface SlurmPartition {
  name: string
  nodes: string[]
  isDefault: boolean
  /** Seconds; null without a limit. */
  maxTimeS: number | null
  defaultTimeS: number | null
  priorityTier: number
  priorityJobFactor: number
  /** Its own, else the cluster's. */
  preemptMode: string
  state: string
}

/** What matters for scheduling in a `slurm.conf`; `setting(key)` has the rest. */
export interface SlurmConf {
  nodes: SlurmNode[]
  partitions: SlurmPartition[]
  preemptMode: string
  preemptType: string
  priority: {
    type: string
    /** Seconds in which usage falls to half, 0: never. */
    decayHalfLifeS: number
    /** Age in seconds that counts fully. */
    maxAgeS: number
    favourSmall: boolean
    weights: {
      age: number
      fairshare: number
      jobSize: number
      partition: number
      qos: number
      assoc: number
      tres: string
    }
  }
  /** `SchedulerParameters`, e.g. `{ bf_window: '1440' }`; flags without a value are ''. */
  scheduler: Record<string, string>
  /** The last value of a key, whatever its case; undefined where the file has none. */
  setting(key: string): string | undefined
  issues: ConfIssue[]
}

/** Reads a whole configuration with what it includes. Lines that are wrong are issues with their number; the rest stands. */
export async function readSlurmConf(source: ConfSource): Promise<SlurmConf> {
  const { lines, issues } = await readConfLines(source)
  const settings = new Map<string, string>()
  const nodes = new Map<string, SlurmNode>()
  const nodeSets = new Map<string, string[]>()
  const partitionLines: { name: string; values: Map<string, string>; line: ConfLine }[] = []
  let nodeDefaults = new Map<string, string>()
  let partitionDefaults = new Map<string, string>()
  const issue = (line: ConfLine, says: string) => issues.push({ file: line.file, line: line.line, says })
  const expand = (text: string, line: ConfLine): string[] => {
    try {
      return expandHostList(text)
    } catch (error) {
      issue(line, (error as Error).message)
      return []
    }
  }

  for (const line of lines) {
    const own = new Map(line.pairs.map(([key, value]) => [key.toLowerCase(), value]))
    const kind = line.pairs[0]![0].toLowerCase()
    if (kind === 'nodename') {
      const name = own.get('nodename')!
      if (name.toUpperCase() === 'DEFAULT') nodeDefaults = new Map([...nodeDefaults, ...own])
      else
        for (const host of expand(name, line))
          nodes.set(host, nodeOf(host, new Map([...nodeDefaults, ...own])))
    } else if (kind === 'partitionname') {
      const name = own.get('partitionname')!
      if (name.toUpperCase() === 'DEFAULT') partitionDefaults = new Map([...partitionDefaults, ...own])
      else
        for (const one of name.split(','))
          partitionLines.push({ name: one, values: new Map([...partitionDefaults, ...own]), line })
    } else if (kind === 'nodeset') {
      const feature = own.get('feature')
      const members = expand(own.get('nodes') ?? '', line)
      if (feature !== undefined)
        members.push(
          ...[...nodes.values()].filter((node) => node.features.includes(feature)).map(({ name }) => name),
        )
      nodeSets.set(own.get('nodeset')!, members)
    } else if (kind === 'downnodes' || kind === 'frontendname') {
      for (const host of expand(own.get('downnodes') ?? '', line)) {
        const node = nodes.get(host)
        if (node !== undefined) node.state = own.get('state') ?? 'DOWN'
      }
    } else for (const [key, value] of own) settings.set(key, value)
  }

  const setting = (key: string) => settings.get(key.toLowerCase())
  const preemptMode = (setting('PreemptMode') ?? 'OFF').toUpperCase()
  const partitions = partitionLines.map(({ name, values, line }): SlurmPartition => {
    const hosts = splitNodes(values.get('nodes') ?? '', line, issue).flatMap((one) => {
      if (one.toUpperCase() === 'ALL') return [...nodes.keys()]
      const set = nodeSets.get(one)
      return set ?? expand(one, line)
    })
    const unknown = hosts.filter((host) => !nodes.has(host) && host !== 'localhost')
    if (unknown.length > 0)
      issue(line, `partition ${name} has nodes that no NodeName names: ${unknown.slice(0, 3).join(', ')}`)
    return {
      name,
      nodes: hosts,
      isDefault: (values.get('default') ?? 'NO').toUpperCase() === 'YES',
      maxTimeS: slurmTimeS(values.get('maxtime')),
      defaultTimeS: slurmTimeS(values.get('defaulttime')),
      priorityTier: Number(values.get('prioritytier') ?? values.get('priority') ?? 1),
      priorityJobFactor: Number(values.get('priorityjobfactor') ?? values.get('priority') ?? 1),
      preemptMode: (values.get('preemptmode') ?? preemptMode).toUpperCase(),
      state: (values.get('state') ?? 'UP').toUpperCase(),
    }
  })
  const weight = (name: string) => Number(setting(`PriorityWeight${name}`) ?? 0)
  return {
    nodes: [...nodes.values()],
    partitions,
    preemptMode,
    preemptType: setting('PreemptType') ?? 'preempt/none',
    priority: {
      type: setting('PriorityType') ?? 'priority/basic',
      decayHalfLifeS: slurmTimeS(setting('PriorityDecayHalfLife') ?? '7-0') ?? 0,
      maxAgeS: slurmTimeS(setting('PriorityMaxAge') ?? '7-0') ?? 7 * 86_400,
      favourSmall: (setting('PriorityFavorSmall') ?? 'NO').toUpperCase() === 'YES',
      weights: {
        age: weight('Age'),
        fairshare: weight('Fairshare'),
        jobSize: weight('JobSize'),
        partition: weight('Partition'),
        qos: weight('QOS'),
        assoc: weight('Assoc'),
        tres: setting('PriorityWeightTRES') ?? '',
      },
    },
    scheduler: Object.fromEntries(
      (setting('SchedulerParameters') ?? '')
        .split(',')
        .filter(Boolean)
        .map((one): [string, string] => {
          const [key = '', ...value] = one.trim().split('=')
          return [key, value.join('=')]
        }),
    ),
    setting,
    issues,
  }
}

function splitNodes(text: string, line: ConfLine, issue: (line: ConfLine, says: string) => void): string[] {
  try {
    return splitOutside(text)
  } catch (error) {
    issue(line, (error as Error).message)
    return []
  }
}

function nodeOf(name: string, values: Map<string, string>): SlurmNode {
  const number = (key: string, otherwise: number) => {
    const value = Number(values.get(key))
    return values.has(key) && Number.isFinite(value) ? value : otherwise
  }
  const sockets = values.has('sockets')
    ? number('sockets', 1)
    : number('boards', 1) * number('socketsperboard', 1)
  return {
    name,
    cpus: number(
      'cpus',
      number('procs', sockets * number('corespersocket', 1) * number('threadspercore', 1)),
    ),
    memoryMb: number('realmemory', 1),
    gpus: gpusOf(values.get('gres') ?? ''),
    features: (values.get('features') ?? values.get('feature') ?? '').split(',').filter(Boolean),
    weight: number('weight', 1),
    state: (values.get('state') ?? 'UNKNOWN').toUpperCase(),
  }
}

/** `gpu:a100:4(S:0-1),gpu:2`: counts may have K, M or G. */
function gpusOf(gres: string): Record<string, number> {
  const gpus: Record<string, number> = {}
  let parts: string[]
  try {
    parts = splitOutside(gres)
  } catch {
    return gpus
  }
  for (const part of parts) {
    const match = /^gpu(?::([^:()]*?))??(?::(?:no_consume:)?(\d+)([KMG])?)?(?:\(.*\))?$/i.exec(part.trim())
    if (match === null) continue
    const [, type = '', count = '1', unit = ''] = match
    const times = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 }[unit.toUpperCase()] ?? 1
    gpus[type] = (gpus[type] ?? 0) + Number(count) * times
  }
  return gpus
}

/** Slurm's times: minutes, minutes:seconds, hours:minutes:seconds, days-hours[:minutes[:seconds]]; null for no limit or none. */
export function slurmTimeS(text: string | undefined): number | null {
  if (text === undefined) return null
  const match = /^(?:(\d+)-)?(\d+)(?::(\d+))?(?::(\d+))?(?:\.\d+)?$/.exec(text.trim())
  if (match === null) return null
  const [, days, a = '0', b, c] = match
  if (days !== undefined)
    return Number(days) * 86_400 + Number(a) * 3600 + Number(b ?? 0) * 60 + Number(c ?? 0)
  if (c !== undefined) return Number(a) * 3600 + Number(b) * 60 + Number(c)
  return Number(a) * 60 + Number(b ?? 0)
}
