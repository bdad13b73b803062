import { basename } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { DriveLog } from './drive-log.ts'
import { LogBuilder } from './log-builder.ts'
import { kindOf } from './kind-of.ts'

/** What a column may be called, the best name first. Names are compared without units in brackets, blanks and case. */
const known = {
  time: ['time', 'times', 't', 'timestamp'],
  name: ['name', 'entity_name', 'agent', 'id', 'entity_id', 'track_id', 'trackid'],
  x: ['x', 'world_position_x', 'position_x', 'xcenter'],
  y: ['y', 'world_position_y', 'position_y', 'ycenter'],
  heading: ['heading', 'h', 'yaw', 'world_heading_angle', 'psi_rad', 'hdg'],
  speed: ['speed', 'speedmps', 'v', 'current_speed'],
  acceleration: ['acceleration', 'accelerationmps2', 'a'],
  kind: ['kind', 'class', 'type', 'agent_type'],
  length: ['length', 'lengthm', 'bb_length'],
  width: ['width', 'widthm', 'bb_width'],
  height: ['height', 'heightm', 'bb_height'],
  /** Of the body's centre from the point that x and y are of, along the body's own axes. */
  centreX: ['centrex', 'bb_x'],
  centreY: ['centrey', 'bb_y'],
} as const
type Column = keyof typeof known
const needed = ['time', 'name', 'x', 'y'] as const

/** Other names for columns: `time=Frame,x=PosX`, as `--columns` gives them. Throws `option-invalid`. */
export function columnNames(text: string): Partial<Record<Column, string>> {
  const given: Partial<Record<Column, string>> = {}
  for (const part of text.split(',').filter(Boolean)) {
    const [column = '', name = ''] = part.split('=').map((word) => word.trim())
    if (!(column in known) || name === '')
      throw new InvalidInputError({
        code: 'option-invalid',
        message: `Columns are given as COLUMN=NAME, with commas between several; got "${part}". Columns: ${Object.keys(known).join(', ')}.`,
      })
    given[column as Column] = name
  }
  return given
}

const plain = (name: string) =>
  name
    .replace(/\[.*?\]/, '')
    .trim()
    .toLowerCase()

/** Columns of one agent; a table with a row for each agent has one group. */
type Group = Partial<Record<Column, number>>

/**
 * Columns of a heading. A name that begins with `#1`, `#2`, … is of that agent in a row that holds several, as esmini's logger writes; the time is
 * then everybody's.
 */
function groupsOf(heading: string[], given: Partial<Record<Column, string>>): Group[] {
  const numbers = [...new Set(heading.map((name) => /^\s*#(\d+)\s/.exec(name)?.[1] ?? ''))]
  const find = (column: Column, prefix: string): number => {
    const names = heading.map((name) => {
      const own = /^\s*#(\d+)\s+(.*)$/.exec(name)
      return (own?.[1] ?? '') === prefix ? plain(own?.[2] ?? name) : ''
    })
    const wanted = given[column] === undefined ? known[column] : [plain(given[column])]
    return wanted.map((name) => names.indexOf(name)).find((place) => place >= 0) ?? -1
  }
  const ofNumbers = numbers.filter((number) => number !== '')
  return (ofNumbers.length === 0 ? [''] : ofNumbers).map((prefix) => {
    const group: Group = {}
    for (const column of Object.keys(known) as Column[]) {
      const place = find(column, prefix)
      const found = place < 0 && column === 'time' ? find(column, '') : place
      if (found >= 0) group[column] = found
    }
    return group
  })
}

/**
 * A log in a table: time, name, x and y of each agent and what else there is. Lines before the heading are passed over. Throws `log-invalid` with
 * the columns that it has.
 */
export function readCsv(
  path: string,
  text: string,
  ego: string | null,
  given: Partial<Record<Column, string>> = {},
): DriveLog {
  const rows = text
    .trim()
    .split(/\r?\n/)
    .map((row) => row.split(',').map((cell) => cell.trim()))
  const isWhole = (group: Group) => needed.every((column) => group[column] !== undefined)
  const at = rows.slice(0, 20).findIndex((row) => groupsOf(row, given).every(isWhole))
  if (at < 0) {
    const heading = rows.toSorted((a, b) => b.length - a.length)[0] ?? []
    const [group = {}] = groupsOf(heading, given)
    const missing = needed.filter((column) => group[column] === undefined)
    throw invalid(
      path,
      `has no column ${missing.join(', ')}; it has ${heading.slice(0, 20).join(', ')}. Say which is which: --columns ${missing.map((column) => `${column}=NAME`).join(',')}`,
    )
  }
  const groups = groupsOf(rows[at] as string[], given)
  const builder = new LogBuilder(basename(path))
  for (const [index, row] of rows.entries())
    if (index > at) for (const group of groups) addRow(builder, row, group, `${path}: row ${index + 1}`)
  return builder.build(ego, null, path)
}

function addRow(builder: LogBuilder, row: string[], group: Group, where: string): void {
  const cell = (column: Column) => (group[column] === undefined ? '' : (row[group[column]] ?? ''))
  const number = (column: Column) => (cell(column) === '' ? NaN : Number(cell(column)))
  const [timeS, x, y] = [number('time'), number('x'), number('y')]
  // Who is not there has empty cells in a row of several agents.
  if (cell('name') === '' && cell('x') === '') return
  if (!Number.isFinite(timeS + x + y))
    throw new InvalidInputError({ code: 'log-invalid', message: `${where} has no time, x and y.` })
  const size = { x: number('length') || 4.5, y: number('width') || 1.85 }
  builder.time(timeS)
  const agent = builder.agent({
    name: cell('name'),
    kind: kindOf(cell('kind') || undefined, size),
    lengthM: size.x,
    widthM: size.y,
    heightM: number('height') || 1.6,
  })
  const heading = number('heading')
  const [ahead, left] = Number.isFinite(heading) ? [number('centreX') || 0, number('centreY') || 0] : [0, 0]
  const [cos, sin] = ahead === 0 && left === 0 ? [1, 0] : [Math.cos(heading), Math.sin(heading)]
  builder.state(agent, [
    x + ahead * cos - left * sin,
    y + ahead * sin + left * cos,
    heading,
    number('speed'),
    number('acceleration'),
    0,
  ])
}

function invalid(path: string, problem: string): InvalidInputError {
  return new InvalidInputError({ code: 'log-invalid', message: `${path}: ${problem}.` })
}
