import type { Match, Regulation, Team } from '../../domain/match.ts'
import type { FeedMapping, Source, TeamSource } from './mapping-schema.ts'
import { RowFault } from './mapped-event.ts'
import type { MappedMatch } from './mapped-state.ts'
import { writtenOf } from './row-scope.ts'
import { parseWrittenTime } from './written-times.ts'

/** Reads a source of the mapping; undefined where the row says nothing. */
export type Read = (source: Source | undefined, field: string) => unknown

const text = (value: unknown): string | null =>
  value === undefined || value === null || value === '' ? null : writtenOf(value)
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** Adds to what is known of a match what a row tells of it. */
export function learnFacts(match: MappedMatch, mapping: FeedMapping, read: Read): void {
  const { facts } = match
  facts['home'] ??= teamOf(mapping.match.home, 'match.home', read)
  facts['away'] ??= teamOf(mapping.match.away, 'match.away', read)
  const { title, homeSpread, start, totalLaps, trackName, trackLengthMetres } = mapping.match
  facts['start'] ??= startOf(read(start, 'match.start'))
  const plain = { title, homeSpread, totalLaps, trackName, trackLengthMetres }
  for (const [name, source] of Object.entries(plain)) facts[name] ??= read(source, `match.${name}`)
  const seconds = number(read(mapping.clock.periodSeconds, 'clock.periodSeconds'))
  facts['periodSeconds'] ??= seconds ?? undefined
}

/** A time since 1970; one that is written, as a constant is, says itself when it was. */
function startOf(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const startMs = parseWrittenTime(value, 'iso', 'UTC')
  if (startMs === null)
    throw new RowFault(
      `"match.start" is "${value}", expected a time such as 2030-09-01T17:00:00Z. Where rows have it otherwise, say how by "as".`,
    )
  return startMs
}

/** Keeps the final score that rows state. */
export function learnResult(match: MappedMatch, { match: { result } }: FeedMapping, read: Read): void {
  if (result === undefined) return
  const home = number(read(result.home, 'match.result.home'))
  const away = number(read(result.away, 'match.result.away'))
  if (home !== null && away !== null) match.result = { home, away }
}

/** Whether a match can be announced: nothing that its mapping promises of it is missing. */
export const isKnown = (match: MappedMatch, mapping: FeedMapping): boolean =>
  (mapping.match.home === undefined || match.facts['home'] != null) &&
  (mapping.match.away === undefined || match.facts['away'] != null)

/** The match as its facts tell it. */
export function matchOf(match: MappedMatch, mapping: FeedMapping): Match {
  const { facts } = match
  const home = (facts['home'] as Team | undefined) ?? null
  const away = (facts['away'] as Team | undefined) ?? null
  const trackName = text(facts['trackName'])
  const sides = home && away ? `${away.name} at ${home.name}` : (trackName ?? match.id)
  const regulation = regulationOf(match)
  return {
    id: match.id,
    sport: mapping.sport,
    title: text(facts['title']) ?? sides,
    home,
    away,
    homeSpread: number(facts['homeSpread']),
    race:
      mapping.sport !== 'race' || (trackName === null && number(facts['totalLaps']) === null)
        ? null
        : {
            totalLaps: number(facts['totalLaps']),
            trackLengthMetres: number(facts['trackLengthMetres']),
            trackName: trackName ?? '',
            tankLitres: null,
          },
    ...(regulation === null ? {} : { regulation }),
  }
}

/** Halves where a period is as long as a half of a basketball game, else quarters. Null where nothing is said. */
export function regulationOf(match: MappedMatch): Regulation | null {
  const seconds = number(match.facts['periodSeconds'])
  return seconds === null ? null : { periods: seconds >= 1000 ? 2 : 4, periodSeconds: seconds }
}

function teamOf(source: TeamSource | undefined, field: string, read: Read): Team | undefined {
  if (source === undefined) return undefined
  if (!isNamed(source)) {
    const name = text(read(source, field))
    return name === null ? undefined : { id: name, abbreviation: name, name, colour: null }
  }
  const name = text(read(source.name, `${field}.name`))
  if (name === null) return undefined
  const abbreviation = text(read(source.abbreviation, `${field}.abbreviation`))
  const id = text(read(source.id, `${field}.id`))
  const colour = text(read(source.colour, `${field}.colour`))
  const hex = colour === null ? null : (/^#?([0-9a-f]{6})$/i.exec(colour)?.[1] ?? null)
  return {
    id: id ?? abbreviation ?? name,
    abbreviation: abbreviation ?? name,
    name,
    colour: hex === null ? null : `#${hex.toLowerCase()}`,
  }
}

const isNamed = (source: TeamSource): source is Extract<TeamSource, { name: Source }> => 'name' in source
