import type { Expr, TypeRef } from '../parse/ir.ts'
import { simpleName } from '../resolve/annotations.ts'
import type { FuncValue, Scope, SymbolValue } from '../resolve/values.ts'
import type { FunctionInput } from './function-input.ts'
import type { Shapes } from './shapes.ts'
import { ownTable } from '../parse/own-table.ts'

const paginate = /^ninja\.pagination\.paginate(?:\(\))?$/

const markOf = (fn: FuncValue): SymbolValue | undefined =>
  fn.marks.find((mark): mark is SymbolValue => mark.t === 'symbol' && paginate.test(mark.path))

/** Whether a function of Django Ninja gives pages of what it returns. */
export const isPaged = (fn: FuncValue): boolean => markOf(fn) !== undefined

const ways: Record<string, readonly [name: string, least: number][]> = ownTable({
  LimitOffsetPagination: [
    ['limit', 1],
    ['offset', 0],
  ],
  PageNumberPagination: [['page', 1]],
})

/** What clients say of the page that they want (django-ninja.dev, "Pagination"); of a class of the program's own only its code knows. */
export function pagedInputs(fn: FuncValue, site: FunctionInput['site']): FunctionInput[] {
  const mark = markOf(fn)
  if (!mark) return []
  const given = mark.path.endsWith('()') ? mark.args.find(({ name }) => name === null)?.value : undefined
  // Without a class it is that of the settings, and limits and offsets where these say nothing.
  const of =
    given === undefined ? 'LimitOffsetPagination' : given.t === 'symbol' ? simpleName(given.path) : ''
  return (ways[of] ?? []).map(([name, least]) => ({
    in: 'query',
    name,
    shape: { type: 'integer' },
    isRequired: false,
    constraints: [{ keyword: 'minimum', value: least }],
    media: '',
    site: mark.site ?? site,
    isFramework: true,
  }))
}

/** The model that is named for a status (django-ninja.dev, "Response Schema"): one is of all, a dictionary has them by status. */
export function modelOfStatus(said: Expr, status: number): Expr | null {
  if (said.k !== 'object') return said
  return said.entries.find(({ key }) => key?.k === 'num' && key.value === status)?.value ?? null
}

/** The body that changes some fields of a model (django-ninja.dev, "Request Body", `PatchDict`): none of them has to be there. */
export function patchOf(
  path: string,
  type: TypeRef | null,
  scope: Scope,
  shapes: Shapes,
): Pick<FunctionInput, 'in' | 'shape' | 'isRequired' | 'constraints' | 'media'> | null {
  const of = type?.args[0]
  if (!/^ninja\.(?:\w+\.)*PatchDict$/.test(path) || !of) return null
  const shape = shapes.ofType(of, scope)
  const fields = shape.type === 'model' ? (shapes.models.get(shape.name)?.fields ?? []) : []
  return {
    in: 'body',
    shape: { type: 'object', fields: fields.map((field) => ({ ...field, isRequired: false })) },
    isRequired: true,
    constraints: [],
    media: 'application/json',
  }
}
