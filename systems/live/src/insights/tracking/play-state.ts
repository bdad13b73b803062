import { roundTo } from '@heavylift/core/math'
import { inferGroups } from './infer-groups.ts'
import type { PlayPlayer } from './play-player.ts'
import type { FeedEvent, NflSituation, TrackedPlayer } from '../../domain/feed-event.ts'

/** Numbers a player has in a frame: u, v, speed, orientation, direction. */
export const stride = 5

/** Frames that are kept: four seconds at 10 Hz. */
const keptFrames = 41

/**
 * A play as it is being tracked, in plain JSON, turned so that the offence always moves to +u: `u` 0..120 yards along the
 * field, `v` 0..53.3 across, angles in degrees clockwise from +v (90 is where the offence goes). A player whom a frame lacks
 * keeps his last place.
 */
export interface PlayState {
  situation: NflSituation
  isFlipped: boolean
  /** u of the line of scrimmage by the feed's own word, or null. */
  lineU: number | null
  roster: PlayPlayer[]
  /** Milliseconds since the epoch of the kept frames, oldest first. */
  times: number[]
  /** `stride` numbers a player in the order of the roster, one array a kept frame. */
  frames: number[][]
  /** u and v of the ball in each kept frame; null while it is not tracked. */
  balls: ([number, number] | null)[]
  /** Instants of the first such event of the play; null before. */
  lineSetMs: number | null
  snapMs: number | null
  throwMs: number | null
  sackMs: number | null
  /** A hand-off, or the quarterback has become a runner. */
  runMs: number | null
  /** The ball's place at the snap. */
  snapSpot: [number, number] | null
  gameSeconds: number | null
  period: number | null
}

export function openPlay(event: FeedEvent & { kind: 'nfl-play-start' }): PlayState {
  const isFlipped = event.direction === 'left'
  const line = event.lineOfScrimmageX
  return {
    situation: event.situation,
    isFlipped,
    lineU: line === null ? null : isFlipped ? 120 - line : line,
    roster: [],
    times: [],
    frames: [],
    balls: [],
    lineSetMs: null,
    snapMs: null,
    throwMs: null,
    sackMs: null,
    runMs: null,
    snapSpot: null,
    gameSeconds: event.clocks.game?.secondsLeft ?? null,
    period: event.clocks.game?.period ?? null,
  }
}

/** Adds a frame of the same play. Frames must come in time order; one that does not is left out. */
export function addFrame(play: PlayState, event: FeedEvent & { kind: 'nfl-frame' }): void {
  const now = event.clocks.eventTimeMs
  const lastTime = play.times.at(-1)
  if (event.playId !== play.situation.playId || (lastTime !== undefined && now <= lastTime)) return
  const before = play.frames.at(-1)
  const frame = before === undefined ? [] : before.slice()
  for (const player of event.players) putPlayer(play, frame, player)
  const ball = event.ball
  const place: [number, number] | null =
    ball === null ? null : [turnX(play.isFlipped, ball.x), turnY(play.isFlipped, ball.y)]
  play.times.push(now)
  play.frames.push(frame)
  play.balls.push(place ?? play.balls.at(-1) ?? null)
  if (play.times.length > keptFrames) {
    play.times.shift()
    play.frames.shift()
    play.balls.shift()
  }
  noteEvent(play, event.event, now)
}

function noteEvent(play: PlayState, event: string | null, now: number): void {
  if (event === null) return
  if (play.snapMs === null) {
    if (event === 'line_set') {
      play.lineSetMs ??= now
      nameGroups(play)
    }
    if (!snapEvents.has(event)) return
    play.snapMs = now
    play.snapSpot = ballSpot(play, play.times.length - 1)
    nameGroups(play)
  } else if (throwEvents.has(event)) play.throwMs ??= now
  else if (sackEvents.has(event)) play.sackMs ??= now
  else if (runEvents.has(event)) play.runMs ??= now
}

function nameGroups(play: PlayState): void {
  const frame = play.frames.at(-1)
  if (frame === undefined || play.roster.every(({ group }) => group !== '')) return
  const [u, v] = ballSpot(play, play.frames.length - 1)
  inferGroups(
    play.roster,
    play.roster.map((_, place) => ({
      depth: (frame[place * stride] as number) - u,
      side: Math.abs((frame[place * stride + 1] as number) - v),
    })),
  )
}

const snapEvents = new Set(['ball_snap', 'snap_direct', 'autoevent_ballsnap'])
const throwEvents = new Set(['pass_forward', 'pass_shovel', 'autoevent_passforward'])
const runEvents = new Set(['handoff', 'run', 'run_pass_option', 'lateral'])
const sackEvents = new Set(['qb_sack', 'qb_strip_sack'])

/**
 * Where the ball is or will be snapped: its tracked place, unless that is more than 2 yards off the line that the feed names
 * (an official carries it): then the line, at the centre's v.
 */
export function ballSpot(play: PlayState, index: number): [number, number] {
  const ball = play.balls[index] ?? null
  if (ball !== null && (play.lineU === null || Math.abs(ball[0] - play.lineU) <= 2)) return ball
  const frame = play.frames[index] ?? []
  const centre = play.roster.findIndex((player) => player.isOffence && player.position === 'C')
  const v = centre >= 0 ? (frame[centre * stride + 1] as number) : (ball?.[1] ?? 26.65)
  return [play.lineU ?? (centre >= 0 ? (frame[centre * stride] as number) + 0.5 : 60), v]
}

/** Index of the newest kept frame that is at least `agoMs` older than frame `index`; the oldest when none is. */
export function frameBefore(play: PlayState, index: number, agoMs: number): number {
  const until = (play.times[index] as number) - agoMs
  let at = index
  while (at > 0 && (play.times[at] as number) > until) at--
  return at
}

/** Where a player stands in the newest frame, in the feed's own coordinates. */
export function fieldPlace(play: PlayState, place: number): { x: number; y: number } {
  const frame = play.frames.at(-1) ?? []
  const u = frame[place * stride] as number
  const v = frame[place * stride + 1] as number
  return { x: turnX(play.isFlipped, u), y: turnY(play.isFlipped, v) }
}

/** How a defender is called, and what every word about one says of him. */
export function tellDefender(play: PlayState, place: number) {
  const { name, jersey, position } = play.roster[place] as PlayPlayer
  const { playId, possession } = play.situation
  return {
    who: `${jersey === null ? '' : `#${jersey} `}${name}`,
    detail: {
      ...fieldPlace(play, place),
      jersey,
      name,
      position,
      playId,
      side: possession === 'home' ? 'away' : 'home',
    },
  }
}

function putPlayer(play: PlayState, frame: number[], player: TrackedPlayer): void {
  const isOffence = player.side === play.situation.possession
  let at = play.roster.findIndex((known) => known.id === player.id)
  const u = turnX(play.isFlipped, player.x)
  const v = turnY(play.isFlipped, player.y)
  // Where the sensor names no angle the player is taken to face the other side.
  const facing = isOffence ? 90 : 270
  const orientation = turnAngle(play.isFlipped, player.orientation) ?? facing
  const direction = turnAngle(play.isFlipped, player.direction) ?? orientation
  if (at < 0) {
    at = play.roster.length
    play.roster.push({
      id: player.id,
      name: player.name,
      jersey: player.jersey,
      isOffence,
      position: player.position,
      group: player.positionGroup,
    })
    // A latecomer stands in the older frames where he is first seen.
    for (const older of play.frames) older.push(u, v, 0, orientation, direction)
  }
  const offset = at * stride
  frame[offset] = u
  frame[offset + 1] = v
  frame[offset + 2] = player.speed
  frame[offset + 3] = orientation
  frame[offset + 4] = direction
}

function turnX(isFlipped: boolean, x: number): number {
  return roundTo(isFlipped ? 120 - x : x, 2)
}

function turnY(isFlipped: boolean, y: number): number {
  return roundTo(isFlipped ? 160 / 3 - y : y, 2)
}

function turnAngle(isFlipped: boolean, angle: number | null): number | null {
  if (angle === null) return null
  return isFlipped ? roundTo((angle + 180) % 360, 2) : angle
}
