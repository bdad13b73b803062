import type { Requirement } from './requirement.ts'

const readme = 'systems/spec/README.md'

/** Specs as files: formats, deltas. */
export const specFormats: Requirement[] = [
  {
    id: 'SPEC-FORMATS-01',
    source: `${readme}#formats`,
    behaviour:
      'Specs of Kiro, OpenSpec and spec-kit are read: requirements, criteria, scenarios, properties, tasks and waves.',
  },
  {
    id: 'SPEC-FORMATS-02',
    source: `${readme}#formats`,
    behaviour:
      'An edit changes what it names and leaves every other byte, line endings, a byte order mark and unknown headings included.',
  },
  {
    id: 'SPEC-FORMATS-03',
    source: `${readme}#formats`,
    behaviour:
      'What is written is read back by its reader and passes the strict rules of its tool; people’s words in AGENTS.md stay.',
  },
  {
    id: 'SPEC-FORMATS-04',
    source: `${readme}#formats`,
    behaviour: 'Traces lie in a file of their own, by requirement, in a fixed order.',
  },
  {
    id: 'SPEC-DELTAS-01',
    source: `${readme}#deltas`,
    behaviour:
      'A delta applied gives what the tool of OpenSpec gives, and leaves what it does not name as it was.',
  },
  {
    id: 'SPEC-DELTAS-02',
    source: `${readme}#deltas`,
    behaviour: 'A modification that matches nothing, or leaves out a scenario without saying so, is refused.',
  },
]
