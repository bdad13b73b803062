import { clearDay } from '../../scene/environment.ts'
import type { Environment } from '../../scene/environment.ts'
import { madeScene } from '../scenes/made-scene.ts'
import type { MovingScene } from '../scenes/made-scene.ts'

/** One run to track through: the truth moves by itself. */
export interface TrackingScene {
  name: string
  seed: number
  durationS: number
  /** Times the false alarms of the sensors' data sheets. */
  clutterFactor: number
  make(): MovingScene
}

const conditions: { name: string; environment: Environment; clutterFactor: number }[] = [
  { name: 'day', environment: clearDay, clutterFactor: 1 },
  { name: 'night', environment: { ...clearDay, illuminanceLux: 1 }, clutterFactor: 1 },
  {
    name: 'rain',
    environment: {
      illuminanceLux: 3000,
      visualRangeM: 2000,
      precipitation: 'rain',
      precipitationMmPerH: 15,
      friction: 0.7,
    },
    clutterFactor: 1,
  },
  { name: 'clutter', environment: clearDay, clutterFactor: 5 },
]

/** Noise of motion was chosen on the training seeds; figures are told of the held-out ones. */
const firstSeed = { training: 1, 'held-out': 1001 }

export function trackingScenes(part: keyof typeof firstSeed, perCondition = 5): TrackingScene[] {
  return conditions.flatMap(({ name, environment, clutterFactor }, index) =>
    Array.from({ length: perCondition }, (_, at) => {
      const seed = firstSeed[part] + index * perCondition + at
      return {
        name: `${name} ${at + 1}`,
        seed,
        durationS: 20,
        clutterFactor,
        make: () => madeScene({ seed, vehicles: 24, pedestrians: 10, parked: 8, environment }),
      }
    }),
  )
}
