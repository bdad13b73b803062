import type { Command } from '@heavylift/core'

const slurmOptions = [
  { flags: '--conf <file>', summary: 'its slurm.conf; the one that its commands find unless given' },
  { flags: '--sample', summary: 'a made cluster in place of a Slurm' },
]

export const commands: Command[] = [
  {
    name: 'read',
    summary:
      'Reads a log (SWF, sacct --parsable2, CSV, Batsim JSON) and says what is in it and what was done about bad rows.',
    args: [{ name: 'file', summary: 'the log, gzipped or not' }],
    options: [
      { flags: '--swf <file>', summary: 'writes it as SWF 2.2' },
      { flags: '--csv <file>', summary: 'writes it as CSV' },
      { flags: '--processors <n>', summary: 'of the cluster, where the log does not say' },
      { flags: '--time-zone <zone>', summary: 'of the times of sacct, e.g. Europe/Zurich; UTC unless given' },
      {
        flags: '--columns <names>',
        summary: 'of sacct --noheader, with commas between: what was given to its --format',
      },
    ],
    run: async (input) => (await import('./read.ts')).runRead(input),
  },
  {
    name: 'compare',
    summary:
      'Replays a log under several policies: slowdown, waits, utilisation, and which users gain and lose.',
    args: [{ name: 'file', summary: 'the log, gzipped or not' }],
    options: [
      {
        flags: '--policies <names>',
        summary: 'with commas between, + for backfill: fcfs,fcfs+easy,sjf+easy',
      },
      { flags: '--processors <n>', summary: 'of the cluster, where the log does not say' },
    ],
    run: async (input) => (await import('./compare.ts')).runCompare(input),
  },
  {
    name: 'why',
    summary:
      'Why a job of the Slurm here waits: what there is too little of, who goes first, when it starts, what would start sooner.',
    args: [{ name: 'job', summary: 'its number, as squeue shows it' }],
    options: slurmOptions,
    run: async (input) => (await import('./why.ts')).runWhy(input),
  },
  {
    name: 'queue',
    summary: 'When each waiting job of the Slurm here starts at the latest, beside what Slurm expects.',
    args: [],
    options: slurmOptions,
    run: async (input) => (await import('./why.ts')).runQueue(input),
  },
  {
    name: 'mix',
    summary:
      'What to buy for a demand of one’s own: the cheapest mix of offers at a stated share that may wait.',
    args: [{ name: 'demand', summary: 'CSV, a row an hour, a column for each course that it may take' }],
    options: [
      { flags: '--per-unit <n>', summary: 'of the demand, what one GPU or machine bears; 1 unless given' },
      { flags: '--may-wait <share>', summary: 'highest share of the demand; 0.005 unless given' },
      { flags: '--offers <file>', summary: 'offers as JSON; made ones unless given' },
    ],
    run: async (input) => (await import('./mix.ts')).runMix(input),
  },
  {
    name: 'clearance',
    summary:
      'When a run of very many GPUs fits before a given hour into a fortnight of the sample’s demand: from what, at what cost, and what queues would lose.',
    args: [],
    options: [
      { flags: '--gpus <n>', summary: 'at once; 800 unless given' },
      { flags: '--hours <n>', summary: 'how long; 3 unless given' },
      { flags: '--by-hour <n>', summary: 'it must have ended so many hours from now; 120 unless given' },
      { flags: '--may-displace <share>', summary: 'highest chance that queues lose GPUs; 0.05 unless given' },
      { flags: '--firm <n>', summary: 'GPUs that we have; the mean of the demand unless given' },
    ],
    run: async (input) => (await import('./clearance.ts')).runClearance(input),
  },
]
