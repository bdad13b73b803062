import type { AgentTable } from '../../world/scene/agent-table.ts'

/** A running 64-bit digest (two FNV-1a lanes) over the exact bits of every present agent's pose and speed. */
export class StateDigest {
  #low = 0x811c9dc5
  #high = 0x9747b28c
  readonly #number = new Float64Array(1)
  readonly #words = new Uint32Array(this.#number.buffer)

  add(agents: AgentTable): void {
    for (let row = 0; row < agents.count; row++) {
      if (agents.isPresent[row] === 0) continue
      this.#mix(agents.x[row] as number)
      this.#mix(agents.y[row] as number)
      this.#mix(agents.heading[row] as number)
      this.#mix(agents.speedMps[row] as number)
    }
  }

  /** Sixteen hex digits. */
  value(): string {
    return [this.#high, this.#low].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
  }

  #mix(value: number): void {
    this.#number[0] = value
    this.#low = Math.imul(this.#low ^ (this.#words[0] as number), 0x01000193)
    this.#high = Math.imul(this.#high ^ (this.#words[1] as number) ^ (this.#low >>> 15), 0x01000193)
  }
}
