import { InvalidInputError } from '@heavylift/core'
import { createDriver } from '../../driver/versions/create-driver.ts'
import { OutsideDriver } from '../../driver/versions/external/outside-driver.ts'
import { DriverFailedError } from '../../driver/driver-failed-error.ts'
import type { DriverSpec } from '../../driver/version.ts'
import type { Entity } from '../../world/openscenario/scenario.ts'
import type { PathPoint } from '../../world/lanes/reference-path.ts'
import { routeAlong } from '../../world/lanes/route.ts'
import type { Scene } from '../../world/scene/scene.ts'
import { SurroundingsView } from '../../world/scene/surroundings-view.ts'
import { SignalTable } from '../../world/scene/signal-table.ts'
import { Simulation } from '../../world/simulator/simulation.ts'
import { vehicleFor } from '../../driver/vehicle/vehicle-for.ts'
import type { DriverCommand, VehicleState } from '../../driver/vehicle.ts'
import { bodyDistance, isFurtherThan } from './body-distance.ts'
import { CriteriaMonitor } from './criteria-monitor.ts'
import type { Criterion, CriterionFailure, Observation } from './criterion.ts'
import { tableFor, writeEntities } from './entity-agents.ts'
import type { Recorder } from './recorder.ts'
import type { RunNotes, RunOutcome, RunResult } from './run-result.ts'
import { worstSeverity } from './severity.ts'
import type { Stage } from './stage.ts'
import { StateDigest } from './state-digest.ts'

/** Route where the scenario gives none. */
const usualRouteM = 2000

export interface RunOptions {
  caseId: string
  scenarioClass: string
  seed: number
  driver: DriverSpec
  recorder?: Recorder
  signal?: AbortSignal
}

/**
 * Runs a stage to its end: the storyboard moves its entities, traffic moves its own, the driver the vehicle under test. All of them see the
 * scene as it was before the step. The run ends with the storyboard, at its goal, at `maxTimeS`, or at a collision of the vehicle under test.
 */
export function runStage(stage: Stage, options: RunOptions): RunResult {
  const steps = runSteps(stage, options)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    value.ask()
  }
}

/** A run that stops where its driver has to be answered from elsewhere: it gives the driver, and goes on when asked again. */
export type RunSteps<T = RunResult> = Generator<OutsideDriver, T, void>

/** `runStage`, step by step. A driver that answers by itself is never given. */
export function* runSteps(stage: Stage, options: RunOptions): RunSteps {
  const { scenario, network, ego, stepS } = stage
  const simulation = new Simulation(scenario, network)
  const { world } = simulation
  const agents = tableFor(
    scenario.entities,
    stage.traffic.reduce((rows, source) => rows + source.capacity, 0),
  )
  const scene: Scene = {
    timeS: 0,
    network,
    agents,
    signals: stage.signals ?? new SignalTable([]),
    // A copy: the storyboard may change it, and drivers keep it.
    environment: { ...stage.environment },
    ego,
  }
  simulation.step(0)
  writeEntities(world, agents, 0)
  const view = new SurroundingsView(world.surroundings, scene)
  stage.signalProgram?.step(scene.signals, 0)
  view.show()
  for (const source of stage.traffic) {
    source.heed?.(world.surroundings)
    source.start(agents, scene)
  }

  const route =
    stage.route ??
    routeAlong(
      network,
      { road: world.road[ego] as number, lane: world.lane[ego] as number, s: world.s[ego] as number },
      { lengthM: usualRouteM },
    )
  const vehicle = vehicleFor(options.driver, scenario.entities[ego] as Entity, stepS)
  const driver =
    options.driver.kind === 'scenario'
      ? null
      : createDriver(options.driver, {
          scene,
          route,
          shape: vehicle.shape,
          desiredSpeedMps: stage.desiredSpeedMps,
          caseId: options.caseId,
          seed: options.seed,
          stepS,
        })
  const state: VehicleState = {
    x: world.x[ego] as number,
    y: world.y[ego] as number,
    heading: world.heading[ego] as number,
    speedMps: world.speed[ego] as number,
    accelerationMps2: 0,
    yawRateRadps: 0,
    frontSteerRad: 0,
    rearSteerRad: 0,
  }
  const command: DriverCommand = { accelerationMps2: 0, frontSteerRad: 0, rearSteerRad: 0 }
  const monitor = new CriteriaMonitor(stage.criteria)
  const digest = new StateDigest()
  const onRoute: PathPoint = { s: 0, lateral: 0, index: -1 }
  const seen: Observation = { scene, route, progressM: 0, startM: 0, lateralM: 0 }
  let minDistanceM = Infinity
  let maxDecelerationMps2 = 0
  let speedSum = 0
  let steps = 0

  const observe = () => {
    route.project(agents.x[ego] as number, agents.y[ego] as number, onRoute.index, onRoute)
    seen.progressM = onRoute.s
    seen.lateralM = onRoute.lateral
    monitor.observe(seen)
    digest.add(agents)
    for (let row = 0; row < agents.count; row++)
      if (row !== ego && agents.isPresent[row] === 1 && !isFurtherThan(agents, ego, row, minDistanceM))
        minDistanceM = Math.min(minDistanceM, bodyDistance(agents, ego, row))
    maxDecelerationMps2 = Math.max(maxDecelerationMps2, -(agents.accelerationMps2[ego] as number))
    speedSum += agents.speedMps[ego] as number
  }
  route.project(agents.x[ego] as number, agents.y[ego] as number, -1, onRoute)
  const startM = onRoute.s
  seen.startM = startM
  observe()
  const goalM = endOf(stage.criteria)
  /** False where a driver that is not the project's own has broken down; the run has failed then. */
  const decide = (): boolean => {
    try {
      driver?.step(state, command)
      return true
    } catch (error) {
      if (!(error instanceof DriverFailedError)) throw error
      monitor.failures.push({ criterion: 'driver', timeS: scene.timeS, detail: error.message })
      return false
    }
  }
  options.recorder?.begin(scene, route)
  try {
    while (
      scene.timeS < stage.maxTimeS - stepS / 2 &&
      monitor.collidedWith < 0 &&
      seen.progressM - startM < goalM
    ) {
      options.signal?.throwIfAborted()
      if (driver instanceof OutsideDriver) {
        driver.observe(state)
        yield driver
      }
      if (!decide()) break
      options.recorder?.frame(scene, driver)
      for (const source of stage.traffic) source.step(scene, stepS)
      if (!simulation.step(stepS)) break
      if (driver) {
        vehicle.step(state, command, stepS, scene.environment.friction)
        world.road[ego] = route.road[onRoute.index] as number
        world.setGround(ego, state.x, state.y, state.heading)
        world.speed[ego] = state.speedMps
      }
      writeEntities(world, agents, stepS)
      scene.timeS = simulation.timeS
      stage.signalProgram?.step(scene.signals, scene.timeS)
      view.show()
      steps++
      observe()
    }
    // What a collision ended did not come to its end.
    if (monitor.collidedWith < 0) monitor.finish(seen)
    options.recorder?.frame(scene, driver)
  } finally {
    driver?.close?.()
  }

  const hit = monitor.collidedWith
  options.recorder?.end(monitor.failures)
  return {
    caseId: options.caseId,
    scenarioClass: options.scenarioClass,
    seed: options.seed,
    outcome: outcomeOf(monitor.failures),
    failures: monitor.failures,
    metrics: {
      collisionTimeS: hit < 0 ? null : scene.timeS,
      collidedWith: hit < 0 ? null : (agents.names[hit] as string),
      impactSpeedMps: hit < 0 ? null : closingSpeed(scene, hit),
      minDistanceM: Number.isFinite(minDistanceM) ? minDistanceM : null,
      progressM: seen.progressM - startM,
      meanSpeedMps: speedSum / (steps + 1),
      maxDecelerationMps2,
    },
    durationS: scene.timeS,
    steps,
    ...notesOf(stage, simulation),
    digest: digest.value(),
  }
}

/** A run that has a goal goes on for so much after it, so that it is seen to have passed it. */
const beyondM = 1

/** How far along the route a run ends: a little beyond its goal; infinite where it has none. */
function endOf(criteria: readonly Criterion[]): number {
  return criteria.reduce(
    (end, one) => (one.kind === 'reachesGoal' ? Math.min(end, one.afterM + beyondM) : end),
    Infinity,
  )
}

function outcomeOf(failures: readonly CriterionFailure[]): RunOutcome {
  if (failures.length === 0) return 'passed'
  return worstSeverity(failures) === null ? 'struck' : 'failed'
}

/** Notes of a scenario of a file, and which of its acts waited in vain. */
function notesOf({ notes }: Stage, simulation: Simulation): { notes?: RunNotes } {
  if (!notes) return {}
  const waiting = simulation.actsNeverBegun.map((name) => `The act ${name} never began.`)
  return {
    notes: {
      remarks: [...notes.remarks, ...waiting],
      brokenRules: notes.brokenRules,
      deviations: notes.deviations,
      ignored: Object.fromEntries(notes.ignored),
    },
  }
}

/** Length of the difference of the two velocities. */
function closingSpeed({ agents, ego }: Scene, other: number): number {
  const along = (row: number) => [
    (agents.speedMps[row] as number) * Math.cos(agents.heading[row] as number),
    (agents.speedMps[row] as number) * Math.sin(agents.heading[row] as number),
  ]
  const [vx = 0, vy = 0] = along(ego)
  const [wx = 0, wy = 0] = along(other)
  return Math.hypot(vx - wx, vy - wy)
}

/** Index of the vehicle under test: the entity named Ego (in any case), else the first with a controller, else the first vehicle. */
export function egoOf(entities: Entity[]): number {
  for (const isEgo of [
    ({ name }: Entity) => name.toLowerCase() === 'ego',
    ({ controller }: Entity) => controller !== null,
    ({ kind }: Entity) => kind === 'vehicle',
  ]) {
    const index = entities.findIndex(isEgo)
    if (index >= 0) return index
  }
  throw new InvalidInputError({
    code: 'ego-missing',
    message: 'The scenario has no vehicle. Add one, named Ego, that is to be tested.',
  })
}
