import { roundTo } from '@heavylift/core/math'
import type { DriverVersion } from '../../driver/version.ts'
import { leastTimeToCollision } from '../metrics/time-to-collision.ts'
import { bodyDistance } from '../run/body-distance.ts'
import type { Recorder } from '../run/recorder.ts'
import { runStage } from '../run/run-stage.ts'
import { ScenarioFiles } from '../../world/openscenario/load-scenario.ts'
import { agentKinds } from '../../world/scene/agent-table.ts'
import type { AgentKind } from '../../world/scene/agent-table.ts'
import { roadMap } from '../../world/scene/road-map.ts'
import type { RoadMap } from '../../world/scene/road-map.ts'
import type { Scene } from '../../world/scene/scene.ts'
import { caseOf } from './case-of.ts'
import { stageOf } from './stage-of.ts'

/** A scenario in one picture: everybody at its tightest moment, with the ways that they took. */
export interface ScenarioPreview {
  map: RoadMap
  ego: number
  agents: {
    kind: AgentKind
    x: number
    y: number
    heading: number
    lengthM: number
    widthM: number
    hasSiren: boolean
    /** x, y, x, y, …; empty for those that stand. */
    way: number[]
  }[]
}

/** Between two points of a way, in steps. */
const wayEvery = 8
/** What moved less than this in all stood. */
const stillM = 1
/** Roads further than this from the vehicle under test are left out of the picture. */
const nearM = 140

/** Where nothing is on a course to collide, near counts: a distance is worth this time and so much more a metre. */
const farS = 4
const farMps = 5

/** Distance to the nearest body that moves. */
function nearestMovingM({ agents, ego }: Scene): number {
  let nearest = Infinity
  for (let row = 0; row < agents.count; row++)
    if (row !== ego && agents.isPresent[row] === 1 && Math.abs(agents.speedMps[row] as number) > 0.3)
      nearest = Math.min(nearest, bodyDistance(agents, ego, row))
  return nearest
}

class PreviewRecorder implements Recorder {
  readonly ways: number[][] = []
  poses: ScenarioPreview['agents'] = []
  ego = 0
  #tightest = Infinity
  #frames = 0

  begin(scene: Scene): void {
    this.ego = scene.ego
  }

  frame(scene: Scene): void {
    const { agents } = scene
    if (this.#frames++ % wayEvery === 0)
      for (let row = 0; row < agents.count; row++)
        (this.ways[row] ??= []).push(
          toCentimetre(agents.x[row] as number),
          toCentimetre(agents.y[row] as number),
        )
    const tightness = Math.min(leastTimeToCollision(agents, scene.ego), farS + nearestMovingM(scene) / farMps)
    if (this.poses.length > 0 && tightness >= this.#tightest) return
    this.#tightest = tightness
    this.poses = Array.from({ length: agents.count }, (_, row) => ({
      kind: agentKinds[agents.kind[row] as number] as AgentKind,
      x: toCentimetre(agents.x[row] as number),
      y: toCentimetre(agents.y[row] as number),
      heading: toCentimetre(agents.heading[row] as number),
      lengthM: agents.lengthM[row] as number,
      widthM: agents.widthM[row] as number,
      hasSiren: agents.hasSiren[row] === 1,
      way: [],
    }))
  }

  end(): void {
    for (const [row, agent] of this.poses.entries()) {
      const way = this.ways[row] ?? []
      const [x = 0, y = 0] = way
      if (way.some((value, at) => Math.abs(value - (at % 2 === 0 ? x : y)) > stillM)) agent.way = way
    }
  }
}

/** Runs a built-in scenario with its usual values. Throws `scenario-unknown`. */
export async function previewOf(name: string, version: DriverVersion): Promise<ScenarioPreview> {
  const one = caseOf({ name, isFile: false, set: '', seed: 1 })
  const stage = await stageOf(one, new ScenarioFiles())
  const recorder = new PreviewRecorder()
  runStage(stage, {
    caseId: one.id,
    scenarioClass: one.scenarioClass,
    seed: 1,
    driver: version.spec,
    recorder,
  })
  const { ego, poses } = recorder
  const middle = poses[ego] ?? { x: 0, y: 0 }
  const isNear = (points: number[]) =>
    points.some(
      (value, at) => at % 2 === 0 && Math.hypot(value - middle.x, (points[at + 1] ?? 0) - middle.y) < nearM,
    )
  const map = roadMap(stage.network)
  return {
    ego,
    agents: poses,
    map: {
      lanes: map.lanes.filter(({ outline }) => isNear(outline)),
      lines: map.lines.filter(({ points }) => isNear(points)),
      objects: map.objects.filter(({ x, y }) => isNear([x, y])),
    },
  }
}

function toCentimetre(value: number): number {
  return roundTo(value, 2)
}
