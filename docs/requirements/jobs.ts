import type { Requirement } from './requirement.ts'

export const jobs: Requirement[] = [
  {
    id: 'JOBS-RESULTS-01',
    source: 'primitives/jobs/README.md#jobs',
    behaviour:
      'Every input has one outcome, read in the order of the inputs; a job that is done is not run again by the same call.',
  },
  {
    id: 'JOBS-KILL-01',
    source: 'docs/decisions/0026-jobs.md',
    behaviour: 'Workers that die under a job leave the same bytes as a run in which none does.',
  },
  {
    id: 'JOBS-KILL-02',
    source: 'docs/decisions/0026-jobs.md',
    behaviour:
      'After SIGKILL of the whole process the job goes on behind what was saved and ends in the same bytes.',
  },
  {
    id: 'JOBS-RETRY-01',
    source: 'primitives/jobs/README.md#jobs',
    behaviour:
      'An input that throws or crashes its worker is tried again as often as asked, with reasons kept; then it is a failed outcome and the others go on.',
  },
  {
    id: 'JOBS-RETRY-02',
    source: 'primitives/jobs/README.md#jobs',
    behaviour: 'A task that cannot be loaded fails its job, with a message that says what to do.',
  },
  {
    id: 'JOBS-PREEMPT-01',
    source: 'primitives/jobs/README.md#jobs',
    behaviour:
      'A job of a higher priority takes the workers; the other goes on at its next input afterwards and runs none twice.',
  },
  {
    id: 'JOBS-CANCEL-01',
    source: 'primitives/jobs/README.md#jobs',
    behaviour: 'A cancelled job keeps what it has and goes on from there when it is started again.',
  },
  {
    id: 'JOBS-CANCEL-02',
    source: 'primitives/jobs/README.md#jobs',
    behaviour: 'A closed executor saves its jobs; another one goes on with them by their ids.',
  },
  {
    id: 'JOBS-NEAR-01',
    source: 'primitives/jobs/README.md#jobs',
    behaviour: 'A worker is given the waiting chunk whose objects it has read most of.',
  },
  {
    id: 'JOBS-SLURM-01',
    source: 'docs/decisions/0026-jobs.md',
    behaviour:
      'Job arrays of Slurm that are preempted by a higher partition or killed leave the bytes that threads of one machine leave.',
  },
  {
    id: 'JOBS-SLURM-02',
    source: 'docs/decisions/0026-jobs.md',
    behaviour: 'A preempted array task saves at SIGTERM and goes on there after its requeue.',
  },
  {
    id: 'JOBS-FAULT-01',
    source: 'primitives/jobs/README.md#slurm',
    behaviour:
      'A node that crashes on different chunks is told from an input that crashes anywhere, by counts of chunks since its last success.',
  },
  {
    id: 'JOBS-SERVICE-01',
    source: 'primitives/jobs/README.md#in-an-installation',
    behaviour: 'A job that another process runs is listed with its state and progress, and can be cancelled.',
  },
  {
    id: 'JOBS-SERVICE-02',
    source: 'primitives/jobs/README.md#in-an-installation',
    behaviour: 'A job is gone on with in any process, and refused while another one works on it.',
  },
  {
    id: 'JOBS-SERVICE-03',
    source: 'primitives/jobs/README.md#in-an-installation',
    behaviour:
      'A job shows its chunks by state, its failed inputs with reasons, what happened and what was done about it.',
  },
  {
    id: 'JOBS-SERVICE-04',
    source: 'primitives/jobs/README.md#in-an-installation',
    behaviour:
      'Jobs that a killed server left are gone on with by the next one; those of others are left alone.',
  },
  {
    id: 'JOBS-SERVICE-05',
    source: 'primitives/jobs/README.md#in-an-installation',
    behaviour:
      'No more jobs are under way at once than the settings allow, of one tenant and in all; a further one is refused with what to do.',
  },
  {
    id: 'JOBS-SERVICE-06',
    source: 'primitives/jobs/README.md#in-an-installation',
    behaviour:
      'A job is deleted with its files, by the page and the command after a question; not while somebody works on it.',
  },
  {
    id: 'JOBS-SERVICE-07',
    source: 'primitives/jobs/README.md#in-an-installation',
    behaviour:
      'Jobs are kept for as long, and as many of them, as the settings say; then they go with their files, and never while somebody works on them.',
  },
  {
    id: 'JOBS-SERVICE-08',
    source: 'README.md#one-machine-then-many',
    behaviour:
      'Servers that share a folder see one another’s jobs, and take up those of a server that has died.',
  },
  {
    id: 'JOBS-TIMEOUT-01',
    source: 'primitives/jobs/README.md#jobs',
    behaviour:
      'An input that takes longer than it may is ended, also one that never gives its thread back; after its retries it is a failed outcome.',
  },
  {
    id: 'JOBS-FAIR-01',
    source: 'primitives/jobs/README.md#jobs',
    behaviour: 'Jobs of one priority share the workers, chunk by chunk.',
  },
  {
    id: 'JOBS-FAULT-02',
    source: 'docs/decisions/0026-jobs.md',
    behaviour:
      'A node of Slurm on which processes crash whatever they are given is drained, a spare takes its place, and the results are the same bytes.',
  },
  {
    id: 'JOBS-FAULT-03',
    source: 'docs/decisions/0026-jobs.md',
    behaviour:
      'A node of Slurm that is killed with all its processes is noticed; its work is done elsewhere, with the same bytes.',
  },
  {
    id: 'JOBS-NEAR-02',
    source: 'primitives/jobs/README.md#jobs',
    behaviour:
      'An object is fetched once a node, and a node that starts a batch takes the one whose objects it has most of.',
  },
  {
    id: 'JOBS-FLIGHT-01',
    source: 'primitives/jobs/README.md#jobs',
    behaviour:
      'A worker has as many inputs under way as a job asks for; results and their order are the same, and an input that ends its thread is found.',
  },
  {
    id: 'JOBS-DEMO-01',
    source: 'primitives/jobs/README.md#slurm',
    behaviour:
      'jobs demo-cluster starts a real Slurm as the README configures it, or says what is missing, and leaves nothing behind.',
  },
  {
    id: 'JOBS-CONSOLE-01',
    source: 'primitives/jobs/README.md#in-an-installation',
    behaviour:
      'The console starts a sample job, shows its chunks and progress as they go, cancels it, and lists it with the nodes; readable on a phone and in the dark.',
  },
  {
    id: 'JOBS-SLURM-03',
    source: 'docs/decisions/0026-jobs.md',
    behaviour:
      'Arrays outlive the executor that submitted them: the next one finds them and submits nothing twice.',
  },
]
