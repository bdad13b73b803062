import { emptyRow } from './raw-game.ts'
import type { RawGame, RawRow, RawSide } from './raw-game.ts'
import { rawAt, rawCsv, rawNumber, rawSeconds, rawWords } from './raw-files.ts'
import type { RawCells } from './raw-files.ts'

type Teams = Record<RawSide, string>

const sideOf = (team: string, { home, away }: Teams): RawSide | null =>
  team === home ? 'home' : team === away ? 'away' : null

/** Yards to the goal from `PIT 20` for the side that has the ball. */
function yardsToGoal(
  place: string,
  team: string,
  isOwn = (name: string, side: string) => name === side,
): number | null {
  if (/(^|\s)50$/.test(place)) return 50
  const found = /^([A-Z]+) (\d+)$/.exec(place)
  return found ? (isOwn(found[1]!, team) ? 100 - Number(found[2]) : Number(found[2])) : null
}

/** The first words of a summary of a score: `M.Wallace 81 yd. pass from …`, `K.Curtis fumble recovery in end zone`. */
const scorerOf = (words: string): string[] => {
  const found = /^(.+?) (?:-?\d+ yd|fumble|recovery)/.exec(words)
  return found ? [found[1]!] : []
}

/** Points of a try in the words of a summary. */
function tryPoints(words: string): number {
  const said = /\(([^()]*)\)/.exec(words)?.[1] ?? ''
  if (/fail|block|no good|abort/i.test(said)) return 0
  return /kick/i.test(said) ? 1 : /run|pass|rush|return/i.test(said) ? 2 : 0
}

const isTry = (text: string) => /extra point|TWO-POINT/i.test(text)

/** Running score from points that are credited to rows. */
function withScores(rows: RawRow[], credits: Map<string, { side: RawSide; points: number }[]>): RawRow[] {
  let [home, away] = [0, 0]
  return rows.map((row) => {
    for (const { side, points } of credits.get(row.id) ?? []) {
      if (side === 'home') home += points
      else away += points
    }
    return { ...row, home, away }
  })
}

const counts = (ids: number[], ...wanted: number[]) => ids.filter((id) => wanted.includes(id)).length

export function rawGamecenter(text: string): RawGame[] {
  return Object.entries(JSON.parse(text) as Record<string, unknown>).flatMap(([id, game]) => {
    const teams = { home: rawWords(rawAt(game, 'home', 'abbr')), away: rawWords(rawAt(game, 'away', 'abbr')) }
    if (teams.home === '') return []
    const summary = (rawAt(game, 'scrsummary') ?? {}) as Record<string, unknown>
    const rows: RawRow[] = []
    for (const [driveId, drive] of Object.entries((rawAt(game, 'drives') ?? {}) as Record<string, unknown>)) {
      if (driveId === 'crntdrv') continue
      const gained = rawNumber(rawAt(drive, 'ydsgained'))
      const penalties = rawNumber(rawAt(drive, 'penyds'))
      const plays = Object.entries((rawAt(drive, 'plays') ?? {}) as Record<string, unknown>)
      const told = plays.map(
        ([playId]) => /Drive: (\d+) play/.exec(rawWords(rawAt(summary, playId, 'desc')))?.[1],
      )
      const counted = told.find((one) => one !== undefined)
      for (const [playId, play] of plays) {
        const team = rawWords(rawAt(play, 'posteam'))
        const stats = Object.values((rawAt(play, 'players') ?? {}) as Record<string, unknown>).flat()
        const ids = stats.map((stat) => Number(rawAt(stat, 'statId')))
        rows.push({
          ...emptyRow,
          id: playId,
          period: rawNumber(rawAt(play, 'qtr')) ?? 0,
          secondsLeft: rawSeconds(rawWords(rawAt(play, 'time'))),
          text: rawWords(rawAt(play, 'desc')),
          side: sideOf(team, teams),
          yardsToGoal: yardsToGoal(rawWords(rawAt(play, 'yrdln')), team),
          drive: {
            yards: gained === null || penalties === null ? null : gained + penalties,
            plays: counted === undefined ? null : Number(counted),
          },
          scorers: scorerOf(rawWords(rawAt(summary, playId, 'desc'))),
          interceptions: counts(ids, 19),
          lostFumbles: counts(ids, 106),
        })
      }
    }
    const credits = new Map<string, { side: RawSide; points: number }[]>()
    const credit = (playId: string, side: RawSide, points: number) =>
      credits.set(playId, [...(credits.get(playId) ?? []), { side, points }])
    for (const [playId, entry] of Object.entries(summary)) {
      const side = sideOf(rawWords(rawAt(entry, 'team')), teams)
      const words = rawWords(rawAt(entry, 'desc'))
      const type = /for a safety/i.test(words) ? 'SAF' : rawWords(rawAt(entry, 'type'))
      if (side === null) continue
      credit(playId, side, { TD: 6, FG: 3, SAF: 2 }[type] ?? 0)
      if (type !== 'TD') continue
      const from = rows.findIndex((row) => row.id === playId)
      // The last try before the next kick or snap; the touchdown itself where there is no row.
      let at = from
      for (let next = from + 1; next < rows.length; next++) {
        const words = rows[next]!.text
        if (isTry(words)) at = next
        else if (!/^Timeout|No Play|^END|PENALTY|Two-Minute/i.test(words)) break
      }
      credit(rows[at]!.id, side, tryPoints(words))
    }
    const names = { home: [teams.home], away: [teams.away] }
    const final = {
      home: rawNumber(rawAt(game, 'home', 'score', 'T')) ?? 0,
      away: rawNumber(rawAt(game, 'away', 'score', 'T')) ?? 0,
    }
    return [{ sport: 'nfl' as const, id, names, rows: withScores(rows, credits), final }]
  })
}

export function rawGamedetail(text: string): RawGame[] {
  const game = rawAt(JSON.parse(text), 'data', 'viewer', 'gameDetail')
  const abbreviation = (side: string) => rawWords(rawAt(game, `${side}Team`, 'abbreviation'))
  const teams = { home: abbreviation('home'), away: abbreviation('visitor') }
  const summaries = (rawAt(game, 'scoringSummaries') ?? []) as unknown[]
  const drives = (rawAt(game, 'drives') ?? []) as unknown[]
  const scorers = new Map(
    summaries.map((one) => [
      rawWords(rawAt(one, 'playId')),
      scorerOf(rawWords(rawAt(one, 'playDescription'))),
    ]),
  )
  const credits = new Map<string, { side: RawSide; points: number }[]>()
  let before = { home: 0, away: 0 }
  for (const one of summaries) {
    const after = {
      home: rawNumber(rawAt(one, 'homeScore')) ?? 0,
      away: rawNumber(rawAt(one, 'visitorScore')) ?? 0,
    }
    for (const side of ['home', 'away'] as const) {
      const points = after[side] - before[side]
      if (points <= 0) continue
      const [play, attempt] = [rawWords(rawAt(one, 'playId')), rawWords(rawAt(one, 'patPlayId'))]
      credits.set(play, [...(credits.get(play) ?? []), { side, points: Math.min(6, points) }])
      if (points > 6) credits.set(attempt, [{ side, points: points - 6 }])
    }
    before = after
  }
  const plays = (rawAt(game, 'plays') ?? []) as unknown[]
  const places = plays.map((play) => rawWords(rawAt(play, 'yardLine')).split(' ')[0] ?? '')
  const isOwn = (place: string, team: string) =>
    place === team || (places.every((one) => one !== team) && place !== teams.home && place !== teams.away)
  const rows = plays.map((play): RawRow => {
    const before = rawWords(rawAt(play, 'prePlayByPlay')).split(/\s/)[0] ?? ''
    const stated = rawWords(rawAt(play, 'possessionTeam.abbreviation'))
    const ownName = [teams.home, teams.away].find((side) => before !== '' && isOwn(before, side))
    const team = ownName ?? stated
    const id = rawWords(rawAt(play, 'playId'))
    const ids = ((rawAt(play, 'playStats') ?? []) as unknown[]).map((stat) => Number(rawAt(stat, 'statId')))
    const drive = drives.find(
      (one) => rawNumber(rawAt(one, 'orderSequence')) === rawNumber(rawAt(play, 'driveSequenceNumber')),
    )
    const told = summaries
      .filter((one) => rawWords(rawAt(one, 'playId')) === id)
      .map((one) => /\((\d+)-(-?\d+), \d+:\d\d\)$/.exec(rawWords(rawAt(one, 'playDescription'))))[0]
    return {
      ...emptyRow,
      id,
      period: rawNumber(rawAt(play, 'quarter')) ?? 0,
      secondsLeft: rawSeconds(rawWords(rawAt(play, 'clockTime'))),
      text: rawWords(rawAt(play, 'playDescription')),
      side: sideOf(team, teams),
      yardsToGoal: yardsToGoal(rawWords(rawAt(play, 'yardLine')), team, isOwn),
      drive: told
        ? { plays: Number(told[1]), yards: Number(told[2]) }
        : { plays: null, yards: drive === undefined ? null : net(drive) },
      scorers: scorers.get(id) ?? [],
      interceptions: counts(ids, 19),
      lostFumbles: counts(ids, 106),
    }
  })
  const nick = (side: string) => rawWords(rawAt(game, `${side}Team`, 'nickName'))
  return [
    {
      sport: 'nfl',
      id: rawWords(rawAt(game, 'id')),
      names: { home: [teams.home, nick('home')], away: [teams.away, nick('visitor')] },
      rows: summaries.length === 0 ? [] : withScores(rows, credits),
      final: {
        home: rawNumber(rawAt(game, 'homePointsTotal')) ?? 0,
        away: rawNumber(rawAt(game, 'visitorPointsTotal')) ?? 0,
      },
    },
  ]
}

/** `yards` of a drive leave its penalties out, which the league's summaries of scores count. */
const net = (drive: unknown): number | null => {
  const [yards, penalized] = [rawNumber(rawAt(drive, 'yards')), rawNumber(rawAt(drive, 'yardsPenalized'))]
  return yards === null || penalized === null ? null : yards + penalized
}

/** nflverse and nflscrapR: the score after a play stands in `total_home_score`; `ydsnet` of a drive's last row is its yards. */
export function rawNflCsv(text: string): RawGame[] {
  return [...Map.groupBy(rawCsv(text), (row) => row['game_id'] ?? '')].map(([id, cells]) => {
    const teams = { home: cells[0]!['home_team']!, away: cells[0]!['away_team']! }
    const drives = Map.groupBy(cells, (row) => row['drive'] ?? '')
    const rows = cells.map((row): RawRow => {
      const team = row['posteam'] ?? ''
      const last = drives.get(row['drive'] ?? '')?.findLast((one) => (one['ydsnet'] ?? '') !== '')
      return {
        ...emptyRow,
        id: row['play_id'] ?? '',
        period: Number(row['qtr']),
        secondsLeft: rawSeconds(row['time'] ?? ''),
        text: row['desc'] ?? '',
        home: Number(row['total_home_score'] ?? 0),
        away: Number(row['total_away_score'] ?? 0),
        side: sideOf(team, teams),
        yardsToGoal: numberIn(row, 'yardline_100'),
        drive: { plays: null, yards: last === undefined ? null : numberIn(last, 'ydsnet') },
        scorers: scorersOf(row),
        interceptions: row['interception'] === '1' ? 1 : 0,
        lostFumbles: row['fumble_lost'] === '1' ? 1 : 0,
      }
    })
    const last = rows.at(-1)!
    const names = { home: [teams.home], away: [teams.away] }
    const final = {
      home: numberIn(cells[0]!, 'home_score') ?? last.home,
      away: numberIn(cells[0]!, 'away_score') ?? last.away,
    }
    return { sport: 'nfl' as const, id: cells[0]!['old_game_id'] || id, names, rows, final }
  })
}

const numberIn = (row: RawCells, column: string): number | null => {
  const text = row[column] ?? ''
  return text === '' || !Number.isFinite(Number(text)) ? null : Number(text)
}

function scorersOf(row: RawCells): string[] {
  if (row['touchdown'] !== '1') return []
  if ((row['td_player_name'] ?? '') !== '') return [row['td_player_name']!]
  return [
    'receiver_player_name',
    'rusher_player_name',
    'interception_player_name',
    'fumble_recovery_1_player_name',
    'punt_returner_player_name',
    'kickoff_returner_player_name',
  ].flatMap((column) => (row[column] ? [row[column]] : []))
}
