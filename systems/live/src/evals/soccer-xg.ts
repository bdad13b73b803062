import type { MeasureInput } from '@heavylift/core'
import { soccerFormats } from '../insights/winning/soccer/soccer-formats.ts'
import { xgRows } from '../insights/winning/soccer/xg-dataset.ts'
import { goalView } from '../insights/winning/soccer/xg-features.ts'
import { soccerXgRule } from '../insights/winning/soccer/xg-rule.ts'
import { bootstrapByGroup, overRows } from '../learn/bootstrap.ts'
import { unbiasedEce } from '../learn/calibration-error.ts'
import { crossFit } from '../learn/cross-fit.ts'
import { trainLogistic } from '../learn/logistic.ts'
import { auc, ece, logLoss } from '../learn/metrics.ts'
import { readMatches } from '../learn/read-matches.ts'
import type { MatchRecord } from '../learn/read-matches.ts'
import { dataFiles } from '../learn/training-data.ts'
import { worstOf, worstSource } from '../learn/worst-source.ts'
import { rangeOf } from './probability-metrics.ts'
import { requireData } from './require-data.ts'
import { insightsOf, shownMatches } from './shown-matches.ts'

/** A logistic regression of distance and angle, cross-fitted by match on the shots of the same files: by match and action. */
async function plainModel(matches: AsyncIterable<MatchRecord>): Promise<Map<string, number>> {
  const { dataset, shots } = await xgRows(matches)
  const { outOfFold } = crossFit({
    name: 'plain',
    dataset: {
      ...dataset,
      columns: ['distance (m)', 'angle (rad)'],
      features: Float64Array.from(
        shots.flatMap(({ x, y }) => {
          const { distance, angle } = goalView(x, y)
          return [distance, angle]
        }),
      ),
    },
    folds: 5,
    train: (part) => trainLogistic(part, { l2: 1e-5 }),
  })
  return new Map(shots.map(({ actionId }, row) => [`${dataset.groups[row]}/${actionId}`, outOfFold[row]!]))
}

/** Expected goals as the live rule says them of each shot. */
export async function measureSoccerXg({ dataDir, report, signal }: MeasureInput) {
  const folder = requireData(dataDir, 'soccer events')
  const files = { paths: await dataFiles(folder), formats: soccerFormats, report, signal }
  const plain = await plainModel(readMatches(files))
  const said: { matchId: string; source: string; xg: number; goal: 0 | 1; plain: number }[] = []
  let shots = 0
  for await (const match of shownMatches({ ...files, dataDir: folder, rules: [soccerXgRule] })) {
    const { matchId, format, events } = match
    const source = events.find((event) => event.kind === 'match')?.match.competition ?? format
    shots += events.filter((event) => event.kind === 'soccer-action' && event.shot !== null).length
    for (const { insight } of insightsOf(match.said, 'soccer.xg')) {
      if (insight.estimate.type !== 'probability') continue
      said.push({
        matchId,
        source,
        xg: insight.estimate.probability,
        goal: insight.detail['outcome'] === 'goal' ? 1 : 0,
        plain: plain.get(`${matchId}/${insight.occasion}`) ?? 0.1,
      })
    }
  }
  const predicted = Float64Array.from(said, ({ xg }) => xg)
  const baseline = Float64Array.from(said, (one) => one.plain)
  const labels = Float64Array.from(said, ({ goal }) => goal)
  const groups = said.map(({ matchId }) => matchId)
  const sources = said.map(({ source }) => source)
  const losses = overRows(logLoss, predicted, labels)
  const gaps = overRows(ece, predicted, labels)
  const loss = bootstrapByGroup(groups, losses, { draws: 300 })
  const gap = unbiasedEce(predicted, labels, groups)
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    n: said.length,
    metrics: {
      logLoss: loss.value,
      ece: ece(predicted, labels),
      eceUnbiased: gap.value,
      auc: auc(predicted, labels),
      meanXg: mean(predicted),
      goalsPerShot: mean(labels),
      games: new Set(groups).size,
      // Shots without a place and those of shoot-outs.
      shotsUntold: shots - said.length,
    },
    intervals: {
      logLoss: rangeOf(loss),
      eceUnbiased: rangeOf(gap),
    },
    sources: Object.fromEntries(
      [...Map.groupBy(said.keys(), (row) => sources[row]!)].map(([source, rows]) => {
        const of = Int32Array.from(rows)
        return [source, { n: rows.length, logLoss: losses(of), ece: gaps(of) }]
      }),
    ),
    worst: worstOf({
      logLossOfCompetition: worstSource(sources, groups, losses),
      eceOfCompetition: worstSource(sources, groups, gaps),
    }),
    baseline: { logLoss: logLoss(baseline, labels), ece: ece(baseline, labels) },
  }
}
