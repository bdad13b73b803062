import { sessionCookie } from '../credentials.ts'
import { flask } from '../flask/flask.ts'
import type { Pack } from '../pack.ts'

// Its names are Flask's own, of another package (quart.palletsprojects.com, "Flask migration").
const renamed = <T>(rules: Record<string, T> | undefined): Record<string, T> =>
  Object.fromEntries(
    Object.entries(rules ?? {}).map(([path, rule]) => [
      path.replace(/^flask\.Flask\b/, 'quart.Quart').replace(/^flask\./, 'quart.'),
      rule,
    ]),
  )

/** Quart: Flask's interface with functions that wait. */
export const quart: Pack = {
  ...flask,
  framework: 'Quart',
  uses: /^quart(?:\.|$)/,
  alike: { named: /^\w+Quart$/, as: 'quart.Quart' },
  routers: renamed(flask.routers),
  routerTypes: renamed(flask.routerTypes) as Record<string, boolean>,
  calls: renamed(flask.calls),
  inputs: renamed(flask.inputs),
  assigns: renamed(flask.assigns),
  answers: renamed(flask.answers),
  // quart-schema.readthedocs.io, "Request validation": what does not fit is a bad request.
  schemas: [
    ['request', 'body'] as const,
    ['querystring', 'query'] as const,
    ['headers', 'header'] as const,
  ].map(([name, place]) => ({
    of: new RegExp(String.raw`^quart_schema\.(?:\w+\.)?validate_${name}\(\)$`),
    schema: { at: 0, name: 'model_class' },
    place: 'location',
    otherwise: place,
    status: 400,
    raises: 'werkzeug.exceptions.BadRequest',
  })),
  refuses: [
    ...(flask.refuses ?? []),
    // quart-auth.readthedocs.io: it raises `Unauthorized`, which is a 401 of its own.
    {
      of: /^quart_auth\.(?:\w+\.)?login_required$/,
      status: 401,
      asks: [sessionCookie('QUART_AUTH')],
      isForUnknown: true,
      otherwise: [{ said: /errorhandler\(\s*(?:quart_auth\.)?Unauthorized\b/, status: 0 }],
    },
  ],
}
