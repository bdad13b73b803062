import type { Requirement } from './requirement.ts'

const schema = 'primitives/agents/src/schema'

export const agentsTools: Requirement[] = [
  {
    id: 'AGENTS-SCHEMA-01',
    source: `standard: JSON Schema 2020-12; ${schema}`,
    behaviour:
      'A value that does not fit a schema is answered with every place that is wrong and what was expected there.',
  },
  {
    id: 'AGENTS-SCHEMA-02',
    source: `standard: JSON Schema 2020-12, 2019-09, draft-07, draft-06, draft-04; standard: OpenAPI 3.0.3, Schema Object; ${schema}`,
    behaviour: 'A schema is read by the dialect that it names, or by the one that its document implies.',
  },
  {
    id: 'AGENTS-SCHEMA-03',
    source: `standard: JSON Schema 2020-12, 8.2.3; ${schema}`,
    behaviour: 'A reference in a schema fetches nothing and reads no file.',
  },
  {
    id: 'AGENTS-SCHEMA-04',
    source: `standard: JSON Schema 2020-12, 10.3; ${schema}`,
    behaviour:
      'No pattern of a schema takes longer than linear time; those that would have to are named and not checked.',
  },
]
