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
   * Nodes for a job among `allowed` (ascending), or null when there are too few: as `eval_nodes` of `select/cons_tres` picks. It goes through
   * the runs of neighbours that fit (`replaces`) until there are enough; in a run the first nodes, or for a last single one the fullest.
   */
  choose(need: Need, allowed: readonly number[], isOpen: (node: number) => boolean): number[] | null {
    const runs: { nodes: number[]; cpus: number }[] = []
    let fit = 0
    let before = NaN
    for (const node of allowed) {
      if (!isOpen(node) || !this.has(node, need)) continue
      if (node !== before + 1) runs.push({ nodes: [], cpus: 0 })
      const run = runs.at(-1)!
      run.nodes.push(node)
      run.cpus += this.cpus[node]!
      before = node
      fit++
    }
    if (fit < need.nodes) return null
    const chosen: number[] = []
    while (chosen.length < need.nodes) {
      const missing = need.nodes - chosen.length
      const best = runs.reduce((a, b) => (replaces(b, a, missing) ? b : a))
      if (missing === 1) {
        chosen.push(best.nodes.reduce((a, b) => (this.cpus[b]! < this.cpus[a]! ? b : a)))
      } else chosen.push(...best.nodes.slice(0, missing))
      runs.splice(runs.indexOf(best), 1)
    }
    return chosen.sort((a, b) => a - b)
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

/**
 * Whether a run takes the place of the best so far, in the order of nodes: Slurm's own comparison, in which one that is too small but has more
 * processors also replaces one that is enough.
 */
function replaces(
  run: { nodes: readonly number[]; cpus: number },
  best: { nodes: readonly number[]; cpus: number },
  missing: number,
): boolean {
  if (run.nodes.length < missing) return run.cpus > best.cpus
  return best.nodes.length < missing || run.cpus < best.cpus
}
