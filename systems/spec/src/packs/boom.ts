import { STATUS_CODES } from 'node:http'
import type { StatusRule } from './pack.ts'
import { constant, symbol } from '../resolve/values.ts'
import type { ObjectValue, SymbolValue, Value } from '../resolve/values.ts'
import { ownTable } from '../parse/own-table.ts'

const object = (props: [string, Value][]): ObjectValue => ({
  t: 'object',
  props: new Map(props),
  ref: null,
  args: [],
  isOpen: false,
  site: null,
})

export const isBoom = ({ path }: Pick<SymbolValue, 'path'>): boolean => /^(?:@hapi\/)?boom\./.test(path)

const named = ownTable({
  badRequest: 400,
  unauthorized: 401,
  paymentRequired: 402,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  notAcceptable: 406,
  proxyAuthRequired: 407,
  clientTimeout: 408,
  conflict: 409,
  resourceGone: 410,
  lengthRequired: 411,
  preconditionFailed: 412,
  entityTooLarge: 413,
  uriTooLong: 414,
  unsupportedMediaType: 415,
  rangeNotSatisfiable: 416,
  expectationFailed: 417,
  teapot: 418,
  badData: 422,
  locked: 423,
  failedDependency: 424,
  tooEarly: 425,
  preconditionRequired: 428,
  tooManyRequests: 429,
  illegal: 451,
  badImplementation: 500,
  internal: 500,
  notImplemented: 501,
  badGateway: 502,
  serverUnavailable: 503,
  gatewayTimeout: 504,
})

/** Errors of Boom's by the functions that make them (hapi.dev, "Boom", "API"), of its package and the one before. */
export const boomErrors: Record<string, StatusRule> = Object.fromEntries(
  ['@hapi/boom', 'boom'].flatMap((root): [string, StatusRule][] => [
    ...Object.entries(named).map(([name, status]): [string, number] => [`${root}.${name}`, status]),
    [`${root}.Boom`, { arg: 1, otherwise: 500 }],
    [`${root}.boomify`, { arg: 1, otherwise: 500 }],
    // Before 5.
    [`${root}.create`, { arg: 0, otherwise: 500 }],
  ]),
)

/** What an error of Boom's has besides what all errors have (hapi.dev, "Boom", "API"); null for other names. */
export function boomMember(error: SymbolValue, name: string, status: number | undefined): Value | null {
  if (!isBoom(error)) return null
  const isByStatus = error.path.endsWith('.create()')
  const said = error.args.slice(isByStatus ? 1 : 0).find((arg) => arg.value.t !== 'object')?.value
  if (name === 'isBoom') return constant(true)
  // One that is given an error keeps its name.
  if (name === 'name' && !error.path.endsWith('.boomify()')) return constant('Error')
  if (name === 'isServer') return status === undefined ? null : constant(status >= 500)
  if (name === 'message') return said ?? constant(status === undefined ? '' : (STATUS_CODES[status] ?? ''))
  if (!/^(?:output|data|typeof|reformat|name|stack|cause|constructor|toString)$|^@/.test(name))
    return constant(null)
  return name !== 'output' || status === undefined ? null : boomOutput(status, said)
}

/** What an error of Boom's is answered with. */
export function boomOutput(status: number, said?: Value): Value {
  const code: [string, Value] = ['statusCode', constant(status)]
  const text = constant(STATUS_CODES[status] ?? '')
  const payload = object([code, ['error', text], ['message', said ?? text]])
  return object([code, ['payload', payload], ['headers', symbol('?', 'headers')]])
}
