import type { Requirement } from './requirement.ts'

export const agentsCases: Requirement[] = [
  {
    id: 'AGENTS-CASE-01',
    source: 'primitives/agents/README.md#cases',
    behaviour:
      'A case is played with what its run met outside: calls with an effect, people, events and called agents answer as they did, and nothing outside is changed.',
  },
  {
    id: 'AGENTS-CASE-02',
    source: 'primitives/agents/README.md#cases',
    behaviour:
      'A case fails where another effect would be had than its run had, by the arguments that decide, and says which; where the result differs it says at which place.',
  },
  {
    id: 'AGENTS-CASE-03',
    source: 'primitives/agents/README.md#cases',
    behaviour:
      'A version that was never live gets new runs only once it has passed all cases of its agent as they are now, or with a reason that is kept with it; going back to an older one needs neither.',
  },
  {
    id: 'AGENTS-CASE-04',
    source: 'primitives/agents/README.md#cases',
    behaviour:
      'Checks in CEL stand in for equality where the result is a model’s words; a wrong one is refused when it is saved.',
  },
  {
    id: 'AGENTS-CASE-05',
    source: 'primitives/agents/README.md#cases',
    behaviour:
      'A change of a tool or a model is tried on the cases of every live agent that it could reach, and those are named whose cases pass without it and fail with it.',
  },
  {
    id: 'AGENTS-CASE-06',
    source: 'primitives/agents/README.md#cases',
    behaviour:
      'A run of a draft is saved as a case of its agent, before that has a version too; a run of one step alone is no case.',
  },
  {
    id: 'AGENTS-COST-01',
    source: 'primitives/agents/README.md#cost',
    behaviour:
      'Costs by agent and version, team and subject are the sums that the gateway metered, to the last micro-unit; answers that broke off, took too long or were cancelled are in them.',
  },
  {
    id: 'AGENTS-VALUE-01',
    source: 'primitives/agents/README.md#value',
    behaviour:
      'A figure of what an agent saves says whether it is claimed, estimated, measured or proven, and what would raise it; answers, rework and the cost of runs are subtracted.',
  },
  {
    id: 'AGENTS-VALUE-02',
    source: 'primitives/agents/README.md#value',
    behaviour:
      'The true saving lies in the interval about as often as the interval says, for skewed times too.',
  },
  {
    id: 'AGENTS-VALUE-03',
    source: 'primitives/agents/README.md#value',
    behaviour:
      'What is reported of a run counts once, however often it is sent; of a run that is not the agent’s it is refused.',
  },
  {
    id: 'AGENTS-VALUE-04',
    source: 'primitives/agents/README.md#value',
    behaviour: 'Chance decides whether the agent or a person does a case, always the same for the same case.',
  },
  {
    id: 'AGENTS-MEMORY-01',
    source: 'primitives/agents/README.md#memory',
    behaviour:
      'What an agent keeps of a subject is there for its later runs and no other agent’s; what text from outside wrote stays marked so.',
  },
  {
    id: 'AGENTS-MEMORY-02',
    source: 'primitives/agents/README.md#memory',
    behaviour: 'A run reaches the memory of those subjects only that its input names.',
  },
  {
    id: 'AGENTS-MEMORY-03',
    source: 'primitives/agents/README.md#memory',
    behaviour:
      'A step that keeps something keeps it once, however often it is begun; conversations and earlier runs come in their order.',
  },
  {
    id: 'AGENTS-MEMORY-04',
    source: 'primitives/agents/README.md#memory',
    behaviour:
      'Memories are erased for good, one by one or all of a subject, and are not found once they have expired.',
  },
  {
    id: 'AGENTS-MEMORY-05',
    source: 'docs/design/console.md#states',
    behaviour: 'Memories are erased from the page one by one or all of a subject, once that is confirmed.',
  },
]
