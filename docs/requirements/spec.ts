import type { Requirement } from './requirement.ts'

/** Facts of a repository, and reading them from code. */
export const spec: Requirement[] = [
  {
    id: 'SPEC-FACTS-01',
    source: 'systems/spec/README.md#facts',
    behaviour:
      'The same facts are written as the same bytes, in whatever order they were found, and read back equal.',
  },
  {
    id: 'SPEC-FACTS-02',
    source: 'systems/spec/README.md#facts',
    behaviour:
      'The id of a fact and the hash of its evidence stay when code is moved, formatted or renamed, and change when what it says changes.',
  },
  {
    id: 'SPEC-FACTS-03',
    source: 'systems/spec/README.md#facts',
    behaviour:
      'Conditions that say the same by repetition, order or a row that another implies have one normal form.',
  },
]
