import { describe, expect, it } from 'vitest'
import { createMappedFormat } from '../../../src/feeds/mapping/mapped-format.ts'
import { readMapping } from '../../../src/feeds/mapping/mapping-schema.ts'
import type { WrittenMapping } from '../../../src/feeds/mapping/mapping-schema.ts'
import { parseWrittenTime } from '../../../src/feeds/mapping/written-times.ts'
import { ofKind } from '../made-feed.ts'
import { readItems } from '../read-items.ts'

const read = (mapping: WrittenMapping, feed: unknown) =>
  readItems(createMappedFormat(readMapping(mapping)), typeof feed === 'string' ? feed : JSON.stringify(feed))

const basketball: WrittenMapping = {
  name: 'pickup',
  rows: '/quarters/*/plays/*',
  sport: 'nba',
  tables: { clubs: { entries: { '7': { name: 'Harbour', short: 'HAR' } } } },
  match: {
    id: { join: [{ from: '#/season' }, { from: '#/id' }], with: '-' },
    home: {
      name: { from: '#/home', table: 'clubs', field: 'name' },
      abbreviation: { from: '#/home', table: 'clubs', field: 'short' },
    },
    away: { from: '#/away' },
    start: { from: '#/day', as: 'day-first-time', zone: 'Europe/Rome' },
  },
  clock: {
    period: { from: '../number', as: 'number' },
    secondsPlayed: {
      sum: [
        { from: '/at/min', unit: 'min>s' },
        { from: '/at/sec', as: 'number' },
      ],
    },
    periodSeconds: { constant: 600 },
  },
  carry: ['score'],
  events: [
    {
      kind: 'nba-action',
      when: { what: ['shot'], result: ['in'] },
      fields: {
        actionType: { cases: [{ when: { far: ['true'] }, use: { constant: '3pt' } }], default: '2pt' },
        isMade: { constant: true },
        side: { from: '/by/club', as: 'side' },
        playerName: { from: ['/by/nick', '/by/name'] },
        homeScore: { from: 'score', split: { by: ':', at: 0 }, as: 'number' },
        awayScore: { from: 'score', split: { by: ':', at: -1 }, as: 'number' },
        otherPlayers: {
          each: '/helpers',
          when: { part: { not: ['bench'] } },
          fields: {
            id: { from: 'name' },
            name: { from: 'name' },
            role: { from: 'part' },
            side: { constant: null },
          },
        },
      },
    },
    {
      kind: 'nba-action',
      when: [{ what: ['shot'] }, { what: { starts: ['MISS'] } }],
      fields: {
        actionType: { constant: '2pt' },
        isMade: { constant: false },
        side: { from: '/by/club', as: 'other-side' },
        homeScore: { from: 'score', split: { by: ':', at: 0 }, as: 'number' },
        awayScore: { from: 'score', split: { by: ':', at: -1 }, as: 'number' },
      },
    },
  ],
}
const shot = {
  what: 'shot',
  result: 'in',
  far: true,
  at: { min: 2, sec: 30 },
  by: { name: 'A. Reed', club: 'HAR' },
  score: '3:0',
  helpers: '[{"name":"B. Lund","part":"assist"},{"name":"C. Ode","part":"bench"}]',
}
const game = {
  season: '2030',
  id: 4,
  home: 7,
  away: 'Valley',
  day: '01/09/2030 20:00',
  quarters: [
    {
      number: 1,
      plays: [shot, { what: 'missed', at: { min: 3, sec: 0 }, by: { club: 'Valley' }, score: '' }],
    },
    {
      number: 2,
      plays: [{ what: 'shot', result: 'in', at: { min: 1, sec: 0 }, by: { club: 'Moon' }, score: '3:2' }],
    },
  ],
}

describe('a mapping', () => {
  it('reads arrays of a document, what stands around them, and JSON in cells [LIVE-MAPPING-01]', async () => {
    const { events, rejects } = await read(basketball, game)
    expect(events[0]).toMatchObject({
      kind: 'match',
      matchId: '2030-4',
      match: {
        title: 'Valley at Harbour',
        home: { id: 'HAR', abbreviation: 'HAR', name: 'Harbour' },
        regulation: { periods: 4, periodSeconds: 600 },
      },
      // Eight in the evening of Rome in summer.
      clocks: { game: { period: 1, secondsLeft: 450 }, eventTimeMs: Date.UTC(2030, 8, 1, 18, 2, 30) },
    })
    const [made, missed] = ofKind(events, 'nba-action')
    expect(made).toMatchObject({
      actionType: '3pt',
      points: 3,
      side: 'home',
      playerName: 'A. Reed',
      homeScore: 3,
      possession: 'away',
      otherPlayers: [{ name: 'B. Lund', role: 'assist' }],
    })
    // A rule over the beginning of a text; the blank score is the one above; the other side of the one named.
    expect(missed).toMatchObject({ isMade: false, homeScore: 3, awayScore: 0, side: 'home' })
    expect(rejects).toMatchObject([
      {
        where: '/quarters/1/plays/0',
        reason:
          '"/by/club" is "Moon", expected a team of the match, Harbour or Valley. It is read for "side".',
      },
    ])
  })

  it('says where arrays are when there are no rows where it looks [LIVE-MAPPING-05]', async () => {
    const { rejects } = await read({ ...basketball, rows: '/periods/*' }, game)
    expect(rejects[0]?.reason).toContain('/quarters/*/plays/* (3)')
  })

  it('reads rows that are arrays, and several documents behind each other [LIVE-MAPPING-01]', async () => {
    const laps: WrittenMapping = {
      name: 'karts',
      sport: 'race',
      columns: ['kart', 'lap', 'took'],
      match: { id: { constant: 'kart-1' } },
      clock: { elapsedSeconds: { total: { from: 'took', as: 'clock' }, per: ['kart'] } },
      events: [
        {
          kind: 'race-lap',
          fields: {
            carId: { from: 'kart' },
            lap: { from: 'lap', as: 'number' },
            lapSeconds: { from: 'took', as: 'clock' },
          },
        },
      ],
    }
    const { events } = await read(laps, '[["3",1,"1:02.5"]]\n[["3",2,"1:01.5"],["4",1,"61"]]')
    expect(ofKind(events, 'race-lap').map(({ carId, clocks }) => [carId, clocks.eventTimeMs])).toEqual([
      ['3', 62_500],
      ['3', 124_000],
    ])
  })

  it('waits with rows until both teams are known, and tells games apart [LIVE-MAPPING-02]', async () => {
    const mapping: WrittenMapping = {
      name: 'league',
      sport: 'nba',
      match: {
        id: { from: 'game' },
        home: { cases: [{ when: { where: ['h'] }, use: { from: 'team' } }] },
        away: { cases: [{ when: { where: ['v'] }, use: { from: 'team' } }] },
        ends: 'feed',
      },
      clock: { gameSecondsLeft: { from: 'left', as: 'number' } },
      events: [
        {
          kind: 'nba-action',
          fields: {
            actionType: { from: 'kind' },
            side: { from: 'where', values: { h: 'home', v: 'away' }, default: null },
            points: { from: 'points', as: 'number' },
          },
        },
      ],
    }
    const csv = [
      'game;left;kind;where;team;points',
      'a;2880;period;;;0',
      'a;2870;2pt;v;Valley;2',
      'a;2000;3pt;h;Harbour;3',
      'b;2880;2pt;h;Moon;2',
    ].join('\n')
    const { events } = await read(mapping, csv)
    expect(events.map(({ kind, matchId }) => `${kind} ${matchId}`)).toEqual([
      'match a',
      'nba-action a',
      'nba-action a',
      'nba-action a',
      'match-end a',
      'match b',
      'nba-action b',
      'match-end b',
    ])
    expect(events[0]).toMatchObject({ match: { title: 'Valley at Harbour' } })
    // The score is counted where the feed tells points alone; 2,000 seconds left are in the second quarter.
    expect(ofKind(events, 'nba-action')[2]).toMatchObject({
      homeScore: 3,
      awayScore: 2,
      isMade: true,
      clocks: { game: { period: 2, secondsLeft: 560 } },
    })
    expect(ofKind(events, 'match-end')[0]).toMatchObject({ homeScore: 3, awayScore: 2 })
  })

  it('takes clock, period and name out of one text [LIVE-MAPPING-02]', async () => {
    const begins = { cases: [{ when: { words: { has: ['Start of'] } }, use: { constant: 1 } }], default: 0 }
    const mapping: WrittenMapping = {
      name: 'told',
      sport: 'nba',
      match: { id: { constant: 'told' } },
      clock: {
        period: { total: begins },
        secondsLeft: {
          from: 'words',
          split: [
            { by: ')', at: 0 },
            { by: '(', at: 1 },
          ],
          as: 'clock',
        },
      },
      events: [
        {
          kind: 'nba-action',
          fields: {
            actionType: { constant: 'other' },
            playerName: {
              from: 'words',
              split: [
                { by: '] ', at: 1 },
                { by: ' ', at: 0 },
              ],
            },
          },
        },
      ],
    }
    const { events } = await read(
      mapping,
      'words\n(12:00) Start of 1\n(9:58)[HAR] Reed scores\n(12:00) Start of 2\n',
    )
    expect(ofKind(events, 'nba-action').map(({ playerName, clocks }) => [playerName, clocks.game])).toEqual([
      [null, { period: 1, secondsLeft: 720 }],
      ['Reed', { period: 1, secondsLeft: 598 }],
      [null, { period: 2, secondsLeft: 720 }],
    ])
  })

  it.each([
    ['2030-01-01T12:00:00.5+01:00', 'iso', undefined, Date.UTC(2030, 0, 1, 11, 0, 0, 500)],
    ['20300101', 'iso', 'UTC', Date.UTC(2030, 0, 1)],
    ['1/2/2030 7:30 PM', 'month-first', 'America/New_York', Date.UTC(2030, 0, 3, 0, 30)],
    ['31.03.2030 02:30', 'day-first', '+02:00', Date.UTC(2030, 2, 31, 0, 30)],
    ['2030-01-01T12:00:00', 'iso', undefined, null],
    ['2030-02-30', 'iso', 'UTC', null],
    ['2030-01-01', 'iso', 'Europe/Atlantis', null],
  ] as const)('reads the time %s (%s, %s) [LIVE-MAPPING-02]', (text, order, zone, expected) => {
    expect(parseWrittenTime(text, order, zone)).toBe(expected)
  })

  it('ends no race while its rows come in pieces, by turns with those of another [LIVE-MAPPING-03]', async () => {
    const lap = (name: string) => ({ from: name, as: 'number' as const })
    const mapping: WrittenMapping = {
      name: 'season',
      sport: 'race',
      match: { id: { from: 'race' }, ends: 'next' },
      clock: {},
      standing: {},
      events: [
        {
          kind: 'race-lap',
          fields: {
            carId: { from: 'car' },
            lap: lap('lap'),
            lapSeconds: lap('time'),
            position: lap('place'),
          },
        },
      ],
    }
    const csv = [
      'race,car,lap,place,time',
      'a,1,1,1,60',
      'a,2,1,2,61',
      'b,7,1,1,60',
      'b,8,1,2,61',
      // The second of race b changes after others were read in between.
      'a,1,2,1,60',
      'a,2,2,2,60',
      'b,8,2,1,59',
      'b,7,2,2,62',
      'c,5,1,1,60',
    ].join('\n')
    const { events } = await read(mapping, csv)
    expect(ofKind(events, 'match-end').map(({ matchId, order }) => [matchId, order])).toEqual([
      ['a', ['1', '2']],
      ['b', ['8', '7']],
    ])
  })

  it('keeps the standing of a race from rows of one car and lap, in order of time [LIVE-MAPPING-03]', async () => {
    const mapping: WrittenMapping = {
      name: 'sprint',
      sport: 'race',
      order: 'time',
      match: { id: { constant: 'sprint' }, totalLaps: { constant: 3 }, ends: 'feed' },
      clock: { elapsedSeconds: { total: { from: 'time', as: 'number' }, per: ['car'], step: 'lap' } },
      standing: { when: { stage: ['race'] }, driver: { from: 'driver' } },
      events: [
        {
          kind: 'race-lap',
          fields: {
            carId: { from: 'car' },
            lap: { from: 'lap', as: 'number' },
            lapSeconds: { from: 'time', as: 'number' },
          },
        },
      ],
    }
    // Car by car, as many files are; car 2 goes ahead on the second lap.
    const csv = [
      'stage,car,driver,lap,time',
      'race,1,Ames,1,60',
      'race,1,Ames,2,70',
      'race,1,Ames,3,60',
      'race,2,Bell,1,61',
      'race,2,Bell,2,60',
      'race,2,Bell,3,62',
    ].join('\n')
    const { events } = await read(mapping, csv)
    const field = ofKind(events, 'race-state')
    expect(field.map(({ lap, lapsToGo, cars }) => [lap, lapsToGo, cars.map((car) => car.driver)])).toEqual([
      [1, 2, ['Ames']],
      [2, 1, ['Bell', 'Ames']],
      [3, 0, ['Bell', 'Ames']],
    ])
    expect(field[2]?.cars[1]).toMatchObject({ lapsCompleted: 2, gapToLeader: 9, bestLapSeconds: 60 })
    expect(events.at(-1)).toMatchObject({ kind: 'match-end', order: ['2', '1'] })

    // A lap that is missing is driven all the same: behind it nothing is told of its car, and no finish.
    const gap = await read(mapping, csv.replace('race,2,Bell,2,60\n', ''))
    expect(gap.rejects).toMatchObject([
      {
        where: 'row 6',
        reason: expect.stringContaining('"lap" is "3", expected 2: without it the running total') as string,
      },
    ])
    expect(gap.events.at(-1)).toMatchObject({ kind: 'match-end', order: null })

    // Car by car and without any time, nobody can tell who led.
    const timeless: WrittenMapping = { ...mapping, order: 'feed', clock: {} }
    const laps = ['1', '2'].flatMap((car) =>
      Array.from({ length: 15 }, (_, lap) => `race,${car},Car,${lap + 1},60`),
    )
    const unordered = await read(timeless, ['stage,car,driver,lap,time', ...laps].join('\n'))
    expect(ofKind(unordered.events, 'race-state').every(({ cars }) => cars.length === 1)).toBe(true)
    expect(unordered.events.at(-1)).toMatchObject({ kind: 'match-end', order: null })

    const practice = await read(mapping, csv.replaceAll('race,', 'practice,'))
    expect(ofKind(practice.events, 'race-state')).toEqual([])
    expect(practice.events.at(-1)).toMatchObject({ kind: 'match-end', order: null })
  })

  it('runs nothing: words of a program are only words, and no field leads out of an event [LIVE-MAPPING-05]', async () => {
    const league: WrittenMapping = {
      name: 'league',
      sport: 'nba',
      match: { id: { from: '__proto__' } },
      clock: {},
      events: [{ kind: 'nba-action', fields: { actionType: { from: 'constructor' } } }],
    }
    const { rejects } = await read(league, 'a\n${process.exit()}')
    expect(rejects[0]?.reason).toContain('"actionType" is wrong')
    const leading = {
      ...league,
      events: [{ kind: 'nba-action', fields: { 'a.__proto__': { constant: 1 } } }],
    }
    expect(() => readMapping(leading)).toThrow('__proto__')
  })
})
