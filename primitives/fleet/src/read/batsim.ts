import { HeavyliftError } from '@heavylift/core'
import { z } from 'zod'
import { unknownJob } from '../domain/job.ts'
import type { JobSink } from './job-sink.ts'

const profileSchema = z.looseObject({ type: z.string().optional() })

const workloadSchema = z.looseObject({
  nb_res: z.number().optional(),
  jobs: z.array(z.looseObject({})),
  profiles: z.record(z.string(), profileSchema).default({}),
})

type Profiles = Record<string, Record<string, unknown>>

/**
 * Reads a Batsim workload. Its run times are those of `delay` profiles and of sequences of such; a profile of computation needs `flopsPerS`
 * of a host. A job whose time cannot be known is refused with its number in the list, as JSON has no lines. https://batsim.readthedocs.io
 * @throws HeavyliftError `not-batsim` when the text is no JSON with `jobs`
 */
export function readBatsim(text: string, sink: JobSink, options: { flopsPerS?: number } = {}): void {
  let parsed: z.output<typeof workloadSchema>
  try {
    parsed = workloadSchema.parse(JSON.parse(text))
  } catch (error) {
    const message = 'This is no workload of Batsim: JSON with `jobs` and `profiles`.'
    throw new HeavyliftError({ code: 'not-batsim', message, status: 422, cause: error })
  }
  sink.maxProcessors ??= parsed.nb_res
  const profiles = parsed.profiles as Profiles
  // `17` or `workload!17`; where one is a word, all are numbered as they come.
  const ids = parsed.jobs.map((raw) => /^(?:.*!)?(\d{1,15})$/.exec(textOf(raw['id']))?.[1])
  const areNumbers = ids.every((id) => id !== undefined)
  parsed.jobs.forEach((raw, index) => {
    const line = index + 1
    if (raw['id'] === undefined) return sink.refuse('not-a-row', line)
    const job = unknownJob(areNumbers ? Number(ids[index]) : line)
    job.submitS = floor(raw['subtime'])
    job.processors = floor(raw['res'])
    job.requestedProcessors = job.processors
    job.requestedS = floor(raw['walltime'])
    const seconds = profileSeconds(
      profiles,
      textOf(raw['profile']),
      options.flopsPerS ?? null,
      job.processors,
      0,
    )
    job.runS = seconds === null ? -1 : Math.round(seconds)
    if (typeof raw['return_code'] === 'number') job.status = raw['return_code'] === 0 ? 1 : 0
    sink.add(job, line)
  })
}

const textOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''
const floor = (value: unknown) => (typeof value === 'number' && value >= 0 ? Math.floor(value) : -1)

function profileSeconds(
  profiles: Profiles,
  name: string,
  flopsPerS: number | null,
  hosts: number,
  depth: number,
): number | null {
  const profile = profiles[name]
  if (profile === undefined || depth > 8) return null
  const delay = profile['delay']
  if (typeof delay === 'number') return delay
  const parts = profile['seq']
  if (Array.isArray(parts)) {
    let sum = 0
    for (const part of parts) {
      const seconds = profileSeconds(profiles, textOf(part), flopsPerS, hosts, depth + 1)
      if (seconds === null) return null
      sum += seconds
    }
    const times = profile['repeat'] ?? profile['nb']
    return sum * (typeof times === 'number' ? times : 1)
  }
  const cpu = profile['cpu']
  if (flopsPerS === null) return null
  if (typeof cpu === 'number')
    return (profile['type'] === 'parallel_homogeneous_total' ? cpu / hosts : cpu) / flopsPerS
  if (Array.isArray(cpu) && cpu.every((value) => typeof value === 'number'))
    return Math.max(...cpu) / flopsPerS
  return null
}
