import type { DetectionTable } from './scan-table.ts'
import type { Sensor } from './sensor.ts'

/** What one sensor gave over a run. */
export interface SensorStatistics {
  sensor: string
  detections: number
  falseAlarms: number
  /** Root mean square of the distance between detections and the agents behind them. */
  positionRmseM: number
}

/** Collects figures of each sensor from the detections of many steps, with the truth beside them. */
export class SensorTally {
  readonly #suite: readonly Sensor[]
  readonly #detections: Float64Array
  readonly #falseAlarms: Float64Array
  readonly #squareSum: Float64Array

  constructor(suite: readonly Sensor[]) {
    this.#suite = suite
    this.#detections = new Float64Array(suite.length)
    this.#falseAlarms = new Float64Array(suite.length)
    this.#squareSum = new Float64Array(suite.length)
  }

  /** `x`, `y`: where the agents are now, by row. */
  add(table: DetectionTable, x: Float64Array, y: Float64Array): void {
    for (let at = 0; at < table.count; at++) {
      const sensor = table.sensor[at] as number
      const row = table.truth[at] as number
      this.#detections[sensor] = (this.#detections[sensor] as number) + 1
      if (row < 0) {
        this.#falseAlarms[sensor] = (this.#falseAlarms[sensor] as number) + 1
        continue
      }
      const dx = (table.x[at] as number) - (x[row] as number)
      const dy = (table.y[at] as number) - (y[row] as number)
      this.#squareSum[sensor] = (this.#squareSum[sensor] as number) + dx * dx + dy * dy
    }
  }

  statistics(): SensorStatistics[] {
    return this.#suite.map(({ name }, sensor) => {
      const detections = this.#detections[sensor] as number
      const falseAlarms = this.#falseAlarms[sensor] as number
      const right = Math.max(1, detections - falseAlarms)
      const positionRmseM = Math.sqrt((this.#squareSum[sensor] as number) / right)
      return { sensor: name, detections, falseAlarms, positionRmseM }
    })
  }
}
