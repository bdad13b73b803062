import { express } from '../express/express.ts'
import { nodeErrors, nodeRefusals } from '../node-errors.ts'
import type { Pack } from '../pack.ts'

/** docs.medusajs.com, "Throwing and Handling Errors": the status by what an error is of. */
const statuses: Record<string, number> = {
  CONFLICT: 409,
  DB_ERROR: 500,
  DUPLICATE_ERROR: 422,
  INVALID_ARGUMENT: 500,
  INVALID_DATA: 400,
  NOT_ALLOWED: 400,
  NOT_FOUND: 404,
  PAYMENT_AUTHORIZATION_ERROR: 422,
  UNAUTHORIZED: 401,
  UNEXPECTED_STATE: 500,
}
const errors = ['@medusajs/framework/utils', '@medusajs/utils', '@medusajs/medusa'].map(
  (from) => `${from}.MedusaError`,
)

/** Medusa 2 (docs.medusajs.com, "API Routes"): files below `src/api`, whose handlers are given what Express gives. */
export const medusa: Pack = {
  framework: 'Medusa',
  language: 'javascript',
  uses: /^@medusajs\/(?:medusa|framework)(?:\/http)?$/,
  files: {
    manifest: /"@medusajs\/(?:medusa|framework)"\s*:/,
    files: /^src\/api\/(?<path>(?:.*\/)?)route\.[cm]?[jt]s$/,
    exports: 'methods',
    // "Middlewares".
    lists: /^src\/api\/middlewares\.[cm]?[jt]s$/,
  },
  syntax: 'brackets',
  parameters: ['express:req', 'express:res', 'express:next'],
  ...(express.calls ? { calls: express.calls } : {}),
  inputs: {
    ...express.inputs,
    'express:req.validatedBody': 'body',
    'express:req.validatedQuery': 'query',
  },
  assigns: { 'express:res.statusCode': 'status' },
  unexpectedStatus: 500,
  errors: { ...nodeErrors, ...Object.fromEntries(errors.map((name) => [name, { arg: 0, otherwise: 500 }])) },
  constants: Object.fromEntries(
    errors.flatMap((name) =>
      Object.entries(statuses).map(([type, status]) => [`${name}.Types.${type}`, status]),
    ),
  ),
  refuses: [
    ...nodeRefusals,
    // "Protected Routes".
    {
      of: /^@medusajs\/(?:medusa|framework)(?:\/http)?\.authenticate\(\)$/,
      status: 401,
      unless: { option: 'allowUnauthenticated', is: true },
    },
  ],
  // "Request Body and Query Parameter Validation".
  schemas: (
    [
      ['Body', 'body'],
      ['Query', 'query'],
    ] as const
  ).map(([name, place]) => ({
    of: new RegExp(
      String.raw`^@medusajs/(?:medusa|framework)(?:/http|/zod)?\.validateAndTransform${name}\(\)$`,
    ),
    schema: 0,
    place: 99,
    otherwise: place,
    status: 400,
  })),
  errorMembers: ['status', 'statusCode'],
}
