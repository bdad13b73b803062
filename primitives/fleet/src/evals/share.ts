import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRandom, InvalidInputError } from '@heavylift/core'
import type { MeasuredResult, MeasureInput } from '@heavylift/core'
import { mean } from '@heavylift/core/math'
import { z } from 'zod'
import { shareByGoodput, trainingGoodput } from '../policies/elastic-goodput.ts'
import { maxMinOverTypes } from '../policies/max-min-types.ts'
import type { TypedJob } from '../policies/max-min-types.ts'

/** Steps a second by type of GPU, then by job; `null` is a job that has its GPU alone, as Gavel's tables have it. */
const tableSchema = z.record(z.string(), z.record(z.string(), z.object({ null: z.number() })))

const drawn = 24
const draws = 10
const gpusOfType = 12

/**
 * `fleet.share`: jobs drawn from a table of measured throughputs (`*throughputs.json` below --data; made ones without it) share a cluster
 * with as many GPUs of each type: by max-min over types, beside an even part of every type. And elastic training jobs on 64 GPUs by goodput,
 * beside even shares.
 */
export async function runShareEval({
  dataDir,
  signal,
}: MeasureInput): Promise<Omit<MeasuredResult, 'name' | 'version' | 'seconds'>> {
  const tables = dataDir === null ? { made: madeTable() } : await load(dataDir)
  const sources: Record<string, Record<string, number>> = {}
  for (const [name, rows] of Object.entries(tables)) {
    const types = rows[0]!.length
    const leasts: number[] = []
    const means: number[] = []
    for (let draw = 0; draw < draws; draw++) {
      signal.throwIfAborted()
      const random = createRandom(`fleet-share-${name}-${draw}`)
      const jobs = Array.from({ length: drawn }, (): TypedJob => ({ gpus: 1, throughput: random.pick(rows) }))
      const { normalized } = await maxMinOverTypes(
        jobs,
        Array.from({ length: types }, () => gpusOfType),
      )
      leasts.push(Math.min(...normalized))
      means.push(mean(normalized))
    }
    sources[name] = { n: draws, leastOverEven: mean(leasts), meanOverEven: mean(means) }
  }
  const elastic = Array.from({ length: draws }, (_, draw) => playElastic(draw))
  const of = Object.entries(sources).map(([source, row]) => ({ source, value: row['leastOverEven']! }))
  return {
    n: draws * of.length,
    metrics: {
      leastOverEven: mean(of.map(({ value }) => value)),
      meanOverEven: mean(Object.values(sources).map((row) => row['meanOverEven']!)),
      goodputOverEven: mean(elastic),
      worstGoodputOverEven: Math.min(...elastic),
    },
    sources,
    worst: { leastOverEven: of.reduce((a, b) => (b.value < a.value ? b : a)) },
    notes: [
      `${drawn} jobs of one GPU drawn from each table, ${draws} times, ${gpusOfType} GPUs of each type; 1 is what an even part of every type gives. Elastic: 16 made jobs, geometric mean of their goodputs over that with 4 GPUs each.`,
    ],
  }
}

function playElastic(draw: number): number {
  const random = createRandom(`fleet-elastic-${draw}`)
  const jobs = Array.from({ length: 16 }, () => ({
    least: 1,
    most: 32,
    goodput: trainingGoodput({
      stepS: 0.1 + random.next(),
      syncS: 0.3 * random.next(),
      noise: Math.exp(5 * random.next()),
    }),
  }))
  const shares = shareByGoodput(jobs, 64)
  return Math.exp(mean(jobs.map(({ goodput }, i) => Math.log(goodput(shares[i]!) / goodput(4)))))
}

function madeTable(): number[][] {
  const random = createRandom('fleet-throughputs')
  return Array.from({ length: 20 }, () => {
    const slow = 1 + 4 * random.next()
    return [slow * (1.5 + 6 * random.next()), slow * (1 + 3 * random.next()), slow]
  })
}

/** A row a job that every type of a table has. */
async function load(dataDir: string): Promise<Record<string, number[][]>> {
  const names = (await readdir(dataDir, { recursive: true })).filter((name) =>
    name.endsWith('throughputs.json'),
  )
  if (names.length === 0)
    throw new InvalidInputError({
      code: 'no-throughputs',
      message: `There is no …throughputs.json below ${dataDir}: types of GPU, jobs in each, "null" for a job alone.`,
    })
  return Object.fromEntries(
    await Promise.all(
      names.map(async (name): Promise<[string, number[][]]> => {
        const table = tableSchema.parse(JSON.parse(await readFile(join(dataDir, name), 'utf8')))
        const types = Object.values(table)
        const rows = Object.keys(types[0] ?? {})
          .filter((job) => types.every((of) => job in of))
          .map((job) => types.map((of) => of[job]!.null))
          .filter((row) => row.some((value) => value > 0))
        return [name.replace(/\.json$/, ''), rows]
      }),
    ),
  )
}
