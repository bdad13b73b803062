import { InvalidInputError } from '@heavylift/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { feedFormats } from '../../src/feeds/formats.ts'
import { nascarFlagData } from '../../src/feeds/nascar/flag-data.ts'
import { nascarLapNotes } from '../../src/feeds/nascar/lap-notes.ts'
import { nascarLapTimes } from '../../src/feeds/nascar/lap-times.ts'
import { nascarLiveFeed } from '../../src/feeds/nascar/live-feed.ts'
import { nascarPitData } from '../../src/feeds/nascar/pit-data.ts'
import { readItems } from './read-items.ts'

const vehicle = (number: string, position: number, more: object = {}) => ({
  vehicle_number: number,
  driver: { full_name: `Driver ${number} #` },
  running_position: position,
  laps_completed: 12,
  delta: position - 1,
  last_lap_time: 30.5,
  last_lap_speed: 180,
  best_lap_time: 30.1,
  status: 1,
  is_on_track: true,
  pit_stops: [{ pit_in_elapsed_time: 0 }, { pit_in_elapsed_time: 200.5 }],
  ...more,
})
const snapshot = (more: object = {}) => ({
  lap_number: 12,
  elapsed_time: 400,
  flag_state: 1,
  race_id: 77,
  laps_in_race: 100,
  laps_to_go: 88,
  run_name: 'Test 100',
  time_of_day_os: '2025-01-05T15:00:00.1234567-05:00',
  track_length: 1.5,
  track_name: 'Testing Speedway',
  vehicles: [vehicle('08', 2), vehicle('8', 1), vehicle('3', 3, { status: 3, last_lap_time: 0 })],
  ...more,
})
const flags = [
  {
    lap_number: 0,
    flag_state: 8,
    elapsed_time: 0,
    comment: null,
    beneficiary: null,
    time_of_day_os: '2025-01-05T14:00:00-05:00',
  },
  {
    lap_number: 9,
    flag_state: 2,
    elapsed_time: 300.5,
    comment: ' Debris ',
    beneficiary: '8   ',
    time_of_day_os: null,
  },
  { lap_number: 12, flag_state: 77, elapsed_time: 400, comment: null, beneficiary: null },
  { lap_number: 100, flag_state: 4, elapsed_time: 4000, comment: null, beneficiary: null },
]
const pit = {
  vehicle_number: '8',
  lap_count: 40,
  pit_in_flag_status: 2,
  pit_in_race_time: 1000.5,
  pit_out_race_time: 1040,
  pit_stop_duration: 12.5,
  pit_stop_type: 'FOUR_WHEEL_CHANGE',
  left_front_tire_changed: true,
  left_rear_tire_changed: true,
  right_front_tire_changed: true,
  right_rear_tire_changed: true,
}
const laps = {
  laps: [
    {
      Number: '8',
      Laps: [
        { Lap: 0, LapTime: null, RunningPos: 1 },
        { Lap: 1, LapTime: 30, RunningPos: 1 },
        { Lap: 2, LapTime: 31, RunningPos: 1 },
      ],
    },
    {
      Number: '08',
      Laps: [
        { Lap: 0, LapTime: null, RunningPos: 2 },
        { Lap: 1, LapTime: '30.5', RunningPos: 2 },
      ],
    },
  ],
  flags: [
    { LapsCompleted: 0, FlagState: 8 },
    { LapsCompleted: 1, FlagState: 1 },
    { LapsCompleted: 2, FlagState: 1 },
  ],
}
const notes = {
  laps: {
    3: [{ FlagState: 1, Note: '#8 and #08 make contact, #8 spins', DriverIDs: [1] }],
    9: [{ FlagState: 2, Note: 'Rain' }],
  },
}

test('each feed is recognised by its own format alone, pretty or not [LIVE-FEEDS-22]', () => {
  const cases: [string, unknown][] = [
    ['nascar-live-feed', snapshot()],
    ['nascar-flag-data', flags],
    ['nascar-pit-data', [pit]],
    ['nascar-lap-times', laps],
    ['nascar-lap-notes', notes],
  ]
  for (const [name, document] of cases)
    for (const indent of [0, 2]) {
      const head = Buffer.from(JSON.stringify(document, null, indent))
      expect(
        feedFormats.filter((format) => format.recognise('x.json', head) > 0).map((format) => format.name),
      ).toEqual([name])
    }
})

test('a recorded live feed gives the match once, each snapshot in order of position, and the end once [LIVE-FEEDS-22]', async () => {
  const end = { flag_state: 9, laps_to_go: 0, lap_number: 100 }
  const lines = [snapshot(), snapshot({ lap_number: 13 }), snapshot(end), snapshot(end)].map((line) =>
    JSON.stringify(line),
  )
  const { events, rejects } = await readItems(nascarLiveFeed, `\uFEFF${lines.join('\n')}\n{"cut`, {
    size: 100,
  })
  expect(rejects.map((reject) => reject.where)).toEqual(['row 5'])
  expect(events.map((event) => event.kind)).toEqual([
    'match',
    'race-state',
    'race-state',
    'race-state',
    'match-end',
    'race-state',
  ])
  expect(events[0]).toMatchObject({
    matchId: 'nascar-77',
    match: { race: { totalLaps: 100, trackLengthMetres: 2414 } },
  })
  expect(events[1]).toMatchObject({
    lap: 12,
    flag: 'green',
    clocks: { eventTimeFrom: 'wall', eventTimeMs: Date.parse('2025-01-05T20:00:00.123Z') },
  })
  const cars = events[1]?.kind === 'race-state' ? events[1].cars : []
  expect(cars.map((car) => [car.carId, car.driver, car.isRunning, car.pitStops])).toEqual([
    ['8', 'Driver 8', true, 1],
    ['08', 'Driver 08', true, 1],
    ['3', 'Driver 3', false, 1],
  ])
  expect(cars[0]?.lastLapSpeedMps).toBeCloseTo(80.47, 2)
  expect(cars[2]?.lastLapSeconds).toBeNull()
})

test('a vehicle that is wrong is rejected by its path, the others stay [LIVE-FEEDS-22]', async () => {
  const document = snapshot({
    vehicles: [vehicle('8', 1), { ...vehicle('9', 2), running_position: 'second' }],
  })
  const { events, rejects } = await readItems(nascarLiveFeed, JSON.stringify(document, null, 2))
  expect(events.at(-1)).toMatchObject({ kind: 'race-state', cars: [{ carId: '8' }] })
  expect(rejects).toMatchObject([{ where: 'row 1: $.vehicles[1].running_position' }])
})

test('flags: an unknown code is no flag and is counted; the leader’s finish is the chequered flag [LIVE-FEEDS-22]', async () => {
  const { events, rejects } = await readItems(nascarFlagData, JSON.stringify(flags), { matchId: 'm' })
  expect(events.map((event) => event.kind === 'race-flag' && event.flag)).toEqual([
    'warm-up',
    'caution',
    'none',
    'checkered',
  ])
  expect(events[1]).toMatchObject({
    matchId: 'm',
    comment: 'Debris',
    clocks: { eventTimeFrom: 'session', eventTimeMs: 300_500 },
  })
  expect(rejects).toMatchObject([{ reason: expect.stringContaining('77 is unknown') as string }])
})

test('pit stops: minus one is not yet, tyres are counted [LIVE-FEEDS-22]', async () => {
  const open = { ...pit, pit_out_race_time: -1, pit_stop_duration: -1, left_front_tire_changed: false }
  const { events } = await readItems(nascarPitData, JSON.stringify([pit, open]))
  expect(events).toMatchObject([
    {
      carId: '8',
      lap: 40,
      inSeconds: 1000.5,
      outSeconds: 1040,
      stopSeconds: 12.5,
      tiresChanged: 4,
      flag: 'caution',
      fuelAddedLitres: null,
    },
    { outSeconds: null, stopSeconds: null, tiresChanged: 3 },
  ])
})

test('lap times are read with or without their wrappers, in order of time [LIVE-FEEDS-22]', async () => {
  const wrapped = await readItems(
    nascarLapTimes,
    `\uFEFFhttps://example.org/cacher/2025/1/77/lap-times.json\n\n${JSON.stringify(laps, null, 1)}`,
  )
  expect(wrapped.events.map((event) => event.clocks.eventTimeMs)).toEqual([
    0, 0, 0, 30_000, 30_000, 30_500, 61_000,
  ])
  expect(
    wrapped.events.filter((event) => event.kind === 'race-flag').map((event) => [event.lap, event.flag]),
  ).toEqual([
    [0, 'warm-up'],
    [1, 'green'],
  ])
  expect(wrapped.events[0]?.matchId).toBe('nascar-77')
  const bare = await readItems(nascarLapTimes, JSON.stringify(laps.laps))
  expect(bare.events).toHaveLength(5)
})

test('notes name their cars [LIVE-FEEDS-22]', async () => {
  const { events } = await readItems(nascarLapNotes, JSON.stringify(notes))
  expect(events).toMatchObject([
    { kind: 'race-note', lap: 3, flag: 'green', carIds: ['8', '08'] },
    { lap: 9, flag: 'caution', text: 'Rain', carIds: [] },
  ])
})

test('whatever stands in a feed, a row is an event or a reject [LIVE-FEEDS-23]', async () => {
  const formats = [nascarLiveFeed, nascarFlagData, nascarPitData, nascarLapTimes, nascarLapNotes]
  const spoilt = (value: object) =>
    fc
      .tuple(fc.constantFrom(...Object.keys(value)), fc.jsonValue())
      .map(([key, other]) => ({ ...value, [key]: other }))
  const documents = [
    fc.oneof(
      spoilt(snapshot()),
      spoilt(vehicle('8', 1)).map((car) => snapshot({ vehicles: [car, vehicle('9', 2)] })),
    ),
    fc.array(fc.oneof(fc.jsonValue(), spoilt(flags[1] ?? {})), { maxLength: 4 }),
    fc.array(fc.oneof(fc.jsonValue(), spoilt(pit)), { maxLength: 4 }),
    fc
      .array(fc.oneof(fc.jsonValue(), spoilt(laps.laps[0] ?? {})), { maxLength: 4 })
      .map((cars) => ({ ...laps, laps: cars })),
    fc.oneof(
      fc.jsonValue(),
      fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }).map((rows) => ({ laps: rows })),
    ),
  ]
  for (const [i, format] of formats.entries()) {
    await fc.assert(
      fc.asyncProperty(
        documents[i] ?? fc.jsonValue(),
        fc.nat({ max: 1000 }),
        fc.boolean(),
        async (document, cut, isCut) => {
          const text = JSON.stringify(document)
          try {
            const { events, rejects } = await readItems(format, isCut ? text.slice(0, cut) : text, {
              size: 64,
            })
            for (const event of events) expect(Number.isFinite(event.clocks.eventTimeMs)).toBe(true)
            for (const reject of rejects) {
              expect(reject.where).not.toBe('')
              expect(reject.reason).not.toBe('')
              expect(reject.raw.length).toBeLessThanOrEqual(500)
            }
          } catch (error) {
            expect(InvalidInputError.isInstance(error)).toBe(true)
          }
        },
      ),
      { seed: 20_260_102, numRuns: 120 },
    )
  }
})
