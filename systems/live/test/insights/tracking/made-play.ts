import { noResults } from '../../../src/domain/nfl-results.ts'
import type { FeedEvent, NflPlayType, TrackedPlayer } from '../../../src/domain/feed-event.ts'

export const startMs = Date.UTC(2030, 8, 1, 17)
/** Tenths of a second from the play's beginning to its snap. */
export const snapTenths = 60

interface Role {
  id: string
  position: string
  group: string
  isOffence: boolean
  /** Yards beyond the ball and beside it, at the snap. */
  depth: number
  lateral: number
}

const offence: Role[] = [
  ['QB', 'QB', -5, 0],
  ['C', 'OL', -0.7, 0],
  ['G', 'OL', -0.9, -1.6],
  ['G', 'OL', -0.9, 1.6],
  ['T', 'OL', -1.1, -3.2],
  ['T', 'OL', -1.1, 3.2],
  ['TE', 'TE', -1.1, 5],
  ['WR', 'WR', -0.8, -18],
  ['WR', 'WR', -0.8, 17],
  ['WR', 'WR', -1, -9],
  ['RB', 'RB', -5, 2],
].map(([position, group, depth, lateral], index) => role(`o${index}`, position, group, depth, lateral, true))

const defence: Role[] = [
  ['DE', 'DL', 1, -4],
  ['DT', 'DL', 1, -1],
  ['DT', 'DL', 1, 1],
  ['DE', 'DL', 1, 4],
  ['OLB', 'LB', 4, -5],
  ['MLB', 'LB', 4.5, 0],
  ['OLB', 'LB', 1.2, 6.5],
  ['CB', 'DB', 6, -18],
  ['CB', 'DB', 6, 17],
  ['SS', 'DB', 12, -6],
  ['FS', 'DB', 13, 6],
].map(([position, group, depth, lateral], index) => role(`d${index}`, position, group, depth, lateral, false))

function role(
  id: string,
  position: string | number | undefined,
  group: string | number | undefined,
  depth: string | number | undefined,
  lateral: string | number | undefined,
  isOffence: boolean,
): Role {
  return {
    id,
    position: String(position),
    group: String(group),
    isOffence,
    depth: Number(depth),
    lateral: Number(lateral),
  }
}

export interface MadePlayOptions {
  /** Ids of linebackers and backs who rush; linemen do anyway. */
  blitzers: string[]
  direction: 'left' | 'right'
  playType: NflPlayType
  /** Tenths of a second from snap to throw. */
  throwTenths: number
  /** Of every rusher, yards per second towards the quarterback. */
  rushSpeed: number
}

export const usual: MadePlayOptions = {
  blitzers: ['d6'],
  direction: 'right',
  playType: 'pass',
  throwTenths: 28,
  rushSpeed: 3,
}

/** A play that a test makes: six seconds of standing still, a snap at x = 50, rushers who run to the quarterback, a throw. */
export function madePlay(options: MadePlayOptions): FeedEvent[] {
  const { direction } = options
  const place = (depth: number, lateral: number): { x: number; y: number } =>
    direction === 'right' ? { x: 50 + depth, y: 26 + lateral } : { x: 70 - depth, y: 160 / 3 - 26 - lateral }
  const turn = (angle: number): number => (direction === 'right' ? angle : (angle + 180) % 360)
  const clocks = (tenths: number): FeedEvent['clocks'] => ({
    eventTimeMs: startMs + tenths * 100,
    eventTimeFrom: 'wall',
    game: { period: 2, secondsLeft: 300 },
    smpte: null,
  })
  const base = { matchId: 'made', sourceRef: 'made:1' }
  const situation = {
    playId: '7',
    possession: 'home' as const,
    down: 3,
    yardsToGo: 8,
    yardsToGoal: 60,
    homeScore: 7,
    awayScore: 3,
    homeTimeouts: 3,
    awayTimeouts: 3,
  }
  const rushes = (role: Role): boolean => role.group === 'DL' || options.blitzers.includes(role.id)
  const events: FeedEvent[] = [
    {
      ...base,
      kind: 'nfl-play-start',
      clocks: clocks(0),
      situation,
      direction,
      lineOfScrimmageX: place(0, 0).x,
    },
  ]
  const last = snapTenths + options.throwTenths + 5
  for (let tenths = 0; tenths <= last; tenths++) {
    const since = Math.max(0, tenths - snapTenths)
    const players = [...offence, ...defence].map((role): TrackedPlayer => {
      const isMoving = since > 0 && !role.isOffence && rushes(role)
      // Along the straight line to the quarterback, stopping before him.
      const way = Math.hypot(role.depth + 5, role.lateral)
      const gone = isMoving ? Math.min(way - 0.8, since * 0.1 * options.rushSpeed) : 0
      const depth = role.depth - (gone * (role.depth + 5)) / Math.max(way, 1)
      const lateral = role.lateral - (gone * role.lateral) / Math.max(way, 1)
      const heading = (Math.atan2(-(role.depth + 5), -role.lateral) * 180) / Math.PI
      return {
        id: role.id,
        name: `Player ${role.id}`,
        jersey: 50 + Number(role.id.slice(1)),
        side: role.isOffence ? 'home' : 'away',
        position: role.position,
        positionGroup: role.group,
        ...place(depth, lateral),
        // The offence is still walking up until the line is set.
        speed: isMoving ? options.rushSpeed : role.isOffence && tenths < 5 ? 1.5 : 0,
        orientation: turn(role.isOffence ? 90 : 270),
        direction: turn(isMoving ? (heading + 360) % 360 : role.isOffence ? 90 : 270),
      }
    })
    const event =
      tenths === 5
        ? 'line_set'
        : tenths === snapTenths
          ? 'ball_snap'
          : tenths === snapTenths + options.throwTenths
            ? options.playType === 'sack'
              ? 'qb_sack'
              : 'pass_forward'
            : null
    events.push({
      ...base,
      kind: 'nfl-frame',
      clocks: clocks(tenths),
      playId: '7',
      frame: tenths,
      players,
      ball: { ...place(0, 0), speed: 0 },
      event,
    })
  }
  events.push({
    ...base,
    kind: 'nfl-play',
    clocks: clocks(last + 1),
    situation,
    playType: options.playType,
    yardsGained: null,
    homeScoreAfter: 7,
    awayScoreAfter: 3,
    results: { ...noResults, sack: options.playType === 'sack' },
    players: [],
    description: '',
  })
  return events
}

export function isFrame(event: FeedEvent): event is FeedEvent & { kind: 'nfl-frame' } {
  return event.kind === 'nfl-frame'
}
