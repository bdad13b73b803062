// The project's stack with one change, as a driver of its own module.
import type { Driver, DriverSetting } from '../../driver/driver.ts'
import type { TrackTable } from '../../driver/perception/track-table.ts'
import { TruePerception } from '../../driver/perception/true-perception.ts'
import { PdmPlanner } from '../../driver/planning/pdm-planner.ts'
import type { PlanInput, Planner } from '../../driver/planning/planner.ts'
import { RouteMap } from '../../driver/planning/route-map.ts'
import { ConstantTurnPredictor } from '../../driver/prediction/constant-turn-predictor.ts'
import { predictionModes, predictionPoints } from '../../driver/prediction/prediction-table.ts'
import type { Predictor } from '../../driver/prediction/predictor.ts'
import { Guardian } from '../../driver/safety/guardian.ts'
import type { DriverCommand, VehicleState } from '../../driver/vehicle.ts'
import type { DriverSpec } from '../../driver/version.ts'
import { StackDriver } from '../../driver/versions/stack-driver.ts'
import { agentKindNumber } from '../../world/scene/agent-table.ts'
import { SignalTable, signalStates } from '../../world/scene/signal-table.ts'
import type { Change } from './changes.ts'

const bicycle = agentKindNumber('bicycle')
const pedestrian = agentKindNumber('pedestrian')

/** `parameters.change` names one of `changes.ts`. */
export function createDriver(setting: DriverSetting, parameters: DriverSpec['parameters']): Driver {
  const change = String(parameters['change']) as Change
  const perception = new ChangedPerception(setting, change)
  const stack = new StackDriver(setting, {
    perception,
    predictor: new ChangedPredictor(perception.tracks.capacity, change),
    planner: new ChangedPlanner(setting, change),
    safety: new Guardian(),
  })
  return new ChangedDriver(stack, setting.stepS, change)
}

class ChangedPerception extends TruePerception {
  readonly #change: Change
  readonly #setting: DriverSetting

  constructor(setting: DriverSetting, change: Change) {
    super(setting.scene)
    this.#setting = setting
    this.#change = change
  }

  override step(ego: Readonly<VehicleState>): void {
    super.step(ego)
    const { tracks } = this
    for (let row = 0; row < tracks.count; row++) {
      if (this.#loses(tracks, row, ego)) tracks.existence[row] = 0
      if (this.#change === 'deaf-to-sirens') tracks.hasSiren[row] = 0
      if (this.#change === 'trembling-tracks')
        tracks.x[row] = (tracks.x[row] as number) + 0.01 * Math.sin(97 * this.#setting.scene.timeS + row)
    }
    if (this.#change === 'deaf-to-sirens') this.sirens.count = 0
  }

  #loses(tracks: TrackTable, row: number, ego: Readonly<VehicleState>): boolean {
    const kind = tracks.kind[row] as number
    switch (this.#change) {
      case 'blind-to-slow-cyclists':
        return kind === bicycle && Math.abs(tracks.speedMps[row] as number) < 3
      case 'short-sighted':
        return (
          kind === pedestrian &&
          Math.hypot((tracks.x[row] as number) - ego.x, (tracks.y[row] as number) - ego.y) > 12
        )
      case 'blind-to-oncoming':
        return Math.cos((tracks.heading[row] as number) - ego.heading) < -0.9
      default:
        return false
    }
  }
}

class ChangedPredictor implements Predictor {
  readonly #change: Change
  readonly #inner: ConstantTurnPredictor

  constructor(capacity: number, change: Change) {
    this.#change = change
    this.#inner = new ConstantTurnPredictor(capacity)
  }

  get predictions() {
    return this.#inner.predictions
  }

  predict(tracks: Readonly<TrackTable>): void {
    this.#inner.predict(tracks)
    if (this.#change !== 'others-stand') return
    const { x, y, heading } = this.predictions
    for (let row = 0; row < tracks.count; row++) {
      const from = row * predictionModes * predictionPoints
      const to = from + predictionModes * predictionPoints
      x.fill(tracks.x[row] as number, from, to)
      y.fill(tracks.y[row] as number, from, to)
      heading.fill(tracks.heading[row] as number, from, to)
    }
  }
}

class ChangedPlanner implements Planner {
  readonly #inner = new PdmPlanner()
  readonly #change: Change
  readonly #map: RouteMap
  readonly #signals: SignalTable

  constructor({ route, scene }: DriverSetting, change: Change) {
    this.#change = change
    this.#map = new RouteMap(route, scene.network, scene.signals)
    this.#signals = new SignalTable(scene.signals.heads)
    if (change === 'stop-line-off') for (const line of this.#map.lines) line.s += 3
    if (change === 'no-crosswalks') this.#map.crosswalks.length = 0
    if (change === 'no-stop-signs')
      for (let index = this.#map.lines.length - 1; index >= 0; index--)
        if (this.#map.lines[index]?.head === -1) this.#map.lines.splice(index, 1)
  }

  plan(input: PlanInput) {
    const { state } = this.#signals
    for (let head = 0; head < state.length; head++) {
      const shown = input.signals.state[head] as number
      state[head] =
        this.#change === 'amber-for-green' && shown === signalStates.amber ? signalStates.green : shown
    }
    return this.#inner.plan({ ...input, map: this.#map, signals: this.#signals })
  }

  explain(...parts: Parameters<PdmPlanner['explain']>): void {
    this.#inner.explain(...parts)
  }
}

const lateS = 0.3
const weakMps2 = 3
const pullRad = 0.026

class ChangedDriver implements Driver {
  readonly #inner: StackDriver
  readonly #change: Change
  /** Braking that was asked for and has not acted yet. */
  readonly #late: number[]

  constructor(inner: StackDriver, stepS: number, change: Change) {
    this.#inner = inner
    this.#change = change
    this.#late = Array.from({ length: Math.round(lateS / stepS) }, () => 0)
  }

  step(state: Readonly<VehicleState>, command: DriverCommand): void {
    this.#inner.step(state, command)
    const asked = command.accelerationMps2
    switch (this.#change) {
      case 'late-brake':
        this.#late.push(Math.min(0, asked))
        command.accelerationMps2 = Math.max(0, asked) + (this.#late.shift() as number)
        break
      case 'weak-brake':
        command.accelerationMps2 = Math.max(asked, -weakMps2)
        break
      case 'pulls-left':
        command.frontSteerRad += pullRad
        break
      case 'coarse-acceleration':
        command.accelerationMps2 = Math.round(asked * 100) / 100
        break
      case 'coarse-steering':
        command.frontSteerRad = Math.round(command.frontSteerRad * 2000) / 2000
        break
      case 'softer-drive':
        command.accelerationMps2 = asked > 0 ? 0.99 * asked : asked
        break
      default:
    }
  }
}
