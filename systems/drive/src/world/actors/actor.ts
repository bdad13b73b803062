import type { AgentKind } from '../scene/agent-table.ts'
import type { Track } from './track.ts'

/** When a phase of an actor begins. Distances in metres, times in seconds, all from the truth. */
export type Cue =
  | { kind: 'time'; atS: number }
  /** So long after the phase before it began. */
  | { kind: 'after'; s: number }
  /** The front of the vehicle under test is this near to a point. */
  | { kind: 'egoNear'; x: number; y: number; withinM: number }
  /** Clear space from the front of the vehicle under test to the actor's rear, along the actor's heading. */
  | { kind: 'gap'; is: 'below' | 'above'; m: number }
  /** The actor has come so far along its track. */
  | { kind: 'own'; atM: number }
  /** The vehicle under test drives no faster than this. */
  | { kind: 'egoSlow'; belowMps: number }

/** What an actor does from a cue on; what is not named goes on as before. Phases follow one another. */
export interface Phase {
  when: Cue
  speed?: { toMps: number; rateMps2: number }
  /** Smoothly to this place beside its track; the rate is the greatest sideways speed. */
  lateral?: { toM: number; rateMps: number }
  /** Bits of `agentLights`. */
  lights?: number
  siren?: boolean
  honks?: boolean
}

/**
 * How an actor heeds others. `blind` does what its phases say. `careful` brakes, and waits before a body that is in its way.
 * `follows` keeps its distance from whatever is ahead on its track, by the intelligent driver model.
 */
export type Heed = 'blind' | 'careful' | 'follows'

/** A road user with a script. */
export interface Actor {
  name: string
  kind: AgentKind
  lengthM: number
  widthM: number
  heightM: number
  track: Track
  s: number
  lateralM: number
  /** Along the track. */
  speedMps: number
  /** It moves backwards: its heading is against the track. */
  isReversing: boolean
  heed: Heed
  hasSiren: boolean
  lights: number
  phases: Phase[]
}

type Usual = 'lateralM' | 'speedMps' | 'isReversing' | 'heed' | 'hasSiren' | 'lights' | 'phases'
type Size = 'lengthM' | 'widthM' | 'heightM'

/** Length, width, height in metres of what road users usually are. */
const usualSizes = {
  car: [4.5, 1.85, 1.5],
  truck: [10, 2.5, 3.6],
  bus: [12, 2.55, 3.2],
  motorcycle: [2.2, 0.8, 1.4],
  bicycle: [1.8, 0.6, 1.7],
  pedestrian: [0.5, 0.6, 1.75],
  emergency: [5.9, 2.1, 2.7],
  object: [1, 1, 1],
  animal: [0.8, 0.3, 0.6],
} as const satisfies Record<AgentKind, readonly [number, number, number]>

/** An actor with what is usual for its kind where nothing else is said: it heeds as people or drivers do. */
export function actorOf(given: Omit<Actor, Usual | Size> & Partial<Pick<Actor, Usual | Size>>): Actor {
  const [lengthM, widthM, heightM] = usualSizes[given.kind]
  const walks = given.kind === 'pedestrian' || given.kind === 'animal' || given.kind === 'bicycle'
  return {
    lengthM,
    widthM,
    heightM,
    lateralM: 0,
    speedMps: 0,
    isReversing: false,
    heed: walks ? 'careful' : 'blind',
    hasSiren: false,
    lights: 0,
    phases: [],
    ...given,
  }
}
