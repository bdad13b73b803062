import type { MeasureInput, ReportProgress } from '@heavylift/core'
import { newAir, readAir } from '../../driver/perception/sensors/detection-chance.ts'
import { SensorRig } from '../../driver/perception/sensors/sensor-rig.ts'
import { defaultSuite } from '../../driver/perception/sensors/sensor.ts'
import { Tracker } from '../../driver/perception/tracking/tracker.ts'
import type { Scene } from '../../world/scene/scene.ts'
import { ConfirmedTracks } from './confirmed-tracks.ts'
import { NearestNeighbourTracker } from './nearest-neighbour-tracker.ts'
import { trackingConditions, trackingScenes } from './tracking-scenes.ts'
import type { TrackingScene } from './tracking-scenes.ts'
import { TrackingScore, TruthFrame } from './tracking-score.ts'
import type { TrackingFigures } from './tracking-score.ts'

/** Figures are taken ten times a second, after the first second. */
const everySteps = 2
const warmUpS = 1

/** Runs the tracker and the nearest-neighbour baseline over the same detections. */
export function measureTracking(
  scenes: readonly TrackingScene[],
  signal: AbortSignal,
  report: ReportProgress = () => undefined,
): { own: TrackingFigures; baseline: TrackingFigures } {
  const own = new TrackingScore()
  const baseline = new TrackingScore()
  for (const [index, scene] of scenes.entries()) {
    signal.throwIfAborted()
    report({ stage: 'scenes', done: index, total: scenes.length, unit: 'scenes' })
    own.begin()
    baseline.begin()
    track(scene, own, baseline)
  }
  return { own: own.figures(), baseline: baseline.figures() }
}

function track(run: TrackingScene, own: TrackingScore, baseline: TrackingScore): void {
  const suite = defaultSuite.map((sensor) => ({
    ...sensor,
    clutterPerScan: run.clutterFactor * sensor.clutterPerScan,
  }))
  const tracker = new Tracker(suite)
  const confirmed = new ConfirmedTracks(tracker)
  const nearest = new NearestNeighbourTracker()
  const air = newAir()
  let sensing: { rig: SensorRig; truth: TruthFrame } | null = null
  let step = 0
  run.play((scene: Scene) => {
    const { capacity } = scene.agents
    sensing ??= { rig: new SensorRig(suite, capacity, run.seed), truth: new TruthFrame(capacity) }
    const { rig, truth } = sensing
    readAir(scene.environment, air)
    rig.sense(scene)
    tracker.step(rig.scans, rig.detections, air, scene.timeS)
    nearest.step(rig.scans, rig.detections, scene.timeS)
    truth.read(scene)
    if (scene.timeS >= warmUpS && step % everySteps === 0) {
      confirmed.refresh()
      own.add(scene, truth, confirmed)
      baseline.add(scene, truth, nearest)
    }
    step++
  })
}

export async function runTrackingEval({ report, signal }: MeasureInput) {
  const scenes = trackingScenes('held-out')
  const { own, baseline } = measureTracking(scenes, signal, report)
  const metrics: Record<string, number> = { ...own }
  for (const condition of trackingConditions) {
    const part = scenes.filter((scene) => scene.condition === condition)
    const figures = measureTracking(part, signal).own
    const name = condition.charAt(0).toUpperCase() + condition.slice(1)
    metrics[`gospa${name}`] = figures.gospa
    metrics[`hota${name}`] = figures.hota
    metrics[`nees${name}`] = figures.nees
  }
  return { n: scenes.length, metrics, baseline: { ...baseline } }
}
