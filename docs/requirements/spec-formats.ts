import type { Requirement } from './requirement.ts'

const docs = 'systems/spec/docs'

/** Specs as files: formats, deltas, lint. */
export const specFormats: Requirement[] = [
  {
    id: 'SPEC-FORMATS-01',
    source: `${docs}/formats.md#formats`,
    behaviour:
      'Specs of Kiro, OpenSpec and spec-kit are read: requirements, criteria, scenarios, properties, tasks and waves.',
  },
  {
    id: 'SPEC-FORMATS-02',
    source: `${docs}/formats.md#formats`,
    behaviour:
      'An edit changes what it names and leaves every other byte, line endings, a byte order mark and unknown headings included.',
  },
  {
    id: 'SPEC-FORMATS-03',
    source: `${docs}/formats.md#formats`,
    behaviour:
      'What is written is read back by its reader and passes the strict rules of its tool; people’s words in AGENTS.md stay.',
  },
  {
    id: 'SPEC-FORMATS-04',
    source: `${docs}/formats.md#formats`,
    behaviour: 'Traces lie in a file of their own, by requirement, in a fixed order.',
  },
  {
    id: 'SPEC-DELTAS-01',
    source: `${docs}/formats.md#deltas`,
    behaviour:
      'A delta applied gives what the tool of OpenSpec gives, and leaves what it does not name as it was.',
  },
  {
    id: 'SPEC-DELTAS-02',
    source: `${docs}/formats.md#deltas`,
    behaviour: 'A modification that matches nothing, or leaves out a scenario without saying so, is refused.',
  },
  {
    id: 'SPEC-LINT-01',
    source: `${docs}/formats.md#lint`,
    behaviour:
      'Statements that are no EARS, that nobody can measure, or that use a name the glossary has not are found; measured ones and names of others are not.',
  },
  {
    id: 'SPEC-LINT-02',
    source: `${docs}/formats.md#lint`,
    behaviour:
      'Two statements of the same case that can not both hold are found; exceptions, other cases and further effects are not.',
  },
  {
    id: 'SPEC-LINT-03',
    source: `${docs}/formats.md#lint`,
    behaviour: 'A range or a value between those that have a statement, and that has none, is found.',
  },
  {
    id: 'SPEC-VELOCITY-01',
    source: `${docs}/studio.md#velocity`,
    behaviour:
      'Faster is said only where the interval of the ratio of deployments a week leaves out 1, beside controls in the same weeks too, with failures and sizes.',
  },
  {
    id: 'SPEC-VELOCITY-02',
    source: `${docs}/studio.md#velocity`,
    behaviour:
      'The interval has a planted ratio as often as it says; a figure from few weeks or deployments, or without failures and sizes, is withheld and why.',
  },
  {
    id: 'SPEC-VELOCITY-03',
    source: `${docs}/studio.md#velocity`,
    behaviour:
      'Deployments come into the ledger from tags, from a CSV file or over the API, each once, and a page shows a repository before and since it works with its spec: weeks, ratio with interval beside controls, the five of DORA, an A/A test, or why nothing is said.',
  },
  {
    id: 'SPEC-REQUIREMENTS-01',
    source: `${docs}/formats.md#requirements-from-facts`,
    behaviour:
      'Each operation is a requirement, each of its facts a sentence in EARS form with its trace; the same facts are written as the same bytes, and strict rules and lint pass them.',
  },
  {
    id: 'SPEC-REQUIREMENTS-02',
    source: `${docs}/formats.md#requirements-from-facts`,
    behaviour: 'A sentence on what is only declared says that it is.',
  },
  {
    id: 'SPEC-REQUIREMENTS-03',
    source: `${docs}/formats.md#what-operations-have-in-common`,
    behaviour:
      'What several operations ask and refuse alike is said once, in a requirement that says of which operations it is, in every format; read, it says of each what the operation would say itself.',
  },
  {
    id: 'SPEC-UPDATE-01',
    source: `${docs}/formats.md#update`,
    behaviour:
      'Only requirements whose facts changed are amended; all else stays byte for byte, and what people took out does not come back.',
  },
  {
    id: 'SPEC-UPDATE-02',
    source: `${docs}/formats.md#update`,
    behaviour:
      'Words of people around our sentences stay; where they reworded what the code changed, both stand side by side and the text stays.',
  },
  {
    id: 'SPEC-UPDATE-03',
    source: `${docs}/formats.md#sentence-and-scenario`,
    behaviour:
      'A sentence and its scenario say the same: where one is edited, the other follows, and lint finds those that part.',
  },
  {
    id: 'SPEC-UPDATE-04',
    source: `${docs}/formats.md#what-operations-have-in-common`,
    behaviour:
      'A spec that said of each operation what is common to them comes to say it once without a conflict; what people worded or took out of one operation stays so, and is not said of it by what is common.',
  },
  {
    id: 'SPEC-DRIFT-01',
    source: `${docs}/drift.md#how-facts-are-compared`,
    behaviour:
      'What changed is named by its requirement with old and new behaviour; what is gone, new or no longer proved is told.',
  },
  {
    id: 'SPEC-DRIFT-02',
    source: `${docs}/drift.md#how-facts-are-compared`,
    behaviour: 'Moves, renames of code and changes of tests are no drift; where evidence went is told apart.',
  },
  {
    id: 'SPEC-DRIFT-03',
    source: `${docs}/drift.md#the-command`,
    behaviour: 'Drift is reported in words, SARIF 2.1.0 and JUnit XML.',
  },
  {
    id: 'SPEC-DRIFT-04',
    source: `${docs}/drift.md#said-once`,
    behaviour:
      'One change of what several operations have in common, or of a function that they come to, is told once, with the operations; where one of them parts from it, that operation is named.',
  },
  {
    id: 'SPEC-DRIFT-05',
    source: `${docs}/drift.md#marks-of-code`,
    behaviour:
      'Code behind an operation that does something else is told where no fact tells it, with the place and what changed: a check fails by it where it is strict. Formatting, comments, other names of variables and functions, moves, functions that are taken out, types, the order of imports, logs and tests change nothing.',
  },
  {
    id: 'SPEC-DRIFT-06',
    source: `${docs}/drift.md#code-in-its-order`,
    behaviour:
      'Where the code behind an operation does the same in the same order, whatever functions, classes and files it stands in, no answer and no guard of it is told to have changed; what settings, types and descriptions say is.',
  },
  {
    id: 'SPEC-DRIFT-07',
    source: `${docs}/drift.md#changes-of-code`,
    behaviour:
      'Where git has the code that was agreed, code behind an operation that does something else is a drift with what was and what is, also where no sentence tells of it: another operator, value, part, condition, argument or statement. What may be the same thing written otherwise, in a part of the code of which anything is restructured, stays a note.',
  },
  {
    id: 'SPEC-DRIFT-08',
    source: `${docs}/drift.md#beside-the-code-that-ran`,
    behaviour:
      'Where git has the code that was agreed, code that no operation came to and that does something else is a drift of the operations whose code names it. What no operation names is told without failing the check. What is accepted is told no more.',
  },
  {
    id: 'SPEC-PLAN-01',
    source: `${docs}/building.md#plan`,
    behaviour:
      'An edited spec is a change (added, modified, removed, renamed) and its delta makes the old spec the new one.',
  },
  {
    id: 'SPEC-PLAN-02',
    source: `${docs}/building.md#plan`,
    behaviour: 'Tasks have the code that they touch; those that touch one file come one after the other.',
  },
  {
    id: 'SPEC-PLAN-03',
    source: `${docs}/building.md#plan`,
    behaviour:
      'An edited common sentence is one task, with its operations and the code that is of all of them; the gates look at each operation.',
  },
  {
    id: 'SPEC-BUILD-01',
    source: `${docs}/building.md#build`,
    behaviour:
      'An agent over ACP works in a worktree of its own; what passes the gates ends in a branch and a text for the pull request, the checkout as it was.',
  },
  {
    id: 'SPEC-BUILD-02',
    source: `${docs}/building.md#gates`,
    behaviour:
      'A wrong behaviour, a file outside the plan, another requirement moved, failed or deleted tests and commits are refused, each with its reason.',
  },
  {
    id: 'SPEC-BUILD-03',
    source: `${docs}/building.md#build`,
    behaviour:
      'A build that was cut off at any step goes on there; the turn of an agent that died begins anew from the base.',
  },
  {
    id: 'SPEC-BUILD-06',
    source: `${docs}/building.md#gates`,
    behaviour:
      'A test that was there may say no less than it did: assertions that change otherwise than the plan or go, skips, files that tell the runner what to run, and tests that pass only beside files the agent added are refused, each with its line.',
  },
  {
    id: 'SPEC-CHECK-01',
    source: `${docs}/drift.md#the-command`,
    behaviour:
      'A check names the requirement that drifted until somebody accepts it, with name and commit; evidence that moved is repaired silently.',
  },
  {
    id: 'SPEC-CHECK-02',
    source: `${docs}/drift.md#another-versions-reading`,
    behaviour:
      'Drifts that come of another version reading the same code otherwise are told apart from those of the code, where the history is there.',
  },
  {
    id: 'SPEC-CHECK-05',
    source: `${docs}/facts.md#bytes`,
    behaviour:
      'The facts that were agreed are kept one operation a line without places in files; a check finds the places again by file and symbol.',
  },
  {
    id: 'SPEC-WRITE-01',
    source: `${docs}/formats.md#write`,
    behaviour:
      'What the code does is written as a spec for each capability, in the format that is there or that is asked for; written again while the code does the same, no file changes.',
  },
  {
    id: 'SPEC-WRITE-02',
    source: `${docs}/formats.md#write`,
    behaviour: 'Where the code does otherwise only those requirements are amended; words of people stay.',
  },
]
