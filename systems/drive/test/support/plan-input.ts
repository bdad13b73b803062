import { TruePerception } from '../../src/driver/perception/true-perception.ts'
import type { PlanInput } from '../../src/driver/planning/planner.ts'
import { RouteMap } from '../../src/driver/planning/route-map.ts'
import { ConstantTurnPredictor } from '../../src/driver/prediction/constant-turn-predictor.ts'
import { routeAlong } from '../../src/world/lanes/route.ts'
import type { Scene } from '../../src/world/scene/scene.ts'

export const shape = { wheelbaseM: 3, lengthM: 5, widthM: 2, centreX: 1.5 }

/** What a planner is given in a scene on lane −1 of road 1, whose middle is y = −1.75; the ego as the scene has it in row 0. */
export function planInputOf(scene: Scene, desiredSpeedMps = 13): PlanInput {
  const { agents } = scene
  const heading = agents.heading[0] as number
  const ego = {
    x: (agents.x[0] as number) - shape.centreX * Math.cos(heading),
    y: (agents.y[0] as number) - shape.centreX * Math.sin(heading),
    heading,
    speedMps: agents.speedMps[0] as number,
    accelerationMps2: 0,
    yawRateRadps: 0,
    frontSteerRad: 0,
    rearSteerRad: 0,
  }
  const perception = new TruePerception(scene)
  perception.step(ego)
  const predictor = new ConstantTurnPredictor(agents.capacity)
  predictor.predict(perception.tracks)
  const route = routeAlong(scene.network, { road: 0, lane: -1, s: 0 }, { lengthM: 900 })
  return {
    timeS: scene.timeS,
    ego,
    shape,
    route,
    map: new RouteMap(route, scene.network, scene.signals),
    tracks: perception.tracks,
    sirens: perception.sirens,
    predictions: predictor.predictions,
    signals: scene.signals,
    environment: scene.environment,
    sightM: perception.sightM,
    desiredSpeedMps,
  }
}
