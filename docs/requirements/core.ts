import type { Requirement } from './requirement.ts'

export const core: Requirement[] = [
  {
    id: 'CORE-CONFIG-01',
    source: 'ARCHITECTURE.md#configuration',
    behaviour: 'Every option has a default; the file wins over defaults, the environment over the file.',
  },
  {
    id: 'CORE-CONFIG-02',
    source: 'ARCHITECTURE.md#configuration',
    behaviour:
      'A wrong value is refused before anything starts; the error names the file or variable, the path and what was expected, and lists every problem.',
  },
  {
    id: 'CORE-CONFIG-03',
    source: 'ARCHITECTURE.md#configuration',
    behaviour: 'An unknown option or HEAVYLIFT_ variable is an error that suggests the nearest one.',
  },
  {
    id: 'CORE-CONFIG-04',
    source: 'ARCHITECTURE.md#configuration',
    behaviour: 'Every option is documented from its schema: type, default, environment names, description.',
  },
  {
    id: 'CORE-CONFIG-06',
    source: 'ARCHITECTURE.md#configuration',
    behaviour: 'A secret option may name the file or the variable that holds it.',
  },
  {
    id: 'CORE-LOG-01',
    source: 'ARCHITECTURE.md#telemetry',
    behaviour: 'A log line is one JSON object with time, level, fields and message.',
  },
  {
    id: 'CORE-LOG-02',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'No secret reaches a log line, by whatever key, depth, text or error cause.',
  },
  {
    id: 'CORE-METRICS-01',
    source: 'ARCHITECTURE.md#telemetry',
    behaviour: 'Counters, gauges and histograms appear in the Prometheus text format.',
  },
  {
    id: 'CORE-STOP-01',
    source: 'ARCHITECTURE.md#start-and-stop',
    behaviour:
      'Stop hooks run one after the other, last added first; a failing one keeps none from running and makes the exit code 1.',
  },
  {
    id: 'CORE-STOP-02',
    source: 'ARCHITECTURE.md#start-and-stop',
    behaviour: 'A second Ctrl-C ends the process at once; an echo of the first does not.',
  },
  {
    id: 'CORE-BACKLOG-01',
    source: 'apps/server/README.md#limits',
    behaviour:
      'What the reader of a connection has not taken is known with the kernel’s part, and bounded; one who takes nothing is given up.',
  },
  {
    id: 'CORE-OUTAGE-01',
    source: 'ARCHITECTURE.md#rules',
    behaviour:
      'A full disk, or a database that is away, is told apart from a defect wherever in an error it stands.',
  },
  {
    id: 'CORE-PROGRESS-01',
    source: 'ARCHITECTURE.md#rules',
    behaviour: 'Long tasks report progress: one redrawn line on a terminal, plain lines elsewhere.',
  },
  {
    id: 'CORE-CACHE-01',
    source: 'primitives/store/README.md#backup',
    behaviour:
      'Folders whose files can be made again (search indexes, pulled models) say so, and backups leave them out.',
  },
  {
    id: 'CORE-START-01',
    source: 'ARCHITECTURE.md#two-commands',
    behaviour: 'Starting prints one address, and it answers.',
  },
  {
    id: 'CORE-START-02',
    source: 'ARCHITECTURE.md#two-commands',
    behaviour: 'Ctrl-C stops everything, PostgreSQL too, with exit code 0.',
  },
  {
    id: 'CORE-START-03',
    source: 'ARCHITECTURE.md#two-commands',
    behaviour: 'A taken port is named; the default one moves to the next free one, a chosen one is an error.',
  },
  {
    id: 'CORE-START-04',
    source: 'ARCHITECTURE.md#two-commands',
    behaviour: 'kill -9 hinders the next start in nothing and loses nothing that was stored.',
  },
  {
    id: 'CORE-START-05',
    source: 'ARCHITECTURE.md#two-commands',
    behaviour:
      'A second start on the same data says where the first one runs, in one line, and exits with 1; nothing is touched.',
  },
  {
    id: 'CORE-START-06',
    source: 'ARCHITECTURE.md#two-commands',
    behaviour:
      'On a machine with Node 20 and npm only, npm start on a fresh clone installs, starts and answers; the second start is up in under three seconds.',
    status: 'open',
  },
  {
    id: 'CORE-START-08',
    source: 'docs/decisions/0040-locks-by-sqlite.md',
    behaviour:
      'A data folder is served by one process, and its embedded database used from one container, also where process ids say nothing.',
  },
  {
    id: 'CORE-START-10',
    source: 'README.md#one-machine-then-many',
    behaviour: 'Servers that share a database and not their files say so on their tiles, with what to set.',
  },
  {
    id: 'CORE-START-11',
    source: 'README.md#one-machine-then-many',
    behaviour: 'What one server imports, and a key that it makes, the others on its database have at once.',
  },
  {
    id: 'CORE-START-09',
    source: 'apps/cli/src/explain-error.ts',
    behaviour: 'A data folder that cannot be written is named in one line, with exit code 1.',
  },
  {
    id: 'CORE-START-12',
    source: 'docs/operations/README.md#when-something-is-away-or-full',
    behaviour:
      'kill -9 at any moment of the first start, of making keys, of a live match, of an import or a clearance loses nothing that was acknowledged, and the next start goes on by itself.',
  },
  {
    id: 'CORE-START-07',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'No other user of the machine reads what is in the data folder.',
  },
  {
    id: 'CORE-SETUP-01',
    source: 'ARCHITECTURE.md#two-commands',
    behaviour:
      'Two set-ups of one checkout at once take turns; a lock that a killed one left holds nobody up.',
  },
  {
    id: 'CORE-SETUP-02',
    source: 'ARCHITECTURE.md#two-commands',
    behaviour: 'A failed install says in plain words why and what to do.',
  },
  {
    id: 'CORE-SETUP-04',
    source: 'ARCHITECTURE.md#two-commands',
    behaviour:
      'npm start installs no developer dependencies; npm test adds them, and a later npm start takes nothing away.',
  },
  {
    id: 'CORE-SETUP-03',
    source: 'ARCHITECTURE.md#two-commands',
    behaviour: 'The browser code is built again when it changed, and only then.',
  },
  {
    id: 'CORE-IDS-01',
    source: 'ARCHITECTURE.md#rules',
    behaviour: 'Ids carry their prefix and sort by the time they were made.',
  },
  {
    id: 'CORE-FETCH-01',
    source: 'ARCHITECTURE.md#security',
    behaviour:
      'An outbound fetch reaches no private, loopback, link-local or metadata address, however it is written.',
  },
  {
    id: 'CORE-FETCH-02',
    source: 'ARCHITECTURE.md#security',
    behaviour:
      'The address that was checked is the one that is connected to: a name cannot change in between.',
  },
  {
    id: 'CORE-FETCH-03',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'Each redirect is resolved and checked again, and carries no credentials to another origin.',
  },
  {
    id: 'CORE-FETCH-04',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'Size (unfolded too), time and content type of an answer are limited.',
  },
  {
    id: 'CORE-INPUT-01',
    source: 'ARCHITECTURE.md#security',
    behaviour:
      'Input with a NUL, half a character, a number beyond 2^53 − 1 or nesting without end is refused by one rule, naming the place and what to do.',
  },
  {
    id: 'MODELS-COMPLETE-01',
    source: 'docs/design/models.md#route',
    behaviour: 'A model answer arrives the same however its bytes are sliced.',
  },
  {
    id: 'MODELS-COMPLETE-02',
    source: 'docs/design/models.md#route',
    behaviour: 'A failing endpoint is tried again before the first byte, never after it.',
  },
  {
    id: 'MODELS-COMPLETE-03',
    source: 'docs/design/models.md#route',
    behaviour: 'A silent model ends after the idle time; leaving the stream closes the connection.',
  },
  {
    id: 'CORE-DOCS-01',
    source: 'CONTRIBUTING.md#requirements',
    behaviour:
      'The source of a requirement is a place in the repository that is there, a standard or an address.',
  },
  {
    id: 'CORE-DOCS-02',
    source: 'CONTRIBUTING.md#documents',
    behaviour: 'Links of pages, and paths that walks and instructions name, lead to what is there.',
  },
  {
    id: 'CORE-DOCS-03',
    source: 'CONTRIBUTING.md#documents',
    behaviour: 'Decisions are numbered without holes.',
  },
  {
    id: 'CORE-LICENCE-01',
    source: 'CONTRIBUTING.md#dependencies',
    behaviour:
      'Every dependency is under a licence that fits Apache-2.0; the check understands SPDX expressions.',
  },
  {
    id: 'CORE-MATH-01',
    source: 'ARCHITECTURE.md#layout',
    behaviour:
      'Special functions, the normal distribution and their quantiles have 12 digits or more against published and multi-precision values.',
  },
  {
    id: 'CORE-MATH-02',
    source: 'ARCHITECTURE.md#layout',
    behaviour:
      'Wilson and Clopper-Pearson bounds of a proportion are the published ones, exact to 11 digits up to a million trials.',
  },
  {
    id: 'CORE-MATH-03',
    source: 'ARCHITECTURE.md#layout',
    behaviour:
      'Small numeric helpers do what their standard names say, quantiles by one documented definition.',
  },
  {
    id: 'CORE-MATH-04',
    source: 'ARCHITECTURE.md#rules',
    behaviour:
      'Seeded random numbers are the same on every machine and have the moments of their distributions.',
  },
  {
    id: 'CORE-ASYNC-01',
    source: 'ARCHITECTURE.md#layout',
    behaviour:
      'Who waits for a change misses none, ends with its signal or its time, and leaves nothing behind.',
  },
  {
    id: 'CORE-ASYNC-02',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'Sleeps and time limits end early when they are told to, and leave no failure unhandled.',
  },
  {
    id: 'CORE-ASYNC-03',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'Mapping with bounded concurrency keeps the limit and the order, and ends before it throws.',
  },
  {
    id: 'CORE-TEXT-01',
    source: 'ARCHITECTURE.md#security',
    behaviour:
      'Text that stands in HTML or XML cannot become markup; counts and lists read as a person writes them.',
  },
  {
    id: 'CORE-TEXT-02',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'Pages make ids and copy text where a browser has no secure context, too.',
  },
  {
    id: 'CORE-THREADS-01',
    source: 'ARCHITECTURE.md#rules',
    behaviour: 'Work in a thread gives its bytes in parts as they are read, and its errors as what they are.',
  },
  {
    id: 'CORE-THREADS-02',
    source: 'ARCHITECTURE.md#rules',
    behaviour:
      'Work in a thread ends with the one who asked for it, waiting, computing or being read, and leaves no thread behind.',
  },
  {
    id: 'CORE-THREADS-03',
    source: 'ARCHITECTURE.md#rules',
    behaviour:
      'A tenant has its share of threads and of places to wait; one more is told when to come again, and others do not wait for it.',
  },
  {
    id: 'CORE-THREADS-04',
    source: 'ARCHITECTURE.md#rules',
    behaviour:
      'Work that takes longer, or more memory, than a request may is ended, with a sentence that says so.',
  },
]
