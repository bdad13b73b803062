/**
 * Tracked objects in typed arrays: metres, seconds, radians. `x` and `y` are the centre of the body. Rows from 0 to `count` are in use; a
 * track may change its row between steps, but never its id.
 */
export class TrackTable {
  readonly capacity: number
  count = 0
  readonly id: Int32Array
  /** As `AgentTable.kind`. */
  readonly kind: Uint8Array
  readonly x: Float64Array
  readonly y: Float64Array
  readonly heading: Float64Array
  /** Along the heading, negative in reverse. */
  readonly speedMps: Float64Array
  readonly accelerationMps2: Float64Array
  readonly yawRateRadps: Float64Array
  readonly lengthM: Float64Array
  readonly widthM: Float64Array
  /** 1 while a siren is heard or blue lights are seen on it. */
  readonly hasSiren: Uint8Array
  /** Bits of `agentLights` that are seen. */
  readonly lights: Uint8Array
  /** Of x and y in m²: xx, xy, yy, three numbers a row. */
  readonly covariance: Float64Array
  /** Probability that it is there at all. */
  readonly existence: Float64Array

  constructor(capacity: number) {
    const numbers = () => new Float64Array(capacity)
    this.capacity = capacity
    this.id = new Int32Array(capacity)
    this.kind = new Uint8Array(capacity)
    this.x = numbers()
    this.y = numbers()
    this.heading = numbers()
    this.speedMps = numbers()
    this.accelerationMps2 = numbers()
    this.yawRateRadps = numbers()
    this.lengthM = numbers()
    this.widthM = numbers()
    this.hasSiren = new Uint8Array(capacity)
    this.lights = new Uint8Array(capacity)
    this.covariance = new Float64Array(3 * capacity)
    this.existence = numbers()
  }
}
