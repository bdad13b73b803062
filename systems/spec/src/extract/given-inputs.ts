import { simpleName } from '../resolve/annotations.ts'
import type { ArgValue, FuncValue } from '../resolve/values.ts'
import { textOf } from '../resolve/values.ts'
import type { Param } from '../parse/ir.ts'
import type { AnnotatedOperation, BoundParameter } from './annotated.ts'
import type { FoundOperation } from './flat-routes.ts'
import { declared, isDependency, places } from './function-inputs.ts'
import type { Run } from './run-code.ts'

/** What a framework gives to the parameters of a handler: what each is of the request, said as the request has it (`path.id`, `body`). */
export function givenInputs(run: Run, fn: FuncValue, operation: FoundOperation): ArgValue[] {
  const bound = 'bound' in operation ? (operation as AnnotatedOperation).bound : []
  const isHandler = operation.fn?.fn === fn.fn
  return fn.fn.params.flatMap((param): ArgValue[] => {
    if (param.isRest || param.pattern) return []
    const own = isHandler
      ? bound.find((one) => one.param === param || one.param.name === param.name)
      : undefined
    const text = own
      ? wordOf(run, own)
      : operation.pack.functionParameters === 'fastapi'
        ? ofFunction(run, fn, param, operation)
        : null
    return text === null
      ? []
      : [{ name: param.name, value: run.interpreter.lookup.instanceOf(param.type, fn.scope, text) }]
  })
}

// An object of several inputs is none of them.
function wordOf(
  { interpreter }: Run,
  { in: place, name, param, owner, annotations }: BoundParameter,
): string | null {
  if (place === 'none') return null
  if (place !== 'body') {
    if (name === '') return place
    const isObject =
      param.type && typeof interpreter.lookup.typeTarget(param.type.name, owner.scope) !== 'string'
    return isObject || !/^[\w.-]+$/.test(name) ? null : `${place}.${name}`
  }
  // A part of several is called by its name.
  if (annotations.some(({ path }) => path.endsWith('.RequestPart'))) return null
  const isPart =
    owner.module.language === 'javascript' &&
    annotations.some(({ path, args }) => path.endsWith('.Body') && textOf(args[0]?.value) === name)
  return isPart ? `body.${name}` : 'body'
}

/** Types that FastAPI takes from the query ("Query Parameters"). */
const plain = /^(?:str|int|float|bool)$/

// FastAPI: by its marker, by the path, or by its type.
function ofFunction(run: Run, fn: FuncValue, param: Param, operation: FoundOperation): string | null {
  const { value, type } = declared(run, fn, param, operation.provides)
  const marker = value?.t === 'symbol' ? simpleName(value.path.replace(/\(\)$/, '')) : ''
  if (value?.t === 'symbol' && isDependency(value.path)) return null
  if (operation.template.variables.some(({ name }) => name === param.name)) return `path.${param.name}`
  const { named } = operation.pack
  if (named && param.name === named.body) return 'body'
  if (named?.given.includes(param.name)) return null
  const alias = value?.t === 'symbol' ? textOf(value.args.find(({ name }) => name === 'alias')?.value) : null
  const place = places[marker]
  if (place === 'header') return `header.${alias ?? param.name.replaceAll('_', '-')}`
  if (place === 'query' || place === 'cookie' || place === 'path') return `${place}.${alias ?? param.name}`
  if (isModel(run, fn, type) || place === 'body') {
    const isEmbedded =
      value?.t === 'symbol' &&
      value.args.some(({ name, value: given }) => name === 'embed' && given.t === 'const' && given.v === true)
    const models = fn.fn.params.filter((one) => {
      const own = declared(run, fn, one, operation.provides)
      // What a dependency gives is no part of the body.
      return isModel(run, fn, own.type) && !(own.value?.t === 'symbol' && isDependency(own.value.path))
    })
    const isOfBody = place === undefined || place === 'body'
    return isOfBody ? (isEmbedded || models.length > 1 ? `body.${alias ?? param.name}` : 'body') : null
  }
  return place === undefined && param.default === null && plain.test(type?.name ?? '')
    ? `query.${param.name}`
    : null
}

function isModel(run: Run, { scope }: FuncValue, type: Param['type']): boolean {
  const target = type ? run.interpreter.lookup.typeTarget(type.name, scope) : ''
  return (
    typeof target !== 'string' &&
    run.interpreter.lookup.ancestry(target).some((name) => /(?:^|\.)(?:BaseModel|SQLModel)$/.test(name))
  )
}
