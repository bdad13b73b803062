import type { Sport } from '../../src/domain/match.ts'
import { fieldSigns } from '../../src/feeds/mapping/propose/field-signs.ts'

/** A mapping while it is written: JSON that may not be right yet. */
export type Draft = Record<string, unknown>

/** A field of a mapping as the form shows it. */
export interface DraftField {
  /** Where it stands in the mapping. */
  path: readonly (string | number)[]
  /** The same with dots, as faults name it. */
  key: string
  group: 'Match' | 'Clock' | 'Event'
  label: string
  /** Column that it is read from; null where nothing is, or a rule. */
  column: string | null
  as: string
  /** A rule that the form does not edit, in words; null where it is plain. */
  rule: string | null
}

const isObject = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function at(draft: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (Array.isArray(value) ? value[Number(key)] : isObject(value) ? value[key] : undefined),
    draft,
  )
}

/** A copy of a draft with a value set, or taken away where it is undefined. */
export function withValue(draft: Draft, path: readonly (string | number)[], value: unknown): Draft {
  const [key, ...rest] = path
  if (key === undefined) return draft
  const set = (inner: unknown): unknown =>
    rest.length === 0
      ? value
      : withValue(isObject(inner) || Array.isArray(inner) ? (inner as Draft) : {}, rest, value)
  if (Array.isArray(draft))
    return draft.map((item: unknown, index) => (index === key ? set(item) : item)) as unknown as Draft
  const next = { ...draft, [key]: set(draft[key]) }
  return next[key] === undefined
    ? Object.fromEntries(Object.entries(next).filter(([name]) => name !== String(key)))
    : next
}

const words: Readonly<Record<string, string>> = {
  id: 'Match id',
  home: 'Home team',
  away: 'Away team',
  start: 'Day of the match',
  eventTime: 'Time of the event',
  secondsLeft: 'Clock, counting down',
  secondsPlayed: 'Clock, counting up',
  gameSecondsLeft: 'Seconds left of the game',
  elapsedSeconds: 'Seconds since the start',
  carId: 'Car',
  actionType: 'Kind of action',
  isMade: 'Shot made',
  side: 'Team that did it',
  possession: 'Team with the ball',
}

const labelOf = (name: string): string => {
  const last = name.split('.').at(-1) ?? name
  const plain = last.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return words[last] ?? plain.charAt(0).toUpperCase() + plain.slice(1)
}

/** Where a field that a proposal may find stands in a mapping of a sport; null where it is no field of its own. */
function pathOf(field: string, sport: Sport): readonly (string | number)[] | null {
  if (field === 'score') return null
  if (field.startsWith('match.') || field.startsWith('clock.')) return field.split('.')
  if (field === 'driver') return ['standing', 'driver']
  if (sport !== 'nfl') return ['events', 0, 'fields', field]
  const ours = field === 'homeScore' || field === 'awayScore' ? `${field}After` : field
  return ['events', 0, 'fields', ours === 'side' ? 'situation.possession' : ours]
}

/** Fields of a draft: those that it has, and those that its sport knows besides. */
export function fieldsOf(draft: Draft): DraftField[] {
  const sport = (['nfl', 'nba', 'race', 'soccer'] as const).find((each) => each === draft['sport']) ?? 'nba'
  const paths: (readonly (string | number)[])[] = []
  const add = (path: readonly (string | number)[] | null): void => {
    if (path !== null && !paths.some((known) => known.join('.') === path.join('.'))) paths.push(path)
  }
  for (const part of ['match', 'clock', 'standing'])
    for (const [name, value] of Object.entries(isObject(draft[part]) ? draft[part] : {}))
      if (isObject(value) && name !== 'when' && name !== 'result') add([part, name])
  for (const [index, rule] of (Array.isArray(draft['events']) ? draft['events'] : []).entries())
    for (const name of Object.keys(isObject(rule) && isObject(rule['fields']) ? rule['fields'] : {}))
      add(['events', index, 'fields', name])
  for (const { field, sports } of fieldSigns)
    if (sports === undefined || sports.includes(sport)) add(pathOf(field, sport))
  return paths
    .map((path) => fieldAt(draft, path))
    .toSorted((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group))
}

const groups = ['Match', 'Clock', 'Event'] as const

function fieldAt(draft: Draft, path: readonly (string | number)[]): DraftField {
  const source = at(draft, path)
  const from = isObject(source) ? source['from'] : undefined
  const isPlain =
    isObject(source) &&
    typeof from === 'string' &&
    !('split' in source) &&
    !('slice' in source) &&
    !('table' in source)
  const [part, index] = path
  const kind = part === 'events' ? at(draft, ['events', index ?? 0, 'kind']) : null
  const name = String(path.at(-1))
  const isFirst = part !== 'events' || index === 0
  return {
    path,
    key: path.join('.'),
    group: part === 'match' ? 'Match' : part === 'clock' ? 'Clock' : 'Event',
    label: isFirst ? labelOf(name) : `${labelOf(name)} (rule ${Number(index) + 1}, ${String(kind)})`,
    column: isPlain ? from : null,
    as:
      isObject(source) && typeof source['as'] === 'string'
        ? source['as']
        : isPlain && isObject(source['values'])
          ? 'values'
          : 'text',
    rule: source === undefined || isPlain ? null : ruleWords(source),
  }
}

/** What a rule does, in a few words. */
function ruleWords(source: unknown): string {
  if (!isObject(source)) return 'not a source'
  if ('constant' in source) return `always ${JSON.stringify(source['constant'])}`
  if (Array.isArray(source['cases'])) return `${source['cases'].length} cases`
  if (Array.isArray(source['join'])) return `${source['join'].length} parts joined`
  if (Array.isArray(source['sum'])) return `sum of ${source['sum'].length}`
  if ('total' in source) return 'running total'
  if ('each' in source) return `each of ${String(source['each'])}`
  if (Array.isArray(source['list'])) return `list of ${source['list'].length}`
  if ('name' in source) return 'name, short name, colour'
  return Array.isArray(source['from']) ? source['from'].join(' or ') : `part of ${String(source['from'])}`
}

/** A draft with a field read from another column, or not at all. What else its source says stays where it still fits. */
export function withColumn(draft: Draft, field: DraftField, column: string | null, as: string): Draft {
  const before = at(draft, field.path)
  if (column === null) return withValue(draft, field.path, undefined)
  const kept = isObject(before) && field.column === column ? before : {}
  const { as: _as, ...rest } = kept
  const plain = as === 'text' || as === 'values' ? {} : { as }
  const zone = as.endsWith('time') && !('zone' in rest) ? { zone: 'UTC' } : {}
  return withValue(draft, field.path, { ...rest, from: column, ...plain, ...zone })
}

/** An event in a few words: what it is, who, and how it stands. */
export function tellEvent(event: Readonly<Record<string, unknown>>): string {
  const get = (path: string): unknown => at(event, path.split('.'))
  const written = (path: string): string | null => {
    const value = get(path)
    return typeof value === 'string' || typeof value === 'number' ? String(value) || null : null
  }
  const parts: (string | null)[] = []
  const clock = get('clocks.game')
  const game = isObject(clock)
    ? `Q${String(clock['period'])} ${clockWords(Number(clock['secondsLeft']))}`
    : null
  switch (event['kind']) {
    case 'match':
      return `Match: ${String(get('match.title'))}`
    case 'match-end':
      return `End${written('homeScore') === null ? '' : ` ${written('awayScore')}–${written('homeScore')}`}`
    case 'nba-action':
    case 'soccer-action':
      parts.push(
        written('actionType'),
        get('isMade') === true ? 'made' : get('isMade') === false ? 'missed' : written('subType'),
        written('side'),
        written('playerName'),
        `${written('awayScore')}–${written('homeScore')}`,
        game,
      )
      break
    case 'nfl-play':
      parts.push(
        written('playType'),
        written('situation.possession'),
        get('situation.down') === null
          ? null
          : `down ${written('situation.down')} and ${written('situation.yardsToGo') ?? '?'}`,
        get('yardsGained') === null ? null : `${written('yardsGained')} yd`,
        `${written('awayScoreAfter')}–${written('homeScoreAfter')}`,
        game,
      )
      break
    case 'race-lap':
      parts.push(
        `car ${written('carId')}`,
        `lap ${written('lap')}`,
        get('lapSeconds') === null ? null : `${written('lapSeconds')} s`,
      )
      break
    case 'race-state':
      parts.push(
        `standing, lap ${written('lap')}`,
        (get('cars') as { driver: string }[])
          .slice(0, 3)
          .map(({ driver }) => driver)
          .join(', '),
      )
      break
    default:
      parts.push(String(event['kind']), written('carId'), written('flag'), written('text'))
  }
  return parts.filter((part) => part !== null).join(' · ')
}

const clockWords = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
