import type { Requirement } from './requirement.ts'

export const agents: Requirement[] = [
  {
    id: 'AGENTS-FILE-01',
    source: 'primitives/agents/README.md#the-file',
    behaviour: 'A definition reads the same from YAML and from JSON.',
  },
  {
    id: 'AGENTS-FILE-02',
    source: 'primitives/agents/README.md#the-file',
    behaviour:
      'What is wrong with a file is said with line, column, what was expected, and the nearest name where one is near.',
  },
  {
    id: 'AGENTS-FILE-03',
    source: 'primitives/agents/README.md#the-file',
    behaviour:
      'Aliases, tags and names that mean something to JavaScript are refused or plain data: a file is never code.',
  },
  {
    id: 'AGENTS-FILE-04',
    source: 'primitives/agents/README.md#the-file',
    behaviour:
      'An edit keeps comments, quotes and order; lines that it does not touch stay as they were to the byte.',
  },
  {
    id: 'AGENTS-FILE-05',
    source: 'primitives/agents/README.md#the-file',
    behaviour:
      'The same definition has one canonical text and one hash, whoever wrote it and in whatever order.',
  },
  {
    id: 'AGENTS-DIFF-01',
    source: 'primitives/agents/README.md#the-file',
    behaviour: 'A diff names steps, fields and edges by their ids, never lines of text.',
  },
  {
    id: 'AGENTS-DIFF-02',
    source: 'primitives/agents/README.md#the-file',
    behaviour: 'A diff is a patch: it makes the one definition out of the other, and back again.',
  },
  {
    id: 'AGENTS-DIFF-03',
    source: 'primitives/agents/README.md#the-file',
    behaviour:
      'Edits of different steps and fields merge; two edits of the same field are a conflict, and neither is lost without a word.',
  },
  {
    id: 'AGENTS-DRAFT-01',
    source: 'primitives/agents/README.md#drafts',
    behaviour:
      'Every edit of a draft is a patch that is stored before it is answered, readable and reversible from any process.',
  },
  {
    id: 'AGENTS-DRAFT-02',
    source: 'primitives/agents/README.md#drafts',
    behaviour:
      'Edits of two tabs merge where they touch different steps or fields; of the same field both values are shown and a person chooses.',
  },
  {
    id: 'AGENTS-DRAFT-03',
    source: 'primitives/agents/README.md#drafts',
    behaviour:
      'A tab takes back its own edits and makes them again, to the byte where nothing else happened, by meaning past what others did, and never over it.',
  },
  {
    id: 'AGENTS-RUN-01',
    source: 'primitives/agents/README.md#runs',
    behaviour:
      'A run goes through its steps as the definition joins them, and each step is in its journal with when, what and how it came out.',
  },
]
