import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '@heavylift/core'
import type { MeasuredResult, MeasureInput } from '@heavylift/core'
import { runPython } from '@heavylift/core/runtime/run-python'
import { unknownJob } from '../domain/job.ts'
import type { JobTable } from '../domain/job-table.ts'
import { makeGpuCluster } from '../../samples/made-cluster.ts'
import { makeLog } from '../../samples/made-log.ts'
import { Cluster } from '../placement/cluster.ts'
import type { Placed } from '../placement/cluster.ts'
import { typicalPods } from '../placement/fragmentation.ts'
import { kindsOf } from '../placement/node-state.ts'
import { placementPolicies } from '../placement/placement-policies.ts'
import { demandByType } from '../placement/type-demand.ts'
import { fcfs } from '../policies/queue-policies.ts'
import { EventHeap } from '../simulate/event-heap.ts'
import { measureSchedule } from '../simulate/metrics.ts'
import { Simulation } from '../simulate/simulation.ts'
import type { Backfill } from '../simulate/simulation.ts'
import { writeSwfHeader, writeSwfLine } from '../write/swf.ts'

const processors = 100_000
const load = 0.95
/** What accasim plays in a second or so. */
const peerJobs = 4000
const peerProcessors = 256

/** `fleet.simulate`: processor time (user and system) of replays, each from its columns of numbers to its metrics. */
export async function runSimulateBench({
  options,
  report,
  signal,
}: MeasureInput): Promise<Omit<MeasuredResult, 'name' | 'version' | 'seconds'>> {
  const count = Number(options?.['jobs'] ?? 1_000_000)
  const step = (done: number, stage: string) => {
    signal.throwIfAborted()
    report({ stage, done, total: 4, unit: 'runs' })
  }
  step(0, 'first come, first served')
  const jobs = makeLog({ jobs: count, processors, load, seed: 'bench' })
  const play = (backfill: Backfill, log = jobs, size = processors) =>
    timed(() =>
      measureSchedule(
        log,
        new Simulation(log, { processors: size, policy: fcfs, backfill, killsAtLimit: false }).run(),
        size,
      ),
    )
  const plain = play('none')
  step(1, 'EASY backfill')
  const easy = play('easy')
  step(2, 'placement by FGD')
  const fgd = timed(() => placeByFgd(count))
  const python = options?.['python']
  step(3, 'accasim')
  const small = makeLog({ jobs: peerJobs, processors: peerProcessors, load, seed: 'bench' })
  const own = play('none', small, peerProcessors)
  const peer = typeof python === 'string' ? await playByAccasim(python, swfOf(small), signal) : null
  return {
    n: count,
    metrics: {
      fcfsSeconds: plain.seconds,
      easySeconds: easy.seconds,
      fgdSeconds: fgd.seconds,
      jobsPerSecond: count / easy.seconds,
      podsRefusedPct: (100 * fgd.value.refused) / count,
      rssMb: process.resourceUsage().maxRSS / 1000,
      ...(peer === null
        ? {}
        : {
            timesAccasim: peer.seconds / own.seconds,
            // Both replay the same rules, so they must agree.
            waitDifferenceS: Math.abs(peer.meanWaitS - own.value.meanWaitS),
          }),
    },
    ...(peer === null ? {} : { peers: { accasim: { jobsPerSecond: peerJobs / peer.seconds } } }),
    notes: [
      `Offered load ${load} of ${processors} processors. FGD places pods of the made list on machines of 4 and 8 GPUs, ${processors} GPUs in all, each leaving after a time that keeps them nine tenths full.`,
      peer === null
        ? 'accasim was not asked: name a Python that has it by --python.'
        : `accasim (FIFO, FirstFit, one node of ${peerProcessors} cores) and Fleet replay the same ${peerJobs} jobs; processor time without their start.`,
    ],
  }
}

function swfOf(jobs: JobTable): string {
  const lines = Array.from({ length: jobs.size }, (_, i) => {
    const size = jobs.processors[i]!
    return writeSwfLine({
      ...unknownJob(jobs.id[i]!),
      submitS: jobs.submitS[i]!,
      runS: jobs.runS[i]!,
      processors: size,
      requestedProcessors: size,
      requestedS: jobs.requestedS[i]!,
      user: jobs.user[i]!,
      status: 1,
    })
  })
  return writeSwfHeader([['MaxProcs', String(peerProcessors)]]) + lines.join('')
}

function timed<Value>(run: () => Value): { value: Value; seconds: number } {
  const before = process.cpuUsage()
  const value = run()
  const { user, system } = process.cpuUsage(before)
  return { value, seconds: (user + system) / 1e6 }
}

/** Pods come one a second and leave; those without room are refused. */
function placeByFgd(count: number): { refused: number } {
  const made = makeGpuCluster()
  const madeGpus = made.nodes.reduce((sum, { gpus }) => sum + gpus, 0)
  const copies = Math.round(processors / madeGpus)
  const nodes = Array.from({ length: copies }, (_, copy) =>
    made.nodes.map((one) => ({ ...one, name: `${one.name}-${copy}` })),
  ).flat()
  const { kinds, kindOf } = kindsOf(made.lists['any']!)
  const typical = typicalPods(kinds, kindOf)
  const random = createRandom('fleet-bench-place')
  const policy = placementPolicies.find(({ name }) => name === 'FGD')!
  const cluster = new Cluster(nodes, policy, { typical, demand: demandByType(typical, nodes), random })
  const meanMilli = kindOf.reduce((sum, kind) => sum + kinds[kind]!.totalGpuMilli, 0) / kindOf.length
  const staysS = (0.9 * processors * 1000) / meanMilli
  const ends = new EventHeap()
  const placed = new Map<number, { kind: number; where: Placed }>()
  let refused = 0
  for (let pod = 0; pod < count; pod++) {
    while (ends.nextS <= pod) {
      const gone = ends.pop()
      const { kind, where } = placed.get(gone)!
      placed.delete(gone)
      cluster.release(kinds[kind]!, where)
    }
    const kind = kindOf[random.int(0, kindOf.length - 1)]!
    const where = cluster.place(kinds[kind]!)
    if (where === null) {
      refused++
      continue
    }
    placed.set(pod, { kind, where })
    ends.push(pod + Math.max(1, Math.round(-Math.log(1 - random.next()) * staysS)), pod)
  }
  return { refused }
}

// accasim 1.1.3 takes names from `collections` that moved with Python 3.10.
const script = `
import collections, collections.abc, sys, time
for name in ("Mapping", "MutableMapping", "Sequence", "Iterable", "Callable"):
    setattr(collections, name, getattr(collections.abc, name))
from accasim.base.simulator_class import Simulator
from accasim.base.scheduler_class import FirstInFirstOut
from accasim.base.allocator_class import FirstFit
simulator = Simulator("log.swf", "system.json", FirstInFirstOut(FirstFit()), LOG_LEVEL="ERROR", show_statistics=False)
began = time.process_time()
simulator.start_simulation()
seconds = time.process_time() - began
waits = [line.split(":")[1] for line in open("results/stats-log.swf") if line.startswith("Avg. waiting")]
print("took", seconds, float(waits[0]))
`

async function playByAccasim(
  python: string,
  swf: string,
  signal: AbortSignal,
): Promise<{ seconds: number; meanWaitS: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-accasim-'))
  try {
    await writeFile(join(folder, 'log.swf'), swf)
    await writeFile(
      join(folder, 'system.json'),
      JSON.stringify({
        groups: { all: { core: peerProcessors } },
        resources: { all: 1 },
        equivalence: { processor: { core: 1 } },
      }),
    )
    const printed = await runPython({ python, args: ['-c', script], needs: ['accasim'], folder, signal })
    const [, seconds, meanWaitS] = /^took (\S+) (\S+)$/m.exec(printed) ?? []
    return { seconds: Number(seconds), meanWaitS: Number(meanWaitS) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
