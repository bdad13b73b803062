import type { MeasureInput } from '@heavylift/core'
import { nflPlayFormats } from '../feeds/nfl/play-formats.ts'
import { isPreseason } from '../insights/winning/team-strength.ts'
import { nflWinProbabilityRule } from '../insights/winning/nfl/win-probability-rule.ts'
import { brier } from '../learn/metrics.ts'
import { dataFiles } from '../learn/training-data.ts'
import { readFileColumns } from './file-win-probability.ts'
import { measuredProbability, pickRows, probabilityMetrics } from './probability-metrics.ts'
import { requireData } from './require-data.ts'
import { bySource, shownChances } from './shown-win-probability.ts'
import type { ShownChance } from './shown-win-probability.ts'

const isLate = ({ period, secondsLeft }: ShownChance) => period === 4 && secondsLeft <= 300

/** Brier score in the last five minutes of regulation. */
function late(chances: readonly ShownChance[], predicted: Float64Array, labels: Float64Array): number {
  const rows = chances.flatMap((chance, row) => (isLate(chance) ? [row] : []))
  return brier(pickRows(predicted, rows), pickRows(labels, rows))
}

/** What the rule shows over whole games; preseason games are counted beside, since nobody plays them to win. */
export async function measureWinProbability({ dataDir, report, signal }: MeasureInput) {
  const folder = requireData(dataDir, 'NFL play-by-play')
  const { chances, ties, unfinished } = await shownChances('nfl', {
    dataDir: folder,
    formats: nflPlayFormats,
    rules: [nflWinProbabilityRule],
    report,
    signal,
  })
  const season = chances.filter(({ startMs }) => !isPreseason(startMs))
  const preseason = chances.filter(({ startMs }) => isPreseason(startMs))
  const predicted = Float64Array.from(season, ({ home }) => home)
  const labels = Float64Array.from(season, ({ homeWon }) => homeWon)
  const groups = season.map(({ matchId }) => matchId)
  const measured = measuredProbability(predicted, labels, groups)
  return {
    n: season.length,
    metrics: {
      ...measured.metrics,
      brierLast5Min: late(season, predicted, labels),
      games: new Set(groups).size,
      ties,
      unfinished,
      ...(preseason.length === 0
        ? {}
        : {
            preseasonGames: new Set(preseason.map(({ matchId }) => matchId)).size,
            preseasonBrier: brier(
              Float64Array.from(preseason, ({ home }) => home),
              Float64Array.from(preseason, ({ homeWon }) => homeWon),
            ),
          }),
    },
    intervals: measured.intervals,
    ...bySource(season, predicted, labels),
    ...(await baselineOf(folder, season, signal)),
  }
}

/** What the files' own `wp` column says after the same plays, and ours on those rows; nothing where they have none. */
async function baselineOf(folder: string, season: readonly ShownChance[], signal: AbortSignal) {
  const file = await readFileColumns(await dataFiles(folder), signal)
  const stated = season.flatMap((chance) => {
    const after = file.get(`${chance.matchId}/${chance.occasion}`)?.homeWinAfter
    return after == null ? [] : [{ chance, after }]
  })
  if (stated.length === 0) return {}
  const labels = Float64Array.from(stated, ({ chance }) => chance.homeWon)
  const rows = stated.map(({ chance }) => chance)
  const measured = (predicted: Float64Array) => ({
    ...probabilityMetrics(predicted, labels),
    brierLast5Min: late(rows, predicted, labels),
  })
  return {
    baseline: measured(Float64Array.from(stated, ({ after }) => after)),
    peers: { oursOnTheSameRows: measured(Float64Array.from(rows, ({ home }) => home)) },
  }
}
