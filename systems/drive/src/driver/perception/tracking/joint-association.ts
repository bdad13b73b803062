const mostRounds = 30
const settled = 1e-5

/**
 * Probabilities that detections of one scan come from tracks, each detection from one track at most and each track giving one detection at
 * most: the marginals of joint probabilistic data association, by belief propagation (Williams and Lau 2014), which is exact where tracks and detections
 * form a tree and close to it elsewhere, at a cost of tracks × detections instead of all joint events.
 */
export class JointAssociation {
  readonly stride: number
  /**
   * In: likelihood of the detection under the track, over that of a false alarm, times chance of detection × existence / (1 − the same). Row = track.
   * 0 outside of the gate. Out: the probability of the pair.
   */
  readonly pair: Float64Array
  /** Out, by track: probability that it gave none. */
  readonly missed: Float64Array
  /** Out, by detection: probability that it comes from no track. */
  readonly unclaimed: Float64Array
  readonly #toDetection: Float64Array
  readonly #toTrack: Float64Array

  constructor(tracks: number, detections: number) {
    this.stride = detections
    this.pair = new Float64Array(tracks * detections)
    this.missed = new Float64Array(tracks)
    this.unclaimed = new Float64Array(detections)
    this.#toDetection = new Float64Array(tracks * detections)
    this.#toTrack = new Float64Array(tracks * detections)
  }

  solve(tracks: number, detections: number): void {
    const { pair, stride, missed, unclaimed } = this
    const toDetection = this.#toDetection
    const toTrack = this.#toTrack
    for (let track = 0; track < tracks; track++) toTrack.fill(1, track * stride, track * stride + detections)
    for (let round = 0; round < mostRounds; round++) {
      let change = 0
      for (let track = 0; track < tracks; track++) {
        const row = track * stride
        let sum = 1
        for (let at = row; at < row + detections; at++) sum += (pair[at] as number) * (toTrack[at] as number)
        for (let at = row; at < row + detections; at++) {
          const weight = pair[at] as number
          toDetection[at] = weight === 0 ? 0 : weight / (sum - weight * (toTrack[at] as number))
        }
      }
      for (let detection = 0; detection < detections; detection++) {
        let sum = 1
        for (let track = 0; track < tracks; track++) sum += toDetection[track * stride + detection] as number
        for (let track = 0; track < tracks; track++) {
          const at = track * stride + detection
          if (pair[at] === 0) continue
          const message = 1 / (sum - (toDetection[at] as number))
          change = Math.max(change, Math.abs(message - (toTrack[at] as number)))
          toTrack[at] = message
        }
        unclaimed[detection] = 1 / sum
      }
      if (change < settled) break
    }
    for (let track = 0; track < tracks; track++) {
      const row = track * stride
      let sum = 1
      for (let at = row; at < row + detections; at++) sum += (pair[at] as number) * (toTrack[at] as number)
      missed[track] = 1 / sum
      for (let at = row; at < row + detections; at++)
        pair[at] = ((pair[at] as number) * (toTrack[at] as number)) / sum
    }
  }
}
