import type { Requirement } from './requirement.ts'

const readme = 'systems/ready/README.md#model-fleets'

/** Simulation of fleets of model engines. */
export const readyLlm: Requirement[] = [
  {
    id: 'READY-LLM-01',
    source: readme,
    behaviour:
      'Prompts are cut into chunks by the token budget, and each step takes what the measured table says.',
  },
  {
    id: 'READY-LLM-02',
    source: readme,
    behaviour: 'Every request ends, pre-empted or not, and skipping over like steps changes no time.',
  },
  {
    id: 'READY-LLM-03',
    source: readme,
    behaviour:
      'Requests are placed by the balancer of the gateway itself; the same input gives the same result.',
  },
  {
    id: 'READY-LLM-04',
    source: readme,
    behaviour:
      'Traces of model services (Azure, Mooncake) become requests of the simulation, and scenarios of streamed prompts of their lengths at their rate.',
  },
]
