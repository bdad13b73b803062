import type { MeasureInput } from '@heavylift/core'
import { mean } from '@heavylift/core/math'
import { dayMarks } from '../../forecast/events.ts'
import { fillGaps, forecast } from '../../forecast/forecast.ts'
import { seasonalNaive } from '../../forecast/methods.ts'
import { dayPeaks } from '../../forecast/series.ts'
import { peerForecasts, peerNames } from './forecast-peers.ts'
import { scorePeaks } from './score-peaks.ts'
import type { PeakScore } from './score-peaks.ts'
import { meanScore, scoreWindow } from './scores.ts'
import type { Scored, WindowScore } from './scores.ts'
import { loadWindows } from './windows.ts'
import type { Window } from './windows.ts'

/** `heavylift eval ready.forecast`: series forecast from what was before each window; nothing is learned over windows or series. */
export async function runForecastEval({ dataDir, options = {}, report, signal }: MeasureInput) {
  const { windows, series, events, failures } = await loadWindows(dataDir)
  const scores: WindowScore[] = []
  const naive: WindowScore[] = []
  for (const [at, window] of windows.entries()) {
    signal.throwIfAborted()
    report({ stage: 'forecasting', done: at, total: windows.length, unit: 'windows' })
    const { past, actual, periods, events } = window
    const found = forecast({ values: past, periods, events }, actual.length)
    scores.push(scoreOf(window, { median: found.median, ...found.interval(0.95) }))
    // M4's own baseline repeats the shortest season.
    const shortest = periods.slice(0, 1)
    const repeated = seasonalNaive(
      { values: fillGaps(past.slice(), shortest), periods: shortest, events: [] },
      actual.length,
    )
    naive.push(scoreOf(window, { median: repeated, lower: repeated, upper: repeated }))
    await new Promise<void>((resolve) => void setImmediate(resolve))
  }
  const peaks = series.flatMap(({ source, series: one }) => {
    const days = dayPeaks(one)
    const score = scorePeaks(
      days,
      dayMarks(
        events,
        days.map(({ day }) => day),
      ),
    )
    return score === null ? [] : [{ source, score }]
  })
  const bySource = groupScores(windows, scores)
  const naiveBySource = groupScores(windows, naive)
  const sources = Object.fromEntries(
    [...bySource].map(([source, of]) => {
      const peak = peaks.find((one) => one.source === source)?.score
      const own = meanScore(of)
      // The unit of MASE is the past: a series that has grown tenfold is wrong tenfold by it, whoever forecasts.
      const naiveMase = meanScore(naiveBySource.get(source) ?? []).mase
      return [
        source,
        {
          n: of.length,
          ...own,
          naiveMase,
          overNaive: own.mase / naiveMase,
          ...(peak === undefined ? {} : peakFigures(peak)),
        },
      ]
    }),
  )
  const peers = await runPeers(windows, options['python'], signal)
  const worstMase = [...bySource]
    .map(([source, of]) => ({ source, value: meanScore(of).mase }))
    .toSorted((a, b) => b.value - a.value)[0]
  const worstOverNaive = Object.entries(sources)
    .map(([source, { overNaive }]) => ({ source, value: overNaive }))
    .toSorted((a, b) => b.value - a.value)[0]
  const worstCover = [...bySource]
    .map(([source, of]) => ({ source, value: meanScore(of).coverage95 }))
    .toSorted((a, b) => Math.abs(b.value - 0.95) - Math.abs(a.value - 0.95))[0]
  const overDays = (key: keyof PeakScore) =>
    peaks.reduce((sum, { score }) => sum + score[key] * score.days, 0) /
    peaks.reduce((sum, { score }) => sum + score.days, 0)
  const { coverage95: _none, pinball: _neither, ...baseline } = meanScore(naive)
  return {
    n: windows.length,
    metrics: {
      ...meanScore(scores),
      ...(peaks.length === 0
        ? {}
        : {
            peakErrorPct: overDays('peakErrorPct'),
            planHeldPct: overDays('planHeldPct'),
            planHeldSeenPct: overDays('planHeldSeenPct'),
            planRatio: overDays('planRatio'),
          }),
    },
    baseline: {
      ...baseline,
      ...(peaks.length === 0 ? {} : { peakErrorPct: overDays('lastWeekErrorPct') }),
    },
    sources,
    worst: {
      ...(worstMase === undefined ? {} : { mase: worstMase }),
      ...(worstOverNaive === undefined ? {} : { overNaive: worstOverNaive }),
      ...(worstCover === undefined ? {} : { coverage95: worstCover }),
    },
    ...(Object.keys(peers.scores).length === 0 ? {} : { peers: peers.scores }),
    failures,
    notes: [
      'Baseline: the same hour of yesterday (the same day of last week for days); for peaks, last week’s same day.',
      'pinball is the mean loss at 2.5, 50 and 97.5 % in the unit of MASE; planRatio is the plan at 95 % by the peak that came, its median.',
      ...peers.notes,
    ],
  }
}

function scoreOf({ past, actual, periods }: Window, found: Scored): WindowScore {
  return scoreWindow(past, actual, periods[0] ?? 1, found)
}

function peakFigures({
  days,
  peakErrorPct,
  planHeldPct,
  planHeldSeenPct,
  planRatio,
  lastWeekErrorPct,
}: PeakScore) {
  return { days, peakErrorPct, planHeldPct, planHeldSeenPct, planRatio, lastWeekErrorPct }
}

function groupScores(windows: readonly Window[], scores: readonly WindowScore[]): Map<string, WindowScore[]> {
  const found = new Map<string, WindowScore[]>()
  for (const [at, { source }] of windows.entries())
    found.set(source, [...(found.get(source) ?? []), scores[at] as WindowScore])
  return found
}

async function runPeers(
  windows: readonly Window[],
  python: string | boolean | undefined,
  signal: AbortSignal,
) {
  const scores: Record<string, Record<string, number>> = {}
  const notes: string[] = []
  if (typeof python !== 'string')
    return { scores, notes: ['No peers: give --python a Python that has statsforecast and prophet (PyPI).'] }
  for (const name of peerNames) {
    const found = await peerForecasts(python, name, windows, signal)
    if (found === null) {
      notes.push(`No ${name}: that Python does not have it.`)
      continue
    }
    const scored = found.flatMap((one, at) => (one === null ? [] : [{ window: windows[at] as Window, one }]))
    const each = scored.map(({ window, one }) => scoreOf(window, one))
    const worst = [
      ...groupScores(
        scored.map(({ window }) => window),
        each,
      ),
    ].map(([, of]) => meanScore(of).mase)
    scores[name] = {
      n: each.length,
      ...meanScore(each),
      worstMase: Math.max(...worst),
      meanOfSourcesMase: mean(worst),
    }
  }
  return { scores, notes }
}
