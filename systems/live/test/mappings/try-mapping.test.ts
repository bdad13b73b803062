import { describe, expect, it } from 'vitest'
import { proposeMapping } from '../../src/feeds/mapping/propose/propose-mapping.ts'
import { tryMapping } from '../../src/mappings/try-mapping.ts'

/** A game as someone might have written it down. */
const basketball = [
  'GameCode;Qtr;TimeRemaining;HomeTeam;VisitingTeam;Club;Event;Player;Made;HomePts;VisPts;Detail',
  'G1;1;12:00;Harbour;Valley;;Start of period;;;0;0;Start',
  'G1;1;11:40;Harbour;Valley;Harbour;Two pointer;A. Reed;yes;2;0;Reed two',
  'G1;1;11:20;Harbour;Valley;Valley;Three pointer;B. Lund;no;2;0;Lund misses a three',
  'G1;1;11:18;Harbour;Valley;Harbour;Defensive rebound;C. Ode;;2;0;Ode board',
  'G1;1;11:00;Harbour;Valley;Harbour;Free throw;A. Reed;yes;3;0;Reed free throw',
  'G1;2;11:50;Harbour;Valley;Valley;Turnover;B. Lund;;3;0;Lund loses it',
].join('\n')

describe('a proposal', () => {
  it('finds fields by names and values, and what words of events mean [LIVE-MAPPING-07]', () => {
    const { mapping } = proposeMapping(basketball, 'town')
    const tried = tryMapping(basketball, 'town.csv', mapping)
    expect(tried.faults).toEqual([])
    expect(tried.counts).toEqual({ rows: 6, events: 7, rejected: 0, passedOver: 0 })
    expect(tried.matches).toEqual([{ id: 'G1', title: 'Valley at Harbour' }])
    const told = tried.rows.flatMap(({ events }) => events.filter(({ kind }) => kind === 'nba-action'))
    expect(told).toMatchObject([
      { actionType: 'period' },
      { actionType: '2pt', isMade: true, side: 'home', playerName: 'A. Reed', homeScore: 2, points: 2 },
      { actionType: '3pt', isMade: false, side: 'away' },
      { actionType: 'rebound', side: 'home', subType: 'defensive' },
      { actionType: 'freethrow', isMade: true, homeScore: 3 },
      { actionType: 'turnover', side: 'away', clocks: { game: { period: 2, secondsLeft: 710 } } },
    ])
  })

  it('tells football by its downs, and races by their laps [LIVE-MAPPING-07]', () => {
    const football =
      'quarter,clock,offense,home,away,down,distance,yards_to_goal,yards_gained,play_text\n' +
      '1,15:00,Moon,Moon,Sun,1,10,75,4,Run for 4 yards\n1,14:30,Moon,Moon,Sun,2,6,71,-2,Pass\n'
    expect(proposeMapping(football, 'league').mapping).toMatchObject({
      sport: 'nfl',
      events: [
        {
          kind: 'nfl-play',
          fields: { 'situation.down': { from: 'down' }, yardsGained: { from: 'yards_gained' } },
        },
      ],
    })
    const race =
      'driverId,lapNumber,position,milliseconds\nA,1,1,91000\nA,2,1,90500\nB,1,2,92000\nB,2,2,91000\n'
    const { mapping } = proposeMapping(race, 'race')
    const tried = tryMapping(race, 'race.csv', mapping)
    expect(tried.kinds).toEqual({ match: 1, 'race-lap': 4, 'race-state': 2, 'match-end': 1 })
    expect(tried.rows[1]?.events[0]).toMatchObject({ lapSeconds: 90.5 })
  })

  it('finds the rows of a document and what stands around them [LIVE-MAPPING-07]', () => {
    const plays = (quarter: number) =>
      [1, 2, 3].map((n) => ({
        clock: `1${n}:00`,
        team: n % 2 === 0 ? 'Vale' : 'Town',
        event: 'foul',
        text: `foul ${n} of ${quarter}`,
      }))
    const document = JSON.stringify({
      gameId: 'g7',
      home: { name: 'Town' },
      away: { name: 'Vale' },
      quarters: [1, 2].map((number) => ({ number, plays: plays(number) })),
    })
    const { mapping } = proposeMapping(document, 'league')
    expect(mapping).toMatchObject({
      rows: '/quarters/*/plays/*',
      match: { id: { from: '#/gameId' }, home: { from: '#/home/name' } },
      events: [{ fields: { side: { from: 'team', as: 'side' } } }],
    })
    expect(tryMapping(document, 'g.json', mapping).counts).toMatchObject({ rows: 6, rejected: 0 })
  })
})

describe('a try', () => {
  it('shows rows though the mapping is wrong, and says by field what is [LIVE-MAPPING-05]', () => {
    const tried = tryMapping(basketball, 'town.csv', {
      name: 'town',
      sport: 'nba',
      match: {},
      clock: {},
      events: [{ kind: 'goal' }],
    })
    expect(tried.faults.map(({ field }) => field)).toEqual(['match.id', 'events.0.kind'])
    expect(tried.rows[1]?.cells).toMatchObject({ Player: 'A. Reed' })
  })

  it('puts a fault beside its row and column [LIVE-MAPPING-07]', () => {
    const { mapping } = proposeMapping(basketball, 'town')
    const tried = tryMapping(basketball.replace('11:20', 'soon'), 'town.csv', mapping)
    expect(tried.rows[2]?.faults).toMatchObject([{ column: 'TimeRemaining' }])
    expect(tried.counts).toMatchObject({ rejected: 1, events: 6 })
  })
})

it('of two names of a team proposes the one that rows and match share [LIVE-MAPPING-07]', () => {
  const csv = [
    'game_code;quarter;time_remaining;home_team;away_team;team_code;team_name;play_type;points_home;points_away',
    'a1;1;10:00;Harbour Bay;Valley;;;BP;0;0',
    'a1;1;09:40;Harbour Bay;Valley;HAR;Harbour Bay;2 made;2;0',
    'a1;1;09:20;Harbour Bay;Valley;VAL;Valley;2 missed;2;0',
  ].join('\n')
  expect(tryMapping(csv, 'a.csv', proposeMapping(csv, 'a').mapping).counts).toMatchObject({
    events: 4,
    rejected: 0,
  })
})

it('takes a list for each quarter, sides that rows name, scores by their marks, and fields blank by spaces [LIVE-MAPPING-07]', () => {
  const row = (type: string, clock: string, team: string, home: number | null, away: number | null) => ({
    PLAYTYPE: type,
    MARKERTIME: clock,
    TEAM: team,
    POINTS_A: home,
    POINTS_B: away,
  })
  const game = JSON.stringify({
    TeamA: 'Harbour',
    TeamB: 'Valley',
    First: [
      row('BP', '10:00', '    ', null, null),
      row('2FGM', '9:40', 'Harbour', 2, null),
      row('3FGA', '9:20', 'Valley', null, null),
    ],
    Second: [row('3FGM', '9:50', 'Valley', null, 3), row('2FGA', '9:30', 'Harbour', null, null)],
    Third: [],
  })
  const { mapping } = proposeMapping(game, 'euro')
  const tried = tryMapping(game, 'euro.json', mapping)
  expect(tried.faults).toEqual([])
  expect(tried.matches).toEqual([{ id: 'euro', title: 'Valley at Harbour' }])
  expect(
    tried.rows.flatMap(({ events }) => events.filter(({ kind }) => kind === 'nba-action')),
  ).toMatchObject([
    { homeScore: 0, clocks: { game: { period: 1, secondsLeft: 600 } } },
    { actionType: '2pt', isMade: true, side: 'home', homeScore: 2 },
    { actionType: '3pt', isMade: false, side: 'away', homeScore: 2, awayScore: 0 },
    { actionType: '3pt', isMade: true, awayScore: 3, clocks: { game: { period: 2, secondsLeft: 590 } } },
    { isMade: false, homeScore: 2, awayScore: 3 },
  ])
  expect(mapping).toMatchObject({
    rows: ['/First/*', '/Second/*', '/Third/*'],
    clock: { periodSeconds: { constant: 600 } },
  })
  const dated = (start: string) =>
    tryMapping(game, 'euro.json', { ...mapping, match: { ...mapping.match, start: { constant: start } } })
  expect(dated('2030-09-01T17:00:00Z').rows[0]?.events[0]?.clocks.eventTimeMs).toBe(Date.UTC(2030, 8, 1, 17))
  expect(dated('in autumn').rows[0]?.faults).toMatchObject([{ column: 'match.start' }])
})

it('takes for the car what drives each lap once, and names who drove the lap, not who drove last [LIVE-MAPPING-07]', () => {
  const csv = [
    'NUMBER,DRIVER_NUMBER,LAP_NUMBER,LAP_TIME,DRIVER_NAME',
    '007,1,1,1:31.0,Ann Ray',
    '007,1,2,1:30.0,Ann Ray',
    '007,2,3,1:30.5,Bo Lund',
    '024,1,1,1:32.0,Cy Ode',
    '024,1,2,1:31.0,Cy Ode',
    '024,2,3,1:20.0,Di Fox',
  ].join('\n')
  const { mapping } = proposeMapping(csv, 'hours')
  const tried = tryMapping(csv, 'hours.csv', mapping)
  expect(tried.counts).toMatchObject({ rows: 6, rejected: 0 })
  const fields = tried.rows.flatMap(({ events }) => events.filter(({ kind }) => kind === 'race-state'))
  expect(fields.map((field) => 'cars' in field && field.cars.map(({ driver }) => driver))).toEqual([
    ['Ann Ray'],
    ['Ann Ray', 'Cy Ode'],
    ['Di Fox', 'Ann Ray'],
  ])
})
