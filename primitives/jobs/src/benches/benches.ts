import type { Measure } from '@heavylift/core'
import { sizes } from './sizes.ts'

const { kill, overhead, slurmPreempt } = sizes

export const benches: Measure[] = [
  {
    name: 'kill',
    summary: `${kill.inputs} inputs of about a millisecond on two threads, ${kill.processKills} SIGKILLs of the process and ${kill.threadDeaths} deaths of threads on the way; and a killed node of Slurm. Counts.`,
    goals: { lost: { atMost: 0 }, byteIdentical: { atLeast: 1 } },
    run: async (input) => (await import('./kill.ts')).runKillBench(input),
  },
  {
    name: 'overhead',
    summary: `${overhead.inputs} inputs of next to nothing on ${overhead.threads} threads, with ledger, checkpoints and synced results; microseconds an input and milliseconds a chunk, beside a bare loop of worker_threads and a message an input.`,
    goals: { inputUs: { atMost: 25 }, chunkMs: { atMost: 5 } },
    run: async (input) => (await import('./overhead.ts')).runOverheadBench(input),
  },
  {
    name: 'slurm-preempt',
    summary: `A job of the safety partition takes a full node from one of the experiment partition by REQUEUE, ${slurmPreempt.rounds} times, on a real Slurm on this machine (root, slurm-wlm, munge). Milliseconds until it starts; whether the other ends in the same bytes.`,
    goals: { byteIdentical: { atLeast: 1 }, lost: { atMost: 0 }, startMsP50: { atMost: 5000 } },
    run: async (input) => (await import('./slurm-preempt.ts')).runSlurmPreemptBench(input),
  },
]
