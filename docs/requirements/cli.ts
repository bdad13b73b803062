import type { Requirement } from './requirement.ts'

export const cli: Requirement[] = [
  {
    id: 'CLI-EVAL-01',
    source: 'ARCHITECTURE.md#evals-and-benches',
    behaviour:
      'eval and bench with --json print one JSON object of the agreed shape and nothing else on standard output.',
  },
  {
    id: 'CLI-EVAL-02',
    source: 'ARCHITECTURE.md#evals-and-benches',
    behaviour:
      'Without --json they print a table with goals and whether each is met; --data is the user’s folder.',
  },
  {
    id: 'CLI-EVAL-03',
    source: 'ARCHITECTURE.md#evals-and-benches',
    behaviour: 'An unknown name lists what exists.',
  },
  {
    id: 'CLI-EVAL-04',
    source: 'ARCHITECTURE.md#evals-and-benches',
    behaviour:
      'An eval or bench has options of its own, which are listed and checked; what failed is listed in its result.',
  },
  {
    id: 'CLI-SYSTEM-01',
    source: 'ARCHITECTURE.md#layout',
    behaviour:
      'Commands of systems get their arguments and options; import is the import of the system that has one.',
  },
  {
    id: 'CLI-HELP-01',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'Help shows commands, systems, examples and exit codes.',
  },
  {
    id: 'CLI-EXIT-01',
    source: 'ARCHITECTURE.md#layout',
    behaviour:
      'Wrong use exits with 2 and says what is wrong; with --json errors are JSON on standard error.',
  },
  {
    id: 'CLI-EXIT-02',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'Without a server the exit code is 3 and the message says how to start one.',
  },
  {
    id: 'CLI-EXIT-03',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'A command that ran and whose answer is no exits with 5, and its help says when.',
  },
  {
    id: 'CLI-CONFIRM-01',
    source: 'ARCHITECTURE.md#layout',
    behaviour:
      'A command that destroys asks first, does it unasked with --yes, and refuses where nobody can be asked.',
  },
  {
    id: 'CLI-FILES-01',
    source: 'ARCHITECTURE.md#rules',
    behaviour: 'What the file system refuses is said in a sentence with the path and what to do.',
  },
  {
    id: 'CLI-LAZY-01',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'A command loads only what it needs; help loads no system.',
  },
  {
    id: 'CLI-LAZY-02',
    source: 'ARCHITECTURE.md#layout',
    behaviour:
      'serve starts the systems that are named and what they need; one that is off loads nothing and has no table, page or route.',
  },
  {
    id: 'CLI-CONFIG-01',
    source: 'ARCHITECTURE.md#configuration',
    behaviour: 'config documents every option with value and source, and never shows a secret.',
  },
  {
    id: 'CLI-KEYS-01',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'keys create prints the secret once; a key works until it is revoked.',
  },
  {
    id: 'CLI-STATUS-01',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'status shows every part and fails when one fails.',
  },
  {
    id: 'CLI-COMPLETION-01',
    source: 'ARCHITECTURE.md#layout',
    behaviour:
      'Shell completion knows commands, systems, measures, options, and the ids and names that commands know; it never fails.',
  },
  {
    id: 'CLI-DOCTOR-01',
    source: 'docs/operations/README.md#what-is-wrong',
    behaviour:
      'doctor looks at machine, folders, database, migrations, backups and what systems need, whether the installation runs, stands or was never started, and changes nothing.',
  },
  {
    id: 'CLI-DOCTOR-02',
    source: 'docs/operations/README.md#what-is-wrong',
    behaviour:
      'What fails is named with what to do, without secrets, and the exit code is that of the worst.',
  },
  {
    id: 'CLI-UPGRADE-01',
    source: 'docs/operations/README.md#upgrades',
    behaviour: 'An older release on the data of a newer one says so in one sentence, and changes nothing.',
  },
  {
    id: 'CLI-UPGRADE-02',
    source: 'docs/operations/README.md#upgrades',
    behaviour:
      'The data folder of an earlier commit starts under the present one, with its products, keys and decisions.',
  },
  {
    id: 'CLI-SIGNIN-01',
    source: 'apps/server/README.md#who-calls',
    behaviour: 'The start prints a link that signs one browser in, and `sign-in` prints another.',
  },
  {
    id: 'CLI-KEYS-02',
    source: 'apps/server/README.md#who-calls',
    behaviour: 'A key can be made while no server runs, before a first start too.',
  },
  {
    id: 'CLI-PROCESSES-01',
    source: 'docs/operations/README.md#more-than-one-processor-for-calls-of-models',
    behaviour:
      'With `server.processes` every process answers calls of models on the one port, and one page has the metrics of all.',
  },
  {
    id: 'CLI-PROCESSES-02',
    source: 'docs/operations/README.md#more-than-one-processor-for-calls-of-models',
    behaviour:
      'What is no call of a model is answered by the first process, whichever got it, and nobody comes in by the way between them.',
  },
  {
    id: 'CLI-PROCESSES-03',
    source: 'docs/operations/README.md#more-than-one-processor-for-calls-of-models',
    behaviour:
      'A process that is killed is started again while the others go on; what it streamed is cut, never ended as if whole.',
  },
  {
    id: 'CLI-PROCESSES-04',
    source: 'docs/operations/README.md#more-than-one-processor-for-calls-of-models',
    behaviour: 'Without the first process calls of models are answered, and it is started again.',
  },
  {
    id: 'CLI-PROCESSES-05',
    source: 'docs/operations/README.md#more-than-one-processor-for-calls-of-models',
    behaviour:
      'When the server stops, streams of every process end with an error event, and no process is left.',
  },
  {
    id: 'CLI-KEYS-03',
    source: 'primitives/models/README.md#alone',
    behaviour:
      'A key for models is made with the models that it may ask for, its rates, its budget, its end and its tenant; a value that makes no sense makes no key.',
  },
]
