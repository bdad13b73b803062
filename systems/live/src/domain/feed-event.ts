import type { Clocks } from './clocks.ts'
import type { Match, Side } from './match.ts'

/**
 * What every feed becomes. Plain JSON. Parsers of formats make them, simulators make them, rules read them; nothing
 * behind a parser knows a feed's own format. `sourceRef` points to the row or record of the feed, for evidence.
 */
export type FeedEvent = (
  | MatchEvent
  | NflPlayStart
  | NflFrame
  | NflPlay
  | NbaAction
  | NbaFrame
  | SoccerAction
  | RaceState
  | RaceTelemetry
  | RaceLap
  | RacePitStop
  | RaceFlag
  | RaceNote
  | MatchEnd
) & { matchId: string; clocks: Clocks; sourceRef: string }

/** Comes first, and again when a fact about the match changes. */
export interface MatchEvent {
  kind: 'match'
  match: Match
}

export interface MatchEnd {
  kind: 'match-end'
  homeScore: number | null
  awayScore: number | null
  /** Race: cars in order of finish. */
  order: string[] | null
}

/**
 * Situation before a snap. Yards; `yardsToGoal` is from the line of scrimmage to the goal that the offence attacks (1..99).
 * On a kickoff the offence is the side that receives. A play that is nobody's (the end of a quarter) keeps the possession
 * that was.
 */
export interface NflSituation {
  playId: string
  possession: Side
  down: number | null
  yardsToGo: number | null
  yardsToGoal: number | null
  homeScore: number
  awayScore: number
  homeTimeouts: number | null
  awayTimeouts: number | null
}

/** Opens a play of player tracking. `direction` is where the offence moves to on the field's x axis. */
export interface NflPlayStart {
  kind: 'nfl-play-start'
  situation: NflSituation
  direction: 'left' | 'right'
  /** x of the line of scrimmage, yards from the left end line (0..120); null where the feed does not say. */
  lineOfScrimmageX: number | null
}

/** All players and the ball at one instant (NGS frame: x 0..120, y 0..53.3 yards; angles in degrees clockwise from +y). */
export interface NflFrame {
  kind: 'nfl-frame'
  playId: string
  frame: number
  players: TrackedPlayer[]
  ball: { x: number; y: number; speed: number | null } | null
  /** The feed's own frame event, e.g. `ball_snap`, `pass_forward`, `qb_sack`; null on most frames. */
  event: string | null
}

export interface TrackedPlayer {
  id: string
  name: string
  jersey: number | null
  side: Side
  /** e.g. `QB`, `MLB`; the feed's own word. */
  position: string
  /** e.g. `LB`, `DB`, `OL`. */
  positionGroup: string
  x: number
  y: number
  /** Yards per second. */
  speed: number
  orientation: number | null
  direction: number | null
}

export type NflPlayType =
  | 'pass'
  | 'run'
  | 'sack'
  | 'qb_kneel'
  | 'qb_spike'
  | 'punt'
  | 'field_goal'
  | 'kickoff'
  | 'extra_point'
  | 'two_point'
  | 'no_play'
  | 'timeout'
  | 'period_end'
  | 'other'

/** Types of plays from scrimmage, punts and tries at a field goal among them. */
export const scrimmagePlays: ReadonlySet<string> = new Set<NflPlayType>([
  'pass',
  'run',
  'sack',
  'qb_kneel',
  'qb_spike',
  'punt',
  'field_goal',
])

/** A play that is over. `situation` is before it, scores after it are `homeScoreAfter`, `awayScoreAfter`. */
export interface NflPlay {
  kind: 'nfl-play'
  situation: NflSituation
  playType: NflPlayType
  yardsGained: number | null
  homeScoreAfter: number
  awayScoreAfter: number
  /** What it came to, from the feed's columns or statistics; never from the model. */
  results: {
    touchdown: boolean
    interception: boolean
    fumbleLost: boolean
    sack: boolean
    safety: boolean
    penalty: boolean
    firstDown: boolean
    turnoverOnDowns: boolean
    fieldGoal: 'made' | 'missed' | 'blocked' | null
    extraPoint: 'good' | 'failed' | null
    twoPoint: 'good' | 'failed' | null
  }
  players: { id: string; name: string; role: string; side: Side | null }[]
  description: string
}

/** One row of NBA play-by-play. `actionType` and `subType` are those of the CDN feed; other feeds are mapped to them. */
export interface NbaAction {
  kind: 'nba-action'
  actionId: string
  actionType: string
  subType: string
  side: Side | null
  playerId: string | null
  playerName: string | null
  otherPlayers: { id: string; name: string; role: string; side: Side | null }[]
  isMade: boolean | null
  /** Points that this action scored. */
  points: number
  homeScore: number
  awayScore: number
  /** Side that has the ball after it; null when the feed does not say. */
  possession: Side | null
  /** Court place in feet from the left baseline (0..94) and the far sideline (0..50); null without one. */
  x: number | null
  y: number | null
  description: string
}

/** Players on court and the ball at one instant: feet from the left baseline (0..94) and the far sideline (0..50). */
export interface NbaFrame {
  kind: 'nba-frame'
  players: { id: string; name: string; jersey: number | null; side: Side; x: number; y: number }[]
  /** `z` is the height in feet; null where the feed has none. */
  ball: { x: number; y: number; z: number | null } | null
}

export const soccerActionTypes = [
  'pass',
  'shot',
  'own-goal',
  'save',
  'foul',
  'card',
  'offside',
  'substitution',
  'corner',
  'free-kick',
  'throw-in',
  'goal-kick',
  'duel',
  'defence',
  'touch',
  'stoppage',
  'added-time',
  'var',
  'period-start',
  'period-end',
  'other',
] as const
export type SoccerActionType = (typeof soccerActionTypes)[number]

export const shotOutcomes = ['goal', 'saved', 'blocked', 'post', 'off-target'] as const
export const shotSituations = ['open-play', 'corner', 'set-piece', 'direct-free-kick', 'penalty'] as const
export const shotAssists = ['none', 'pass', 'cross', 'through-ball', 'rebound'] as const

/** A shot, as far as every feed of shots tells it. Kicks of a shoot-out are shots of period 5, which no score counts. */
export interface SoccerShot {
  outcome: (typeof shotOutcomes)[number]
  bodyPart: 'foot' | 'head' | 'other'
  situation: (typeof shotSituations)[number]
  /** What brought the ball to the shooter. */
  assist: (typeof shotAssists)[number]
}

/** One row of a soccer feed: what a side or the referee did. */
export interface SoccerAction {
  kind: 'soccer-action'
  actionId: string
  type: SoccerActionType
  /** The feed's own, finer word. */
  subType: string
  /** Whose action it is; of an own goal the side that it is scored against. */
  side: Side | null
  playerId: string | null
  playerName: string | null
  otherPlayers: { id: string; name: string; role: string; side: Side | null }[]
  /** A pass that arrived, a duel that was won; null where the feed does not say or it means nothing. */
  isSuccessful: boolean | null
  shot: SoccerShot | null
  card: 'yellow' | 'second-yellow' | 'red' | null
  /** Minutes that the referee adds, where a feed announces them (`added-time`). */
  addedMinutes: number | null
  homeScore: number
  awayScore: number
  /**
   * Metres from the acting side's own goal line (0..105) and from the touchline on its left (0..68): every side attacks towards 105. Null
   * without a place.
   */
  x: number | null
  y: number | null
  description: string
}

export type RaceFlagState = 'green' | 'caution' | 'red' | 'white' | 'checkered' | 'warm-up' | 'none'

/** A snapshot of the whole field (NASCAR live feed: every few seconds). */
export interface RaceState {
  kind: 'race-state'
  lap: number
  lapsToGo: number | null
  elapsedSeconds: number
  flag: RaceFlagState
  cars: RaceCar[]
}

export interface RaceCar {
  carId: string
  number: string
  driver: string
  position: number
  lapsCompleted: number
  /** Seconds behind the leader; laps behind when negative, as in the NASCAR feed; null when unknown. */
  gapToLeader: number | null
  lastLapSeconds: number | null
  lastLapSpeedMps: number | null
  bestLapSeconds: number | null
  pitStops: number
  isRunning: boolean
  /** Way round the lap, 0..1; null where the feed has no positions. */
  lapFraction: number | null
}

/** One car at one instant, from a telemetry feed (10 to 60 Hz). Null: the feed does not have the channel. */
export interface RaceTelemetry {
  kind: 'race-telemetry'
  carId: string
  sessionSeconds: number
  lap: number
  lapFraction: number
  speedMps: number
  throttle: number | null
  brake: number | null
  rpm: number | null
  gear: number | null
  /** Known only while a team shares it (calibration); null otherwise. */
  fuelLitres: number | null
  onPitRoad: boolean
  flag: RaceFlagState
}

export interface RaceLap {
  kind: 'race-lap'
  carId: string
  lap: number
  lapSeconds: number | null
  position: number | null
}

export interface RacePitStop {
  kind: 'race-pit'
  carId: string
  lap: number
  inSeconds: number
  outSeconds: number | null
  stopSeconds: number | null
  /** The feed's own word, e.g. `FOUR_WHEEL_CHANGE`. */
  stopType: string
  tiresChanged: number | null
  /** Litres added; null when the feed does not say. */
  fuelAddedLitres: number | null
  flag: RaceFlagState
}

export interface RaceFlag {
  kind: 'race-flag'
  flag: RaceFlagState
  lap: number
  elapsedSeconds: number
  comment: string | null
}

export interface RaceNote {
  kind: 'race-note'
  lap: number
  flag: RaceFlagState
  text: string
  carIds: string[]
}
