import { InvalidInputError } from '@heavylift/core'
import type { Side, Team } from '../../domain/match.ts'
import { parseWallClock } from '../clocks/event-times.ts'
import type { FeedFormat, FeedItem } from '../feed-format.ts'
import { matchIdFrom } from '../match-id.ts'
import type { JsonObject } from '../read-source.ts'
import { isObject, readDocument, rejectOf, textOf } from '../read-source.ts'
import { abbreviate } from './abbreviate.ts'
import { createSoccerGame, isPlayedOut } from './soccer-game.ts'
import type { SoccerRow } from './soccer-row.ts'
import { wyscoutFault, wyscoutPeriod, wyscoutRow } from './wyscout-event.ts'
import type { WyscoutNames } from './soccer-row.ts'

interface Teams {
  home: Team
  away: Team
  /** Of the home side's country, where the file says it. */
  country: string | null
}

/** Some exports escape letters twice: `\u00e1` stands in the text itself. */
const unescaped = (text: string): string =>
  text.replaceAll(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

/**
 * Both sides, home first. A match's own record says who plays at home; without it the home side is the one that the file names first, which
 * JSON.parse does not keep (keys that are numbers are sorted), so the text is asked.
 */
function teamsOf(document: JsonObject, text: string): Teams | null {
  const entries = isObject(document['teams']) ? Object.entries(document['teams']) : []
  if (entries.length !== 2) return null
  const data = isObject(document['match']) ? document['match']['teamsData'] : null
  const from = text.indexOf('"teams"')
  const isHome = (id: string) => {
    const own = isObject(data) ? data[id] : null
    return isObject(own) ? (own['side'] === 'home' ? -1 : text.length) : text.indexOf(`"${id}"`, from)
  }
  const [home, away] = entries.toSorted(([a], [b]) => isHome(a) - isHome(b)) as [
    [string, unknown],
    [string, unknown],
  ]
  const record = ([, value]: [string, unknown]): JsonObject => {
    const inner = isObject(value) && isObject(value['team']) ? value['team'] : value
    return isObject(inner) ? inner : {}
  }
  const team = (entry: [string, unknown]): Team => {
    const name = unescaped(textOf(record(entry)['name'])) || entry[0]
    return { id: entry[0], abbreviation: abbreviate(name), name, colour: null }
  }
  const area = record(home)['area']
  return {
    home: team(home),
    away: team(away),
    country: isObject(area) ? textOf(area['name']) || null : null,
  }
}

function playersOf(document: JsonObject): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const lists = isObject(document['players']) ? Object.values(document['players']) : []
  for (const item of lists.flat()) {
    if (!isObject(item)) continue
    const player = isObject(item['player']) ? item['player'] : item
    const name = textOf(player['shortName']) || textOf(player['lastName'])
    if (name !== '') names.set(textOf(player['wyId']), unescaped(name))
  }
  return names
}

function* eventsOf(
  records: readonly unknown[],
  teams: Teams,
  names: WyscoutNames,
  document: JsonObject,
  options: { name: string; matchId: string },
): Generator<FeedItem> {
  const match = isObject(document['match']) ? document['match'] : {}
  const ref = (at: number) => `${options.name}#/events/${at}`
  const game = createSoccerGame({
    ...teams,
    matchId: options.matchId,
    competition: textOf(match['competitionName']) || teams.country,
    startMs: parseWallClock(textOf(match['dateutc']).replace(' ', 'T') + 'Z'),
    sourceRef: `${options.name}#`,
  })
  yield { event: game.open() }
  const mark = (type: 'period-start' | 'period-end', period: number, seconds: number, at: number) => ({
    event: game.play({
      period,
      seconds,
      actionId: `${type}-${period}`,
      type,
      subType: '',
      side: null,
      sourceRef: ref(at),
    }),
  })
  let last: SoccerRow | null = null
  for (const [at, record] of records.entries()) {
    const fault = isObject(record) ? wyscoutFault(record) : 'An event must be a JSON object.'
    if (!isObject(record) || fault !== null) {
      yield rejectOf(`/events/${at}`, fault ?? '', record)
      continue
    }
    for (const row of wyscoutRow(record, names)) {
      const whole = { ...row, sourceRef: ref(at) }
      if (last?.period !== row.period) {
        if (last) yield mark('period-end', last.period, last.seconds, at)
        yield mark('period-start', row.period, 0, at)
      }
      yield { event: game.play(whole) }
      last = whole
    }
  }
  if (last === null) return
  yield mark('period-end', last.period, last.seconds, records.length - 1)
  if (isPlayedOut(last.period, last.seconds)) yield { event: game.close(ref(records.length - 1)) }
}

/** Wyscout's events of a match, version 2: one document with `events`, `teams` and `players`. */
export const soccerWyscout: FeedFormat = {
  name: 'soccer-wyscout',
  title: 'Wyscout soccer events, JSON (version 2 and 3)',
  recognise(_name, head) {
    const text = new TextDecoder().decode(head)
    if (['"matchPeriod"', '"eventSec"', '"positions"'].every((sign) => text.includes(sign))) return 1
    return ['"matchPeriod"', '"matchTimestamp"', '"primary"'].every((sign) => text.includes(sign)) ? 1 : 0
  },
  async *parse(source, options) {
    const { document, text, note } = await readDocument(source, options.signal)
    if (note !== null) yield note
    const records: unknown = isObject(document) ? document['events'] : null
    if (!isObject(document) || !Array.isArray(records))
      throw new InvalidInputError({
        code: 'feed-holds-no-match',
        message:
          'The document holds no match. Expected {"events": [ … ], "teams": { … }, "players": { … }}: one match with its teams.',
      })
    const teams = teamsOf(document, text)
    if (teams === null)
      throw new InvalidInputError({
        code: 'feed-names-no-teams',
        message: '"teams" must name both sides of the match by their ids, home first.',
      })
    const side = (id: string): Side | null =>
      id === teams.home.id ? 'home' : id === teams.away.id ? 'away' : null
    const first: unknown = records.find((record) => isObject(record) && wyscoutPeriod(record) !== null)
    const matchId =
      (isObject(first) && textOf(first['matchId'])) || matchIdFrom(options.name, options.matchId)
    yield* eventsOf(records, teams, { side, player: playersOf(document) }, document, {
      name: options.name,
      matchId,
    })
  },
}
