import { agentKinds } from '../../world/scene/agent-table.ts'
import type { AgentKind } from '../../world/scene/agent-table.ts'
import type { Explanation } from '../explanation.ts'
import type { Scene } from '../../world/scene/scene.ts'
import type { VehicleState } from '../vehicle.ts'
import type { Perception } from './perception.ts'
import { TrackTable } from './track-table.ts'
import { SirenBearings } from './tracking/siren-tracker.ts'

const reachM = 150
const hearingM = 300
/** Below this light, in lux, sight ends with the headlights' dipped beam. */
const darkLux = 30
/** Dipped beam on a dark-clothed pedestrian (Olson and Sivak 1983: the median driver sees one at about 60 m). */
const dippedBeamM = 60

/** Perception that is never wrong: every agent within 150 m is a track with its true state. */
export class TruePerception implements Perception {
  readonly tracks: TrackTable
  readonly sirens = new SirenBearings()
  sightM = Infinity
  readonly #scene: Scene

  constructor(scene: Scene) {
    this.#scene = scene
    this.tracks = new TrackTable(scene.agents.capacity)
  }

  step(ego: Readonly<VehicleState>): void {
    const { agents, environment, ego: own } = this.#scene
    const { tracks } = this
    this.sightM = Math.min(
      reachM,
      environment.visualRangeM,
      environment.illuminanceLux < darkLux ? dippedBeamM : Infinity,
    )
    let count = 0
    this.sirens.count = 0
    for (let row = 0; row < agents.count; row++) {
      if (row === own || agents.isPresent[row] === 0) continue
      const dx = (agents.x[row] as number) - ego.x
      const dy = (agents.y[row] as number) - ego.y
      if (agents.hasSiren[row] === 1) this.#hear(Math.atan2(dy, dx), Math.sqrt(dx * dx + dy * dy))
      if (dx * dx + dy * dy > reachM * reachM) continue
      tracks.id[count] = row
      tracks.kind[count] = agents.kind[row] as number
      tracks.x[count] = agents.x[row] as number
      tracks.y[count] = agents.y[row] as number
      tracks.heading[count] = agents.heading[row] as number
      tracks.speedMps[count] = agents.speedMps[row] as number
      tracks.accelerationMps2[count] = agents.accelerationMps2[row] as number
      tracks.yawRateRadps[count] = agents.yawRateRadps[row] as number
      tracks.lengthM[count] = agents.lengthM[row] as number
      tracks.widthM[count] = agents.widthM[row] as number
      tracks.hasSiren[count] = agents.hasSiren[row] as number
      tracks.lights[count] = agents.lights[row] as number
      tracks.existence[count] = 1
      count++
    }
    tracks.count = count
  }

  #hear(bearing: number, distanceM: number): void {
    const { sirens } = this
    if (distanceM > hearingM || sirens.count === sirens.bearing.length) return
    sirens.bearing[sirens.count] = bearing
    sirens.sigmaRad[sirens.count] = 0
    sirens.count++
  }

  explain(explanation: Explanation): void {
    explainTracks(this.tracks, explanation)
  }
}

/** Adds every track of a table to an explanation. */
export function explainTracks(tracks: TrackTable, explanation: Explanation): void {
  for (let row = 0; row < tracks.count; row++)
    explanation.tracks.push({
      id: tracks.id[row] as number,
      kind: agentKinds[tracks.kind[row] as number] as AgentKind,
      x: tracks.x[row] as number,
      y: tracks.y[row] as number,
      heading: tracks.heading[row] as number,
      speedMps: tracks.speedMps[row] as number,
      lengthM: tracks.lengthM[row] as number,
      widthM: tracks.widthM[row] as number,
      covariance: [
        tracks.covariance[3 * row] as number,
        tracks.covariance[3 * row + 1] as number,
        tracks.covariance[3 * row + 2] as number,
      ],
      existence: tracks.existence[row] as number,
    })
}
