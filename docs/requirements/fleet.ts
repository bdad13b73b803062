import type { Requirement } from './requirement.ts'

const readme = 'primitives/fleet/README.md'

/** Logs, policies, placement, failures and purchase of shared clusters. */
export const fleet: Requirement[] = [
  {
    id: 'FLEET-READ-01',
    source: 'standard: Standard Workload Format 2.2',
    behaviour: 'All 18 fields and the header comments of SWF are read, in whatever pieces the text comes.',
  },
  {
    id: 'FLEET-READ-02',
    source: `${readme}#logs`,
    behaviour:
      'Missing fields, rows out of order, jobs over their limit or the cluster, zero run times and ids that come twice each have one stated rule, a count and line numbers.',
  },
  {
    id: 'FLEET-READ-03',
    source: `${readme}#logs`,
    behaviour:
      '`sacct --parsable2` is read whatever its columns: steps, arrays, states, TRES, a bar in a name.',
  },
  {
    id: 'FLEET-READ-04',
    source: `${readme}#logs`,
    behaviour:
      'Local times that a clock skipped or had twice are counted; the elapsed time says which of two it was.',
  },
  {
    id: 'FLEET-READ-05',
    source: `${readme}#logs`,
    behaviour: 'CSV of GPU clusters (Philly-style, openb, Alibaba 2025) is read by the names of its columns.',
  },
  {
    id: 'FLEET-READ-06',
    source: `${readme}#logs`,
    behaviour: 'Batsim workloads are read where a run time can be known, and the others are told.',
  },
  {
    id: 'FLEET-READ-07',
    source: `${readme}#logs`,
    behaviour: 'Names of users are kept as keyed hashes unless somebody says otherwise.',
  },
  {
    id: 'FLEET-READ-08',
    source: `${readme}#logs`,
    behaviour:
      'A file of sacct without a header is read by the columns that are named, nodes stand for processors where there are none, and an offset in a time counts.',
  },
  {
    id: 'FLEET-CONF-01',
    source: 'https://slurm.schedmd.com/slurm.conf.html',
    behaviour:
      '`slurm.conf` is read with host lists, defaults, continued lines, comments and included files; what is wrong is told with its line, and the rest stands.',
  },
  {
    id: 'FLEET-WRITE-01',
    source: 'standard: Standard Workload Format 2.2',
    behaviour: 'What is written as SWF is read again the same.',
  },
  {
    id: 'FLEET-WRITE-02',
    source: `${readme}#logs`,
    behaviour: 'A change of `slurm.conf` keeps every other byte and comes with a unified diff.',
  },
  {
    id: 'FLEET-SIM-01',
    source: `${readme}#simulate`,
    behaviour:
      'Every policy, alone and with EASY backfill, starts each job in the second that the plain rules say.',
  },
  {
    id: 'FLEET-SIM-02',
    source: `${readme}#simulate`,
    behaviour:
      'No policy holds more processors than there are or loses a job, and a simulation that goes on from a snapshot ends in the same bytes.',
  },
  {
    id: 'FLEET-SIM-03',
    source: `${readme}#simulate`,
    behaviour:
      'Limits, dependencies with think time, arrays with a throttle and moldable jobs are simulated.',
  },
  {
    id: 'FLEET-EVAL-01',
    source: `${readme}#evals`,
    behaviour:
      '`eval fleet.slowdown` plays the published windows of a log and refuses windows that are not there.',
  },
  {
    id: 'FLEET-PLACE-01',
    source: 'primitives/fleet/README.md#placement',
    behaviour:
      'No placement policy gives out more than a machine has; what is released is whole again; a seed gives the same.',
  },
  {
    id: 'FLEET-PLACE-02',
    source: 'primitives/fleet/README.md#placement',
    behaviour: 'A cluster that remembers ratings places every pod where rating all machines anew would.',
  },
  {
    id: 'FLEET-PLACE-03',
    source: 'primitives/fleet/README.md#placement',
    behaviour:
      'A gang is placed in the tightest rack that holds it, else over few racks, and whole or not at all.',
  },
  {
    id: 'FLEET-TUNE-01',
    source: 'primitives/fleet/README.md#simulate',
    behaviour: 'Tuning weights on a window is repeatable, and there no worse than where it began.',
  },
  {
    id: 'FLEET-FAIL-01',
    source: 'primitives/fleet/README.md#failures',
    behaviour: 'The checkpoint interval that is best when failures are played is √(2·C·MTBF) within 5 %.',
  },
  {
    id: 'FLEET-FAIL-02',
    source: 'primitives/fleet/README.md#failures',
    behaviour: 'Of all choices of jobs to pre-empt, the one that is taken loses least.',
  },
  {
    id: 'FLEET-FAIL-03',
    source: 'primitives/fleet/README.md#failures',
    behaviour:
      'Recorded failures are read by the names of their columns, those of one moment as one, and checkpoints are played on the times between them.',
  },
  {
    id: 'FLEET-BUY-01',
    source: 'primitives/fleet/README.md#buy',
    behaviour:
      'A purchase is as cheap as the cheapest of all that could be made, for one reserved tier by its quantile.',
  },
  {
    id: 'FLEET-BUY-02',
    source: 'primitives/fleet/README.md#buy',
    behaviour:
      'An infeasible plan names the smallest set of limits in conflict; a price below zero is refused.',
  },
  {
    id: 'FLEET-BUY-03',
    source: 'primitives/fleet/README.md#buy',
    behaviour: 'Buying by break-even costs at most 2 − discount times the least with hindsight.',
  },
  {
    id: 'FLEET-BUY-04',
    source: 'primitives/fleet/README.md#buy',
    behaviour: 'What is bought is in the ledger with what was planned for it and what it came to.',
  },
  {
    id: 'FLEET-BUY-05',
    source: 'primitives/fleet/README.md#buy',
    behaviour:
      'A demand of one’s own, from CSV by the hour with a column for each course it may take, and offers of one’s own become a plan.',
  },
  {
    id: 'FLEET-SHARE-01',
    source: `${readme}#share`,
    behaviour:
      'On a cluster of several types of GPU the job that is worst off, by an even part of every type, is as well off as can be.',
  },
  {
    id: 'FLEET-SHARE-02',
    source: `${readme}#share`,
    behaviour: 'Elastic jobs get GPUs so that the product of their goodputs is the highest.',
  },
  {
    id: 'FLEET-CLEAR-01',
    source: `${readme}#buy`,
    behaviour:
      'A clearance run is put where it costs least at a stated risk for others, with what it is made of and what they lose.',
  },
  {
    id: 'FLEET-TUNE-02',
    source: `${readme}#simulate`,
    behaviour:
      'A policy may keep a part of the cluster for short jobs: long ones hold together no more than the rest, one is always let in, and none waits past its patience.',
  },
  {
    id: 'FLEET-SLURM-01',
    source: 'https://slurm.schedmd.com/squeue.html',
    behaviour:
      'Jobs and nodes of a running Slurm are read, with arrays, GPUs, memory, limits and dependencies.',
  },
  {
    id: 'FLEET-SLURM-02',
    source: `${readme}#shadow; https://slurm.schedmd.com/sched_config.html`,
    behaviour:
      'The start of every waiting job is planned as backfill does, in order, delaying none before it, and no node is given more than it has.',
  },
  {
    id: 'FLEET-SLURM-03',
    source: `${readme}#shadow`,
    behaviour:
      'Jobs are replayed through a model of Slurm: partitions that stop at their head, backfill at its interval, pre-emption by tier with requeue.',
  },
  {
    id: 'FLEET-SLURM-04',
    source: `${readme}#shadow`,
    behaviour:
      'Beside a real Slurm a shadow plans its queue by commands that only read, and says what to do where none answers.',
  },
  {
    id: 'FLEET-WHY-01',
    source: `${readme}#shadow`,
    behaviour:
      'Why a job waits is said in a sentence: what is short, whose end it waits for, who goes first, and which changes would start it sooner.',
  },
  {
    id: 'FLEET-CONSOLE-01',
    source: `${readme}#console`,
    behaviour:
      'The cluster is a picture of every GPU by rack, with the queue, what is out, and why a job waits.',
  },
  {
    id: 'FLEET-CONSOLE-02',
    source: `${readme}#console`,
    behaviour:
      'The mix shows layers of capacity below the demand, and cost and risk of each plan on the frontier.',
  },
]
