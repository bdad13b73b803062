import { numberOf, textOf } from './read-source.ts'

/**
 * Rows of player tracking, one a player and instant. Two layouts are read, told apart by their header:
 *
 * - NGS highlights (TSV): `frame` counts each player's own rows, so two players' rows of one frame number may be seconds apart;
 *   only `time` says what belongs together. Situation, teams, possession and description repeat in every row.
 * - Big Data Bowl (CSV; editions of 2019 to 2025): `frameId` or `frame.id`, `team` (`home`, `away`, `football`) or `club`
 *   (abbreviations, `football`), `NA` for nothing. Situation and (from 2023 on) positions are in files of their own; see `tracking/infer-groups.ts`.
 */
export interface TrackingRow {
  /** From 1, header included. */
  row: number
  gameId: string
  playId: string
  timeMs: number
  isBall: boolean
  playerId: string
  name: string
  jersey: number | null
  team: string
  isHome: boolean | null
  hasPossession: boolean | null
  position: string
  positionGroup: string
  x: number
  y: number
  speed: number
  orientation: number | null
  direction: number | null
  event: string | null
}

/** What the first row of a play says of the whole play; null or '' where the layout has no such column. */
export interface PlayFacts {
  direction: 'left' | 'right' | null
  playType: string
  description: string
  quarter: number | null
  clockSeconds: number | null
  down: number | null
  yardsToGo: number | null
  lineOfScrimmageX: number | null
  homeScore: number | null
  awayScore: number | null
}

/** Header names without case, `.` and `_`; each with the names that it goes by. */
const aliases = {
  gameId: ['gameid'],
  playId: ['playid'],
  time: ['time'],
  playerId: ['nflid'],
  name: ['displayname'],
  jersey: ['jerseynumber'],
  team: ['teamabbr', 'club', 'team'],
  homeFlag: ['hometeamflag'],
  possessionFlag: ['possessionflag'],
  position: ['position'],
  positionGroup: ['positiongroup'],
  x: ['x'],
  y: ['y'],
  speed: ['s'],
  orientation: ['o'],
  heading: ['dir'],
  event: ['event'],
  playDirection: ['playdirection'],
  playType: ['playtype'],
  description: ['playdescription'],
  quarter: ['quarter'],
  gameClock: ['gameclock'],
  down: ['down'],
  yardsToGo: ['yardstogo'],
  yardline: ['absoluteyardlinenumber'],
  homeScore: ['presnaphomescore'],
  awayScore: ['presnapvisitorscore'],
} as const

type Column = keyof typeof aliases

const required: readonly Column[] = ['gameId', 'playId', 'time', 'name', 'team', 'x', 'y', 'speed']

const groupOfPosition: Record<string, string> = {
  ...Object.fromEntries(['C', 'G', 'T', 'OG', 'OT', 'OL'].map((position) => [position, 'OL'])),
  ...Object.fromEntries(['DE', 'DT', 'NT', 'DL'].map((position) => [position, 'DL'])),
  ...Object.fromEntries(['LB', 'ILB', 'OLB', 'MLB'].map((position) => [position, 'LB'])),
  ...Object.fromEntries(['CB', 'S', 'SS', 'FS', 'DB'].map((position) => [position, 'DB'])),
  ...Object.fromEntries(['RB', 'HB', 'FB'].map((position) => [position, 'RB'])),
  ...Object.fromEntries(['K', 'P', 'LS'].map((position) => [position, 'SPEC'])),
  QB: 'QB',
  WR: 'WR',
  TE: 'TE',
}

/** The feed's own name of each column; '' where it has none. */
export type TrackingColumns = Record<Column, string>

export function trackingColumns(header: Iterable<string>): TrackingColumns {
  const names = new Map([...header].map((name) => [name.trim().toLowerCase().replaceAll(/[._]/g, ''), name]))
  const columns = {} as TrackingColumns
  for (const column of Object.keys(aliases) as Column[])
    columns[column] =
      aliases[column].map((alias) => names.get(alias)).find((name) => name !== undefined) ?? ''
  return columns
}

/** Names of required columns that a header lacks. */
export function missingColumns(columns: TrackingColumns): string[] {
  return required.filter((column) => columns[column] === '').map((column) => aliases[column][0])
}

type Fields = Record<string, unknown>

/** A row by its number (from 1, header included), or what is wrong with it. */
export function readTrackingRow(
  columns: TrackingColumns,
  fields: Fields,
  row: number,
): TrackingRow | { reason: string } {
  const cell = (column: Column): string => cellOf(columns, fields, column)
  const number = (column: Column): number | null => numberOf(fields[columns[column]])
  const gameId = cell('gameId')
  const playId = cell('playId')
  if (!/^[\w.-]+$/.test(gameId) || !/^[\w.-]+$/.test(playId))
    return { reason: 'gameId and playId must be letters, digits, ".", "_" or "-".' }
  const timeMs = parseTime(cell('time'))
  if (timeMs === null) return { reason: 'time must be like 2018-10-21 17:38:42.400.' }
  const x = number('x')
  const y = number('y')
  if (x === null || y === null || x < -40 || x > 160 || y < -40 || y > 94)
    return { reason: 'x and y must be yards on or near the field (0 to 120, 0 to 53.3).' }
  const speed = number('speed')
  if (speed === null || speed < 0) return { reason: 's must be a speed in yards per second.' }
  const name = cell('name')
  const team = cell('team')
  const isBall = [name, team].some((word) => /^(?:foot)?ball$/i.test(word))
  const jersey = number('jersey')
  if (!isBall && (name === '' || team === '')) return { reason: 'displayName and the team must be named.' }
  const position = cell('position')
  const homeFlag = number('homeFlag')
  const possession = number('possessionFlag')
  const playerId = number('playerId')
  return {
    row,
    gameId,
    playId,
    timeMs,
    isBall,
    playerId: playerId === null ? `${team}-${jersey ?? name}` : String(playerId),
    name,
    jersey,
    team,
    isHome: homeFlag === null ? (/^(?:home|away)$/.test(team) ? team === 'home' : null) : homeFlag === 1,
    hasPossession: possession === null ? null : possession === 1,
    position,
    positionGroup: cell('positionGroup') || (groupOfPosition[position] ?? ''),
    x,
    y,
    speed,
    orientation: number('orientation'),
    direction: number('heading'),
    event: cell('event') || null,
  }
}

export function readPlayFacts(columns: TrackingColumns, fields: Fields): PlayFacts {
  const cell = (column: Column): string => cellOf(columns, fields, column)
  const number = (column: Column): number | null => numberOf(fields[columns[column]])
  const direction = cell('playDirection')
  const clock = /^(\d{1,2}):(\d{2})/.exec(cell('gameClock'))
  return {
    direction: direction === 'left' || direction === 'right' ? direction : null,
    playType: cell('playType'),
    description: cell('description'),
    quarter: number('quarter'),
    clockSeconds: clock === null ? null : Number(clock[1]) * 60 + Number(clock[2]),
    down: number('down') || null,
    yardsToGo: number('yardsToGo') || null,
    lineOfScrimmageX: number('yardline'),
    homeScore: number('homeScore'),
    awayScore: number('awayScore'),
  }
}

function cellOf(columns: TrackingColumns, fields: Fields, column: Column): string {
  const text = textOf(fields[columns[column]])
  return text === 'None' ? '' : text
}

/** Milliseconds since the epoch of `2018-10-21 17:38:42.400` or `2018-10-21T17:38:42.4Z` (both are UTC); else null. */
function parseTime(text: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.(\d+))?Z?$/.exec(text)
  if (match === null) return null
  const seconds = Date.parse(`${match[1]}T${match[2]}Z`)
  if (Number.isNaN(seconds)) return null
  return seconds + Math.round(Number(`0.${match[3] ?? '0'}`) * 1000)
}
