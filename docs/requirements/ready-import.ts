import type { Requirement } from './requirement.ts'

const readme = 'systems/ready/README.md#imports'

/** Scenarios from files of other tools. */
export const readyImport: Requirement[] = [
  {
    id: 'READY-IMPORT-01',
    source: readme,
    behaviour:
      'HAR, OpenAPI 3, Postman 2.1, JMeter, Artillery, k6 and access logs become scenarios with their requests and their load.',
  },
  {
    id: 'READY-IMPORT-02',
    source: readme,
    behaviour: 'What cannot be read is listed with its place and what to do, and is not run.',
  },
  {
    id: 'READY-IMPORT-03',
    source: readme,
    behaviour: 'Secrets in headers, addresses and bodies become variables.',
  },
  {
    id: 'READY-IMPORT-04',
    source: readme,
    behaviour: 'No entity is expanded, no code is run, and a broken file is refused.',
  },
  {
    id: 'READY-IMPORT-05',
    source: readme,
    behaviour:
      'Pauses, values taken from answers, executors and Taurus executions become parts of the scenario; what is not known is listed.',
  },
]
