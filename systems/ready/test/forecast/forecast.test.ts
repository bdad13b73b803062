import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '@heavylift/core'
import { commandInput } from '@heavylift/core/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makePeakSeries } from '../../samples/make-series.ts'
import { commands } from '../../src/commands/commands.ts'
import { dayMarks, eventRows } from '../../src/forecast/events.ts'
import { forecast } from '../../src/forecast/forecast.ts'
import { seasonalNaive } from '../../src/forecast/methods.ts'
import { forecastPeak } from '../../src/forecast/peak.ts'
import { readEvents, readSeries, readWide } from '../../src/forecast/read-series.ts'
import { coarsen, dayPeaks, periodsOf } from '../../src/forecast/series.ts'

const periods = [24, 168]

function windows(count: number) {
  return Array.from({ length: count }, (_, k) => {
    const { values } = makePeakSeries(42, `window ${k}`)
    return { past: values.slice(0, -24), actual: values.slice(-24) }
  })
}

const errorOf = (found: Float64Array, actual: Float64Array) =>
  found.reduce((sum, value, h) => sum + Math.abs(value - (actual[h] as number)), 0)

test('is nearer than the last season on series with days, weeks and growth [READY-FORECAST-01]', () => {
  let own = 0
  let naive = 0
  for (const { past, actual } of windows(4)) {
    const known = { values: past, periods, events: [] }
    own += errorOf(forecast(known, 24).median, actual)
    naive += errorOf(seasonalNaive(known, 24), actual)
  }
  expect(own).toBeLessThan(0.8 * naive)
})

test('covers about 95 % at 95 %, and less at 50 % [READY-FORECAST-02]', () => {
  const inside = { wide: 0, half: 0 }
  const count = 8
  for (const { past, actual } of windows(count)) {
    const found = forecast({ values: past, periods, events: [] }, 24)
    for (const [name, level] of [
      ['wide', 0.95],
      ['half', 0.5],
    ] as const) {
      const { lower, upper } = found.interval(level)
      inside[name] += actual.filter(
        (value, h) => value >= (lower[h] as number) && value <= (upper[h] as number),
      ).length
    }
  }
  expect(inside.wide / (24 * count)).toBeGreaterThan(0.88)
  expect(inside.half / (24 * count)).toBeGreaterThan(0.3)
  expect(inside.half / (24 * count)).toBeLessThan(0.8)
}, 120_000)

test('answers finite numbers to whatever series, not below zero where nothing was [READY-FORECAST-03]', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.constant(NaN), fc.constant(0)), {
        minLength: 1,
        maxLength: 120,
      }),
      fc.integer({ min: 1, max: 30 }),
      (values, horizon) => {
        const found = forecast({ values: Float64Array.from(values), periods: [7, 24], events: [] }, horizon)
        expect(found.median).toHaveLength(horizon)
        expect(found.median.every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
  const constant = forecast({ values: new Float64Array(200).fill(5), periods, events: [] }, 24)
  expect([...constant.median].every((value) => Math.abs(value - 5) < 0.01)).toBe(true)
})

test('a known event lifts what is forecast for its hours', () => {
  const n = 480
  const event = Float64Array.from({ length: n + 24 }, (_, t) => Number(t % 120 >= 100 && t % 120 < 104))
  const values = Float64Array.from(
    { length: n },
    (_, t) => 100 + 10 * Math.sin((2 * Math.PI * t) / 24) + 80 * (event[t] as number),
  )
  const plain = forecast({ values, periods: [24], events: [] }, 24).median
  const told = forecast({ values, periods: [24], events: [event.fill(1, n + 5, n + 8)] }, 24).median
  expect(told[6] as number).toBeGreaterThan((plain[6] as number) + 20)
})

test('a plan at 95 % holds on about 95 % of days, without being far above them [READY-FORECAST-04]', () => {
  const random = createRandom('peaks')
  const peaks = Array.from(
    { length: 200 },
    (_, d) => 1000 * (1 + 0.3 * Math.sin((2 * Math.PI * d) / 7)) * Math.exp(0.08 * random.normal()),
  )
  let held = 0
  let ratio = 0
  for (let d = 40; d < peaks.length; d++) {
    const plan = forecastPeak(peaks.slice(0, d)).quantile(0.95)
    held += Number(plan >= (peaks[d] as number))
    ratio += plan / (peaks[d] as number)
  }
  expect(held / 160).toBeGreaterThan(0.9)
  expect(ratio / 160).toBeLessThan(1.35)
})

test('a day that is marked is compared with days of its kind [READY-FORECAST-04]', () => {
  const marks = Array.from({ length: 60 }, (_, d) => (d % 9 === 4 ? 'match' : null))
  const peaks = marks.map((mark, d) => (mark === null ? 1000 + (d % 3) : 9000 + (d % 5)))
  expect(forecastPeak(peaks, [...marks, 'match']).median).toBeGreaterThan(3000)
  expect(forecastPeak(peaks, [...marks, null]).median).toBeLessThan(2000)
  const areFirst = ['final', 'match', null].map(
    (mark) => forecastPeak(peaks, [...marks, mark]).isFirstOfItsKind,
  )
  expect(areFirst).toEqual([true, false, false])
})

test('reads a series of CSV whatever its columns are called, with gaps as such', () => {
  const series = readSeries(
    'x',
    'note,when,requests\na,2026-01-01 00:00:00,5\nb,2026-01-01 01:00:00,6\nc,2026-01-01 03:00:00,8\nd,2026-01-01 04:00:00,9\n',
  )
  expect([series.stepMinutes, [...series.values]]).toEqual([60, [5, 6, NaN, 8, 9]])
  expect(() => readSeries('x', 'a,b\n1,2\n')).toThrow('give CSV with a column of times')
  expect(readWide('"V1","V2"\n"H1","1","2"\n"H2",3,\n').get('H2')).toEqual(Float64Array.from([3]))
})

test('makes minutes coarser, and takes the peak of each whole day', () => {
  const values = Float64Array.from({ length: 2 * 1440 + 10 }, (_, t) => t)
  const series = { name: 'x', startMs: Date.UTC(2026, 0, 1), stepMinutes: 1, values }
  expect(coarsen(series)).toMatchObject({ stepMinutes: 5 })
  expect(coarsen(series).values).toHaveLength(578)
  expect(dayPeaks(series)).toEqual([
    { day: '2026-01-01', peak: 1439 },
    { day: '2026-01-02', peak: 2879 },
  ])
  expect([periodsOf(60), periodsOf(1440)]).toEqual([
    [24, 168],
    [7, 365],
  ])
})

test('events that the user gives are rows of the forecast by the share of each step, and marks of days [READY-FORECAST-05]', () => {
  const hour = 3_600_000
  const rows = eventRows(
    [
      { name: 'sale', fromMs: 1.5 * hour, toMs: 3 * hour },
      { name: 'gone', fromMs: -9 * hour, toMs: -8 * hour },
    ],
    0,
    hour,
    5,
  )
  expect(rows.map((row) => [...row])).toEqual([[0, 0.5, 1, 0, 0]])
  const events = readEvents(
    'events',
    'name,from,to\nsale,2026-01-03,2026-01-03\nmatch,2026-01-03T20:00,2026-01-04T01:00\n',
  )
  expect(dayMarks(events, ['2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05'])).toEqual([
    null,
    'match, sale',
    'match',
    null,
  ])
  expect(() => readEvents('events', 'name,from,to\nsale,soon,later\n')).toThrow('without name, from and to')
})

test('a kind of day is foretold by what was right for its kind [READY-FORECAST-04]', () => {
  const marks = Array.from({ length: 57 }, (_, day) => (day % 14 === 0 && day > 0 ? 'sale' : null))
  const peaks = marks.slice(0, 56).map((mark, day) => (mark === null ? 100 + (day % 3) : 300 + (day % 5)))
  const found = forecastPeak(peaks, marks)
  expect(marks[56]).toBe('sale')
  expect(found.median).toBeGreaterThan(270)
  expect(found.quantile(0.95)).toBeLessThan(400)
  expect(found.drivers[0]?.name).toContain('of the same kind')
})

test('a kind of day grows as the days around it do [READY-FORECAST-04]', () => {
  const marks = Array.from({ length: 85 }, (_, day) => (day % 14 === 0 && day > 0 ? 'sale' : null))
  const peaks = marks.slice(0, 84).map((mark, day) => 100 * 1.01 ** day * (mark === null ? 1 : 3))
  const { median } = forecastPeak(peaks, marks)
  const next = 300 * 1.01 ** 84
  // The last sale alone would say 13 % less, the middle of the last five 34 % less.
  expect(Math.abs(median / next - 1)).toBeLessThan(0.08)
})

test('dates with slashes are read day first, unless that cannot be', () => {
  const days = (cells: string[]) => {
    const { startMs, values } = readSeries(
      's',
      `date,value\n${cells.map((cell, k) => `${cell},${k}`).join('\n')}\n`,
    )
    return [new Date(startMs).toISOString().slice(0, 10), values.length]
  }
  expect(days(['01/02/2026', '02/02/2026', '03/02/2026', '04/02/2026'])).toEqual(['2026-02-01', 4])
  expect(days(['1/12/26', '1/13/26', '1/14/26', '1/15/26'])).toEqual(['2026-01-12', 4])
  expect(days(['30/1/20', '31/1/20', '1/2/20', '2/2/20'])).toEqual(['2020-01-30', 4])
})

test('one day that nobody could know does not stand in the plan for weeks [READY-FORECAST-04]', () => {
  const random = createRandom('spike')
  const peaks = Array.from({ length: 30 }, (_, day) =>
    Math.round(1000 * (day % 7 < 5 ? 1 : 0.8) * Math.exp(0.05 * random.normal())),
  )
  const calm = forecastPeak(peaks).quantile(0.95)
  const spiked = forecastPeak(peaks.map((peak, day) => (day === 12 ? 25 * peak : peak)))
  expect(spiked.quantile(0.95)).toBeGreaterThanOrEqual(spiked.median)
  expect(spiked.quantile(0.95) / calm).toBeLessThan(2)
})

test('a series of one’s own is forecast by a command that writes the courses it may take [READY-FORECAST-06]', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-forecast-'))
  try {
    const file = join(folder, 'requests.csv')
    const courses = join(folder, 'demand.csv')
    const made = makePeakSeries(21)
    const rows = Array.from(
      made.values,
      (value, at) => `${new Date(made.startMs + at * 3_600_000).toISOString()},${value}`,
    )
    await writeFile(file, `time,requests\n${rows.join('\n')}\n`)
    const lines: string[] = []
    const run = (options: Record<string, string>) =>
      commands
        .find(({ name }) => name === 'forecast')!
        .run(commandInput({ args: { file }, options, print: (line) => lines.push(line) })) as Promise<{
        median: number[]
        fromMs: number
        peak: { median: number; plan95: number }
      }>
    const found = await run({ steps: '24', courses })
    expect(found.fromMs).toBe(made.startMs + made.values.length * 3_600_000)
    expect(found.peak.plan95).toBeGreaterThanOrEqual(found.peak.median)
    const written = (await readFile(courses, 'utf8')).trim().split('\r\n')
    expect(written).toHaveLength(25)
    const values = written.slice(1).map((line) => line.split(',').slice(1).map(Number))
    expect(values[0]!.length).toBeGreaterThan(1)
    expect(values.flat().every((value) => value >= 0)).toBe(true)
    // They are about the median: half of them above it, half below, in the mean over the hours.
    const above = values.flatMap((courses, h) => courses.map((value) => value > found.median[h]!))
    expect(above.filter(Boolean).length / above.length).toBeGreaterThan(0.2)
    expect(above.filter(Boolean).length / above.length).toBeLessThan(0.8)
    // Of half hours the higher one stands for the hour.
    const half = Array.from(
      made.values.subarray(0, 200),
      (value, at) => `${new Date(made.startMs + at * 1_800_000).toISOString()},${value}`,
    )
    await writeFile(file, `time,requests\n${half.join('\n')}\n`)
    await run({ steps: '6', courses })
    expect((await readFile(courses, 'utf8')).trim().split('\r\n')).toHaveLength(4)
    const days = Array.from(
      { length: 40 },
      (_, at) => `${new Date(made.startMs + at * 86_400_000).toISOString()},${at}`,
    )
    await writeFile(file, `time,requests\n${days.join('\n')}\n`)
    await expect(run({ courses })).rejects.toMatchObject({ code: 'courses-too-coarse' })
    await expect(run({ steps: '0' })).rejects.toMatchObject({ code: 'bad-option' })
  } finally {
    await rm(folder, { recursive: true })
  }
})
