import type { Match, Team } from '../../domain/match.ts'
import type { FeedEvent } from '../../domain/feed-event.ts'
import { createEventTimes } from '../clocks/event-times.ts'
import type { EventTimes } from '../clocks/event-times.ts'
import type { FeedFormat, FeedItem, ParseOptions } from '../feed-format.ts'
import { matchIdFrom } from '../match-id.ts'
import type { JsonObject } from '../read-source.ts'
import { readRows, rejectOf } from '../read-source.ts'
import { feedEventSchema } from '../recorded/feed-event-schema.ts'
import { blankEvents } from './blank-events.ts'
import type { FeedMapping, Source } from './mapping-schema.ts'
import { isFault, readValue, valueAt, writtenOf } from './read-value.ts'

/** Sets `value` at a path of names with dots, making the objects on the way. */
function setAt(target: JsonObject, path: string, value: unknown): void {
  const names = path.split('.')
  const last = names.pop() ?? ''
  let at = target
  for (const name of names) {
    const next = at[name]
    at = at[name] = typeof next === 'object' && next !== null ? { ...next } : {}
  }
  at[last] = value
}

class RowFault extends Error {}

/** Reads a source or throws a `RowFault` with the field it was for. */
function need(row: JsonObject, source: Source | undefined, field: string): unknown {
  if (!source) return undefined
  const value = readValue(row, source)
  if (isFault(value)) throw new RowFault(`${value.fault} It is read for "${field}".`)
  return value
}

const text = (value: unknown): string | null =>
  value === undefined || value === null ? null : writtenOf(value)
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)

function teamOf(name: string | null): Team | null {
  return name === null || name === '' ? null : { id: name, abbreviation: name, name, colour: null }
}

function matchOf(mapping: FeedMapping, row: JsonObject, id: string): Match {
  const { home, away, title } = mapping.match
  const homeTeam = teamOf(text(need(row, home, 'match.home')))
  const awayTeam = teamOf(text(need(row, away, 'match.away')))
  const named = text(need(row, title, 'match.title'))
  return {
    id,
    sport: mapping.sport,
    title: named ?? (homeTeam && awayTeam ? `${awayTeam.name} at ${homeTeam.name}` : id),
    home: homeTeam,
    away: awayTeam,
    homeSpread: null,
    race: null,
  }
}

/** Why a mapped event is none, by its field. */
function faultOf(event: unknown): string | null {
  const issue = feedEventSchema.safeParse(event).error?.issues[0]
  return issue
    ? `Field "${issue.path.map(String).join('.')}" is wrong: ${issue.message}. Map it, or correct its mapping.`
    : null
}

function createReader(mapping: FeedMapping, options: ParseOptions) {
  const times = new Map<string, EventTimes>()

  function* read(row: JsonObject, ref: string): Generator<FeedItem> {
    const rule = mapping.events.find(({ when }) =>
      Object.entries(when).every(([from, values]) => values.includes(writtenOf(valueAt(row, from) ?? ''))),
    )
    // Rows that no rule is for are none of ours.
    if (!rule) return
    const sourceRef = `${options.name}#${ref}`
    const id = text(need(row, mapping.match.id, 'match.id'))
    const matchId = id === null ? matchIdFrom(options.name, options.matchId) : id.replaceAll(/[^\w.-]/g, '-')
    const period = number(need(row, mapping.clock.period, 'clock.period'))
    const secondsLeft = number(need(row, mapping.clock.secondsLeft, 'clock.secondsLeft'))
    const game = period === null || secondsLeft === null ? null : { period, secondsLeft }
    const wallMs = number(need(row, mapping.clock.eventTime, 'clock.eventTime'))
    const event: JsonObject = { kind: rule.kind, ...structuredClone(blankEvents[rule.kind]) }
    for (const [field, source] of Object.entries(rule.fields)) {
      const value = need(row, source, field)
      if (value !== undefined) setAt(event, field, value)
    }
    const isNew = !times.has(matchId)
    const clockOf = times.get(matchId) ?? createEventTimes(mapping.sport, wallMs ?? 0)
    const whole = { ...event, matchId, clocks: clockOf(game, wallMs), sourceRef }
    const fault = faultOf(whole)
    if (fault !== null) throw new RowFault(fault)
    times.set(matchId, clockOf)
    if (isNew) {
      const match = matchOf(mapping, row, matchId)
      yield { event: { kind: 'match', match, matchId, clocks: whole.clocks, sourceRef } }
    }
    yield { event: whole as unknown as FeedEvent }
  }
  return read
}

/** The format that a mapping file describes. */
export function createMappedFormat(mapping: FeedMapping): FeedFormat {
  return {
    name: mapping.name,
    title: `${mapping.format.toUpperCase()} by the mapping "${mapping.name}"`,
    // Its mapping file is named, never guessed.
    recognise: () => 0,
    async *parse(source, options) {
      const read = createReader(mapping, options)
      for await (const row of readRows(source, mapping.format, options.signal)) {
        const ref = `row ${row.line}`
        if ('code' in row) {
          yield rejectOf(ref, row.reason, row.raw)
          continue
        }
        try {
          yield* read(row.fields, ref)
        } catch (error) {
          if (!(error instanceof RowFault)) throw error
          yield rejectOf(ref, error.message, row.raw)
        }
      }
    },
  }
}
