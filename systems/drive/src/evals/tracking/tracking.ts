import type { Measure, ReportProgress } from '@heavylift/core'
import { newAir, readAir } from '../../perception/sensors/detection-chance.ts'
import { SensorRig } from '../../perception/sensors/sensor-rig.ts'
import { defaultSuite } from '../../perception/sensors/sensor.ts'
import { Tracker } from '../../perception/tracking/tracker.ts'
import { ConfirmedTracks } from './confirmed-tracks.ts'
import { NearestNeighbourTracker } from './nearest-neighbour-tracker.ts'
import { trackingScenes } from './tracking-scenes.ts'
import type { TrackingScene } from './tracking-scenes.ts'
import { TrackingScore, TruthFrame } from './tracking-score.ts'
import type { TrackingFigures } from './tracking-score.ts'

const stepS = 0.05
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
  for (const [index, one] of scenes.entries()) {
    const { seed, durationS, clutterFactor } = one
    signal.throwIfAborted()
    report({ stage: 'scenes', done: index, total: scenes.length, unit: 'scenes' })
    const world = one.make()
    const { scene } = world
    const suite = defaultSuite.map((sensor) => ({
      ...sensor,
      clutterPerScan: clutterFactor * sensor.clutterPerScan,
    }))
    const rig = new SensorRig(suite, scene.agents.capacity, seed)
    const tracker = new Tracker(suite)
    const confirmed = new ConfirmedTracks(tracker)
    const nearest = new NearestNeighbourTracker()
    const truth = new TruthFrame(scene.agents.capacity)
    const air = newAir()
    own.begin()
    baseline.begin()
    for (let step = 0; step * stepS <= durationS; step++) {
      readAir(scene.environment, air)
      rig.sense(scene)
      tracker.step(rig.scans, rig.detections, air, scene.timeS)
      nearest.step(rig.scans, rig.detections, scene.timeS)
      truth.read(scene)
      if (step * stepS >= warmUpS && step % everySteps === 0) {
        confirmed.refresh()
        own.add(scene, truth, confirmed)
        baseline.add(scene, truth, nearest)
      }
      world.step(stepS)
    }
  }
  return { own: own.figures(), baseline: baseline.figures() }
}

export const trackingEval: Measure = {
  name: 'tracking',
  summary:
    'Tracks against the truth within 60 m over made traffic by day, night and rain, and with five times the false alarms: GOSPA (c 4 m, p 2, α 2), HOTA (0 at 2 m), id switches, NEES of place and velocity (4 is right; low and high bound 95 %). Baseline: nearest neighbour, constant velocity.',
  goals: { hota: { atLeast: 0.8 }, gospa: { atMost: 2 } },
  async run({ report, signal }) {
    const scenes = trackingScenes('held-out')
    const { own, baseline } = measureTracking(scenes, signal, report)
    return { n: scenes.length, metrics: { ...own }, baseline: { ...baseline } }
  },
}
