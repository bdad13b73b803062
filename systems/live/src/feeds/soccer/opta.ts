import { InvalidInputError } from '@heavylift/core'
import type { Side, Team } from '../../domain/match.ts'
import type { FeedFormat, FeedItem } from '../feed-format.ts'
import { matchIdFrom } from '../match-id.ts'
import type { JsonObject } from '../read-source.ts'
import { isObject, readDocument, rejectOf, textOf } from '../read-source.ts'
import { abbreviate } from './abbreviate.ts'
import { optaFault, optaRow } from './opta-event.ts'
import { createSoccerGame, isPlayedOut } from './soccer-game.ts'
import type { RowOfRecord } from './soccer-row.ts'

const objectAt = (value: unknown, field: string): JsonObject => {
  const found = isObject(value) ? value[field] : null
  return isObject(found) ? found : {}
}

/** Both sides by the match's record, which says who plays at home. */
function teamsOf(info: JsonObject): Record<Side, Team> | null {
  const found: Partial<Record<Side, Team>> = {}
  const contestants = Array.isArray(info['contestant']) ? (info['contestant'] as unknown[]) : []
  for (const one of contestants) {
    if (!isObject(one)) continue
    const [id, name, position] = [textOf(one['id']), textOf(one['name']), textOf(one['position'])]
    if (id === '' || (position !== 'home' && position !== 'away')) continue
    found[position] = { id, name, abbreviation: textOf(one['code']) || abbreviate(name), colour: null }
  }
  return found.home && found.away ? { home: found.home, away: found.away } : null
}

/** `2021-09-11Z` and `18:30:00Z`; null where one is missing. */
function startOf(info: JsonObject): number | null {
  const ms = Date.parse(
    `${textOf(info['date']).replace(/Z$/, '')}T${textOf(info['time']).replace(/Z$/, '')}Z`,
  )
  return Number.isNaN(ms) ? null : ms
}

/** Events come by when they were noted; a match is told by its clock. */
function inOrder(told: readonly { row: RowOfRecord; at: number }[]) {
  return told.toSorted((a, b) => a.row.period - b.row.period || a.row.seconds - b.row.seconds || a.at - b.at)
}

function* eventsOf(
  info: JsonObject,
  records: readonly unknown[],
  details: JsonObject,
  name: string,
  matchId: string,
  teams: Record<Side, Team>,
): Generator<FeedItem> {
  const competition = [
    textOf(objectAt(info, 'competition')['name']),
    textOf(objectAt(info, 'tournamentCalendar')['name']),
  ].filter((part) => part !== '')
  const game = createSoccerGame({
    ...teams,
    matchId,
    competition: competition.join(' ') || null,
    startMs: startOf(info),
    sourceRef: `${name}#`,
  })
  yield { event: game.open() }
  const side = (id: string): Side | null =>
    id === teams.home.id ? 'home' : id === teams.away.id ? 'away' : null
  const told: { row: RowOfRecord; at: number }[] = []
  const marks = new Set<string>()
  const off: Partial<Record<Side, { id: string; name: string; role: string; side: Side }>> = {}
  for (const [at, record] of records.entries()) {
    const fault = isObject(record) ? optaFault(record) : 'An event must be a JSON object.'
    if (!isObject(record) || fault !== null) {
      yield rejectOf(`/liveData/event/${at}`, fault ?? '', record)
      continue
    }
    for (const row of optaRow(record, side, off)) {
      // Each side tells of the start and the end of a half: once is enough.
      if (row.side === null && marks.has(row.actionId)) continue
      marks.add(row.actionId)
      told.push({ row, at })
    }
  }
  let last: RowOfRecord | null = null
  for (const { row, at } of inOrder(told)) {
    yield { event: game.play({ ...row, sourceRef: `${name}#/liveData/event/${at}` }) }
    last = row
  }
  if (last === null || !isPlayedOut(last.period, last.seconds)) return
  const total = objectAt(objectAt(details, 'scores'), 'total')
  const { home, away } = game.score
  if (total['home'] !== undefined && (total['home'] !== home || total['away'] !== away))
    yield rejectOf(
      '/liveData/matchDetails/scores',
      `The goals of this match add up to ${home}:${away}, its result is ${textOf(total['home'])}:${textOf(total['away'])}. The goals are taken.`,
      '',
    )
  if (textOf(details['matchStatus']) === 'Playing') return
  yield { event: game.close(`${name}#/liveData/event/${records.length - 1}`) }
}

/** Opta's events of a match as Stats Perform's feed MA3 writes them, JSON. */
export const soccerOpta: FeedFormat = {
  name: 'soccer-opta',
  title: 'Opta soccer events (Stats Perform MA3), JSON',
  recognise(_name, head) {
    const text = new TextDecoder().decode(head)
    const signs = ['"matchInfo"', '"contestant"', '"typeId"', '"qualifierId"']
    const share = signs.filter((sign) => text.includes(sign)).length / signs.length
    return share === 1 ? 1 : share * 0.5
  },
  async *parse(source, options) {
    const { document, note } = await readDocument(source, options.signal)
    if (note !== null) yield note
    const info = objectAt(document, 'matchInfo')
    const live = objectAt(document, 'liveData')
    const records: unknown = live['event']
    const teams = teamsOf(info)
    if (!Array.isArray(records) || teams === null)
      throw new InvalidInputError({
        code: 'feed-holds-no-match',
        message:
          'The document holds no match. Expected {"matchInfo": {"contestant": [home, away]}, "liveData": {"event": [ … ]}}.',
      })
    const matchId = textOf(info['id']) || matchIdFrom(options.name, options.matchId)
    yield* eventsOf(info, records, objectAt(live, 'matchDetails'), options.name, matchId, teams)
  },
}
