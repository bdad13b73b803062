import type { Measure } from '@heavylift/core'

export const evals: Measure[] = [
  {
    name: 'slowdown',
    summary:
      'Mean bounded slowdown and utilisation of five policies, alone and with backfill, over ten windows of 1,024 jobs of the log Lublin-1 (lublin_256.swf below --data; without it, a made log), beside the published table; equal: cells that are the same to the last digit.',
    goals: { equal: { atLeast: 20 } },
    options: [{ flags: '--windows <rows>', summary: 'first rows of the windows, with commas between' }],
    run: async (input) => (await import('./slowdown.ts')).runSlowdownEval(input),
  },
  {
    name: 'allocation',
    summary:
      'Percent of GPU given out when arrivals have asked for all there is, seven placement policies, the mean of ten orders, for each openb pod list below --data (without it, made ones); cellsWithinHalf: cells of the published table within half a point; overFgd: points of our own over FGD.',
    goals: { cellsWithinHalf: { atLeast: 24 }, overFgd: { atLeast: 0.5 }, leastOverBestFit: { atLeast: 0 } },
    run: async (input) => (await import('./allocation.ts')).runAllocationEval(input),
  },
  {
    name: 'policy',
    summary:
      'Mean bounded slowdown of the tuned policy over the best fixed rule with the same EASY backfill, on five later windows of 1,024 jobs (a sixth of a shorter log) of each SWF log below --data, tuned on the jobs before each; worstClassPct: how much worse the size or user that loses most is off.',
    goals: { ratioToBestRule: { atMost: 0.85 }, worstClassPct: { atMost: 10 } },
    run: async (input) => (await import('./policy.ts')).runPolicyEval(input),
  },
  {
    name: 'recovery',
    summary:
      'Checkpoint intervals played against failures beside √(2·C·MTBF), percent; goodput of drills with racks, spares, stragglers and silent faults; GPU-hours that least-loss pre-emption loses over newest-first and lowest-priority.',
    goals: {
      dalyErrPct: { atMost: 5 },
      lostToNewestFirst: { atMost: 0.5 },
      lostToLowestPriority: { atMost: 0.5 },
    },
    run: async (input) => (await import('./recovery.ts')).runRecoveryEval(input),
  },
  {
    name: 'mix',
    summary:
      'The cheapest purchase for 8,760 hours, 100 scenarios and 12 offers at a stated risk of waiting (demand as hourly CSV below --data, a column a scenario; without it, made): cost, bound, gap in percent, whether the risk holds on scenarios that were not seen.',
    goals: { gapPct: { atMost: 0.1 }, seconds: { atMost: 30 }, riskHeld: { atLeast: 1 } },
    options: [
      { flags: '--python <file>', summary: 'a Python that has pulp (PyPI), whose CBC solves the same' },
    ],
    run: async (input) => (await import('./mix.ts')).runMixEval(input),
  },
  {
    name: 'share',
    summary:
      'The worst-off job under max-min fairness over types of GPU, over what an even part of every type would give it, on tables of measured throughputs (*throughputs.json below --data; made ones without it); goodput of elastic jobs over that of even shares.',
    goals: { leastOverEven: { atLeast: 1 }, goodputOverEven: { atLeast: 1 } },
    run: async (input) => (await import('./share.ts')).runShareEval(input),
  },
  {
    name: 'slurm',
    summary:
      'Five hundred jobs on a real Slurm (slurm-wlm and munge, as root) with three partitions, pre-emption and backfill, replayed by the model: pairs of jobs in the same order, seconds between the starts; and plans made while it ran beside what came.',
    goals: { orderEqualPct: { atLeast: 99 }, startErrP99S: { atMost: 1 } },
    options: [
      { flags: '--jobs <n>', summary: 'how many; 500 unless given' },
      { flags: '--seed <text>', summary: 'which jobs; fleet-slurm unless given' },
    ],
    run: async (input) => (await import('./slurm.ts')).runSlurmEval(input),
  },
]
