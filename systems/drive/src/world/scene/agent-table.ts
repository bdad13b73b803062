/** What an agent is. The order is the number in `AgentTable.kind`; new ones go to the end. */
export const agentKinds = [
  'car',
  'truck',
  'bus',
  'motorcycle',
  'bicycle',
  'pedestrian',
  'emergency',
  'object',
  'animal',
] as const
export type AgentKind = (typeof agentKinds)[number]

export function agentKindNumber(kind: AgentKind): number {
  return agentKinds.indexOf(kind)
}

/**
 * Everything that takes part, by row, in typed arrays: metres, seconds, radians (counter-clockwise from x). `x` and `y` are the centre of the
 * body on the ground, whatever the reference point of its source is. Rows keep their agent for a whole run; a row that is not there at the
 * moment has `isPresent` 0.
 */
export class AgentTable {
  readonly capacity: number
  /** Rows in use, from 0. */
  count = 0
  readonly names: string[] = []
  readonly kind: Uint8Array
  readonly isPresent: Uint8Array
  readonly x: Float64Array
  readonly y: Float64Array
  readonly heading: Float64Array
  /** Along the heading, negative in reverse. */
  readonly speedMps: Float64Array
  readonly accelerationMps2: Float64Array
  readonly yawRateRadps: Float64Array
  readonly lengthM: Float64Array
  readonly widthM: Float64Array
  readonly heightM: Float64Array
  /** 1 while its siren sounds. */
  readonly hasSiren: Uint8Array
  /** 1 while it honks. */
  readonly isHonking: Uint8Array
  /** Bits of `agentLights`. */
  readonly lights: Uint8Array

  constructor(capacity: number) {
    const numbers = () => new Float64Array(capacity)
    this.capacity = capacity
    this.kind = new Uint8Array(capacity)
    this.isPresent = new Uint8Array(capacity)
    this.x = numbers()
    this.y = numbers()
    this.heading = numbers()
    this.speedMps = numbers()
    this.accelerationMps2 = numbers()
    this.yawRateRadps = numbers()
    this.lengthM = numbers()
    this.widthM = numbers()
    this.heightM = numbers().fill(1.5)
    this.hasSiren = new Uint8Array(capacity)
    this.isHonking = new Uint8Array(capacity)
    this.lights = new Uint8Array(capacity)
  }

  /** Takes a new row; gives its number. Throws RangeError where the table is full. */
  add(agent: { name: string; kind: AgentKind; lengthM: number; widthM: number; heightM?: number }): number {
    if (this.count === this.capacity) throw new RangeError(`The agent table holds ${this.capacity} at most.`)
    const row = this.count++
    this.names[row] = agent.name
    this.kind[row] = agentKindNumber(agent.kind)
    this.isPresent[row] = 1
    this.lengthM[row] = agent.lengthM
    this.widthM[row] = agent.widthM
    this.heightM[row] = agent.heightM ?? 1.5
    return row
  }
}

/** Bits of `AgentTable.lights`. */
export const agentLights = { brake: 1, left: 2, right: 4, emergency: 8, headlights: 16 } as const
