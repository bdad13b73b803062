import { onLap } from '../domain/lap-words.ts'
import type {
  FeedEvent,
  RaceFlag,
  RaceFlagState,
  RaceLap,
  RaceNote,
  RacePitStop,
  RaceState,
} from '../domain/feed-event.ts'
import type { TagActor } from '../domain/tag.ts'
import type { Moment } from './tagger.ts'

export interface RaceTagState {
  leader: string | null
  flag: RaceFlagState | null
  fastestLapSeconds: number | null
  /** Names of cars by id, learnt from the field. */
  names: Record<string, string>
}

export const createRaceTagState = (): RaceTagState => ({
  leader: null,
  flag: null,
  fastestLapSeconds: null,
  names: {},
})

const flagTypes: Readonly<Record<RaceFlagState, string>> = {
  green: 'flag.green',
  caution: 'flag.caution',
  red: 'flag.red',
  white: 'flag.white',
  checkered: 'flag.checkered',
  'warm-up': 'flag.other',
  none: 'flag.other',
}
const flagWords: Readonly<Record<RaceFlagState, string>> = {
  green: 'Green flag',
  caution: 'Caution',
  red: 'Red flag',
  white: 'White flag: last lap',
  checkered: 'Chequered flag',
  'warm-up': 'Warm-up',
  none: 'No flag',
}

const incidentWords =
  /\b(accident|crash|collision|spin|spun|wreck|incident|contact|stall|debris|fire|wall)\w*/i

const noScores = { homeScore: null, awayScore: null }

function nameOf(state: RaceTagState, carId: string): string {
  return state.names[carId] ?? `Car ${carId}`
}

function actorOf(state: RaceTagState, carId: string, role: string): TagActor {
  return { id: carId, name: nameOf(state, carId), role, side: null }
}

type RaceEvent = FeedEvent & (RaceState | RaceFlag | RacePitStop | RaceNote | RaceLap)

/** Every moment that an event of a race holds. */
export function raceMoments(event: RaceEvent, state: RaceTagState): Moment[] {
  switch (event.kind) {
    case 'race-state':
      return fieldMoments(event, state)
    case 'race-flag':
      return flagMoments(state, event.flag, event.lap, event.comment)
    case 'race-pit': {
      const isGreen = event.flag === 'green'
      const seconds = event.stopSeconds === null ? '' : ` ${event.stopSeconds.toFixed(1)} s standing.`
      return [
        {
          ...noScores,
          type: isGreen ? 'pit-stop.green' : 'pit-stop.caution',
          occasion: `${event.carId}-lap-${event.lap}-${Math.round(event.inSeconds)}`,
          text: `${nameOf(state, event.carId)} pits ${onLap(event.lap)}.${seconds}`,
          actors: [actorOf(state, event.carId, 'car')],
          source: 'feed',
        },
      ]
    }
    case 'race-note':
      return [
        {
          ...noScores,
          type: incidentWords.test(event.text) ? 'incident' : 'note',
          occasion: `lap-${event.lap}-${event.clocks.eventTimeMs}`,
          text: event.text,
          actors: event.carIds.map((id) => actorOf(state, id, 'car')),
          source: 'feed',
        },
      ]
    case 'race-lap':
      return lapMoments(event, state)
  }
}

function flagMoments(
  state: RaceTagState,
  flag: RaceFlagState,
  lap: number,
  comment: string | null,
): Moment[] {
  if (flag === state.flag) return []
  state.flag = flag
  const why = comment === null || comment === '' ? '' : ` ${comment}`
  const text = `${flagWords[flag]} ${onLap(lap)}.${why}`
  const base = { ...noScores, occasion: `lap-${lap}`, text, actors: [], source: 'feed' as const }
  const moments: Moment[] = [{ ...base, type: flagTypes[flag] }]
  if (flag === 'caution' && incidentWords.test(why)) moments.push({ ...base, type: 'incident' })
  return moments
}

function fieldMoments(event: RaceState, state: RaceTagState): Moment[] {
  for (const car of event.cars) state.names[car.carId] = `#${car.number} ${car.driver}`
  const moments = event.flag === 'none' ? [] : flagMoments(state, event.flag, event.lap, null)
  const leader = event.cars.find((car) => car.position === 1)?.carId ?? null
  if (leader !== null && leader !== state.leader) {
    const before = state.leader
    state.leader = leader
    if (before !== null)
      moments.push({
        ...noScores,
        type: 'lead-change',
        occasion: `lap-${event.lap}-${leader}`,
        text: `${nameOf(state, leader)} takes the lead from ${nameOf(state, before)} ${onLap(event.lap)}.`,
        actors: [actorOf(state, leader, 'leader'), actorOf(state, before, 'overtaken')],
        source: 'detected',
      })
  }
  return [...moments, ...fastestOfField(event, state)]
}

/**
 * The fastest lap of a snapshot. A document's own best of each car goes over its last lap, since laps between two snapshots are
 * not seen; of several cars that were faster only the fastest holds the record; and what was driven before the first snapshot
 * is no news.
 */
function fastestOfField(event: RaceState, state: RaceTagState): Moment[] {
  let best: { carId: string; seconds: number; lap: number | null } | null = null
  for (const car of event.cars) {
    const isLastBest = car.bestLapSeconds === null || car.lastLapSeconds === car.bestLapSeconds
    const seconds =
      car.bestLapSeconds ?? (event.flag === 'green' && car.lapsCompleted >= 2 ? car.lastLapSeconds : null)
    if (seconds === null || seconds <= 0 || (best !== null && seconds >= best.seconds)) continue
    best = { carId: car.carId, seconds, lap: isLastBest ? car.lapsCompleted : null }
  }
  return best === null ? [] : fastest(state, best.carId, best.lap, best.seconds)
}

const lapMoments = (event: RaceLap, state: RaceTagState): Moment[] =>
  event.lapSeconds === null || event.lap < 2 ? [] : fastest(state, event.carId, event.lap, event.lapSeconds)

function fastest(state: RaceTagState, carId: string, lap: number | null, seconds: number): Moment[] {
  const best = state.fastestLapSeconds
  if (seconds <= 0 || (best !== null && seconds >= best)) return []
  state.fastestLapSeconds = seconds
  if (best === null) return []
  const text = `${nameOf(state, carId)} sets the fastest lap so far: ${seconds.toFixed(3)} s.`
  const actors = [actorOf(state, carId, 'car')]
  // A best that is not the last lap was driven on one that nobody counted: the time tells it apart.
  const occasion = `${carId}-lap-${lap ?? seconds.toFixed(3)}`
  return [{ ...noScores, type: 'record.fastest-lap', occasion, text, actors, source: 'detected' }]
}
