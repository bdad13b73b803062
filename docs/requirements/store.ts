import type { Requirement } from './requirement.ts'

export const store: Requirement[] = [
  {
    id: 'STORE-POSTGRES-01',
    source: 'README.md#one-machine-then-many',
    behaviour: 'The embedded PostgreSQL keeps data over a stop and a start and leaves no process.',
  },
  {
    id: 'STORE-POSTGRES-02',
    source: 'ARCHITECTURE.md#security',
    behaviour:
      'The embedded PostgreSQL listens on loopback only, with a password that other users cannot read.',
  },
  {
    id: 'STORE-POSTGRES-03',
    source: 'ARCHITECTURE.md#two-commands',
    behaviour:
      'It starts after a kill at any moment: of the process, of the server, during the first start, over a stale postmaster.pid.',
  },
  {
    id: 'STORE-POSTGRES-04',
    source: 'README.md#one-machine-then-many',
    behaviour: 'Processes on one data folder share one server; the last to leave stops it.',
  },
  {
    id: 'STORE-POSTGRES-06',
    source: 'primitives/store/README.md#roles',
    behaviour:
      'The role of the application is no superuser, on new data folders and on those of earlier releases: it runs no program, reads no file and changes no setting of the server.',
  },
  {
    id: 'STORE-POSTGRES-07',
    source: 'primitives/store/README.md#the-embedded-server',
    behaviour:
      'An embedded PostgreSQL that ends while it is used is started again at the same address, a few times in a row; then it is given up with a sentence.',
  },
  {
    id: 'STORE-OUTAGE-01',
    source: 'primitives/store/README.md#limits',
    behaviour:
      'What fails because the database or the bucket does not answer says so, in the middle of a query too, and works again when it is back.',
  },
  {
    id: 'STORE-MIGRATE-01',
    source: 'ARCHITECTURE.md#layout',
    behaviour:
      'Each migration step runs once, in the schema of its system, also when two processes migrate at once.',
  },
  {
    id: 'STORE-MIGRATE-02',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'A failing step is undone whole and named.',
  },
  {
    id: 'STORE-MIGRATE-03',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'A changed, unknown or out-of-order step is refused.',
  },
  {
    id: 'STORE-MIGRATE-04',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'A schema is the same from empty and from every earlier version.',
  },
  {
    id: 'STORE-MIGRATE-05',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'A migration that is killed goes on where it was; no step runs twice or by half.',
  },
  {
    id: 'STORE-TENANT-01',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'Systems do not see each other’s tables.',
  },
  {
    id: 'STORE-OBJECTS-01',
    source: 'README.md#one-machine-then-many',
    behaviour: 'Objects behave the same on disk and in S3, one contract suite over both.',
  },
  {
    id: 'STORE-OBJECTS-02',
    source: 'README.md#one-machine-then-many',
    behaviour: 'A reader never sees a half-written object, also after a kill.',
  },
  {
    id: 'STORE-DURABLE-01',
    source: 'README.md#one-machine-then-many',
    behaviour: 'A run that the end of the process interrupts goes on after the next start.',
  },
  {
    id: 'STORE-DURABLE-02',
    source: 'README.md#one-machine-then-many',
    behaviour: 'The same id joins the run and never runs twice.',
  },
  {
    id: 'STORE-DURABLE-03',
    source: 'README.md#one-machine-then-many',
    behaviour: 'Steps are tried again as asked; a final error is not.',
  },
  { id: 'STORE-DURABLE-04', source: 'ARCHITECTURE.md#rules', behaviour: 'A run can be cancelled.' },
  {
    id: 'STORE-DURABLE-05',
    source: 'README.md#one-machine-then-many',
    behaviour: 'A schedule ticks at most once a tick across processes.',
  },
  {
    id: 'STORE-DURABLE-06',
    source: 'README.md#one-machine-then-many',
    behaviour: 'Over many kills at many moments no recorded step runs again, and every run ends.',
  },
  {
    id: 'STORE-DURABLE-07',
    source: 'README.md#one-machine-then-many',
    behaviour: 'The runs of a dead process go on in a live one; those of a live process are left to it.',
  },
  {
    id: 'STORE-DURABLE-08',
    source: 'ARCHITECTURE.md#rules',
    behaviour:
      'A cancellation reaches the process that runs the step, holds after its death, and keeps a queued run from beginning.',
  },
  {
    id: 'STORE-DURABLE-09',
    source: 'README.md#one-machine-then-many',
    behaviour:
      'A process that loses its database session takes a new one; its runs go on and no step runs twice.',
  },
  {
    id: 'STORE-DURABLE-10',
    source: 'README.md#one-machine-then-many',
    behaviour:
      'Finished runs are removed after thirty days, ticks of schedules after one, unfinished runs never.',
  },
  {
    id: 'STORE-DURABLE-11',
    source: 'primitives/store/README.md#for-a-system',
    behaviour:
      'Durable runs are called well only when one has just run; a database that answers is not enough.',
  },
  {
    id: 'STORE-LEDGER-01',
    source: 'ARCHITECTURE.md#the-ledger',
    behaviour: 'A decision or outcome that is recorded twice counts once; tenants are apart.',
  },
  {
    id: 'STORE-LEDGER-02',
    source: 'ARCHITECTURE.md#the-ledger',
    behaviour: 'Intervals of shares, differences and ratios match published values.',
  },
  {
    id: 'STORE-LEDGER-03',
    source: 'ARCHITECTURE.md#the-ledger',
    behaviour: 'The sequential test keeps its error rate however often one looks, and finds a real uplift.',
  },
  {
    id: 'STORE-LEDGER-04',
    source: 'ARCHITECTURE.md#the-ledger',
    behaviour: 'Calibration bins every decision once and is zero for a perfect forecaster.',
  },
  {
    id: 'STORE-LEDGER-05',
    source: 'ARCHITECTURE.md#the-ledger',
    behaviour: 'Assignment is stable, follows the weights and differs between experiments.',
  },
  {
    id: 'STORE-LEDGER-06',
    source: 'ARCHITECTURE.md#the-ledger',
    behaviour: 'An experiment counts first exposures and outcomes inside the window.',
  },
  {
    id: 'STORE-LEDGER-08',
    source: 'ARCHITECTURE.md#the-ledger',
    behaviour: 'Decisions are listed by when they were recorded, the last first, whenever they happened.',
  },
  {
    id: 'STORE-LEDGER-09',
    source: 'ARCHITECTURE.md#the-ledger',
    behaviour:
      'Of the ledger only samples can be removed: decisions of a kind that says so, of one system and tenant.',
  },
  {
    id: 'STORE-LEDGER-07',
    source: 'ARCHITECTURE.md#the-ledger',
    behaviour: 'A system is summed up by count, duration quantiles, cost and calibration.',
  },
  {
    id: 'STORE-SHARED-01',
    source: 'docs/decisions/0041-several-servers.md',
    behaviour:
      'Of the processes on one database one leads; another takes over when that one dies or loses its session.',
  },
  {
    id: 'STORE-SHARED-02',
    source: 'docs/decisions/0041-several-servers.md',
    behaviour:
      'Processes on one database hear one another’s signals, and look again after what they may have missed.',
  },
  {
    id: 'STORE-SHARED-03',
    source: 'docs/decisions/0041-several-servers.md',
    behaviour: 'The servers on one database are counted, and the dead are not.',
  },
  {
    id: 'STORE-BACKUP-01',
    source: 'primitives/store/README.md#backup',
    behaviour:
      'A backup that is restored elsewhere holds the same rows, keys, functions, files and settings.',
  },
  {
    id: 'STORE-BACKUP-02',
    source: 'primitives/store/README.md#backup',
    behaviour: 'A backup is of one moment, whatever is written while it is made.',
  },
  {
    id: 'STORE-BACKUP-03',
    source: 'primitives/store/README.md#backup',
    behaviour: 'A backup that was cut or changed anywhere is refused, and nothing is restored.',
  },
  {
    id: 'STORE-BACKUP-04',
    source: 'primitives/store/README.md#backup',
    behaviour: 'A name in a backup that would leave its folder is refused.',
  },
  {
    id: 'STORE-BACKUP-05',
    source: 'primitives/store/README.md#backup',
    behaviour: 'A backup never replaces a file, and a restore never writes over data.',
  },
  {
    id: 'STORE-BACKUP-06',
    source: 'primitives/store/README.md#backup',
    behaviour: 'What a backup cannot make again is refused by name, never left out silently.',
  },
]
