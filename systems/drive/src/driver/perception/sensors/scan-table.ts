/** Detections of one step, in the order of their scans. All in the world's frame; NaN marks what a sensor does not measure. */
export class DetectionTable {
  readonly capacity: number
  count = 0
  readonly sensor: Uint8Array
  readonly timeS: Float64Array
  /** From where it was seen: distance and direction. */
  readonly rangeM: Float64Array
  readonly bearing: Float64Array
  readonly rangeSigmaM: Float64Array
  readonly bearingSigmaRad: Float64Array
  /** The same as a point: centre of the body. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** Speed over ground away from the sensor, by Doppler shift; the own motion is taken out. */
  readonly radialSpeedMps: Float64Array
  readonly heading: Float64Array
  readonly lengthM: Float64Array
  readonly widthM: Float64Array
  /** Number of `agentKinds`, or −1. */
  readonly kind: Int8Array
  /** Bits of `agentLights` that a camera made out, or −1. */
  readonly lights: Int16Array
  /** Row of the agent behind it, −1 for a false alarm. For figures on sensors only: no tracker may read it. */
  readonly truth: Int32Array

  constructor(capacity: number) {
    const numbers = () => new Float64Array(capacity)
    this.capacity = capacity
    this.sensor = new Uint8Array(capacity)
    this.timeS = numbers()
    this.rangeM = numbers()
    this.bearing = numbers()
    this.rangeSigmaM = numbers()
    this.bearingSigmaRad = numbers()
    this.x = numbers()
    this.y = numbers()
    this.radialSpeedMps = numbers()
    this.heading = numbers()
    this.lengthM = numbers()
    this.widthM = numbers()
    this.kind = new Int8Array(capacity)
    this.lights = new Int16Array(capacity)
    this.truth = new Int32Array(capacity)
  }
}

/** Scans of one step in the order of time: who looked when from where, and which detections it gave. */
export class ScanTable {
  count = 0
  readonly sensor: Uint8Array
  readonly timeS: Float64Array
  /** Of the sensor in the world. */
  readonly x: Float64Array
  readonly y: Float64Array
  readonly heading: Float64Array
  /** Of the vehicle. */
  readonly vehicleHeading: Float64Array
  readonly first: Int32Array
  readonly end: Int32Array

  constructor(capacity: number) {
    const numbers = () => new Float64Array(capacity)
    this.sensor = new Uint8Array(capacity)
    this.timeS = numbers()
    this.x = numbers()
    this.y = numbers()
    this.heading = numbers()
    this.vehicleHeading = numbers()
    this.first = new Int32Array(capacity)
    this.end = new Int32Array(capacity)
  }
}

/** Directions from which microphones heard a siren in one step. */
export class SirenTable {
  count = 0
  readonly timeS = new Float64Array(32)
  readonly bearing = new Float64Array(32)
  readonly bearingSigmaRad = new Float64Array(32)
  /** Loudness at the microphone in dB. */
  readonly levelDb = new Float64Array(32)
}
