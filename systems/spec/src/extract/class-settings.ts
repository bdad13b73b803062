import { posix } from 'node:path'
import { joinPaths, pathTexts } from '../packs/path.ts'
import { argOf, statusesOf } from '../packs/status.ts'
import { jaxRs } from '../packs/jax-rs/jax-rs.ts'
import type { Pack } from '../packs/pack.ts'
import { symbol } from '../resolve/values.ts'
import type { ClassRef, FuncValue, Value } from '../resolve/values.ts'
import { annotationsOf, find } from '../resolve/annotations.ts'
import { emptyPrefixes } from './annotated.ts'
import type { AnnotatedOperation, ClassPrefixes } from './annotated.ts'
import { modulePrefixes } from './nest-modules.ts'
import { addedPrefixes } from './java-paths.ts'
import { restMounts } from './jax-rs-mounts.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Run } from './run-code.ts'

/** Prefixes that a program sets for all of its annotated classes: Nest's global prefix and versions, JAX-RS's application path. By folder of the program. */
export function classPrefixes(run: Run): (ref: ClassRef, pack: Pack) => ClassPrefixes {
  const settings = run.routing.settings.nest
  const added = addedPrefixes(run)
  const mounts = restMounts(run)
  const inModule = modulePrefixes(run)
  return (ref, pack) => {
    if (ref.module.language === 'java') {
      const { text, isUnsure } = added(ref)
      const mount = pack === jaxRs ? mounts(ref) : { text: '', isUnsure: false }
      return {
        ...emptyPrefixes,
        prefix: joinPaths([mount.text, text], false).replace(/^\/$/, ''),
        isUnsure: isUnsure || mount.isUnsure,
      }
    }
    const near = settings.filter(
      ({ site }) =>
        ref.module.path.startsWith(`${posix.dirname(site.module.path)}/`) ||
        posix.dirname(site.module.path) === '.',
    )
    const module = inModule(ref)
    const given = near.find((one) => one.prefix !== null)
    const [prefix] = given?.prefix ? pathTexts(given.prefix) : []
    const versioning = near.find((one) => one.versions)
    return {
      prefix: prefix?.text ?? '',
      excluded: given?.excluded ?? [],
      module: module.text,
      isUnsure: module.isUnsure || (prefix?.isUnsure ?? false),
      versions: versioning !== undefined,
      defaultVersion: versioning?.defaultVersion ?? null,
    }
  }
}

interface Advice {
  handler: FuncValue
  type: Value | null
  status?: number
  owner: ClassRef
  isLocal: boolean
  pack: Pack
}

/** What exceptions become by methods of advice and exception mappers. */
export function errorAdvice(run: Run): (operation: AnnotatedOperation) => FoundOperation['errors'] {
  const all = run.packs.flatMap((pack) =>
    run.interpreter.lookup
      .classes()
      .filter(({ module }) => module.language === pack.language)
      .flatMap((ref) => [...advisingMethods(run, pack, ref), ...mappers(run, pack, ref)]),
  )
  return (operation) =>
    all
      .filter((one) => one.pack === operation.pack && (!one.isLocal || one.owner === operation.owner))
      .map(({ handler, type, status }) => ({ handler, type, ...(status === undefined ? {} : { status }) }))
}

function methodOf(ref: ClassRef, fn: FuncValue['fn']): FuncValue {
  return { t: 'func', fn, scope: ref.scope, self: null, owner: ref, module: ref.module, marks: [] }
}

function classValue(run: Run, name: string, ref: ClassRef): Value {
  const target = run.interpreter.lookup.typeTarget(name, ref.scope)
  return typeof target === 'string' ? symbol(target) : { t: 'class', ref: target }
}

/** Spring's base of advice answers errors of the framework by methods that can be overridden. */
const adviceBases = /(?:^|\.)ResponseEntityExceptionHandler$/

function advisingMethods(run: Run, pack: Pack, ref: ClassRef): Advice[] {
  const rules = pack.annotations?.advice
  if (!rules) return []
  const isGlobal = annotationsOf(run.interpreter, ref.cls.decorators, ref.scope, ref).some(({ path }) =>
    rules.onClass.includes(path),
  )
  const isBase = ref.cls.bases.some(({ name }) => adviceBases.test(name))
  return ref.cls.members.flatMap((fn): Advice[] => {
    const annotations = annotationsOf(run.interpreter, fn.decorators, ref.scope, ref)
    const one = find(annotations, rules.onMethod)
    const own = fn.params.find((param) => /Exception|Error|Throwable/.test(param.type?.name ?? ''))
    const overrides = isBase && fn.hasBody && /^handle[A-Z]\w+$/.test(fn.name)
    if (!one && !overrides) return []
    const given = one ? (argOf(one.annotation.args, one.rule) ?? one.annotation.args[0]?.value ?? null) : null
    const type = given ?? (own?.type ? classValue(run, own.type.name, ref) : null)
    const said = find(annotations, pack.annotations?.status ?? {})
    const [status] = said
      ? statusesOf(argOf(said.annotation.args, said.rule) ?? argOf(said.annotation.args, 'code'))
      : []
    return [
      {
        handler: methodOf(ref, fn),
        type,
        ...(status === undefined ? {} : { status }),
        owner: ref,
        isLocal: !isGlobal && !isBase,
        pack,
      },
    ]
  })
}

// With what its constructor sets (a table of what each class becomes).
function instanceOf(run: Run, ref: ClassRef): Value {
  const site = { module: ref.module, start: ref.cls.start, end: ref.cls.headEnd, symbol: ref.cls.name }
  return run.interpreter.record(() => run.interpreter.instantiate(ref, [], site), 2000).result
}

// JAX-RS's ExceptionMapper<E>, Micronaut's ExceptionHandler<E, R>; methods of Quarkus that are annotated.
function mappers(run: Run, pack: Pack, ref: ClassRef): Advice[] {
  if (pack.framework !== 'JAX-RS' && pack.framework !== 'Micronaut') return []
  const found = ref.cls.bases.flatMap((base): Advice[] => {
    const [error] = base.args
    if (!/(?:^|\.)Exception(?:Mapper|Handler)$/.test(base.name) || !error) return []
    const fn = ref.cls.members.find(({ name }) => name === 'toResponse' || name === 'handle')
    return fn
      ? [
          {
            handler: { ...methodOf(ref, fn), self: instanceOf(run, ref) },
            type: classValue(run, error.name, ref),
            owner: ref,
            isLocal: false,
            pack,
          },
        ]
      : []
  })
  const methods = ref.cls.members.flatMap((fn): Advice[] => {
    const annotations = annotationsOf(run.interpreter, fn.decorators, ref.scope, ref)
    const own = annotations.find(({ path }) => path.endsWith('.ServerExceptionMapper'))
    const type = fn.params[0]?.type
    return own && type
      ? [
          {
            handler: methodOf(ref, fn),
            type: own.args[0]?.value ?? classValue(run, type.name, ref),
            owner: ref,
            isLocal: false,
            pack,
          },
        ]
      : []
  })
  return [...found, ...methods]
}
