import { constant, nothing, symbol, textOf } from '../resolve/values.ts'
import type { Site, Value } from '../resolve/values.ts'
import { handlerFunctions } from './flat-routes.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Run } from './run-code.ts'

/**
 * What hapi and @hono/zod-openapi answer a request that does not fit with, where the program says so for a route or for all (hapi.dev, "route.options.validate.failAction"); null where it says nothing of that,
 * nothing where it goes on.
 */
export function failStatuses(
  run: Run,
  operation: FoundOperation,
): { status: number; through: Site[] }[] | null {
  const schema = operation.options.get('schema')
  const given =
    (schema?.t === 'object' ? schema.props.get('failAction') : undefined) ??
    operation.options.get('failAction')
  const isHono = operation.pack.framework === 'Hono'
  if ((operation.pack.framework !== 'hapi' && !isHono) || !given) return null
  if (textOf(given) !== null) return textOf(given) === 'error' ? null : []
  const [fn, ...others] = handlerFunctions(given)
  if (!fn || others.length > 0) return null
  const { interpreter, meaning } = run
  const roles = (operation.pack.parameters ?? []).map((role) => symbol(role, role.split(':').at(-1) ?? role))
  const args = isHono ? [unsuccessful, ...roles] : [...roles, misfit]
  let returned: Value[] = []
  const { effects } = interpreter.record(() => {
    returned = interpreter
      .outcomes(
        fn,
        args.map((value) => ({ name: null, value })),
        operation.site,
      )
      .map(({ value }) => value)
    return nothing
  })
  const raised = effects.flatMap(({ kind, value }) => (kind === 'raise' ? [value] : []))
  const statuses = [
    ...raised.flatMap((one) => meaning.errorStatuses(one)),
    ...effects.flatMap(({ kind, status }) =>
      kind !== 'raise' && status !== null && status >= 400 ? [status] : [],
    ),
    ...returned.flatMap((one) => meaning.answersOf(one).flatMap((answer) => answer.statuses)),
  ]
  const { module, fn: own } = fn
  const at: Site = { module, start: own.start, end: own.end, symbol: own.name || 'failAction' }
  // A hook of Hono's that gives nothing leaves it to the framework.
  if (isHono && statuses.length === 0) return null
  return [...new Set(statuses)].map((status) => ({
    status,
    through: [...effects.map(({ site }) => site).slice(0, 2), at],
  }))
}

// What hapi hands to it: 400 of Boom's (joi's error, made one of these).
const misfit = symbol('@hapi/boom.badRequest()', 'err', { args: [{ name: null, value: constant('…') }] })

// What @hono/zod-openapi hands to it.
const unsuccessful: Value = {
  t: 'object',
  props: new Map<string, Value>([
    ['success', constant(false)],
    ['error', symbol('zod.ZodError()', 'result.error')],
    ['target', symbol('?', 'result.target')],
  ]),
  isOpen: true,
  ref: null,
  args: [],
  site: null,
}
