/**
 * Rows of player tracking, one a player and instant. Two layouts are read, told apart by their header:
 *
 * - NGS highlights (TSV): `frame` counts each player's own rows, so two players' rows of one frame number may be seconds apart;
 *   only `time` says what belongs together. Situation, teams, possession and description repeat in every row.
 * - Big Data Bowl (CSV; editions of 2019 to 2025): `frameId` or `frame.id`, `team` (`home`, `away`, `football`) or `club`
 *   (abbreviations, `football`), `NA` for nothing. Situation and positions are in files of their own.
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

/** Reads rows by one header. */
export interface RowReader {
  /** Names of required columns that the header lacks. */
  missing: readonly string[]
  /** The row, or what is wrong with it. */
  read(line: string, row: number): TrackingRow | { reason: string }
  facts(line: string): PlayFacts
}

/** Tabs where the line has one, else commas. */
export function delimiterOf(header: string): '\t' | ',' {
  return header.includes('\t') ? '\t' : ','
}

export function createRowReader(header: string): RowReader {
  const delimiter = delimiterOf(header)
  const names = splitLine(header, delimiter).map((name) => name.trim().toLowerCase().replaceAll(/[._]/g, ''))
  const index = {} as Record<Column, number>
  for (const column of Object.keys(aliases) as Column[])
    index[column] = names.findIndex((name) => (aliases[column] as readonly string[]).includes(name))
  const cell = (cells: readonly string[], column: Column): string => {
    const value = cells[index[column]]?.trim() ?? ''
    return value === 'NA' || value === 'None' ? '' : value
  }
  const number = (cells: readonly string[], column: Column): number | null => {
    const value = cell(cells, column)
    if (value === '') return null
    const parsed = Number(value)
    return Number.isFinite(parsed) ? parsed : null
  }

  return {
    missing: required.filter((column) => index[column] < 0).map((column) => aliases[column][0]),
    read(line, row) {
      const cells = splitLine(line, delimiter)
      if (cells.length !== names.length)
        return { reason: `The row has ${cells.length} cells, the header has ${names.length}.` }
      const gameId = cell(cells, 'gameId')
      const playId = cell(cells, 'playId')
      if (!/^[\w.-]+$/.test(gameId) || !/^[\w.-]+$/.test(playId))
        return { reason: 'gameId and playId must be letters, digits, ".", "_" or "-".' }
      const timeMs = parseTime(cell(cells, 'time'))
      if (timeMs === null) return { reason: 'time must be like 2018-10-21 17:38:42.400.' }
      const x = number(cells, 'x')
      const y = number(cells, 'y')
      if (x === null || y === null || x < -40 || x > 160 || y < -40 || y > 94)
        return { reason: 'x and y must be yards on or near the field (0 to 120, 0 to 53.3).' }
      const speed = number(cells, 'speed')
      if (speed === null || speed < 0) return { reason: 's must be a speed in yards per second.' }
      const name = cell(cells, 'name')
      const team = cell(cells, 'team')
      const isBall = [name, team].some((word) => /^(?:foot)?ball$/i.test(word))
      const jersey = number(cells, 'jersey')
      if (!isBall && (name === '' || team === ''))
        return { reason: 'displayName and the team must be named.' }
      const position = cell(cells, 'position')
      const homeFlag = number(cells, 'homeFlag')
      const possession = number(cells, 'possessionFlag')
      const playerId = number(cells, 'playerId')
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
        positionGroup: cell(cells, 'positionGroup') || (groupOfPosition[position] ?? ''),
        x,
        y,
        speed,
        orientation: number(cells, 'orientation'),
        direction: number(cells, 'heading'),
        event: cell(cells, 'event') || null,
      }
    },
    facts(line) {
      const cells = splitLine(line, delimiter)
      const direction = cell(cells, 'playDirection')
      const clock = /^(\d{1,2}):(\d{2})/.exec(cell(cells, 'gameClock'))
      return {
        direction: direction === 'left' || direction === 'right' ? direction : null,
        playType: cell(cells, 'playType'),
        description: cell(cells, 'description'),
        quarter: number(cells, 'quarter'),
        clockSeconds: clock === null ? null : Number(clock[1]) * 60 + Number(clock[2]),
        down: number(cells, 'down') || null,
        yardsToGo: number(cells, 'yardsToGo') || null,
        lineOfScrimmageX: number(cells, 'yardline'),
        homeScore: number(cells, 'homeScore'),
        awayScore: number(cells, 'awayScore'),
      }
    },
  }
}

/** Splits a line; in CSV a cell may be quoted, with `""` for a quote (tracking files have no line ends in cells). */
function splitLine(line: string, delimiter: '\t' | ','): string[] {
  if (delimiter === '\t' || !line.includes('"')) return line.split(delimiter)
  const cells: string[] = []
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g))
    cells.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'))
  return cells
}

/** Milliseconds since the epoch of `2018-10-21 17:38:42.400` or `2018-10-21T17:38:42.4Z` (both are UTC); else null. */
function parseTime(text: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.(\d+))?Z?$/.exec(text)
  if (match === null) return null
  const seconds = Date.parse(`${match[1]}T${match[2]}Z`)
  if (Number.isNaN(seconds)) return null
  return seconds + Math.round(Number(`0.${match[3] ?? '0'}`) * 1000)
}
