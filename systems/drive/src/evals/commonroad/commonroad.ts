import { basename } from 'node:path'
import type { MeasureInput } from '@heavylift/core'
import { InvalidInputError } from '@heavylift/core'
import { problemStage } from '../../clearance/commonroad/problem-stage.ts'
import { MemoryRecorder } from '../../clearance/recordings/memory-recorder.ts'
import { runStage } from '../../clearance/run/run-stage.ts'
import { filesBelow } from '../../clearance/variations/files-below.ts'
import type { DriverVersion } from '../../driver/version.ts'
import { versionNamed } from '../../driver/versions/versions.ts'
import type { CommonRoadScene, PlanningProblem, TimedState } from '../../world/commonroad/commonroad.ts'
import { parseCommonRoad } from '../../world/commonroad/parse-commonroad.ts'
import { isInLanelet, meetsGoal } from '../../world/commonroad/region.ts'
import { readXmlFile } from '../../world/xml/read-xml-file.ts'
import type { Driven } from './driven.ts'
import { judgeSolutions } from './judge-solutions.ts'

/** How fast the wheels of CommonRoad's vehicles turn. */
const steerRateRadps = 0.4

/** Drives a planning problem. Solved: the goal is met in its time, on the lanelets all the way, without a collision. */
export function driveProblem(
  scene: CommonRoadScene,
  problem: PlanningProblem,
  version: DriverVersion,
): Driven {
  const stage = problemStage(scene, problem)
  const recorder = new MemoryRecorder(scene.benchmark, version.name, stage.stepS)
  const result = runStage(stage, {
    caseId: scene.benchmark,
    scenarioClass: 'commonroad',
    seed: 1,
    driver: { ...version.spec, parameters: { steerRateRadps, ...version.spec.parameters } },
    recorder,
  })
  const states: TimedState[] = []
  for (const { timeS, agents } of recorder.recording.frames) {
    const steps = timeS / scene.stepS
    if (Math.abs(steps - Math.round(steps)) > 1e-6) continue
    const at = agents.findIndex((row, index) => index % 7 === 0 && row === recorder.recording.ego)
    const [x = 0, y = 0, heading = 0, speedMps = 0] = agents.slice(at + 1, at + 5)
    const state = { timeS: problem.start.timeS + timeS, x, y, heading, speedMps }
    states.push(state)
    if (!isOnLanelets(scene, state))
      return { problem: problem.id, states, failed: `off the lanelets at ${timeS.toFixed(1)} s` }
    if (problem.goals.some((goal) => meetsGoal(scene, goal, state)))
      return { problem: problem.id, states, failed: null }
  }
  const hit = result.metrics.collidedWith
  return {
    problem: problem.id,
    states,
    failed:
      hit === null
        ? 'goal not met in its time'
        : `${result.outcome === 'struck' ? 'struck by' : 'collision with'} ${hit} at ${result.metrics.collisionTimeS?.toFixed(1)} s`,
  }
}

/** All four corners of the body, and its middle, lie on lanelets. */
function isOnLanelets({ lanelets }: CommonRoadScene, { x, y, heading }: TimedState): boolean {
  const [cos, sin] = [Math.cos(heading), Math.sin(heading)]
  return [
    [0, 0],
    [2.2, 0.75],
    [2.2, -0.75],
    [-2.2, 0.75],
    [-2.2, -0.75],
  ].every(([ahead = 0, left = 0]) => {
    const px = x + ahead * cos - left * sin
    const py = y + ahead * sin + left * cos
    for (const lanelet of lanelets.values()) if (isInLanelet(lanelet, px, py)) return true
    return false
  })
}

/** CommonRoad files below a folder: how many of them a version solves, and what the field's own checker says of its ways. */
export async function runCommonRoadEval({ dataDir, options, report, signal }: MeasureInput) {
  if (!dataDir)
    throw new InvalidInputError({
      code: 'option-invalid',
      message: 'Give a folder with CommonRoad files (2018b or 2020a, .xml or .xml.gz) by --data.',
    })
  const files = (await filesBelow(dataDir)).filter((path) => /\.xml(\.gz)?$/i.test(path))
  const named = options?.['version']
  const version = versionNamed(typeof named === 'string' ? named : 'pdm')
  const failures: string[] = []
  const solved: { path: string; driven: Driven[] }[] = []
  let [read, collisions, struck, offRoad] = [0, 0, 0, 0]
  for (const [index, path] of files.entries()) {
    signal.throwIfAborted()
    report({ stage: 'scenes', done: index, total: files.length, unit: 'files' })
    try {
      const scene = parseCommonRoad(await readXmlFile(path))
      read++
      const driven = scene.problems.map((problem) => driveProblem(scene, problem, version))
      const [failed] = driven.flatMap((one) => one.failed ?? [])
      if (failed === undefined) solved.push({ path, driven })
      else failures.push(`${basename(path)}: ${failed}`)
      if (failed?.startsWith('collision')) collisions++
      if (failed?.startsWith('struck')) struck++
      if (failed?.startsWith('off')) offRoad++
    } catch (error) {
      if (!(error instanceof Error) || signal.aborted) throw error
      failures.push(`${basename(path)}: ${error.message}`)
    }
  }
  const python = options?.['python']
  const judged = typeof python === 'string' ? await judgeSolutions(python, solved, signal) : null
  return {
    n: files.length,
    metrics: {
      files: files.length,
      read,
      solved: solved.length,
      solvedRate: files.length === 0 ? 0 : solved.length / files.length,
      collisions,
      struck,
      offRoad,
      ...(judged === null ? {} : { judgedValid: judged.valid }),
    },
    failures: [...failures, ...(judged?.failures ?? [])],
  }
}
