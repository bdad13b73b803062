import { argOf } from '../../packs/status.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
import { numberOf } from '../../resolve/values.ts'
import type { FoundOperation } from '../flat-routes.ts'
import type { FunctionInput } from '../function-input.ts'
import { programOf, saidSetting } from '../java-settings.ts'
import type { Run } from '../run-code.ts'

/** Settings that give the parameters of pages other names or bounds (Spring Boot, "Common Application Properties"). */
const renaming = ['page-parameter', 'size-parameter', 'prefix', 'qualifier-delimiter', 'default-page-size']

/**
 * What Spring Data takes of a request for a parameter that is a `Pageable` or a `Sort` (Spring Data Commons, "Web support"): `page`, `size` and `sort`, with the
 * defaults of `@PageableDefault`. Nothing where the program may have given them other names.
 */
export function pageInputs({ interpreter, project }: Run, { fn, pack }: FoundOperation): FunctionInput[] {
  if (pack.framework !== 'Spring' || !fn?.owner) return []
  const { owner } = fn
  const asked = fn.fn.params.flatMap((param) => {
    const type = param.type ? interpreter.lookup.typeTarget(param.type.name, owner.scope) : ''
    const [, kind] =
      /^org\.springframework\.data\.domain\.(Pageable|Sort)$/.exec(typeof type === 'string' ? type : '') ?? []
    return kind === undefined ? [] : [{ param, kind }]
  })
  const [first, ...others] = asked
  if (!first || others.length > 0) return []
  const setting = (name: string) =>
    saidSetting(programOf(fn.module.path), project.manifests, [`spring.data.web.pageable.${name}`])
  if (renaming.some((name) => setting(name) !== null)) return []
  const annotations = annotationsOf(interpreter, first.param.decorators, owner.scope, owner)
  const named = (name: string) => annotations.find(({ path }) => path.endsWith(`.${name}`))
  if (named('Qualifier')) return []
  const given = named('PageableDefault')
  const site = { module: fn.module, start: first.param.start, end: first.param.end, symbol: owner.cls.name }
  const base: Omit<FunctionInput, 'name' | 'shape'> = {
    in: 'query',
    isRequired: false,
    constraints: [],
    media: '',
    site,
    isFramework: true,
  }
  const sort: FunctionInput = { ...base, name: 'sort', shape: { type: 'array', items: { type: 'string' } } }
  if (first.kind === 'Sort') return [sort]
  const said = (...names: (string | number)[]) =>
    names.map((name) => numberOf(given && argOf(given.args, name))).find((one) => one !== null)
  return [
    { ...base, name: 'page', shape: { type: 'integer' }, default: String(said('page') ?? 0) },
    { ...base, name: 'size', shape: { type: 'integer' }, default: String(said('size', 'value', 0) ?? 20) },
    sort,
  ]
}
