import { typeOfExpr } from '../parse/python-types.ts'
import { nothing, symbol } from '../resolve/values.ts'
import type { Site, Value } from '../resolve/values.ts'
import { handlerFunctions, innermost } from './flat-routes.ts'
import type { FoundOperation } from './flat-routes.ts'
import { isPaged, modelOfStatus } from './paged-inputs.ts'
import type { Run } from './run-code.ts'

const partOfModel = /^response_model_(?:include|exclude)$/

/** FastAPI ("Response Model - Return Type"), Django Ninja ("Response Schema"): what a handler returns is answered as the model that its route names, else as what it says to return. */
export function responseModel(run: Run, operation: FoundOperation, status: number): Value | null {
  const key = operation.pack.responseModel
  const [outer] = handlerFunctions(operation.handlers.at(-1) ?? nothing)
  if (key === undefined || !outer) return null
  const fn = innermost(outer)
  const sites = [operation.site, ...operation.through].filter(({ module }) => module === fn.module)
  const call = fn.fn.decorators.find(
    (one) =>
      one.k === 'call' && one.args.some(({ name }) => name === key) && sites.some((site) => isAt(one, site)),
  )
  const said = call?.k === 'call' ? call.args.find(({ name }) => name === key)?.value : undefined
  const { modelsByStatus } = operation.pack
  // What pages of it are is not known.
  if (modelsByStatus && said && isPaged(fn)) return symbol(key, key)
  const named = modelsByStatus && said ? modelOfStatus(said, status) : said
  if (modelsByStatus && !named) return null
  // "response_model_include and response_model_exclude": it is a part of the model, which has no name.
  if (call?.k === 'call' && call.args.some(({ name }) => name !== null && partOfModel.test(name)))
    return symbol(key, key)
  const isSaid = named !== undefined || modelsByStatus === true || operation.options.has(key)
  const type = named ? typeOfExpr(named) : isSaid ? null : fn.fn.returns
  if (type === null || /^(?:None|null|unknown)$/.test(type.name)) return null
  const target = run.interpreter.lookup.typeTarget(type.name, fn.scope)
  return typeof target === 'string' && operation.pack.answers?.[target]
    ? null
    : symbol(key, key, { typed: { type, scope: fn.scope } })
}

const isAt = (e: { start: number; end: number }, { start, end }: Site) => e.start <= start && end <= e.end

/** The model that a route names for the status which a handler returns beside a body; null where it names none. */
export const modelBeside = (
  run: Run,
  operation: FoundOperation,
  returned: Value,
  status: number,
): Value | null =>
  operation.pack.modelsByStatus === true && returned.t === 'list'
    ? responseModel(run, operation, status)
    : null
