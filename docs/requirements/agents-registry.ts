import type { Requirement } from './requirement.ts'

/** Many agents: found, owned, stopped, and known in what they reach. */
export const agentsRegistry: Requirement[] = [
  {
    id: 'AGENTS-CATALOGUE-01',
    source: 'primitives/agents/README.md#registry',
    behaviour:
      'The catalogue says what the live version of each agent says, and what it and its canary reach, from the moment that they are live.',
  },
  {
    id: 'AGENTS-FIND-01',
    source: 'primitives/agents/README.md#registry',
    behaviour:
      'Agents are found by job, tool, data, owner and team, misspelt or in another form, and narrowed by facets.',
  },
  {
    id: 'AGENTS-FIND-02',
    source: 'primitives/agents/README.md#registry',
    behaviour:
      'Whoever publishes is shown the nearest agents with what both reach; the answer (reuse, extend, or why a new one) is kept with what was shown.',
  },
  {
    id: 'AGENTS-FIND-03',
    source: 'primitives/agents/README.md#registry',
    behaviour:
      'Where a model for embeddings is there, agents are read with it in the background, and what means the same is found beside what says the same; without it, and while it fails, words find. What is stopped by a search is found by words alone.',
  },
  {
    id: 'AGENTS-RADIUS-01',
    source: 'primitives/agents/README.md#registry',
    behaviour:
      'What an agent can touch, and which agents break when an agent, tool, data, credential or model changes, through agents that call agents.',
  },
  {
    id: 'AGENTS-STOP-01',
    source: 'primitives/agents/README.md#registry',
    behaviour:
      'An agent (of a version) that is stopped begins no run and its runs end, in every process and after a restart; it says who stopped it and why, and works again once that is lifted. No effect happens twice.',
  },
  {
    id: 'AGENTS-STOP-02',
    source: 'primitives/agents/README.md#registry',
    behaviour:
      'A tool, source or credential that is stopped is called by nobody: reads are broken off, a call with an effect ends or is asked about.',
  },
  {
    id: 'AGENTS-OWNER-01',
    source: 'primitives/agents/README.md#registry',
    behaviour:
      'Agents of somebody who is gone are offered to the stand-in, and paused where nobody takes them over in time.',
  },
  {
    id: 'AGENTS-OWNER-02',
    source: 'primitives/agents/README.md#registry',
    behaviour: 'A live agent whose day of review is past is told of.',
  },
  {
    id: 'AGENTS-LIFE-01',
    source: 'primitives/agents/README.md#registry',
    behaviour:
      'A deprecated agent names a live successor and tells its callers; a retired one begins no run and says what to call.',
  },
  {
    id: 'AGENTS-DRIFT-01',
    source: 'primitives/agents/README.md#registry',
    behaviour:
      'Outcomes that have become worse are noticed, with since when and in which version; at most the stated share of agents is ever alarmed of although nothing changed, however often one looks.',
  },
  {
    id: 'AGENTS-DRIFT-02',
    source: 'primitives/agents/README.md#registry',
    behaviour:
      'Failures, refusals, rework and cost of the runs of each agent are watched; an alarm is told with how it was before, pauses or rolls back where the administrator says so, and holds until somebody says why it is as it should be.',
  },
  {
    id: 'AGENTS-CONSOLE-04',
    source: 'primitives/agents/README.md#registry',
    behaviour:
      'The console finds agents by words and facets, draws what each reaches and who breaks with it, tells what needs somebody, and stops what is to be stopped.',
  },
]
