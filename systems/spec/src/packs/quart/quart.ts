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
}
