import { openHighs, writeLp } from '../buy/solver.ts'

/** A job on a cluster of several types of GPU. */
export interface TypedJob {
  gpus: number
  /** Steps a second on each type, in the order of the types; 0 where it cannot run there. */
  throughput: readonly number[]
  weight?: number
}

export interface Shares {
  /** By job and type: part of the time that it has its GPUs there; a job's parts come to 1 at most. */
  time: number[][]
  /** Throughput of each job over that of its part of every type, by weight: 1 is what sharing all types evenly would give. */
  normalized: number[]
}

/**
 * Max-min fairness over types: the allocation in which the job that is worst off, measured by what an even part of every type would give it, is as
 * well off as can be. Narayanan et al., "Heterogeneity-aware cluster scheduling policies for deep learning workloads" (OSDI '20), §4.1, where
 * jobs are measured by the same. What is left over goes to whoever gains most, so that nothing is wasted.
 * @throws HeavyliftError `not-solved` when no type has a GPU
 */
export async function maxMinOverTypes(
  jobs: readonly TypedJob[],
  capacity: readonly number[],
): Promise<Shares> {
  const even = evenThroughput(jobs, capacity)
  const column = (job: number, type: number) => `x${job}_${type}`
  const cells = jobs.flatMap((job, j) =>
    capacity.flatMap((_, t) => (job.throughput[t]! > 0 && even[j]! > 0 ? [{ j, t }] : [])),
  )
  const gain = (j: number, t: number) => jobs[j]!.throughput[t]! / even[j]!
  const solver = await openHighs()
  const solve = (least: number | null) =>
    solver.solve(
      writeLp({
        columns: [
          ...cells.map(({ j, t }) => ({
            name: column(j, t),
            cost: least === null ? 0 : -gain(j, t) / jobs.length,
            upper: 1,
          })),
          ...(least === null ? [{ name: 'least', cost: -1 }] : []),
        ],
        rows: [
          ...jobs.map((_, j) => ({
            name: `time${j}`,
            terms: cells.filter((one) => one.j === j).map(({ t }): [number, string] => [1, column(j, t)]),
            sign: '<=' as const,
            right: 1,
          })),
          ...capacity.map((gpus, t) => ({
            name: `type${t}`,
            terms: cells
              .filter((one) => one.t === t)
              .map(({ j }): [number, string] => [jobs[j]!.gpus, column(j, t)]),
            sign: '<=' as const,
            right: gpus,
          })),
          ...jobs.flatMap((_, j) =>
            even[j]! > 0
              ? [
                  {
                    name: `fair${j}`,
                    terms: [
                      ...cells
                        .filter((one) => one.j === j)
                        .map(({ t }): [number, string] => [gain(j, t), column(j, t)]),
                      ...(least === null ? [[-1, 'least'] as [number, string]] : []),
                    ],
                    sign: '>=' as const,
                    right: least ?? 0,
                  },
                ]
              : [],
          ),
        ],
      }),
      0,
    )
  const least = solve(null).values['least']!
  // A hair below, as the solver keeps its rows within a tolerance only.
  const { values } = solve(least * (1 - 1e-6))
  const time = jobs.map((_, j) => capacity.map((_type, t) => Math.max(0, values[column(j, t)] ?? 0)))
  return {
    time,
    normalized: jobs.map((job, j) =>
      even[j]! > 0 ? time[j]!.reduce((sum, part, t) => sum + part * job.throughput[t]!, 0) / even[j]! : 0,
    ),
  }
}

/** What each job would get of an even part of every type, by weight. */
function evenThroughput(jobs: readonly TypedJob[], capacity: readonly number[]): number[] {
  const weights = jobs.reduce((sum, { weight = 1 }) => sum + weight, 0)
  return jobs.map(({ gpus, throughput, weight = 1 }) => {
    const parts = capacity.map((all) => (all * weight) / weights / gpus)
    const time = parts.reduce((sum, part) => sum + part, 0)
    // Nobody runs for more than all of the time.
    return parts.reduce((sum, part, t) => sum + (part / Math.max(1, time)) * throughput[t]!, 0)
  })
}
