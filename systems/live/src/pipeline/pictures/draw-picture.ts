import type {
  FeedEvent,
  NbaAction,
  NbaFrame,
  NflFrame,
  NflPlay,
  RaceState,
  RaceTelemetry,
  SoccerAction,
} from '../../domain/feed-event.ts'
import { pitch } from '../../feeds/soccer/pitch.ts'
import type { Sport } from '../../domain/match.ts'
import { drawFinal } from './picture.ts'
import type { NbaPicture, NflPicture, Picture, RacePicture } from './picture.ts'

/** Shots kept on the court. */
const shotsKept = 40

export function emptyPicture(sport: Sport): Picture {
  return {
    sport,
    atMs: 0,
    game: null,
    homeScore: null,
    awayScore: null,
    caption: '',
    nfl:
      sport === 'nfl'
        ? { situation: null, direction: null, lineOfScrimmageX: null, players: [], ball: null }
        : null,
    nba: sport === 'nba' ? { possession: null, players: [], ball: null, shots: [] } : null,
    race: sport === 'race' ? { lap: 0, lapsToGo: null, flag: 'none', cars: [] } : null,
    soccer:
      sport === 'soccer'
        ? { possession: null, ball: null, trail: [], shots: [], sentOff: { home: 0, away: 0 } }
        : null,
  }
}

/** Draws an event into its match's picture. */
export function drawEvent(picture: Picture, event: FeedEvent): void {
  picture.atMs = Math.max(picture.atMs, event.clocks.eventTimeMs)
  if (event.clocks.game) picture.game = event.clocks.game
  switch (event.kind) {
    case 'nfl-play-start': {
      const { nfl } = picture
      if (!nfl) return
      nfl.situation = event.situation
      nfl.direction = event.direction
      nfl.lineOfScrimmageX = event.lineOfScrimmageX
      picture.homeScore = event.situation.homeScore
      picture.awayScore = event.situation.awayScore
      return
    }
    case 'nfl-frame':
      if (picture.nfl) drawNflFrame(picture.nfl, event)
      return
    case 'nfl-play':
      drawNflPlay(picture, event)
      return
    case 'nba-action':
      drawNbaAction(picture, event, event.clocks.eventTimeMs)
      return
    case 'nba-frame':
      if (picture.nba) drawNbaFrame(picture.nba, event)
      return
    case 'soccer-action':
      drawSoccerAction(picture, event, event.clocks.eventTimeMs)
      return
    case 'race-state':
      if (picture.race) drawRaceState(picture.race, event)
      return
    case 'race-telemetry':
      if (picture.race) drawTelemetry(picture.race, event)
      return
    case 'race-flag':
      if (picture.race) picture.race.flag = event.flag
      picture.caption = event.comment ?? `${event.flag} flag`
      return
    case 'race-note':
      picture.caption = event.text
      return
    case 'race-pit': {
      const car = picture.race?.cars.find(({ carId }) => carId === event.carId)
      picture.caption = `Car ${car?.number ?? event.carId} pits on lap ${event.lap}`
      return
    }
    case 'match-end':
      picture.homeScore = event.homeScore ?? picture.homeScore
      picture.awayScore = event.awayScore ?? picture.awayScore
      drawFinal(picture)
      return
    case 'match':
    case 'race-lap':
      return
  }
}

function drawNflFrame(nfl: NflPicture, event: NflFrame): void {
  nfl.players = event.players.map(({ id, side, jersey, x, y, position }) => ({
    id,
    side,
    jersey,
    x,
    y,
    position,
  }))
  nfl.ball = event.ball && { x: event.ball.x, y: event.ball.y }
}

function drawNflPlay(picture: Picture, event: NflPlay): void {
  if (picture.nfl) picture.nfl.situation = event.situation
  picture.homeScore = event.homeScoreAfter
  picture.awayScore = event.awayScoreAfter
  picture.caption = event.description
}

function drawNbaAction(picture: Picture, event: NbaAction, atMs: number): void {
  picture.homeScore = event.homeScore
  picture.awayScore = event.awayScore
  picture.caption = event.description
  const nba: NbaPicture | null = picture.nba
  if (!nba) return
  nba.possession = event.possession ?? nba.possession
  const isShot = event.actionType === '2pt' || event.actionType === '3pt'
  if (!isShot || event.x === null || event.y === null) return
  const { x, y, side, isMade, points } = event
  nba.shots.push({ x, y, side, isMade, points, atMs })
  if (nba.shots.length > shotsKept) nba.shots.shift()
}

function drawNbaFrame(nba: NbaPicture, event: NbaFrame): void {
  nba.players = event.players.map(({ id, side, jersey, x, y }) => ({ id, side, jersey, x, y, position: '' }))
  nba.ball = event.ball && { x: event.ball.x, y: event.ball.y }
}

/** Places of the ball that are kept to show how an attack came about. */
const trailKept = 6

/** Actions that a side takes with the ball; what others tell of (fouls, duels, saves) changes no possession. */
const withBall = new Set<SoccerAction['type']>([
  'pass',
  'shot',
  'corner',
  'free-kick',
  'throw-in',
  'goal-kick',
  'touch',
  'defence',
])

function drawSoccerAction(picture: Picture, event: SoccerAction, atMs: number): void {
  const { side, type, shot, card, x, y } = event
  picture.homeScore = event.homeScore
  picture.awayScore = event.awayScore
  const { soccer } = picture
  const changes = soccer !== null && side !== null && withBall.has(type) && soccer.possession !== side
  // Most actions have no words: the last ones stand until the other side has the ball.
  if (event.description !== '' || changes) picture.caption = event.description
  if (!soccer || side === null) return
  if (card === 'red' || card === 'second-yellow') soccer.sentOff[side]++
  if (changes) {
    soccer.possession = side
    soccer.trail = []
  }
  if (x === null || y === null) return
  // Sides tell their places in their own direction.
  const place = side === 'home' ? { x, y } : { x: pitch.length - x, y: pitch.width - y }
  if (shot) {
    soccer.shots.push({ ...place, side, outcome: shot.outcome, atMs })
    if (soccer.shots.length > shotsKept) soccer.shots.shift()
  }
  if (!withBall.has(type)) return
  soccer.ball = place
  soccer.trail.push({ ...place, side })
  if (soccer.trail.length > trailKept) soccer.trail.shift()
}

function drawRaceState(race: RacePicture, event: RaceState): void {
  race.lap = event.lap
  race.lapsToGo = event.lapsToGo
  race.flag = event.flag
  const before = new Map(race.cars.map((car) => [car.carId, car]))
  race.cars = event.cars.map((car) => {
    const known = before.get(car.carId)
    return {
      carId: car.carId,
      number: car.number,
      driver: car.driver,
      position: car.position,
      // Telemetry is fresher than the snapshot where there is any.
      lapFraction: known?.speedMps == null ? car.lapFraction : known.lapFraction,
      speedMps: known?.speedMps ?? null,
      lapsCompleted: car.lapsCompleted,
      pitStops: car.pitStops,
      onPitRoad: known?.onPitRoad ?? false,
      isRunning: car.isRunning,
    }
  })
}

function drawTelemetry(race: RacePicture, event: RaceTelemetry): void {
  let car = race.cars.find(({ carId }) => carId === event.carId)
  if (!car) {
    car = {
      carId: event.carId,
      number: event.carId,
      driver: '',
      position: race.cars.length + 1,
      lapFraction: null,
      speedMps: null,
      lapsCompleted: Math.max(0, event.lap - 1),
      pitStops: 0,
      onPitRoad: false,
      isRunning: true,
    }
    race.cars.push(car)
  }
  car.lapFraction = event.lapFraction
  car.speedMps = event.speedMps
  car.onPitRoad = event.onPitRoad
}
