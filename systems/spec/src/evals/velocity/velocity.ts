import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { MeasureInput, MeasuredResult } from '@heavylift/core'
import { createRandom } from '@heavylift/core/math'
import { z } from 'zod'
import type { Deployment } from '../../velocity/deployment.ts'
import { placeboOf } from '../../velocity/placebo.ts'
import { rateRatio } from '../../velocity/rate-ratio.ts'
import { readDeployments } from '../../velocity/read-deployments.ts'
import { measureVelocity } from '../../velocity/velocity.ts'

/** `adoption.json`: the date of each repository that adopted; those without one are controls. */
const adoptionSchema = z.union([z.string(), z.record(z.string(), z.string())])

/** `heavylift eval spec.velocity`: the ratio of each adoption, or without a date how often a date at random looks faster. */
export async function runVelocityEval({
  dataDir,
  options,
  report,
  signal,
}: MeasureInput): Promise<Omit<MeasuredResult, 'name' | 'version' | 'seconds'>> {
  if (dataDir === null) return planted(signal)
  const names = (await readdir(dataDir)).filter((name) => name.endsWith('.csv')).toSorted()
  const all: Deployment[] = []
  for (const name of names) {
    const rows = readDeployments(await readFile(join(dataDir, name), 'utf8'))
    all.push(...rows.map((row) => ({ ...row, repository: row.repository || name.replace(/\.csv$/, '') })))
  }
  if (all.length === 0)
    throw new InvalidInputError({
      code: 'data-empty',
      message: `No .csv file in ${dataDir} has deployments.`,
    })
  const groups = Map.groupBy(all, ({ repository }) => repository)
  const adoptions = await readAdoptions(dataDir, options?.adopted, [...groups.keys()])
  if (adoptions.size === 0) return placebo(groups, report, signal)
  const controls = [...groups].flatMap(([name, rows]) => (adoptions.has(name) ? [] : rows))
  const until = Math.max(...all.map(({ atMs }) => atMs))
  const results = [...adoptions].map(([name, atMs]) => ({
    name,
    ...measureVelocity(groups.get(name) ?? [], controls, atMs, until + 1, name),
  }))
  const [first] = results
  const figures = ({
    before,
    after,
    own,
    against,
    controlRatio,
    verdict,
    withheld,
  }: (typeof results)[number]) => ({
    ratio: own?.ratio ?? NaN,
    low: own?.low ?? NaN,
    high: own?.high ?? NaN,
    ...(controlRatio !== null && { controlRatio }),
    ...(against && {
      ratioOfRatios: against.ratio,
      ratioOfRatiosLow: against.low,
      ratioOfRatiosHigh: against.high,
    }),
    isFaster: verdict === 'faster' ? 1 : 0,
    isShown: withheld.length === 0 ? 1 : 0,
    deploymentsPerWeekBefore: before.deploymentsPerWeek,
    deploymentsPerWeekAfter: after.deploymentsPerWeek,
    ...known('leadHours', before.leadHours, after.leadHours),
    ...known('changeFailRate', before.changeFailRate, after.changeFailRate),
    ...known('reworkRate', before.reworkRate, after.reworkRate),
    ...known('recoveryHours', before.recoveryHours, after.recoveryHours),
    ...known('batchCommits', before.batchCommits, after.batchCommits),
  })
  return {
    n: all.length,
    metrics: first ? figures(first) : {},
    ...(first?.own && { intervals: { ratio: [first.own.low, first.own.high] as [number, number] } }),
    sources: Object.fromEntries(results.map((one) => [one.name, figures(one)])),
    notes: results.flatMap(({ name, verdict, withheld }) => [
      `${name}: ${verdict}.`,
      ...withheld.map((why) => `${name} is not shown as a figure: ${why}`),
    ]),
  }
}

function known(name: string, before: number | null, after: number | null) {
  return before === null || after === null ? {} : { [`${name}Before`]: before, [`${name}After`]: after }
}

async function readAdoptions(folder: string, option: string | boolean | undefined, repositories: string[]) {
  const text = await readFile(join(folder, 'adoption.json'), 'utf8').catch(() => null)
  const given = adoptionSchema.parse(
    typeof option === 'string' ? option : text === null ? {} : JSON.parse(text),
  )
  const pairs =
    typeof given === 'string'
      ? repositories.slice(0, 1).map((name) => [name, given] as const)
      : Object.entries(given)
  return new Map(
    pairs.map(([name, date]) => {
      const atMs = Date.parse(date)
      if (!Number.isFinite(atMs))
        throw new InvalidInputError({
          code: 'adoption-invalid',
          message: `The adoption date "${date}" can not be read.`,
        })
      return [name, atMs] as const
    }),
  )
}

const placebosEach = 40

/** Dates at random in histories in which nobody adopted anything: how often the verdict is faster. */
function placebo(
  groups: ReadonlyMap<string, Deployment[]>,
  report: MeasureInput['report'],
  signal: AbortSignal,
) {
  const totals = { dates: 0, faster: 0, slower: 0 }
  const sources: Record<string, { dates: number; fasterRate: number }> = {}
  for (const [at, name] of [...groups.keys()].entries()) {
    signal.throwIfAborted()
    report({ stage: 'repositories', done: at, total: groups.size, unit: 'repositories' })
    const one = placeboOf(name, groups, placebosEach)
    for (const key of ['dates', 'faster', 'slower'] as const) totals[key] += one[key]
    if (one.dates > 0) sources[name] = { dates: one.dates, fasterRate: one.faster / one.dates }
  }
  const [worst] = Object.entries(sources).toSorted((a, b) => b[1].fasterRate - a[1].fasterRate)
  return {
    n: totals.dates,
    metrics: {
      fasterRate: totals.dates === 0 ? 0 : totals.faster / totals.dates,
      slowerRate: totals.dates === 0 ? 0 : totals.slower / totals.dates,
    },
    sources,
    ...(worst && { worst: { fasterRate: { source: worst[0], value: worst[1].fasterRate } } }),
    notes: [
      'No adoption date is given (adoption.json, --adopted): dates at random in each history, an A/A test.',
    ],
  }
}

const simulations = 300

/** Histories that are made, with a ratio planted in them: how often the interval has it. */
function planted(signal: AbortSignal) {
  const metrics: Record<string, number> = {}
  let [all, inside] = [0, 0]
  for (const [name, spread] of [
    ['even', 0],
    ['uneven', 0.5],
  ] as const)
    for (const rate of [2, 5, 15]) {
      signal.throwIfAborted()
      let hits = 0
      for (let at = 0; at < simulations; at++) {
        const random = createRandom(`planted-${name}-${rate}-${at}`)
        const truth = random.pick([0.5, 1, 1.5, 2, 4.5])
        const week = (mean: number) =>
          random.poisson(mean * Math.exp(spread * random.normal() - spread ** 2 / 2))
        const weeks = (count: number, mean: number) => Array.from({ length: count }, () => week(mean))
        const found = rateRatio(
          { before: weeks(12, rate), after: weeks(random.int(8, 26), rate * truth) },
          `${name}-${at}`,
        )
        if (found && found.low <= truth && truth <= found.high) hits++
      }
      metrics[`inside ${name} ${rate} a week`] = hits / simulations
      all += simulations
      inside += hits
    }
  return {
    n: all,
    metrics: { insideRate: inside / all, ...metrics },
    notes: [
      'Made histories: even, of counts that come by themselves; uneven, of weeks that differ beyond that.',
    ],
  }
}
