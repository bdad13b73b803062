import type { Requirement } from './requirement.ts'

/** Facts of a repository, and reading them from code. */
export const spec: Requirement[] = [
  {
    id: 'SPEC-FACTS-01',
    source: 'systems/spec/docs/facts.md#bytes',
    behaviour:
      'The same facts are written as the same bytes, in whatever order they were found, and read back equal.',
  },
  {
    id: 'SPEC-FACTS-02',
    source: 'systems/spec/docs/facts.md#id-and-condition',
    behaviour:
      'The id of a fact and the hash of its evidence stay when code is moved, formatted or renamed, and change when what it says changes.',
  },
  {
    id: 'SPEC-FACTS-03',
    source: 'systems/spec/docs/facts.md#id-and-condition',
    behaviour:
      'Conditions that say the same by repetition, order or a row that another implies have one normal form.',
  },
  {
    id: 'SPEC-PACKS-01',
    source: 'systems/spec/docs/frameworks.md#packs',
    behaviour:
      'Of every framework that is read, a service written for the test gives all of its operations and no other, with their statuses, parameters and constraints, each with evidence.',
  },
  {
    id: 'SPEC-EXTRACT-01',
    source: 'systems/spec/docs/frameworks.md#what-is-not-read',
    behaviour:
      'A file that does not parse is read as far as it does, and listed; binary, generated and too large files are listed; a loop of links ends nothing; two services of one repository are kept apart.',
  },
  {
    id: 'SPEC-EXTRACT-02',
    source: 'systems/spec/docs/frameworks.md#what-is-not-read',
    behaviour: 'A framework whose routes are not read is named with the manifest that it was found in.',
  },
  {
    id: 'SPEC-EXTRACT-03',
    source: 'systems/spec/docs/facts.md#bytes',
    behaviour: 'Extracting twice gives the same bytes, and every span holds the tokens that its hash says.',
  },
  {
    id: 'SPEC-EXTRACT-04',
    source: 'systems/spec/docs/reading.md#api-descriptions',
    behaviour:
      'Operations of an API description that code is generated from are proved by the methods that implement them, and declared where there are none; a description that nothing is generated from adds none.',
  },
  {
    id: 'SPEC-EXTRACT-05',
    source: 'systems/spec/docs/reading.md#inputs',
    behaviour:
      'Inputs have the bounds that a handler checks by itself, where an input out of them is always answered with 400 or 422.',
  },
  {
    id: 'SPEC-EXTRACT-06',
    source: 'systems/spec/docs/reading.md#guards',
    behaviour:
      'Middleware that is seen to refuse, and middleware and decorators from outside that are named for it, are guards of the operations behind them, with the rights that they were made for.',
  },
  {
    id: 'SPEC-EXTRACT-07',
    source: 'systems/spec/docs/reading.md#commands-jobs-and-events',
    behaviour:
      'Commands, jobs and events of known libraries are facts beside operations; a router with routes that nothing mounts is an open question.',
  },
  {
    id: 'SPEC-PACKS-02',
    source: 'systems/spec/docs/frameworks.md#your-own-framework',
    behaviour:
      'A pack in the repository itself reads the routes of a framework of its own, in the stead of those that it names; one that is none is refused with its file and what is wrong.',
  },
  {
    id: 'SPEC-EXTRACT-08',
    source: 'systems/spec/docs/frameworks.md#what-is-not-read',
    behaviour: 'A repository says which of its sources are read and which are left out.',
  },
  {
    id: 'SPEC-EXTRACT-09',
    source: 'systems/spec/docs/reading.md#paths-that-are-not-known',
    behaviour:
      'An operation whose path may be below a prefix that was not read is declared, never proved, as is all that is said of it, and what comes before it is asked.',
  },
  {
    id: 'SPEC-EXTRACT-10',
    source: 'systems/spec/docs/reading.md#answers',
    behaviour:
      'What an answer has written in it is said: the text of an error, also of one that a handler of errors answers, and the fields of its body.',
  },
  {
    id: 'SPEC-EXTRACT-11',
    source: 'systems/spec/docs/reading.md#who-is-signed-in',
    behaviour:
      'Of an operation that is only for who is signed in it is said what of the request shows that (a header, a cookie, a key) and what is answered without it: proved where code refuses, framework where what is outside is documented to.',
  },
  {
    id: 'SPEC-EXTRACT-12',
    source: 'systems/spec/docs/reading.md#what-tests-expect',
    behaviour:
      'Statuses that the tests of a repository expect of its operations are seen, in four languages, and what no code was seen to answer, or to route, is asked with their lines.',
  },
  {
    id: 'SPEC-OWN-01',
    source: 'systems/spec/docs/drift.md#this-projects-own',
    behaviour:
      'The HTTP surface of this project has its spec in its repository; code and spec agree, and every sentence follows from lines that are there.',
  },
]
