import type { Clocks } from '../domain/clocks.ts'
import type { FeedEvent, NflPlayType, NflSituation, TrackedPlayer } from '../domain/feed-event.ts'
import type { Match, Side } from '../domain/match.ts'
import { noResults } from '../domain/nfl-results.ts'
import type { PlayFacts, TrackingRow } from './nfl-tracking-row.ts'

/** Teams of a game, once they are known. */
export interface Teams {
  home: string
  away: string
}

const playTypes: Record<string, NflPlayType> = {
  play_type_pass: 'pass',
  play_type_rush: 'run',
  play_type_sack: 'sack',
  play_type_kickoff: 'kickoff',
  play_type_punt: 'punt',
  play_type_field_goal: 'field_goal',
  play_type_xp: 'extra_point',
  play_type_two_point_conversion: 'two_point',
}

/** Where two events fall on one instant, the frame carries the first of these that is there. */
const eventsByWeight = [
  /snap/,
  /^qb_sack/,
  /^pass_forward|^pass_shovel/,
  /^handoff|^run$/,
  /^pass_outcome/,
  /^touchdown/,
  /^line_set/,
]

/**
 * The teams of a play. A layout with clubs but without a word on who is at home takes the alphabetically first for the home
 * side. Null when there are not two teams.
 */
export function teamsOf(rows: readonly TrackingRow[]): Teams | null {
  const teams = new Map<string, boolean | null>()
  for (const row of rows) if (!row.isBall) teams.set(row.team, row.isHome)
  if (teams.size !== 2) return null
  const [first, second] = [...teams.keys()].sort() as [string, string]
  const isFirstHome = teams.get(first) ?? (teams.get(second) === null ? true : !teams.get(second))
  return isFirstHome ? { home: first, away: second } : { home: second, away: first }
}

export function matchEvent(
  rows: readonly TrackingRow[],
  teams: Teams,
  matchId: string,
  name: string,
): FeedEvent {
  const team = (abbreviation: string): Match['home'] => ({
    id: abbreviation,
    abbreviation,
    name: abbreviation,
    colour: null,
  })
  const first = rows[0] as TrackingRow
  return {
    kind: 'match',
    matchId,
    clocks: wallClock(first.timeMs, null),
    sourceRef: `${name}:${first.row}`,
    match: {
      id: matchId,
      sport: 'nfl',
      title: `${teams.away} at ${teams.home}`,
      home: team(teams.home),
      away: team(teams.away),
      homeSpread: null,
      race: null,
    },
  }
}

/**
 * Events of one play: start, frames in time order, the play itself. The file knows no score after the play, so the score
 * before it stands there, and the yards gained are null. Returns a reason where the play cannot be read as one.
 */
export function playEvents(
  rows: readonly TrackingRow[],
  facts: PlayFacts,
  teams: Teams,
  matchId: string,
  name: string,
): FeedEvent[] | { reason: string } {
  if (facts.direction === null) return { reason: 'playDirection must be left or right.' }
  const instants = new Map<number, TrackingRow[]>()
  for (const row of rows) {
    const at = instants.get(row.timeMs)
    if (at === undefined) instants.set(row.timeMs, [row])
    else at.push(row)
  }
  const times = [...instants.keys()].sort((a, b) => a - b)
  const offence = offenceOf(rows, facts.direction)
  if (offence === null)
    return {
      reason:
        'It cannot be told which side has the ball: the play has no possession flag, no quarterback and no snap.',
    }
  const possession: Side = offence === teams.home ? 'home' : 'away'
  const game =
    facts.quarter === null || facts.clockSeconds === null
      ? null
      : { period: facts.quarter, secondsLeft: facts.clockSeconds }
  const first = rows[0] as TrackingRow
  const line = facts.lineOfScrimmageX
  const situation: NflSituation = {
    playId: first.playId,
    possession,
    down: facts.down,
    yardsToGo: facts.yardsToGo,
    yardsToGoal: line === null ? null : facts.direction === 'left' ? line - 10 : 110 - line,
    homeScore: facts.homeScore ?? 0,
    awayScore: facts.awayScore ?? 0,
    homeTimeouts: null,
    awayTimeouts: null,
  }
  const sourceRef = `${name}:${first.row}`
  const start = times[0] as number
  const events: FeedEvent[] = [
    {
      kind: 'nfl-play-start',
      matchId,
      clocks: wallClock(start, game),
      sourceRef,
      situation,
      direction: facts.direction,
      lineOfScrimmageX: line,
    },
  ]
  const seen = new Set<string>()
  for (const time of times) {
    const at = instants.get(time) as TrackingRow[]
    const players = new Map<string, TrackedPlayer>()
    let ball: TrackingRow | null = null
    let event: string | null = null
    for (const row of at) {
      if (row.event !== null) {
        seen.add(row.event)
        if (event === null || weightOf(row.event) < weightOf(event)) event = row.event
      }
      if (row.isBall) ball ??= row
      else if (!players.has(row.playerId)) players.set(row.playerId, trackedPlayer(row, teams))
    }
    events.push({
      kind: 'nfl-frame',
      matchId,
      clocks: wallClock(time, game),
      sourceRef: `${name}:${(at[0] as TrackingRow).row}`,
      playId: first.playId,
      frame: Math.round((time - start) / 100),
      players: [...players.values()],
      ball: ball === null ? null : { x: ball.x, y: ball.y, speed: ball.speed },
      event,
    })
  }
  const playType = playTypes[facts.playType] ?? playTypeOf(seen)
  events.push({
    kind: 'nfl-play',
    matchId,
    clocks: wallClock(times.at(-1) as number, game),
    sourceRef,
    situation,
    playType,
    yardsGained: null,
    homeScoreAfter: situation.homeScore,
    awayScoreAfter: situation.awayScore,
    results: {
      ...noResults,
      touchdown: seen.has('touchdown') || seen.has('pass_outcome_touchdown'),
      interception: seen.has('pass_outcome_interception'),
      fumbleLost: seen.has('fumble_defense_recovered'),
      sack: playType === 'sack' || seen.has('qb_sack'),
      safety: seen.has('safety'),
      penalty: seen.has('penalty_flag'),
    },
    players: [],
    description: facts.description,
  })
  return events
}

function trackedPlayer(row: TrackingRow, teams: Teams): TrackedPlayer {
  return {
    id: row.playerId,
    name: row.name,
    jersey: row.jersey,
    side: row.team === teams.home ? 'home' : 'away',
    position: row.position,
    positionGroup: row.positionGroup,
    x: row.x,
    y: row.y,
    speed: row.speed,
    orientation: row.orientation,
    direction: row.direction,
  }
}

function wallClock(eventTimeMs: number, game: Clocks['game']): Clocks {
  return { eventTimeMs, eventTimeFrom: 'wall', game, smpte: null }
}

function weightOf(event: string): number {
  const weight = eventsByWeight.findIndex((pattern) => pattern.test(event))
  return weight < 0 ? eventsByWeight.length : weight
}

/** The flagged team, else the one with a quarterback, else the one that stands behind the other at the snap. */
function offenceOf(rows: readonly TrackingRow[], direction: 'left' | 'right'): string | null {
  const known =
    rows.find((row) => row.hasPossession === true) ?? rows.find((row) => row.positionGroup === 'QB')
  if (known !== undefined) return known.team
  const snapMs = rows.find((row) => row.event?.includes('snap'))?.timeMs
  const sums = new Map<string, { x: number; players: number }>()
  for (const row of rows) {
    if (row.isBall || row.timeMs !== snapMs) continue
    const sum = sums.get(row.team) ?? { x: 0, players: 0 }
    sums.set(row.team, { x: sum.x + row.x, players: sum.players + 1 })
  }
  const [first, second] = [...sums].map(([team, sum]) => ({ team, x: sum.x / sum.players }))
  if (first === undefined || second === undefined) return null
  return first.x < second.x === (direction === 'right') ? first.team : second.team
}

/** From the frames' own events, where no column names the type. */
function playTypeOf(events: ReadonlySet<string>): NflPlayType {
  const has = (...names: string[]): boolean => names.some((name) => events.has(name))
  if (has('qb_sack', 'qb_strip_sack')) return 'sack'
  if (has('pass_forward', 'pass_shovel', 'autoevent_passforward')) return 'pass'
  if (has('kickoff', 'kickoff_play')) return 'kickoff'
  if (has('punt', 'punt_play')) return 'punt'
  if (has('field_goal', 'field_goal_play', 'field_goal_attempt')) return 'field_goal'
  if (has('qb_kneel')) return 'qb_kneel'
  if (has('qb_spike')) return 'qb_spike'
  if (has('handoff', 'run')) return 'run'
  return 'other'
}
