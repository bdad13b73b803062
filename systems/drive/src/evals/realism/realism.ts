import { basename } from 'node:path'
import type { MeasureInput } from '@heavylift/core'
import { InvalidInputError } from '@heavylift/core'
import { createRandom, mean, quantile, roundTo, sortNumbers } from '@heavylift/core/math'
import { filesBelow } from '../../clearance/variations/files-below.ts'
import { parseCommonRoad } from '../../world/commonroad/parse-commonroad.ts'
import { usualManner } from '../../world/traffic/vehicle-mix.ts'
import type { DrivingManner } from '../../world/traffic/vehicle-mix.ts'
import { readXmlFile } from '../../world/xml/read-xml-file.ts'
import { fitManner } from './fit-manner.ts'
import type { Likelihoods } from './likelihoods.ts'
import { trafficKey, windowsOf } from './recorded-window.ts'
import type { RecordedWindow } from './recorded-window.ts'
import { scoreModel } from './score-model.ts'
import { pastSteps, stepS } from './tracks.ts'
import { constantVelocity, laneTraffic, recordedModel } from './traffic-models.ts'

/** Rows of the result: metrics are of the first, peers are the others. */
const rows = ['idm', 'constantVelocity', 'idmFitted', 'recorded'] as const
type Row = (typeof rows)[number]
type Scores = Record<Row, Likelihoods>

const resamples = 2000

/** How far the simulator's traffic is from recorded traffic, on CommonRoad scenes below a folder. */
export async function runRealismEval({ dataDir, report, signal }: MeasureInput) {
  if (!dataDir)
    throw new InvalidInputError({
      code: 'option-invalid',
      message: 'Give a folder with recorded CommonRoad scenes (2018b or 2020a, .xml or .xml.gz) by --data.',
    })
  const failures: string[] = []
  const windows = new Map<string, RecordedWindow>()
  let simulated = 0
  const files = (await filesBelow(dataDir)).filter((path) => /\.xml(\.gz)?$/i.test(path))
  for (const [index, path] of files.entries()) {
    signal.throwIfAborted()
    report({ stage: 'scenes', done: index, total: files.length, unit: 'files' })
    try {
      const scene = parseCommonRoad(await readXmlFile(path))
      if (scene.isSimulated) simulated++
      else for (const window of windowsOf(scene)) windows.set(trafficKey(window), window)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      failures.push(`${basename(path)}: ${error.message}`)
    }
  }
  const all = [...windows.values()]
  if (all.length === 0)
    throw new InvalidInputError({
      code: 'option-invalid',
      message: `${dataDir} has no recorded traffic of 2.5 s or more${simulated > 0 ? ` (${simulated} scenes are a simulator's)` : ''}.`,
    })
  const results: { window: RecordedWindow; scores: Scores }[] = []
  const manners: string[] = []
  for (const { name, train, test } of foldsOf(all)) {
    const manner =
      train.length === 0
        ? usualManner
        : fitManner(train, (round, total) => {
            signal.throwIfAborted()
            report({ stage: `fit for ${name}`, done: round, total, unit: 'rounds' })
          })
    manners.push(
      train.length === 0
        ? `${name}: driven as usual, since there is nothing else to fit on.`
        : `${name}: driven as fitted on ${namesOf(train)}: ${wordsOf(manner)}.`,
    )
    for (const [index, window] of test.entries()) {
      signal.throwIfAborted()
      report({ stage: name, done: index, total: test.length, unit: 'windows' })
      const scores: Scores = {
        idm: scoreModel(window, laneTraffic(usualManner)),
        constantVelocity: scoreModel(window, constantVelocity),
        idmFitted: scoreModel(window, laneTraffic(manner)),
        recorded: scoreModel(window, recordedModel),
      }
      results.push({ window, scores })
    }
  }
  const { metrics, ...rest } = summary(results)
  return {
    n: results.length,
    ...rest,
    metrics: { ...metrics, files: files.length, simulatedFiles: simulated } as Record<string, number>,
    failures,
    notes: [sentence(results), ...manners],
  }
}

/** Each source by those fitted on the others; a single source in two halves by scene. */
export function foldsOf(windows: readonly RecordedWindow[]) {
  const bySource = Map.groupBy(windows, ({ source }) => source)
  if (bySource.size > 1)
    return [...bySource].map(([name, test]) => ({
      name,
      test,
      train: windows.filter(({ source }) => source !== name),
    }))
  const half = Math.ceil(windows.length / 2)
  const [first, second] = [windows.slice(0, half), windows.slice(half)]
  const [name = ''] = [...bySource.keys()]
  return [
    { name: `${name}, first half`, test: first, train: second },
    { name: `${name}, second half`, test: second, train: first },
  ].filter(({ test }) => test.length > 0)
}

const namesOf = (windows: readonly RecordedWindow[]) =>
  [...new Set(windows.map(({ source }) => source))].join(', ')

const wordsOf = (manner: DrivingManner) =>
  Object.entries(manner)
    .map(([key, value]) => `${key} ${roundTo(value, 2)}`)
    .join(', ')

type Results = readonly { window: RecordedWindow; scores: Scores }[]

const metaOf = (results: Results, row: Row) => mean(results, ({ scores }) => scores[row].meta)

function meanOf(results: Results, row: Row): Record<string, number> {
  const [first] = results
  return Object.fromEntries(
    Object.keys(first?.scores[row] ?? {}).map((key) => {
      const values = results.map(({ scores }) => scores[row][key as keyof Likelihoods])
      return [key, mean(values.filter((value) => !Number.isNaN(value)))]
    }),
  )
}

function summary(results: Results) {
  const bySource = Map.groupBy(results, ({ window }) => window.source)
  const lowest = results.toSorted((a, b) => a.scores.idm.meta - b.scores.idm.meta)[0]
  const gainOf = (list: Results) => metaOf(list, 'idmFitted') - metaOf(list, 'idm')
  return {
    metrics: {
      ...meanOf(results, 'idm'),
      /** Where 0 is constant velocity and 1 is the recording itself. */
      shareOfRecorded: share(results, 'idm'),
      fittedGain: gainOf(results),
      windows: results.length,
      secondsAhead: mean(results, ({ window }) => (window.log.frames - pastSteps - 1) * stepS),
      vehicles: results.reduce((sum, { window }) => sum + window.agents.filter((a) => a.isScored).length, 0),
    },
    peers: Object.fromEntries(rows.slice(1).map((row) => [row, meanOf(results, row)])),
    sources: Object.fromEntries(
      [...bySource].map(([source, list]) => [
        source,
        {
          n: list.length,
          meta: metaOf(list, 'idm'),
          shareOfRecorded: share(list, 'idm'),
          fittedGain: gainOf(list),
          metaConstantVelocity: metaOf(list, 'constantVelocity'),
          metaRecorded: metaOf(list, 'recorded'),
        },
      ]),
    ),
    worst: lowest
      ? { meta: { source: lowest.window.name, value: lowest.scores.idm.meta } }
      : ({} as Record<string, { source: string; value: number }>),
    intervals: {
      meta: interval(results, (list) => metaOf(list, 'idm')),
      fittedGain: interval(results, gainOf),
    },
  }
}

function share(results: Results, row: Row): number {
  const [low, high] = [metaOf(results, 'constantVelocity'), metaOf(results, 'recorded')]
  return (metaOf(results, row) - low) / (high - low)
}

/** 95 %, by scenes drawn again with replacement (windows of a scene together). */
function interval(results: Results, of: (list: Results) => number): [number, number] {
  const scenes = [...Map.groupBy(results, ({ window }) => window.name.split(' ')[0]).values()]
  const random = createRandom('realism interval')
  const values = sortNumbers(
    Array.from({ length: resamples }, () => of(scenes.flatMap(() => random.pick(scenes)))),
  )
  return [quantile(values, 0.025), quantile(values, 0.975)]
}

/** What it means for a clearance, in plain words. */
export function sentence(results: Results): string {
  const percent = (list: Results, row: Row) => `${Math.round(100 * share(list, row))} %`
  const worst = [...Map.groupBy(results, ({ window }) => window.source)].toSorted(
    ([, a], [, b]) => share(a, 'idm') - share(b, 'idm'),
  )[0]
  return (
    'What clearance in made traffic is worth: between traffic that only goes straight on (0 %) and the recording itself (100 %) ' +
    `our traffic comes to ${percent(results, 'idm')}, with parameters fitted on other places to ${percent(results, 'idmFitted')}` +
    `${worst ? `; worst ${worst[0]}, ${percent(worst[1], 'idm')}` : ''}. ` +
    'So a clearance holds among drivers who follow and change lanes by rules; what people do beyond that, it has not seen.'
  )
}
