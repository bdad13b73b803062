import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { csvLine } from '@heavylift/core/rows'
import { dayMarks, eventRows } from '../forecast/events.ts'
import { forecast } from '../forecast/forecast.ts'
import { forecastPeak } from '../forecast/peak.ts'
import { readEvents, readSeries } from '../forecast/read-series.ts'
import { coarsen, dayPeaks, periodsOf } from '../forecast/series.ts'

const mostSteps = 2000

/**
 * A row an hour, of finer steps the highest: that is what has to be there.
 * @throws InvalidInputError `courses-too-coarse` where a step is longer than an hour
 */
function coursesByHour(courses: readonly Float64Array[], stepMinutes: number, fromMs: number): string {
  const perHour = Math.round(60 / stepMinutes)
  if (perHour < 1)
    throw new InvalidInputError({
      code: 'courses-too-coarse',
      message: `Courses are by the hour, and this series has a value each ${stepMinutes} min. Give one by the hour or finer.`,
    })
  const hours = Math.ceil((courses[0]?.length ?? 0) / perHour)
  const rows = Array.from({ length: hours }, (_, hour) => [
    new Date(fromMs + 3_600_000 * hour),
    ...courses.map((course) => Math.max(...course.subarray(hour * perHour, (hour + 1) * perHour))),
  ])
  return [['time', ...courses.map((_, k) => `course${k + 1}`)], ...rows].map(csvLine).join('')
}

/** `ready forecast`: what comes of a series of one's own, and the courses that it may take. */
export async function runForecast({ args, options, print }: CommandInput): Promise<unknown> {
  const file = args['file'] as string
  const series = readSeries(basename(file), await readFile(file, 'utf8'))
  const eventsFile = options['events']
  const events =
    typeof eventsFile === 'string' ? readEvents(basename(eventsFile), await readFile(eventsFile, 'utf8')) : []
  const coarse = coarsen(series)
  const steps = Number(options['steps'] ?? Math.max(14, Math.round(1440 / coarse.stepMinutes)))
  if (!Number.isInteger(steps) || steps < 1 || steps > mostSteps)
    throw new InvalidInputError({
      code: 'bad-option',
      message: `--steps is a whole number from 1 to ${mostSteps}.`,
    })
  const stepMs = 60_000 * coarse.stepMinutes
  const n = coarse.values.length
  const found = forecast(
    {
      values: coarse.values,
      periods: periodsOf(coarse.stepMinutes),
      events: eventRows(events, coarse.startMs, stepMs, n + steps),
    },
    steps,
  )
  const band = found.interval(0.95)
  const at = (step: number) => new Date(coarse.startMs + (n + step) * stepMs).toISOString()
  print(`${series.name}: ${steps} steps of ${coarse.stepMinutes} min from ${at(0)}.`)
  const top = found.median.reduce((best, value, step) => (value > found.median[best]! ? step : best), 0)
  print(
    `Highest at ${at(top)}: ${found.median[top]!.toFixed(1)}, 95 % within ${band.lower[top]!.toFixed(1)} to ${band.upper[top]!.toFixed(1)}.`,
  )
  const peaks = coarse.stepMinutes < 1440 ? dayPeaks(series) : []
  const next = peaks.at(-1)
  const peak =
    next === undefined || peaks.length < 4
      ? null
      : forecastPeak(
          peaks.map((one) => one.peak),
          dayMarks(events, [
            ...peaks.map(({ day }) => day),
            new Date(Date.parse(next.day) + 86_400_000).toISOString().slice(0, 10),
          ]),
        )
  if (peak !== null)
    print(
      `Peak of the next day: half of such days stay below ${peak.median.toFixed(1)}, 95 % below ${peak.quantile(0.95).toFixed(1)}.`,
    )
  const out = options['courses']
  if (typeof out === 'string') {
    await writeFile(out, coursesByHour(found.courses, coarse.stepMinutes, coarse.startMs + n * stepMs))
    print(
      `${found.courses.length} courses that it may take by the hour, as far off as forecasts of it were: ${out}.`,
    )
  }
  return {
    steps,
    stepMinutes: coarse.stepMinutes,
    fromMs: coarse.startMs + n * stepMs,
    median: [...found.median],
    lower95: [...band.lower],
    upper95: [...band.upper],
    peak: peak === null ? null : { median: peak.median, plan95: peak.quantile(0.95) },
  }
}
