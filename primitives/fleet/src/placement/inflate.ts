import { createRandom } from '@heavylift/core'
import type { GpuNode, Pod } from '../domain/gpu-cluster.ts'
import { typicalPods } from './fragmentation.ts'
import { demandByType } from './type-demand.ts'
import { Cluster } from './cluster.ts'
import { kindsOf } from './node-state.ts'
import type { PlacementPolicy } from './placement-policies.ts'

export interface Inflation {
  /** Share of GPU that is given out when arrivals have asked for all there is. */
  allocation: number
  /** Pods that found no room until then. */
  refused: number
}

/**
 * Fills an empty cluster as the paper of FGD does: pods drawn from a list, in random order, until they have asked for as much GPU as the
 * cluster has; nothing ends. A pod without room is refused and does not come back; of machines
 * that score the same, the first is taken.
 */
export function inflate(
  nodes: readonly GpuNode[],
  pods: readonly Pod[],
  policy: PlacementPolicy,
  seed: number,
): Inflation {
  const random = createRandom(`fleet-inflate-${seed}`)
  const { kinds, kindOf } = kindsOf(pods)
  const typical = typicalPods(kinds, kindOf)
  const view = { typical, demand: demandByType(typical, nodes), random }
  const cluster = new Cluster(nodes, policy, view)
  const capacity = nodes.reduce((sum, node) => sum + node.gpus * 1000, 0)
  let asked = 0
  let given = 0
  let refused = 0
  for (const pod of arrivals(kindOf, kinds, capacity * 1.3, random)) {
    const kind = kinds[pod]!
    asked += kind.totalGpuMilli
    if (asked > capacity) break
    if (cluster.place(kind) === null) refused++
    else given += kind.totalGpuMilli
  }
  return { allocation: given / capacity, refused }
}

/** All of the list, and pods drawn from it again until they ask for `targetMilli`; or fewer, where the list asks for more. Shuffled. */
function arrivals(
  kindOf: Int32Array,
  kinds: ReturnType<typeof kindsOf>['kinds'],
  targetMilli: number,
  random: ReturnType<typeof createRandom>,
): number[] {
  const drawn = Array.from(kindOf)
  let asked = drawn.reduce((sum, kind) => sum + kinds[kind]!.totalGpuMilli, 0)
  while (asked > targetMilli && drawn.length > 0) {
    const [gone] = drawn.splice(random.int(0, drawn.length - 1), 1)
    asked -= kinds[gone!]!.totalGpuMilli
  }
  for (;;) {
    const kind = kindOf[random.int(0, kindOf.length - 1)]!
    if (asked + kinds[kind]!.totalGpuMilli > targetMilli) break
    asked += kinds[kind]!.totalGpuMilli
    drawn.push(kind)
  }
  for (let i = drawn.length - 1; i > 0; i--) {
    const k = random.int(0, i)
    ;[drawn[i], drawn[k]] = [drawn[k]!, drawn[i]!]
  }
  return drawn
}
