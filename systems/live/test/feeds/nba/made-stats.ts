import { csvOf } from '../made-feed.ts'

type Row = Record<string, string | number>

export const statsColumns = [
  'GAME_ID',
  'EVENTNUM',
  'EVENTMSGTYPE',
  'EVENTMSGACTIONTYPE',
  'PERIOD',
  'PCTIMESTRING',
  'HOMEDESCRIPTION',
  'NEUTRALDESCRIPTION',
  'VISITORDESCRIPTION',
  'SCORE',
  'SCOREMARGIN',
  ...[1, 2, 3].flatMap((n) => [
    `PERSON${n}TYPE`,
    ...['ID', 'NAME', 'TEAM_ID', 'TEAM_CITY', 'TEAM_NICKNAME', 'TEAM_ABBREVIATION'].map(
      (c) => `PLAYER${n}_${c}`,
    ),
  ]),
]

const person = (n: number, type: 4 | 5, id: number, name: string): Row => ({
  [`PERSON${n}TYPE`]: `${type}.0`,
  [`PLAYER${n}_ID`]: id,
  [`PLAYER${n}_NAME`]: name,
  [`PLAYER${n}_TEAM_ID`]: type === 4 ? '1.0' : '2.0',
  [`PLAYER${n}_TEAM_CITY`]: type === 4 ? 'Town' : 'Out',
  [`PLAYER${n}_TEAM_NICKNAME`]: type === 4 ? 'Homers' : 'Visitors',
  [`PLAYER${n}_TEAM_ABBREVIATION`]: type === 4 ? 'HOM' : 'OUT',
})
const row = (eventNumber: number, type: number, clock: string, ...rest: Row[]): Row =>
  Object.assign(
    {
      GAME_ID: '0022900001',
      EVENTNUM: eventNumber,
      EVENTMSGTYPE: type,
      EVENTMSGACTIONTYPE: 1,
      PERIOD: 4,
      PCTIMESTRING: clock,
    },
    ...rest,
  ) as Row
const home = (text: string): Row => ({ HOMEDESCRIPTION: text })
const away = (text: string): Row => ({ VISITORDESCRIPTION: text })

/** Rows of a made game of the stats feed: HOM 4, OUT 0. */
export const madeStatsRows: Row[] = [
  row(0, 12, '12:00', { PERIOD: 1, PERSON1TYPE: 0, PLAYER1_ID: 0 }),
  row(
    1,
    10,
    '12:00',
    { PERIOD: 1 },
    person(1, 4, 11, 'H. One'),
    person(2, 5, 21, 'O. One'),
    person(3, 5, 22, 'O. Two'),
    home('Jump Ball One vs. One: Tip to Two'),
  ),
  row(
    2,
    2,
    '11:40',
    person(1, 5, 21, 'O. One'),
    person(3, 4, 12, 'H. Two'),
    away("MISS One 1' Layup"),
    home('Two BLOCK (1 BLK)'),
  ),
  row(4, 4, '11:38', person(1, 4, 11, 'H. One'), home('One REBOUND (Off:0 Def:1)')),
  row(
    3,
    1,
    '11:20',
    person(1, 4, 11, 'H. One'),
    person(2, 4, 12, 'H. Two'),
    home("One 25' 3PT Jump Shot (3 PTS) (Two 1 AST)"),
    { SCORE: '0 - 3' },
  ),
  row(
    5,
    5,
    '11:00',
    person(1, 5, 21, 'O. One'),
    person(2, 4, 12, 'H. Two'),
    away('One Bad Pass Turnover'),
    home('Two STEAL (1 STL)'),
  ),
  row(6, 6, '10:50', person(1, 5, 21, 'O. One'), person(2, 4, 12, 'H. Two'), away('One S.FOUL (P1.T1)')),
  row(7, 3, '10:50', person(1, 4, 12, 'H. Two'), home('MISS Two Free Throw 1 of 2')),
  row(8, 3, '10:50', person(1, 4, 12, 'H. Two'), home('Two Free Throw 2 of 2 (1 PTS)'), { SCORE: '0 - 4' }),
  row(9, 8, '10:50', person(1, 5, 21, 'O. One'), person(2, 5, 23, 'O. Three'), away('SUB: Three FOR One')),
  row(10, 13, '0:00', { PERSON1TYPE: 0, PLAYER1_ID: 0 }),
]

export const madeStats = (rows: readonly Row[] = madeStatsRows) => csvOf(statsColumns, rows)
