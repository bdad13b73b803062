import { InvalidInputError } from '@heavylift/core'
import type { GameClock } from '../../domain/clocks.ts'
import type { Side, Team } from '../../domain/match.ts'
import { createEventTimes, parseWallClock } from '../clocks/event-times.ts'
import { parseGameClock } from '../clocks/game-clock.ts'
import type { FeedFormat, FeedItem } from '../feed-format.ts'
import { matchIdFrom } from '../match-id.ts'
import type { JsonObject } from '../read-source.ts'
import { isObject, numberOf, readDocument, rejectOf, textOf } from '../read-source.ts'
import { cdnAction, cdnFault } from './cdn-action.ts'
import { createPossession } from './possession.ts'

interface Teams {
  home: Team
  away: Team
}

/** The feed names no home side: it is the team whose points raise `scoreHome`. Null until one of both has scored. */
function teamsOf(records: readonly unknown[]): Teams | null {
  const teams = new Map<string, Team>()
  let homeId: string | null = null
  let awayId: string | null = null
  let home = 0
  let away = 0
  for (const record of records) {
    if (!isObject(record)) continue
    const id = textOf(record['teamId'])
    const abbreviation = textOf(record['teamTricode'])
    if (id !== '' && abbreviation !== '' && !teams.has(id))
      teams.set(id, { id, abbreviation, name: abbreviation, colour: null })
    const nowHome = numberOf(record['scoreHome']) ?? home
    const nowAway = numberOf(record['scoreAway']) ?? away
    if (textOf(record['shotResult']) === 'Made' && id !== '') {
      if (nowHome > home && nowAway === away) homeId ??= id
      if (nowAway > away && nowHome === home) awayId ??= id
    }
    home = nowHome
    away = nowAway
  }
  const others = (known: string) => [...teams.keys()].find((id) => id !== known) ?? null
  if (homeId !== null) awayId = others(homeId)
  else if (awayId !== null) homeId = others(awayId)
  const homeTeam = homeId === null ? undefined : teams.get(homeId)
  const awayTeam = awayId === null ? undefined : teams.get(awayId)
  return homeTeam && awayTeam ? { home: homeTeam, away: awayTeam } : null
}

function* eventsOf(
  matchId: string,
  records: readonly unknown[],
  teams: Teams,
  name: string,
): Generator<FeedItem> {
  const startMs = records.flatMap((r) =>
    isObject(r) ? (parseWallClock(textOf(r['timeActual'])) ?? []) : [],
  )[0]
  const times = createEventTimes('nba', startMs ?? 0)
  const possession = createPossession()
  let clock: GameClock = { period: 1, secondsLeft: 720 }
  const match = {
    id: matchId,
    sport: 'nba' as const,
    title: `${teams.away.name} at ${teams.home.name}`,
    ...teams,
    homeSpread: null,
    race: null,
  }
  yield {
    event: { kind: 'match', match, matchId, clocks: times(clock, startMs ?? null), sourceRef: `${name}#` },
  }
  let counted = { home: 0, away: 0 }
  for (const [index, record] of records.entries()) {
    const pointer = `/game/actions/${index}`
    const fault = isObject(record) ? cdnFault(record) : 'An action must be a JSON object.'
    const secondsLeft = isObject(record) ? parseGameClock(textOf(record['clock'])) : null
    if (!isObject(record) || fault !== null || secondsLeft === null) {
      const why = fault ?? '"clock" is no clock, expected minutes and seconds such as PT11M38.00S.'
      yield rejectOf(pointer, why, record)
      continue
    }
    clock = { period: numberOf(record['period']) ?? clock.period, secondsLeft }
    const teamId = textOf(record['teamId'])
    const side: Side | null = teamId === teams.home.id ? 'home' : teamId === teams.away.id ? 'away' : null
    const action = cdnAction(record, side)
    if (side !== null) counted = { ...counted, [side]: counted[side] + action.points }
    const clocks = times(clock, parseWallClock(textOf(record['timeActual'])))
    const sourceRef = `${name}#${pointer}`
    yield {
      event: { ...action, possession: possession(action, clock.period), matchId, clocks, sourceRef },
    }
    if (action.actionType !== 'game' || action.subType !== 'end') continue
    const { homeScore, awayScore } = action
    if (counted.home !== homeScore || counted.away !== awayScore) {
      const reason = `The made shots of game ${matchId} add up to ${counted.home}:${counted.away}, its final score is ${homeScore}:${awayScore}. The final score is taken for the result.`
      yield rejectOf(pointer, reason, '')
    }
    const endClocks = times(clock, null)
    yield {
      event: { kind: 'match-end', homeScore, awayScore, order: null, matchId, clocks: endClocks, sourceRef },
    }
  }
}

/** Play-by-play JSON of the NBA's CDN: one document, one game. */
export const nbaCdn: FeedFormat = {
  name: 'nba-cdn',
  title: 'NBA play-by-play of the CDN, JSON',
  recognise(_name, head) {
    const text = new TextDecoder().decode(head.subarray(0, 8192))
    // The stats site's V3 has the same names, and others.
    if (text.includes('"shotValue"')) return 0.5
    const signs = ['"actions"', '"actionNumber"', '"gameId"', '"actionType"'].filter((s) => text.includes(s))
    return signs.length === 4 ? 1 : signs.length * 0.15
  },
  async *parse(source, options) {
    const { document, note } = await readDocument(source, options.signal)
    if (note !== null) yield note
    const game = isObject(document) ? document['game'] : null
    const actions: unknown = isObject(game) ? (game as JsonObject)['actions'] : null
    if (!isObject(game) || !Array.isArray(actions)) {
      throw new InvalidInputError({
        code: 'feed-holds-no-game',
        message: 'The document holds no game. Expected {"game": {"gameId": "…", "actions": [ … ]}}.',
      })
    }
    const records: unknown[] = actions
    const matchId = textOf(game['gameId']) || matchIdFrom(options.name, options.matchId)
    const teams = teamsOf(records)
    if (!teams) {
      yield rejectOf(
        '/game/actions',
        'No team has scored yet, so it is not known which plays at home. Read it again later.',
        '',
      )
      return
    }
    yield* eventsOf(matchId, records, teams, options.name)
  },
}
