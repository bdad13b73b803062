import type { JobHappening } from '../journal/job-event.ts'
import { FaultDetector } from '../faults/fault-detector.ts'
import type { SlurmClient } from './slurm-client.ts'

/** Tells of nodes, for the journal of the job that suffered. */
export type NoteNode = (event: JobHappening & { node: string }) => void

/**
 * Looks after the nodes of a cluster: drains those that crash on whatever they are given, notices those that are gone, and brings a
 * spare into work for each of them.
 */
export class NodeWatch {
  readonly #slurm: SlurmClient
  readonly #faults: FaultDetector
  readonly #spares: string[]
  readonly #lost = new Set<string>()

  constructor(slurm: SlurmClient, crashesToDrain: number, spareNodes: readonly string[]) {
    this.#slurm = slurm
    this.#faults = new FaultDetector(crashesToDrain)
    this.#spares = [...spareNodes]
  }

  /** Nodes that no further array is sent to. */
  excluded(): string[] {
    return this.#faults.faultyNodes()
  }

  addSuccess(node: string): void {
    if (node !== '') this.#faults.addSuccess(node)
  }

  /** A process crashed at a chunk; `reason` says how. Drains and replaces the node when it is to blame. */
  async addCrash(node: string, chunk: number, reason: string, note: NoteNode): Promise<void> {
    if (node === '' || !this.#faults.addCrash(node, chunk)) return
    const why = `crashed on several chunks, last ${chunk}: ${reason}`
    // Without an operator's rights the node is left out by the arrays to come alone.
    const byCluster = await this.#slurm.drain(node, `heavylift: ${why}`).then(
      () => true,
      () => false,
    )
    note({ kind: 'drained', node, reason: why, byCluster })
    await this.#replace(node, note)
  }

  /** Looks whether nodes that had work are gone. */
  async look(hadWork: ReadonlySet<string>, note: NoteNode): Promise<void> {
    for (const { node, state, reason } of await this.#slurm.nodes()) {
      const isGone = state.startsWith('down')
      if (!isGone) this.#lost.delete(node)
      if (!isGone || this.#lost.has(node) || !hadWork.has(node)) continue
      this.#lost.add(node)
      note({ kind: 'node-lost', node, reason: reason === 'none' ? state : reason })
      await this.#replace(node, note)
    }
  }

  async #replace(node: string, note: NoteNode): Promise<void> {
    const spare = this.#spares.shift()
    if (spare === undefined) return
    const isThere = await this.#slurm.takeBack(spare).then(
      () => true,
      () => false,
    )
    if (isThere) note({ kind: 'replaced', node, by: spare })
  }
}
