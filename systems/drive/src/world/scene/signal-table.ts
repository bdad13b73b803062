/** States of a traffic light, as numbers in `SignalTable.state`. */
export const signalStates = { off: 0, red: 1, amber: 2, green: 3, flashingAmber: 4 } as const

/** One head of a traffic light, for the lanes of one direction of a road. */
export interface SignalHead {
  id: string
  /** Index into `RoadNetwork.roads` and where the stop line is. */
  road: number
  s: number
  /** Lanes that it is for; empty for all lanes of `direction`. */
  lanes: number[]
  /** +1 for traffic along rising s, −1 against it. */
  direction: 1 | -1
}

/** Traffic lights of a scene and what they show now. */
export class SignalTable {
  readonly heads: SignalHead[]
  readonly state: Uint8Array

  constructor(heads: SignalHead[]) {
    this.heads = heads
    this.state = new Uint8Array(heads.length)
  }
}
