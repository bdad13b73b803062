import { rawAt, rawNumber, rawWords } from './raw-files.ts'
import { emptyRow } from './raw-game.ts'
import type { RawGame, RawRow, RawSide, RawSoccer } from './raw-game.ts'

const halves = [45, 45, 15, 15, 0]

/** `67` for what happens between 66:00 and 67:00, `45+2` in the second added minute. */
function minuteOf(period: number, seconds: number): string {
  const before = halves.slice(0, period - 1).reduce((sum, minutes) => sum + minutes, 0)
  const length = halves[period - 1] ?? 0
  const tenths = Math.round(seconds * 10) / 10
  if (tenths < length * 60) return String(before + Math.floor(tenths / 60) + 1)
  return `${before + length}+${Math.max(1, Math.ceil(tenths / 60 - length))}`
}

interface Told {
  id: string
  period: number
  seconds: number
  team: string
  soccer: Omit<RawSoccer, 'minute'>
}

/** Rows with the score after each, by the goals and own goals up to it. */
function gameOf(
  id: string,
  teams: [string, string],
  names: [string, string],
  told: readonly Told[],
): RawGame {
  const score = { home: 0, away: 0 }
  const rows = told.map(({ id: rowId, period, seconds, team, soccer }): RawRow => {
    const side: RawSide | null = team === teams[0] ? 'home' : team === teams[1] ? 'away' : null
    if (side !== null && period < 5) {
      if (soccer.shot === 'goal') score[side]++
      if (soccer.isOwnGoal) score[side === 'home' ? 'away' : 'home']++
    }
    return {
      ...emptyRow,
      id: rowId,
      period,
      secondsLeft: null,
      text: '',
      side,
      ...score,
      scorers: soccer.shot === 'goal' ? [soccer.player] : [],
      points: soccer.shot === 'goal' ? 1 : 0,
      soccer: { ...soccer, minute: minuteOf(period, seconds) },
    }
  })
  return { sport: 'soccer', id, names: { home: [names[0]], away: [names[1]] }, rows, final: { ...score } }
}

const wyscoutPeriods: Record<string, number> = { '1H': 1, '2H': 2, E1: 3, E2: 4, P: 5 }

const plain = (text: string): string => JSON.parse(`"${text.replaceAll('"', '\\"')}"`) as string

/** Version 2: tags 101 goal, 102 own goal, 403 head, 1801 on target, 2101 blocked, 1217–1223 post, 1701–1703 cards. */
export function rawWyscout(text: string): RawGame[] {
  const file: unknown = JSON.parse(text)
  const events = rawAt(file, 'events') as Record<string, unknown>[]
  // The home side is the one that the text names first; keys that are numbers do not keep their order.
  const at = text.indexOf('"teams"')
  const ids = Object.keys(rawAt(file, 'teams') as object).toSorted(
    (a, b) => text.indexOf(`"${a}"`, at) - text.indexOf(`"${b}"`, at),
  ) as [string, string]
  const name = (id: string) => plain(rawWords(rawAt(file, 'teams', id, 'team', 'name')))
  const players = new Map(
    Object.values(rawAt(file, 'players') as Record<string, unknown[]>)
      .flat()
      .map((one) => [
        rawWords(rawAt(one, 'player', 'wyId')),
        plain(rawWords(rawAt(one, 'player', 'shortName'))),
      ]),
  )
  const told = events.flatMap((event): Told[] => {
    const tags = (event['tags'] as { id: number }[]).map(({ id }) => id)
    const sub = rawNumber(event['subEventId']) ?? 0
    const isShot = rawNumber(event['eventId']) === 10 || sub === 33 || sub === 35
    const isOwnGoal = tags.includes(102) && rawNumber(event['eventId']) !== 9
    const row: Told = {
      id: rawWords(event['id']),
      period: wyscoutPeriods[rawWords(event['matchPeriod'])] ?? 0,
      seconds: rawNumber(event['eventSec']) ?? 0,
      team: rawWords(event['teamId']),
      soccer: {
        player: players.get(rawWords(event['playerId'])) ?? '',
        shot:
          !isShot || isOwnGoal
            ? null
            : tags.includes(101)
              ? 'goal'
              : tags.includes(2101)
                ? 'blocked'
                : tags.some((tag) => tag >= 1217 && tag <= 1223)
                  ? 'post'
                  : tags.includes(1801)
                    ? 'saved'
                    : 'wide',
        isHeader: tags.includes(403),
        isPenalty: sub === 35,
        isFreeKick: sub === 33,
        isOwnGoal,
        card: tags.includes(1703)
          ? 'second yellow'
          : tags.includes(1701)
            ? 'red'
            : tags.includes(1702)
              ? 'yellow'
              : null,
      },
    }
    return row.soccer.card === null
      ? [row]
      : [row, { ...row, id: `${row.id}-card`, soccer: { ...row.soccer, shot: null, isOwnGoal: false } }]
  })
  return [gameOf(rawWords(events[0]?.['matchId']), ids, [name(ids[0]), name(ids[1])], told)]
}

const statsbombOutcomes: Record<string, RawSoccer['shot']> = {
  Goal: 'goal',
  Saved: 'saved',
  'Saved to Post': 'saved',
  'Saved Off Target': 'saved',
  Blocked: 'blocked',
  Post: 'post',
}
const statsbombCards: Record<string, RawSoccer['card']> = {
  'Yellow Card': 'yellow',
  'Second Yellow': 'second yellow',
  'Red Card': 'red',
}

/** The open data: the line-up that comes first is the home side's. */
export function rawStatsbomb(text: string, fileName: string): RawGame[] {
  const events = JSON.parse(text) as Record<string, unknown>[]
  const lineUps = events.filter((event) => rawAt(event, 'type', 'name') === 'Starting XI')
  const team = (at: number) => rawAt(lineUps[at], 'team')
  const told = events.flatMap((event): Told[] => {
    const seconds = rawWords(event['timestamp'])
      .split(':')
      .reduce((sum, part) => sum * 60 + Number(part), 0)
    const type = rawWords(rawAt(event, 'type', 'name'))
    const shotType = rawWords(rawAt(event, 'shot', 'type', 'name'))
    const card =
      statsbombCards[
        rawWords(rawAt(event, 'foul_committed', 'card', 'name')) ||
          rawWords(rawAt(event, 'bad_behaviour', 'card', 'name'))
      ] ?? null
    const row: Told = {
      id: rawWords(event['id']),
      period: rawNumber(event['period']) ?? 0,
      seconds,
      team: rawWords(rawAt(event, 'team', 'id')),
      soccer: {
        player: rawWords(rawAt(event, 'player', 'name')),
        shot:
          type === 'Shot'
            ? (statsbombOutcomes[rawWords(rawAt(event, 'shot', 'outcome', 'name'))] ?? 'wide')
            : null,
        isHeader: rawAt(event, 'shot', 'body_part', 'name') === 'Head',
        isPenalty: shotType === 'Penalty',
        isFreeKick: shotType === 'Free Kick',
        isOwnGoal: type === 'Own Goal Against',
        card,
      },
    }
    return card === null ? [row] : [row, { ...row, id: `${row.id}-card` }]
  })
  const ids: [string, string] = [rawWords(rawAt(team(0), 'id')), rawWords(rawAt(team(1), 'id'))]
  const names: [string, string] = [rawWords(rawAt(team(0), 'name')), rawWords(rawAt(team(1), 'name'))]
  return [gameOf(fileName.replace(/\.json(\.gz)?$/, ''), ids, names, told)]
}
