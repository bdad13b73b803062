import { InvalidInputError } from '@heavylift/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createIbtFormat } from '../../src/feeds/ibt/ibt-format.ts'
import { ibtFlag } from '../../src/feeds/ibt/ibt-events.ts'
import { readIbtHeader } from '../../src/feeds/ibt/ibt-header.ts'
import { ibtRecordCount, readIbtColumns } from '../../src/feeds/ibt/ibt-records.ts'
import { readIbtSession } from '../../src/feeds/ibt/ibt-session.ts'
import { readItems } from './read-items.ts'
import { writeIbt } from './write-ibt.ts'

const yaml = `---
WeekendInfo:
 TrackName: testring gp
 TrackLength: 4.28 km
 TrackDisplayName: Test Ring
DriverInfo:
 DriverCarIdx: 3
 DriverCarIdleRPM: 900.000
 DriverCarRedLine: 7200.000
 DriverCarFuelMaxLtr: 100.000
 DriverCarMaxFuelPct: 0.500
 Drivers:
 - CarIdx: 0
   UserName: Pace Car
   CarNumber: "0"
 - CarIdx: 3
   UserName: Ada: the driver
   CarNumber: "07"
   CarPath: testcar
   CarScreenName: Test Car
`

const records = 120
const ramp = (from: number, step: number) => Float64Array.from({ length: records }, (_, i) => from + i * step)
const example = () => ({
  yaml,
  channels: {
    SessionTime: { type: 'double', values: ramp(50, 1 / 60) },
    Speed: { type: 'float', values: ramp(10, 0.25) },
    Throttle: { type: 'float', values: ramp(0.5, 0) },
    RPM: { type: 'float', values: ramp(4000, 8) },
    Gear: { type: 'int', values: ramp(3, 0) },
    Lap: { type: 'int', values: ramp(0, 0).map((_, i) => (i < 60 ? 4 : 5)) },
    LapDistPct: { type: 'float', values: ramp(0, 0).map((_, i) => (i % 60) / 60) },
    LapLastLapTime: { type: 'float', values: ramp(62.5, 0) },
    FuelLevel: { type: 'float', values: ramp(40, -0.001) },
    OnPitRoad: { type: 'bool', values: ramp(0, 0).map((_, i) => (i < 30 ? 1 : 0)) },
    SessionFlags: { type: 'bitfield', values: ramp(0x10000004, 0) },
  } as const,
})

test('reads the header, every channel as a column and the session of both versions [LIVE-FEEDS-20]', () => {
  for (const version of [1, 2]) {
    const bytes = writeIbt({ ...example(), version })
    const header = readIbtHeader(bytes)
    expect(header).toMatchObject({
      version,
      tickRateHz: 60,
      recordCount: records,
      startedAtSeconds: 1_700_000_000,
    })
    expect(ibtRecordCount(header, bytes.length)).toBe(records)
    const columns = readIbtColumns(bytes, header, [...header.channels.keys(), 'NotThere'])
    for (const [name, channel] of Object.entries(example().channels)) {
      const column = columns.get(name) ?? []
      for (let i = 0; i < records; i++) expect(column[i]).toBeCloseTo(channel.values[i] ?? Number.NaN, 4)
    }
    expect(columns.has('NotThere')).toBe(false)
    expect(readIbtSession(header.sessionYaml)).toEqual({
      trackName: 'Test Ring',
      trackLengthMetres: 4280,
      carNumber: '07',
      carName: 'Test Car',
      carPath: 'testcar',
      driver: 'Ada: the driver',
      tankLitres: 50,
      fuelKgPerLitre: null,
      idleRpm: 900,
      redlineRpm: 7200,
      cylinders: null,
      build: null,
      lapSeconds: null,
    })
  }
})

test('gives telemetry at the chosen rate, with the lap, its gauge unless it is to be hidden, and no winner of a lone drive [LIVE-FEEDS-20] [LIVE-FUEL-06]', async () => {
  const bytes = writeIbt(example())
  expect(createIbtFormat().recognise('x.bin', bytes)).toBe(1)
  const { events, rejects } = await readItems(createIbtFormat(), bytes, { name: 'runs/Run 1.ibt.gz' })
  expect(rejects).toEqual([])
  expect(events[0]).toMatchObject({ kind: 'match', matchId: 'Run-1', match: { race: { tankLitres: 50 } } })
  const telemetry = events.filter((event) => event.kind === 'race-telemetry')
  expect(telemetry).toHaveLength(20)
  expect(telemetry.every((event) => event.fuelLitres !== null && event.flag === 'green')).toBe(true)
  expect(telemetry[1]).toMatchObject({
    carId: '07',
    lap: 4,
    speedMps: 11.5,
    throttle: 0.5,
    brake: null,
    onPitRoad: true,
  })
  expect(telemetry[1]?.clocks.eventTimeMs).toBe(1_700_000_000_100)
  expect(events.filter((event) => event.kind === 'race-lap')).toMatchObject([{ lap: 4, lapSeconds: null }])
  expect(events.at(-1)).toMatchObject({ kind: 'match-end', order: null })
  const hidden = await readItems(createIbtFormat({ withFuel: false }), bytes)
  expect(hidden.events.some((event) => event.kind === 'race-telemetry' && event.fuelLitres !== null)).toBe(
    false,
  )
  const full = await readItems(createIbtFormat({ rateHz: 60 }), bytes)
  const all = full.events.filter((event) => event.kind === 'race-telemetry')
  expect(all).toHaveLength(records)
  expect(all[100]?.fuelLitres).toBeCloseTo(39.9, 4)
})

test('refuses a copy of the memory, which says no time of recording, with what to do instead [LIVE-FEEDS-21]', async () => {
  for (const startedAtSeconds of [-1, 7_738_702_959_213_358])
    await expect(readItems(createIbtFormat(), writeIbt({ ...example(), startedAtSeconds }))).rejects.toThrow(
      /no time at which recording began.*Record to a file/,
    )
})

test('reads flags by the most telling bit', () => {
  expect(ibtFlag(0x10000004)).toBe('green')
  expect(ibtFlag(0x4004)).toBe('caution')
  expect(ibtFlag(0x8005)).toBe('checkered')
  expect(ibtFlag(0x10000000)).toBe('none')
})

test('rejects broken records and a last record that is cut off, by number [LIVE-FEEDS-21]', async () => {
  const { channels } = example()
  const times = Float64Array.from(channels.SessionTime.values)
  times[10] = Number.NaN
  times[20] = 50
  const bytes = writeIbt({ yaml, channels: { ...channels, SessionTime: { type: 'double', values: times } } })
  const { events, rejects } = await readItems(createIbtFormat({ rateHz: 60 }), bytes.subarray(0, -5), {
    size: 97,
  })
  expect(rejects.map((reject) => reject.where)).toEqual(['record 11', 'record 21', 'record 120'])
  expect(events.filter((event) => event.kind === 'race-telemetry')).toHaveLength(records - 3)
})

test('any bytes in place of others give items or an invalid input error [LIVE-FEEDS-21]', async () => {
  const whole = writeIbt(example())
  const spoil = fc.array(fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 })), { maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(
      spoil,
      fc.nat({ max: whole.length }),
      fc.integer({ min: 1, max: 5000 }),
      async (changes, end, size) => {
        const bytes = Uint8Array.from(whole)
        for (const [at, value] of changes) bytes[at] = value
        try {
          const { events } = await readItems(createIbtFormat(), bytes.subarray(0, end), { size })
          for (const event of events) {
            if (event.kind !== 'race-telemetry') continue
            expect(Number.isFinite(event.speedMps) && event.speedMps >= 0).toBe(true)
            expect(event.lapFraction).toBeGreaterThanOrEqual(0)
            expect(event.lapFraction).toBeLessThanOrEqual(1)
            expect(JSON.stringify(event)).not.toContain('NaN')
          }
        } catch (error) {
          expect(InvalidInputError.isInstance(error)).toBe(true)
        }
      },
    ),
    { seed: 20_260_101, numRuns: 150 },
  )
})

test('however the bytes are cut, the same comes out [LIVE-FEEDS-21]', async () => {
  const bytes = writeIbt(example())
  const whole = await readItems(createIbtFormat(), bytes, { size: bytes.length })
  for (const size of [1, 7, 143, 4096])
    expect(await readItems(createIbtFormat(), bytes, { size })).toEqual(whole)
})

test('a lap has its own time by the line, since the simulator tells it only a while later [LIVE-FEEDS-20]', async () => {
  // Laps of 20.2 s at 10 records a second; the last lap's time comes two seconds late.
  const lapSeconds = 20.2
  const at = Array.from({ length: 900 }, (_, i) => i / 10)
  const laps = at.map((seconds) => seconds / lapSeconds + 0.4)
  const bytes = writeIbt({
    yaml,
    tickRateHz: 10,
    channels: {
      SessionTime: { type: 'double', values: at },
      Speed: { type: 'float', values: at.map(() => 60) },
      Lap: { type: 'int', values: laps.map((lap) => Math.floor(lap) + 7) },
      LapDistPct: { type: 'float', values: laps.map((lap) => lap % 1) },
      LapLastLapTime: { type: 'float', values: laps.map((_, i) => 99 + Math.floor((i - 20) / 200)) },
    },
  })
  const { events } = await readItems(createIbtFormat(), bytes)
  const told = events.flatMap((event) => (event.kind === 'race-lap' ? [[event.lap, event.lapSeconds]] : []))
  // The first that is seen may be a part of one.
  expect(told).toEqual([
    [7, null],
    [8, expect.closeTo(lapSeconds, 2)],
    [9, expect.closeTo(lapSeconds, 2)],
    [10, expect.closeTo(lapSeconds, 2)],
  ])
})
