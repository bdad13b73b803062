import { InvalidInputError } from '@heavylift/core'
import type { Team } from '../../domain/match.ts'
import type { FeedFormat, FeedItem } from '../feed-format.ts'
import { matchIdFrom } from '../match-id.ts'
import { isObject, readDocument, rejectOf, textOf } from '../read-source.ts'
import { createSoccerGame, isPlayedOut } from './soccer-game.ts'
import { statsbombFault, statsbombRow, statsbombTime } from './statsbomb-event.ts'
import { abbreviate } from './abbreviate.ts'

const namedAt = (record: unknown, field: string): { id: string; name: string } | null => {
  const value = isObject(record) ? record[field] : null
  return isObject(value) ? { id: textOf(value['id']), name: textOf(value['name']) } : null
}

/** Both sides: the first line-up of the document is the home side's (the open data specification lists it first). */
function teamsOf(records: readonly unknown[]): { home: Team; away: Team } | null {
  const found = new Map<string, Team>()
  const lineUps = records.filter((record) => namedAt(record, 'type')?.name === 'Starting XI')
  for (const record of lineUps.length === 2 ? lineUps : records) {
    const team = namedAt(record, 'team')
    if (team === null || team.id === '' || found.has(team.id)) continue
    found.set(team.id, { ...team, abbreviation: abbreviate(team.name), colour: null })
  }
  const [home, away] = [...found.values()]
  return home && away ? { home, away } : null
}

function* eventsOf(
  records: readonly unknown[],
  teams: { home: Team; away: Team },
  name: string,
  matchId: string,
): Generator<FeedItem> {
  const game = createSoccerGame({
    ...teams,
    matchId,
    competition: null,
    startMs: null,
    sourceRef: `${name}#`,
  })
  yield { event: game.open() }
  let [period, seconds] = [0, 0]
  let begun = 0
  for (const [at, record] of records.entries()) {
    const fault = isObject(record) ? statsbombFault(record) : 'An event must be a JSON object.'
    if (!isObject(record) || fault !== null) {
      yield rejectOf(`/${at}`, fault ?? '', record)
      continue
    }
    const time = statsbombTime(record)
    const teamId = namedAt(record, 'team')?.id
    const side = teamId === teams.home.id ? 'home' : teamId === teams.away.id ? 'away' : null
    for (const row of statsbombRow(record, side)) {
      // Each side tells of the start and the end of a half: once is enough.
      if (row.type === 'period-start' && row.period <= begun) continue
      if (row.type === 'period-start') begun = row.period
      if (row.type === 'period-end' && isTold(records, at)) continue
      yield { event: game.play({ ...row, sourceRef: `${name}#/${at}` }) }
    }
    ;[period, seconds] = [time.period, time.seconds]
  }
  if (isPlayedOut(period, seconds)) yield { event: game.close(`${name}#/${records.length - 1}`) }
}

/** Whether another end of the same half follows. */
function isTold(records: readonly unknown[], at: number): boolean {
  const next = records[at + 1]
  return namedAt(next, 'type')?.name === 'Half End'
}

/** StatsBomb's events of a match (its open data): a list of events, nothing else. */
export const soccerStatsbomb: FeedFormat = {
  name: 'soccer-statsbomb',
  title: 'StatsBomb soccer events, JSON',
  recognise(_name, head) {
    const text = new TextDecoder().decode(head)
    const signs = ['"possession_team"', '"play_pattern"', '"timestamp"', '"Starting XI"']
    const share = signs.filter((sign) => text.includes(sign)).length / signs.length
    return share === 1 ? 1 : share * 0.5
  },
  async *parse(source, options) {
    const { document, note } = await readDocument(source, options.signal)
    if (note !== null) yield note
    const records: unknown = document
    const teams = Array.isArray(records) ? teamsOf(records) : null
    if (!Array.isArray(records) || teams === null)
      throw new InvalidInputError({
        code: 'feed-holds-no-match',
        message: 'The document holds no match. Expected a list of events of two teams, the line-ups first.',
      })
    yield* eventsOf(records, teams, options.name, matchIdFrom(options.name, options.matchId))
  },
}
