import { createRandom } from '@heavylift/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeGpuCluster } from '../../samples/made-cluster.ts'
import type { GpuNode, Pod } from '../../src/domain/gpu-cluster.ts'
import { Cluster } from '../../src/placement/cluster.ts'
import type { Placed } from '../../src/placement/cluster.ts'
import { fragmentMilli, typicalPods } from '../../src/placement/fragmentation.ts'
import { inflate } from '../../src/placement/inflate.ts'
import { kindsOf, NodeState } from '../../src/placement/node-state.ts'
import { bestFit, fgd, placementPolicies } from '../../src/placement/placement-policies.ts'
import { demandByType } from '../../src/placement/type-demand.ts'

const node = (more: Partial<GpuNode> = {}): GpuNode => ({
  name: 'n',
  cpuMilli: 16_000,
  memoryMib: 1000,
  gpus: 2,
  gpuType: 'T',
  ...more,
})
const pod = (more: Partial<Pod> = {}): Pod => ({
  name: 'p',
  cpuMilli: 1000,
  memoryMib: 10,
  gpus: 1,
  gpuMilli: 500,
  gpuTypes: [],
  ...more,
})

function viewOf(nodes: readonly GpuNode[], pods: readonly Pod[]) {
  const { kinds, kindOf } = kindsOf(pods)
  const typical = typicalPods(kinds, kindOf)
  return { kinds, kindOf, view: { typical, demand: demandByType(typical, nodes), random: createRandom(1) } }
}

test('fragments are what typical pods could not use', () => {
  const { view } = viewOf([], [pod({ gpuMilli: 600 }), pod({ gpus: 2, gpuMilli: 1000 })])
  // Half ask for 600 of one, half for two whole ones.
  expect(fragmentMilli(16_000, [1000, 500], 'T', view.typical)).toBe(0.5 * 500 + 0.5 * 1500)
  expect(fragmentMilli(500, [1000, 1000], 'T', view.typical)).toBe(2000)
  expect(fragmentMilli(16_000, [1000, 1000], 'T', view.typical)).toBe(0)
})

test.each(placementPolicies.map((policy) => [policy.name, policy] as const))(
  '%s gives out no more than there is, and takes all back [FLEET-PLACE-01]',
  (_, policy) => {
    const { nodes, lists } = makeGpuCluster()
    const { kinds, kindOf, view } = viewOf(nodes, lists['typed']!)
    const cluster = new Cluster(nodes.slice(0, 20), policy, view)
    const placed: [number, Placed][] = []
    for (const kind of kindOf) {
      const found = cluster.place(kinds[kind]!)
      if (found !== null) placed.push([kind, found])
    }
    for (const state of cluster.states) {
      expect(Math.min(state.cpuMilli, state.memoryMib, ...state.gpuMilli)).toBeGreaterThanOrEqual(0)
    }
    for (const [kind, found] of placed) {
      expect(found.gpus).toHaveLength(kinds[kind]!.gpus)
      cluster.release(kinds[kind]!, found)
    }
    for (const { cpuMilli, totalGpuMilli, node: whole } of cluster.states) {
      expect([cpuMilli, totalGpuMilli]).toEqual([whole.cpuMilli, whole.gpus * 1000])
    }
  },
)

test.each(placementPolicies.filter(({ isPure }) => isPure).map((policy) => [policy.name, policy] as const))(
  '%s: what is remembered of ratings is what rating all anew would say [FLEET-PLACE-02]',
  (_, policy) => {
    const { nodes, lists } = makeGpuCluster()
    const few = nodes.slice(0, 24)
    const { kinds, kindOf, view } = viewOf(few, lists['typed']!)
    fc.assert(
      fc.property(
        fc.array(fc.nat(kindOf.length - 1), { minLength: 1, maxLength: 120 }),
        fc.nat(),
        (picks, seed) => {
          const random = createRandom(seed)
          const kept = new Cluster(few, policy, view)
          const anew = new Cluster(few, { ...policy, isPure: false }, view)
          const running: [number, Placed, Placed][] = []
          for (const pick of picks) {
            const kind = kinds[kindOf[pick]!]!
            const [a, b] = [kept.place(kind), anew.place(kind)]
            expect(a).toEqual(b)
            if (a !== null && b !== null) running.push([kind.index, a, b])
            if (running.length > 5 && random.chance(0.4)) {
              const [gone] = running.splice(random.int(0, running.length - 1), 1)
              kept.release(kinds[gone![0]]!, gone![1])
              anew.release(kinds[gone![0]]!, gone![2])
            }
          }
        },
      ),
      { numRuns: 15 },
    )
  },
)

test('a pod goes to types that it names, and not to a machine that is out', () => {
  const nodes = [node({ name: 'a', gpuType: 'A' }), node({ name: 'b', gpuType: 'B' })]
  const { kinds, view } = viewOf(nodes, [pod({ gpuTypes: ['B'] })])
  const cluster = new Cluster(nodes, bestFit, view)
  expect(cluster.place(kinds[0]!)?.node).toBe(1)
  cluster.takeOut(1)
  expect(cluster.place(kinds[0]!)).toBeNull()
  cluster.bringBack(1)
  expect(cluster.place(kinds[0]!)?.node).toBe(1)
})

test('a gang is near: all in the tightest rack that holds it, else over few, or nowhere [FLEET-PLACE-03]', () => {
  const nodes = [0, 0, 0, 1, 1, 2].map((rack, i) => node({ name: `n${i}`, rack: `r${rack}` }))
  const { kinds, view } = viewOf(nodes, [pod({ gpus: 2, gpuMilli: 1000 })])
  const cluster = new Cluster(nodes, fgd, view)
  expect(cluster.placeGang(kinds[0]!, 2)?.map((one) => one.node)).toEqual([3, 4])
  expect(cluster.placeGang(kinds[0]!, 4)?.map((one) => one.node)).toEqual([0, 1, 2, 5])
  expect(cluster.placeGang(kinds[0]!, 1)).toBeNull()
  expect(new NodeState(node()).room(kinds[0]!)).toBe(1)
})

test('the same seed gives the same, and FGD leaves less idle than chance [FLEET-PLACE-01]', () => {
  const { nodes, lists } = makeGpuCluster()
  const of = (policy: (typeof placementPolicies)[number]) =>
    inflate(nodes, lists['typed']!, policy, 1).allocation
  expect(of(fgd)).toBe(of(fgd))
  expect(of(fgd)).toBeGreaterThan(of(placementPolicies[0]))
})
