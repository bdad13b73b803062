import { express } from '../express/express.ts'
import { nodeErrors } from '../node-errors.ts'
import type { Pack } from '../pack.ts'

/** ts-rest 3 on Express (ts-rest.com, "Core", "Express"): a contract says methods, paths and schemas, a router of the same keys has what answers. */
export const tsRest: Pack = {
  framework: 'ts-rest',
  language: 'javascript',
  uses: /^@ts-rest\/express$/,
  syntax: 'colon',
  methods: express.methods ?? {},
  parameters: express.parameters ?? [],
  calls: express.calls ?? {},
  callbacks: [{ of: /^@ts-rest\/express\.handler\(\)$/, parameters: ['ts-rest:given'] }],
  inputs: {
    ...express.inputs,
    'ts-rest:given.params': 'path',
    'ts-rest:given.query': 'query',
    'ts-rest:given.headers': 'header',
    'ts-rest:given.body': 'body',
  },
  holds: { ...express.holds, 'ts-rest:given.req': 'express:req', 'ts-rest:given.res': 'express:res' },
  assigns: express.assigns ?? {},
  unexpectedStatus: 500,
  errors: nodeErrors,
  errorMembers: ['status', 'statusCode'],
  errorBases: express.errorBases ?? [],
  errorMiddleware: express.errorMiddleware ?? [],
  constants: express.constants ?? {},
  refuses: express.refuses ?? [],
  schemas: [
    ...(express.schemas ?? []),
    { of: /^@ts-rest\/express\.checked\(\)$/, schema: 0, place: null, status: 400, hook: 1 },
  ],
  // What a handler returns says its status and its body.
  answerMembers: { status: 'status', body: 'body' },
  returns: { status: 200, isBody: true },
}
