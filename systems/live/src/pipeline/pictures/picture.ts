import type { GameClock } from '../../domain/clocks.ts'
import type { NflSituation, RaceFlagState, SoccerShot } from '../../domain/feed-event.ts'
import type { Side, Sport } from '../../domain/match.ts'

/** What a match looks like at an instant, for the Director's field, court and track. Plain JSON, small: sent ten times a second. */
export interface Picture {
  sport: Sport
  atMs: number
  game: GameClock | null
  homeScore: number | null
  awayScore: number | null
  /** What the feed said last, in words. */
  caption: string
  nfl: NflPicture | null
  nba: NbaPicture | null
  race: RacePicture | null
  soccer: SoccerPicture | null
}

const finalCaption = 'Final'

/** What a picture says once its match is over. */
export function drawFinal(picture: Picture): void {
  picture.caption = finalCaption
}

export function isFinal(picture: Picture): boolean {
  return picture.caption === finalCaption
}

export interface NflPicture {
  situation: NflSituation | null
  direction: 'left' | 'right' | null
  lineOfScrimmageX: number | null
  /** NGS yards. */
  players: Mark[]
  ball: { x: number; y: number } | null
}

export interface NbaPicture {
  possession: Side | null
  /** Feet; empty where the feed has no positions. */
  players: Mark[]
  ball: { x: number; y: number } | null
  /** Shots and other placed actions, newest last. */
  shots: { x: number; y: number; side: Side | null; isMade: boolean | null; points: number; atMs: number }[]
}

/** Metres from the left goal line and the far touchline, the home side attacking to the right all match long. */
export interface SoccerPicture {
  possession: Side | null
  ball: { x: number; y: number } | null
  /** The last places of the ball, newest last: how the attack came about. */
  trail: { x: number; y: number; side: Side }[]
  shots: { x: number; y: number; side: Side; outcome: SoccerShot['outcome']; atMs: number }[]
  sentOff: Record<Side, number>
}

export interface Mark {
  id: string
  side: Side
  jersey: number | null
  x: number
  y: number
  position: string
}

export interface RacePicture {
  lap: number
  lapsToGo: number | null
  flag: RaceFlagState
  cars: RaceMark[]
}

export interface RaceMark {
  carId: string
  number: string
  driver: string
  position: number
  /** 0..1 round the lap; null where the feed has no positions. */
  lapFraction: number | null
  speedMps: number | null
  lapsCompleted: number
  pitStops: number
  onPitRoad: boolean
  isRunning: boolean
}
