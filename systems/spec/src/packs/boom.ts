import { STATUS_CODES } from 'node:http'
import { constant, symbol } from '../resolve/values.ts'
import type { ObjectValue, SymbolValue, Value } from '../resolve/values.ts'

const object = (props: [string, Value][]): ObjectValue => ({
  t: 'object',
  props: new Map(props),
  ref: null,
  args: [],
  isOpen: false,
  site: null,
})

export const isBoom = ({ path }: Pick<SymbolValue, 'path'>): boolean => path.startsWith('@hapi/boom.')

/** What an error of Boom's has besides what all errors have (hapi.dev, "Boom", "API"); null for other names. */
export function boomMember(error: SymbolValue, name: string, status: number | undefined): Value | null {
  if (!isBoom(error)) return null
  const said = error.args.find((arg) => arg.value.t !== 'object')?.value
  if (name === 'isBoom') return constant(true)
  if (name === 'isServer') return status === undefined ? null : constant(status >= 500)
  if (name === 'message') return said ?? constant(status === undefined ? '' : (STATUS_CODES[status] ?? ''))
  if (name !== 'output' || status === undefined) return null
  const code: [string, Value] = ['statusCode', constant(status)]
  const text = constant(STATUS_CODES[status] ?? '')
  const payload = object([code, ['error', text], ['message', said ?? text]])
  return object([code, ['payload', payload], ['headers', symbol('?', 'headers')]])
}
