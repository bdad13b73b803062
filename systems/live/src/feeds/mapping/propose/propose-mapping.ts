import type { Source, WrittenMapping } from '../mapping-schema.ts'
import { readMapping } from '../mapping-schema.ts'
import { fieldSigns } from './field-signs.ts'
import type { FieldSign } from './field-signs.ts'
import { carByLaps, scoresBySides, sidesByRows } from './meet-sides.ts'
import type { Found } from './meet-sides.ts'
import { likeness, wordsOfName } from './name-likeness.ts'
import { likelyRows, periodByList } from './row-lists.ts'
import { actionTypeOf, playTypeOf } from './value-words.ts'
import { columnsOfSample, rowsOfSample } from './sample-rows.ts'
import type { SampleColumn } from './sample-rows.ts'

type Sport = WrittenMapping['sport']

/** Why a column was proposed for a field. */
export interface ProposedField {
  field: string
  column: string
  /** 0..1: likeness of the name times fit of the values. */
  sure: number
}

export interface Proposal {
  mapping: WrittenMapping
  fields: ProposedField[]
  /** Columns that nothing was found for. */
  unused: string[]
}

const proposedSports: readonly Sport[] = ['nfl', 'race', 'nba']
/** Below this a name or its values say too little. */
const leastSure = 0.6
/** From here a name alone tells the sport. */
const tellingSure = 0.7
const rowsLookedAt = 400

/**
 * A first mapping of a feed by the names and values of its columns. Each field takes the column whose name is most like what the
 * sport calls it and whose values may be it, the surest pairs first; the sport is the one that a field of its own tells, and whose fields fit best.
 */
export function proposeMapping(text: string, name: string, given: Sport | null = null): Proposal {
  const lists = likelyRows(text)
  const rows = lists.length === 0 ? {} : { rows: lists.length === 1 ? lists[0]! : lists }
  const base = readMapping({ ...emptyMapping('nba', name), ...rows })
  const columns = columnsOfSample(rowsOfSample(text, base, rowsLookedAt))
  const [best] = (given === null ? proposedSports : [given])
    .map((sport) => ({ sport, found: assign(columns, sport) }))
    .filter(({ sport, found }) => given !== null || !hasTelling(sport) || isTold(found))
    .toSorted((a, b) => sumOf(b.found) - sumOf(a.found) || Number(isTold(b.found)) - Number(isTold(a.found)))
  const { sport, found } = best ?? { sport: 'nba' as const, found: new Map<string, Found>() }
  const written = write(sport, name, found)
  const period = sport === 'race' || found.has('clock.period') ? undefined : periodByList(lists)
  const clock = period === undefined ? written.clock : { ...written.clock, period }
  const used = new Set([...found.values()].map(({ column }) => column.path))
  return {
    mapping: { ...written, clock, ...rows },
    fields: [...found].map(([field, { column, sure }]) => ({
      field,
      column: column.path,
      sure: Math.round(sure * 100) / 100,
    })),
    unused: columns.map(({ path }) => path).filter((path) => !used.has(path)),
  }
}

function assign(columns: readonly SampleColumn[], sport: Sport): Map<string, Found> {
  const signs = fieldSigns.filter(({ sports }) => sports === undefined || sports.includes(sport))
  const pairs = signs
    .flatMap((sign) => columns.map((column) => ({ sign, column, sure: sureOf(sign, column) })))
    .filter(({ sure }) => sure >= leastSure)
    .toSorted((a, b) => b.sure - a.sure)
  const found = new Map<string, Found>()
  const used = new Set<string>()
  for (const { sign, column, sure } of pairs) {
    if (found.has(sign.field) || used.has(column.path)) continue
    found.set(sign.field, { column, sure })
    used.add(column.path)
  }
  meetSides(found, columns)
  if (sport === 'race') carByLaps(found, columns)
  else {
    sidesByRows(found, columns)
    scoresBySides(found, columns)
  }
  return found
}

/**
 * Of several names of a team the ones are taken that rows and match share: another column that says who acted, or else other names of
 * the two sides.
 */
function meetSides(found: Map<string, Found>, columns: readonly SampleColumn[]): void {
  const named = ['match.home', 'match.away'].flatMap((field) => found.get(field)?.column ?? [])
  const side = found.get('side')?.column
  if (side === undefined) return
  const saidIn = (column: SampleColumn, others: readonly SampleColumn[]): boolean => {
    const names = new Set(others.flatMap(({ values }) => values))
    const said = column.values.filter((value) => value !== '')
    return said.length > 0 && said.filter((value) => names.has(value)).length >= 0.9 * said.length
  }
  if (named.length > 0 && saidIn(side, named)) return
  const other = columns.find(
    (column) => !named.includes(column) && column.distinct > 1 && saidIn(column, named),
  )
  if (other !== undefined) {
    found.set('side', { column: other, sure: 0.9 })
    return
  }
  for (const sign of fieldSigns.filter(({ field }) => field === 'match.home' || field === 'match.away')) {
    const better = columns
      .filter(
        (column) =>
          column.values.some((value) => value !== '' && side.values.includes(value)) &&
          sureOf({ ...sign, phrases: sign.holds ?? [] }, column) > 0,
      )
      .toSorted((a, b) => a.path.length - b.path.length)[0]
    if (better !== undefined) found.set(sign.field, { column: better, sure: 0.9 })
  }
}

function sureOf(sign: FieldSign, column: SampleColumn): number {
  if (column.written === 'blank' || column.written === 'list') return 0
  const fit = sign.fits(column)
  if (
    fit === 0 ||
    (sign.holds !== undefined && !wordsOfName(column.path).some((word) => sign.holds?.includes(word)))
  )
    return 0
  // The first phrase is what most call it.
  const named = Math.max(
    ...sign.phrases.map((phrase, index) => likeness(column.path, phrase) * (1 - 0.02 * index)),
  )
  // Numbers that are times since 1970 say so themselves, whatever they are called, and so do clocks of a game.
  const told =
    (sign.field === 'clock.eventTime' && column.written.startsWith('epoch')) ||
    (sign.field === 'clock.secondsLeft' && column.distinct > 2)
      ? 0.7
      : 0
  // A value of the row itself goes before one that stands around it.
  const near = column.path.startsWith('#/') ? 0.9 : column.path.startsWith('../') ? 0.95 : 1
  return Math.max(named, told) * fit * near
}

const hasTelling = (sport: Sport): boolean =>
  fieldSigns.some(({ isTelling, sports }) => isTelling === true && sports?.includes(sport) === true)
const isTold = (found: ReadonlyMap<string, Found>): boolean =>
  fieldSigns.some(
    ({ field, isTelling }) => isTelling === true && (found.get(field)?.sure ?? 0) >= tellingSure,
  )
const sumOf = (found: ReadonlyMap<string, Found>): number =>
  [...found.values()].reduce((sum, { sure }) => sum + sure, 0)

const emptyMapping = (sport: Sport, name: string): WrittenMapping => ({
  name,
  sport,
  match: { id: { constant: name } },
  clock: {},
  events: [{ kind: kindOf(sport), fields: {} }],
})

const kindOf = (sport: Sport): WrittenMapping['events'][number]['kind'] =>
  sport === 'nfl' ? 'nfl-play' : sport === 'race' ? 'race-lap' : 'nba-action'

function write(sport: Sport, name: string, found: ReadonlyMap<string, Found>): WrittenMapping {
  const from = (field: string): Source | undefined => {
    const column = found.get(field)?.column
    return column === undefined ? undefined : readAs(column)
  }
  const plain = (field: string): Source | undefined => {
    const column = found.get(field)?.column
    return column === undefined ? undefined : { from: column.path }
  }
  const id = idOf(name, found.get('match.id')?.column)
  const scored = scoresOf(found)
  const eventTime = from('clock.eventTime')
  const fields: Record<string, Source | undefined> =
    sport === 'race'
      ? raceFields(found, from, plain)
      : sport === 'nfl'
        ? playFields(found, from, plain, scored)
        : actionFields(found, from, plain, scored)
  const lapTime = fields['lapSeconds']
  const carry = ['homeScore', 'awayScore', 'score'].flatMap((field) => {
    const column = found.get(field)?.column
    return column !== undefined && column.filled < 1 ? [column.path] : []
  })
  return {
    name,
    sport,
    ...(carry.length === 0 ? {} : { carry }),
    match: {
      id: id ?? { constant: name },
      ...given({ home: plain('match.home'), away: plain('match.away'), start: from('match.start') }),
      ...(sport === 'race' ? { ends: 'feed' as const } : {}),
    },
    clock: {
      ...given({
        eventTime,
        period: from('clock.period'),
        ...clockOf(found),
        elapsedSeconds:
          sport === 'race' && eventTime === undefined && lapTime !== undefined && found.has('carId')
            ? {
                total: lapTime,
                per: [pathOf(found, 'match.id'), pathOf(found, 'carId')].filter((path) => path !== ''),
                ...(found.has('lap') ? { step: pathOf(found, 'lap') } : {}),
              }
            : undefined,
      }),
    },
    ...(sport === 'race'
      ? { order: 'time' as const, standing: given({ driver: plain('driver') ?? plain('carId') }) }
      : {}),
    events: [{ kind: kindOf(sport), fields: given(fields) }],
  }
}

/** A game that is only numbered is one of many with its number: the feed's name goes before it. */
function idOf(name: string, column: SampleColumn | undefined): Source | undefined {
  if (column === undefined) return undefined
  const from: Source = { from: column.path }
  return column.samples.every((sample) => /^\d{1,4}$/.test(sample))
    ? { join: [{ constant: name }, from], with: '-' }
    : from
}

const pathOf = (found: ReadonlyMap<string, Found>, field: string): string =>
  found.get(field)?.column.path ?? ''

/** Without what was not found. */
const given = (fields: Readonly<Record<string, Source | undefined>>): Record<string, Source> =>
  Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, Source] => entry[1] !== undefined),
  )

/** A column as its values are written. */
function readAs({ path, written }: SampleColumn): Source {
  if (written === 'text' || written === 'blank' || written === 'list') return { from: path }
  const isDate = written.endsWith('time')
  return { from: path, as: written, ...(isDate ? { zone: 'UTC' } : {}) }
}

type From = (field: string) => Source | undefined
type Scores = Record<'home' | 'away', Source | undefined>

function scoresOf(found: ReadonlyMap<string, Found>): Scores {
  const home = found.get('homeScore')?.column
  const away = found.get('awayScore')?.column
  const both = found.get('score')?.column
  if (home !== undefined || away !== undefined || both === undefined)
    return { home: home && readAs(home), away: away && readAs(away) }
  const by = /[-:–]/.exec(both.samples.find((sample) => /\d/.test(sample)) ?? '')?.[0] ?? '-'
  const part = (at: number): Source => ({ from: both.path, split: { by, at }, as: 'number' })
  return { home: part(0), away: part(1) }
}

/** A clock counts down or up by what its values do from row to row. */
function clockOf(found: ReadonlyMap<string, Found>): Record<string, Source | undefined> {
  const clock = found.get('clock.secondsLeft')?.column
  const whole = found.get('clock.gameSecondsLeft')?.column
  if (clock === undefined) return { gameSecondsLeft: whole && readAs(whole) }
  const seconds = clock.values.filter((value) => value !== '').map(secondsOf)
  let falls = 0
  let rises = 0
  for (const [index, next] of seconds.slice(1).entries()) {
    if (next < (seconds[index] ?? 0)) falls++
    if (next > (seconds[index] ?? 0)) rises++
  }
  if (rises <= falls) return { secondsLeft: readAs(clock), ...periodOf(Math.max(...seconds)) }
  return Math.max(...seconds) > 1260 ? { elapsedSeconds: readAs(clock) } : { secondsPlayed: readAs(clock) }
}

/** Basketball's other periods: of ten minutes, and halves of twenty. Twelve are what is taken where nothing is said. */
const otherPeriods = [600, 1200]

/** How long a period is, where the highest reading of its clock is about one that is not the sport's own. */
function periodOf(most: number): Record<string, Source> {
  const length = otherPeriods.find((seconds) => most <= seconds && most > seconds - 15)
  return length === undefined ? {} : { periodSeconds: { constant: length } }
}

const secondsOf = (clock: string): number =>
  (/\d[\d:.]*/.exec(clock)?.[0] ?? '0').split(':').reduce((sum, part) => sum * 60 + Number(part), 0)

const raceFields = (
  found: ReadonlyMap<string, Found>,
  from: From,
  plain: From,
): Record<string, Source | undefined> => ({
  carId: plain('carId') ?? plain('driver'),
  lap: from('lap'),
  lapSeconds: inSeconds(from('lapSeconds'), found.get('lapSeconds')?.column),
  position: from('position'),
})

/** No lap takes a thousand seconds: such numbers are milliseconds. */
function inSeconds(source: Source | undefined, column: SampleColumn | undefined): Source | undefined {
  if (source === undefined || column?.written !== 'number') return source
  const sorted = column.values
    .filter((value) => value !== '')
    .map(Number)
    .toSorted((a, b) => a - b)
  return (sorted[Math.floor(sorted.length / 2)] ?? 0) > 1000 ? { from: column.path, unit: 'ms>s' } : source
}

/** Values of a column that words tell, as ours. */
function valuesBy(
  column: SampleColumn | undefined,
  tell: (value: string) => string | null,
): Record<string, string> | null {
  if (column === undefined) return null
  const told = [...new Set(column.values)].flatMap((value) => {
    const ours = value === '' ? null : tell(value)
    return ours === null ? [] : [[value, ours] as const]
  })
  return told.length === 0 ? null : Object.fromEntries(told)
}

function sideOf(found: ReadonlyMap<string, Found>, isMaybe: boolean): Source | undefined {
  const column = found.get('side')?.column
  if (column === undefined) return undefined
  return { from: column.path, as: 'side', ...(isMaybe ? { default: null } : {}) }
}

function playFields(
  found: ReadonlyMap<string, Found>,
  from: From,
  plain: From,
  scores: Scores,
): Record<string, Source | undefined> {
  const types = found.get('playType')?.column
  const values = valuesBy(types, playTypeOf)
  return {
    'situation.playId': plain('situation.playId'),
    'situation.possession': sideOf(found, false),
    'situation.down': from('situation.down'),
    'situation.yardsToGo': from('situation.yardsToGo'),
    'situation.yardsToGoal': from('situation.yardsToGoal'),
    playType:
      types === undefined || values === null ? undefined : { from: types.path, values, default: 'other' },
    yardsGained: from('yardsGained'),
    homeScoreAfter: scores.home,
    awayScoreAfter: scores.away,
    description: plain('description'),
  }
}

function actionFields(
  found: ReadonlyMap<string, Found>,
  from: From,
  plain: From,
  scores: Scores,
): Record<string, Source | undefined> {
  const types = found.get('actionType')?.column
  const made = found.get('isMade')?.column
  const values = valuesBy(types, actionTypeOf)
  const inWords = valuesBy(types, (value) => madeBy(value, types?.values ?? []))
  const isMade: Source | undefined =
    made !== undefined
      ? made.written === 'boolean'
        ? { from: made.path, as: 'boolean', default: null }
        : { from: made.path, values: valuesOfMade(made), default: null }
      : types !== undefined && inWords !== null
        ? {
            from: types.path,
            values: Object.fromEntries(
              Object.entries(inWords).map(([value, word]) => [value, word === 'yes']),
            ),
            default: null,
          }
        : undefined
  return {
    actionType:
      types === undefined
        ? { constant: 'other' }
        : { from: types.path, values: values ?? {}, default: 'other' },
    side: sideOf(found, true),
    playerName: plain('playerName'),
    isMade,
    points: from('points'),
    homeScore: scores.home,
    awayScore: scores.away,
    description: plain('description'),
  }
}

/** Words tell it; of codes that come in pairs, the sport's own letters: `2FGM` made, `2FGA` attempted. */
function madeBy(value: string, all: readonly string[]): string | null {
  if (/miss/i.test(value)) return 'no'
  if (/made|make|good/i.test(value)) return 'yes'
  const code = /^(\w*?)([MA])$/.exec(value)
  const twin = code === null ? null : `${code[1]}${code[2] === 'M' ? 'A' : 'M'}`
  if (twin === null || !all.includes(twin) || actionTypeOf(value) === null) return null
  return code![2] === 'M' ? 'yes' : 'no'
}

const valuesOfMade = (column: SampleColumn): Record<string, boolean> =>
  Object.fromEntries(
    [...new Set(column.values)]
      .filter((value) => value !== '')
      .map((value) => [value, !/miss|fail|no|false|0/i.test(value)]),
  )
