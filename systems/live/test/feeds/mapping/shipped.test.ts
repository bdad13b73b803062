import { describe, expect, it } from 'vitest'
import { formatNamed, recogniseFormat } from '../../../src/feeds/recognise-format.ts'
import { csvOf, ofKind } from '../made-feed.ts'
import { readItems } from '../read-items.ts'
import { madeV3 } from './made-v3.ts'

const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

describe('NBA play-by-play V3', () => {
  it('is recognised, as a document and as a table [LIVE-MAPPING-04]', () => {
    expect(recogniseFormat('game.json', bytesOf(madeV3())).name).toBe('nba-v3')
    expect(recogniseFormat('game.csv', Buffer.from(tableOf(madeV3().game.actions))).name).toBe('nba-v3')
  })

  it.each([
    ['document', () => bytesOf(madeV3())],
    [
      'table',
      () => Buffer.from(tableOf(madeV3().game.actions.map((row) => ({ gameId: '0022400004', ...row })))),
    ],
  ])('becomes the actions that it states, from a %s [LIVE-MAPPING-04]', async (_form, feed) => {
    const { events, rejects } = await readItems(formatNamed('nba-v3'), feed())
    expect(rejects).toEqual([])
    expect(events[0]).toMatchObject({
      kind: 'match',
      matchId: '0022400004',
      // The season that the game's id names.
      clocks: { eventTimeMs: Date.UTC(2024, 9, 1) },
      match: { title: 'VAL at HAR', home: { id: '11', abbreviation: 'HAR' } },
    })
    const actions = ofKind(events, 'nba-action')
    expect(
      actions.map((a) => [a.actionType, a.subType, a.side, a.isMade, a.points, a.homeScore, a.awayScore]),
    ).toEqual([
      ['period', 'start', null, null, 0, 0, 0],
      // Whose players jump is told, not who won.
      ['jumpball', 'recovered', null, null, 0, 0, 0],
      ['3pt', 'Jump Shot', 'home', true, 3, 3, 0],
      ['2pt', 'DUNK', 'away', false, 0, 3, 0],
      ['block', '', 'home', null, 0, 3, 0],
      ['rebound', 'offensive', 'away', null, 0, 3, 0],
      ['foul', 'personal', 'home', null, 0, 3, 0],
      ['freethrow', '1 of 2', 'away', true, 1, 3, 1],
      ['freethrow', '2 of 2', 'away', false, 0, 3, 1],
      ['turnover', 'bad pass', 'away', null, 0, 3, 1],
      ['period', 'end', null, null, 0, 3, 1],
    ])
    expect(actions[2]).toMatchObject({ playerName: 'A. Reed', possession: 'away', x: 68.75, y: 15 })
    expect(actions[5]).toMatchObject({ playerId: null, possession: 'away' })
    expect(events.at(-1)).toMatchObject({ kind: 'match-end', homeScore: 3, awayScore: 1 })
  })
})

describe('OpenF1', () => {
  const session = {
    session_key: 7,
    meeting_key: 1,
    circuit_short_name: 'Harbour',
    session_name: 'Race',
    year: 2030,
    session_type: 'Race',
  }
  const at = (second: number): string => new Date(Date.UTC(2030, 4, 1, 12) + second * 1000).toISOString()
  const lap = (driver: number, number: number, start: number | null, took: number | null) => ({
    session_key: 7,
    meeting_key: 1,
    driver_number: driver,
    lap_number: number,
    date_start: start === null ? null : at(start).replace('Z', '+00:00'),
    lap_duration: took,
    is_pit_out_lap: false,
  })
  const drivers = [
    { session_key: 7, meeting_key: 1, driver_number: 5, full_name: 'Ida AMES' },
    { session_key: 7, meeting_key: 1, driver_number: 9, full_name: 'Bo BELL' },
  ]
  const laps = [
    lap(5, 1, null, null),
    lap(5, 2, 90, 80),
    lap(5, 3, 170, 95),
    lap(9, 2, 92, 80),
    lap(9, 3, 172, 81),
  ]
  const pit = [
    {
      session_key: 7,
      meeting_key: 1,
      driver_number: 5,
      lap_number: 3,
      date: at(255),
      pit_duration: 22,
      stop_duration: 2.4,
    },
  ]
  const control = [
    {
      session_key: 7,
      meeting_key: 1,
      date: at(100),
      category: 'SafetyCar',
      flag: null,
      scope: null,
      lap_number: 2,
      message: 'SAFETY CAR DEPLOYED',
    },
    {
      session_key: 7,
      meeting_key: 1,
      date: at(200),
      category: 'Flag',
      flag: 'CLEAR',
      scope: 'Track',
      lap_number: 3,
      message: 'TRACK CLEAR',
    },
    {
      session_key: 7,
      meeting_key: 1,
      date: at(210),
      category: 'Flag',
      flag: 'BLUE',
      scope: 'Driver',
      lap_number: 3,
      message: 'WAVED BLUE FLAG FOR CAR 9',
    },
  ]
  const all = [[session], drivers, laps, pit, control].map((part) => JSON.stringify(part)).join('\n')

  it('becomes laps, stops, flags and a standing, its answers one behind the other [LIVE-MAPPING-04]', async () => {
    expect(recogniseFormat('race.json', Buffer.from(all)).name).toBe('openf1')
    const { events, rejects } = await readItems(formatNamed('openf1'), all)
    expect(rejects).toEqual([])
    expect(events[0]).toMatchObject({
      matchId: '7',
      match: { title: 'Harbour 2030 Race', race: { trackName: 'Harbour' } },
    })
    expect(
      events.slice(1).map((event) => [event.kind, event.clocks.eventTimeMs - Date.UTC(2030, 4, 1, 12)]),
    ).toEqual([
      ['race-flag', 100_000],
      ['race-lap', 170_000],
      ['race-state', 170_000],
      ['race-lap', 172_000],
      ['race-flag', 200_000],
      ['race-lap', 253_000],
      ['race-state', 253_000],
      ['race-pit', 255_000],
      ['race-lap', 265_000],
      ['match-end', 265_000],
    ])
    const [first, second] = ofKind(events, 'race-state')
    expect(first).toMatchObject({ lap: 2, flag: 'caution', cars: [{ driver: 'Ida AMES', position: 1 }] })
    expect(second?.cars.map((car) => [car.driver, car.lapsCompleted])).toEqual([
      ['Bo BELL', 3],
      ['Ida AMES', 2],
    ])
    expect(ofKind(events, 'race-pit')[0]).toMatchObject({ carId: '5', stopSeconds: 2.4, flag: 'green' })
    expect(events.at(-1)).toMatchObject({ order: ['9', '5'] })
  })

  it('tells laps of which it is not known that they are of a race, and no order [LIVE-MAPPING-03]', async () => {
    const { events } = await readItems(formatNamed('openf1'), JSON.stringify(laps))
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(['match', 'race-lap', 'match-end']))
    expect(events.at(-1)).toMatchObject({ order: null })
  })

  it('goes by the places that the feed gives, told once for one instant', async () => {
    const place = (driver: number, position: number, second: number) => ({
      session_key: 7,
      meeting_key: 1,
      driver_number: driver,
      position,
      date: at(second),
    })
    const places = [place(5, 1, 0), place(9, 2, 0), place(9, 1, 180), place(5, 2, 180)]
    const { events } = await readItems(
      formatNamed('openf1'),
      [[session], drivers, places, laps].map((part) => JSON.stringify(part)).join('\n'),
    )
    const leaders = ofKind(events, 'race-state').map(({ cars }) => cars[0]?.carId)
    expect(leaders).toEqual(['5', '5', '9', '9'])
  })
})

function tableOf(rows: readonly Record<string, unknown>[]): string {
  return csvOf(Object.keys(rows[0] ?? {}), rows as Record<string, string | number>[])
}
