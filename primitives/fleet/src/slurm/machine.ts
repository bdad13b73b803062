/** What a job needs of each node that it gets. */
export interface Need {
  nodes: number
  cpus: number
  gpus: number
  memoryMb: number
}

export interface MachineNode {
  name: string
  cpus: number
  gpus: number
  memoryMb: number
}

/** What is free on the nodes of a cluster at one time. Nodes go by number. */
export class Machine {
  readonly cpus: Int32Array
  readonly gpus: Int32Array
  readonly memoryMb: Float64Array

  constructor(nodes: readonly MachineNode[] | Machine) {
    if (nodes instanceof Machine) {
      this.cpus = nodes.cpus.slice()
      this.gpus = nodes.gpus.slice()
      this.memoryMb = nodes.memoryMb.slice()
    } else {
      this.cpus = Int32Array.from(nodes, ({ cpus }) => cpus)
      this.gpus = Int32Array.from(nodes, ({ gpus }) => gpus)
      this.memoryMb = Float64Array.from(nodes, ({ memoryMb }) => memoryMb)
    }
  }

  has(node: number, need: Need): boolean {
    return (
      this.cpus[node]! >= need.cpus && this.gpus[node]! >= need.gpus && this.memoryMb[node]! >= need.memoryMb
    )
  }

  /**
   * Nodes for a job among `allowed`, in order, or null when there are too few. One node is the fullest that still has room, several are the
   * first: as `select/cons_tres` packs.
   */
  choose(need: Need, allowed: readonly number[], isOpen: (node: number) => boolean): number[] | null {
    const fit: number[] = []
    for (const node of allowed) {
      if (!isOpen(node) || !this.has(node, need)) continue
      fit.push(node)
      if (fit.length === need.nodes && need.nodes > 1) return fit
    }
    if (fit.length < need.nodes) return null
    return [fit.reduce((best, node) => (this.cpus[node]! < this.cpus[best]! ? node : best))]
  }

  take(nodes: readonly number[], need: Need): void {
    this.#add(nodes, need, -1)
  }

  release(nodes: readonly number[], need: Need): void {
    this.#add(nodes, need, 1)
  }

  #add(nodes: readonly number[], need: Need, sign: 1 | -1): void {
    for (const node of nodes) {
      this.cpus[node]! += sign * need.cpus
      this.gpus[node]! += sign * need.gpus
      this.memoryMb[node]! += sign * need.memoryMb
    }
  }
}
