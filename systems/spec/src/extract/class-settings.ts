import { posix } from 'node:path'
import { joinPaths, pathTexts } from '../packs/path.ts'
import type { Expr } from '../parse/ir.ts'
import { argOf, statusesOf } from '../packs/status.ts'
import { jaxRs } from '../packs/jax-rs/jax-rs.ts'
import type { Pack } from '../packs/pack.ts'
import { each, linesOf } from '../resolve/values.ts'
import type { Func } from '../parse/ir.ts'
import type { ClassRef, FuncValue, Site, Value } from '../resolve/values.ts'
import { lastOrder } from '../resolve/java-statics.ts'
import { annotationsOf, find } from '../resolve/annotations.ts'
import type { Annotation } from '../resolve/annotations.ts'
import { adviceBase, isAdviceFor, orderOf, standardHandlers, traitHandlers } from './java-advice.ts'
import { traitsOf } from '../packs/spring/problems.ts'
import type { ErrorHandler } from './java-advice.ts'
import { programOf } from './java-settings.ts'
import type { KnownPrefix } from './java-settings.ts'
import { classValue, errorMapper, madeHandlers } from './error-mappers.ts'
import { emptyPrefixes, isAnnotated } from './annotated.ts'
import type { AnnotatedOperation, ClassPrefixes } from './annotated.ts'
import { applicationPrefixes } from './nest-applications.ts'
import { modulePrefixes, nestModules } from './nest-modules.ts'
import { addedPrefixes, bootPrograms } from './java-paths.ts'
import { armeria } from '../packs/armeria/armeria.ts'
import { armeriaMounts } from './armeria-mounts.ts'
import { restMounts } from './jax-rs-mounts.ts'
import type { FoundOperation } from './flat-routes.ts'
import { isOfSix } from './spring-version.ts'
import type { Run } from './run-code.ts'

/** Prefixes that a program sets for all of its annotated classes: Nest's global prefix and versions, JAX-RS's application path. By folder of the program. */
export function classPrefixes(run: Run): (ref: ClassRef, pack: Pack) => ClassPrefixes | ClassPrefixes[] {
  const reach = reachOfNest(run)
  const settings = run.routing.settings.nest.map((one) => ({ ...one, reach: reach(one.site.module.path) }))
  const starts = [...run.project.modules.values()]
    .filter(({ language, text }) => language === 'javascript' && text.includes('NestFactory.create'))
    .map(({ path }) => reach(path))
  const added = addedPrefixes(run)
  const mounts = restMounts(run)
  const services = armeriaMounts(run)
  const modules = nestModules(run)
  const inModule = modulePrefixes(modules)
  const inApplication = applicationPrefixes(run, modules)
  const known = (value: Value | null, site: Site) =>
    value === null ? value : run.routing.settings.known(value, site)
  return (ref, pack) => {
    if (ref.module.language === 'java') {
      if (pack === armeria)
        return services(ref).map(({ text, isUnsure, sites = [] }) => ({
          ...emptyPrefixes,
          prefix: text,
          isUnsure,
          sites: [...sites],
        }))
      const { text, isUnsure, sites = [] } = added(ref)
      const mount: KnownPrefix = pack === jaxRs ? mounts(ref) : { text: '', isUnsure: false }
      return {
        ...emptyPrefixes,
        prefix: joinPaths([mount.text, text], false).replace(/^\/$/, ''),
        isUnsure: isUnsure || mount.isUnsure,
        sites: [...(mount.sites ?? []), ...sites],
      }
    }
    const own = inApplication(ref)
    const near = own
      ? settings.filter(({ site }) => own.settings.some((one) => one.site === site))
      : settings.filter((one) => isBelow(ref.module.path, one.reach))
    // A controller of a library is served by a program elsewhere, which may have a prefix.
    const isElsewhere =
      own === null &&
      near.length === 0 &&
      settings.some((one) => one.prefix !== null) &&
      !starts.some((dir) => isBelow(ref.module.path, dir))
    const module = inModule(ref)
    const given = near.find((one) => one.prefix !== null)
    const ofAll = given?.prefix ? known(given.prefix, given.site) : null
    const [prefix] = pathTexts(ofAll ?? undefined)
    const versioning = near.find((one) => one.versions !== null)
    const versions = versioning?.versions
      ? {
          prefix: known(versioning.versions.prefix, versioning.site),
          byDefault: known(versioning.versions.byDefault, versioning.site),
        }
      : null
    return {
      prefix: own ? own.prefix.text : (prefix?.text ?? ''),
      excluded: given?.excluded ?? [],
      module: module.text,
      isUnsure: module.isUnsure || isElsewhere || (own ? own.prefix.isUnsure : (prefix?.isUnsure ?? false)),
      sites: [
        ...(own?.prefix.sites ?? []),
        ...(given && !own ? [given.site, ...linesOf(ofAll, given.site)] : []),
        ...(versioning ? [versioning.site] : []),
        ...[versions?.prefix, versions?.byDefault].flatMap((one) => linesOf(one, versioning?.site)),
        ...(module.sites ?? []),
      ],
      versions,
    }
  }
}

const isBelow = (path: string, dir: string) => dir === '.' || path.startsWith(`${dir}/`)

/** The folder whose controllers a program of Nest serves, by the file that makes it: its own, or the nearest above that has any (`src/bootstrap/index.ts`). */
function reachOfNest(run: Run): (path: string) => string {
  const controllers = run.interpreter.lookup
    .classes()
    .filter(({ module, cls }) => module.language === 'javascript' && cls.decorators.some(isController))
    .map(({ module }) => module.path)
  return (path) => {
    let dir = posix.dirname(path)
    while (dir !== '.' && !controllers.some((one) => isBelow(one, dir))) dir = posix.dirname(dir)
    return dir
  }
}

const isController = (e: Expr): boolean =>
  e.k === 'call' ? isController(e.callee) : e.k === 'name' && e.name.endsWith('Controller')

interface Advice extends ErrorHandler {
  /** It takes errors of functional routes too. */
  isForRoutes?: true
  isFor: (operation: AnnotatedOperation) => boolean
  pack: Pack
}

/** What exceptions become by methods of advice and exception mappers. */
export function errorAdvice(run: Run): (operation: FoundOperation) => FoundOperation['errors'] {
  const programs = bootPrograms(run)
  const all = run.packs.flatMap((pack) =>
    run.interpreter.lookup
      .classes()
      .filter(({ module, cls }) => module.language === pack.language && cls.kind !== 'interface')
      .flatMap((ref) => [...advisingMethods(run, pack, ref, programs), ...mappers(run, pack, ref)]),
  )
  return (operation) =>
    all.flatMap(({ pack, isFor, isForRoutes, ...one }) =>
      pack === operation.pack && (isAnnotated(operation) ? isFor(operation) : isForRoutes) ? [one] : [],
    )
}

function methodOf(ref: ClassRef, fn: FuncValue['fn'], owner = ref): FuncValue {
  return { t: 'func', fn, scope: owner.scope, self: null, owner: ref, module: owner.module, marks: [] }
}

const isErrorName = (name: string): boolean => /Exception|Error|Throwable/.test(name)

const isErrorClass = (run: Run, value: Value): boolean =>
  value.t === 'class' && run.interpreter.lookup.ancestry(value.ref).some(isErrorName)

// A class with those of the repository that it extends, the nearest first.
function withBases(run: Run, ref: ClassRef): ClassRef[] {
  const chain = [ref]
  for (let at = 0; at < chain.length && at < 12; at++) {
    const one = chain[at]
    if (one) chain.push(...run.interpreter.lookup.basesOf(one).filter((base) => !chain.includes(base)))
  }
  return chain
}

function advisingMethods(run: Run, pack: Pack, ref: ClassRef, programs: ReadonlySet<string>): Advice[] {
  const rules = pack.annotations?.advice
  if (!rules) return []
  const { interpreter } = run
  const onClass = annotationsOf(interpreter, ref.cls.decorators, ref.scope, ref)
  const global = onClass.find(({ path }) => rules.onClass.includes(path))
  const chain = withBases(run, ref)
  const isSpringBase = chain.some(({ cls }) => cls.bases.some(({ name }) => adviceBase.test(name)))
  const traits = pack.framework === 'Spring' ? traitsOf(interpreter.lookup.ancestry(ref)) : []
  const isBase = isSpringBase || traits.length > 0
  // A base says what each class that extends it does; a class of its own may be put together without an annotation.
  if (!global && isBase && interpreter.lookup.childrenOf(ref).length > 0) return []
  const isGlobal = global !== undefined || isBase
  const program = programOf(ref.module.path)
  const isFor = ({ owner, site }: AnnotatedOperation): boolean => {
    if (!isGlobal) return owner.cls === ref.cls
    const other = programOf(site.module.path)
    if (program !== other && programs.has(program) && programs.has(other)) return false
    return global === undefined || isAdviceFor(run, global, { owner })
  }
  const order = isGlobal ? orderOf(run, ref, onClass) : -Infinity
  // Micronaut ("Error Handling"): those of a controller come before those of all.
  const rankOf = (isAll: boolean) =>
    pack.framework === 'Spring' || (pack.framework === 'Micronaut' && !isAll)
      ? { rank: { group: ref.cls, order } }
      : {}
  const statusOn = (annotations: readonly Annotation[]) => {
    const said = find(annotations, pack.annotations?.status ?? {})
    if (!said) return undefined
    const given = argOf(said.annotation.args, said.rule) ?? argOf(said.annotation.args, 'code')
    // Spring's says 500 where it says nothing.
    return given || pack.framework !== 'Spring' ? statusesOf(given)[0] : 500
  }
  const overridden = new Set<string>()
  const found = chain.flatMap((owner) =>
    owner.cls.members.flatMap((fn): Advice[] => {
      const annotations = annotationsOf(interpreter, fn.decorators, owner.scope, owner)
      const one = find(annotations, rules.onMethod)
      const own =
        fn.params.find((param) => isErrorName(param.type?.name ?? '')) ??
        fn.params.find((param) => param.type && isErrorClass(run, classValue(run, param.type.name, owner)))
      const overrides = isBase && fn.hasBody && /^handle[A-Z]\w+$/.test(fn.name)
      if (!one && !overrides) return []
      if (overridden.has(`${fn.name}/${fn.params.length}`) && !one) return []
      overridden.add(fn.name)
      overridden.add(`${fn.name}/${fn.params.length}`)
      // Micronaut's handlers of a status (`@Error(status = …)`) take no error.
      if (one && argOf(one.annotation.args, 'status') && pack.framework === 'Micronaut') return []
      const [first] = one?.annotation.args ?? []
      const isType = first && (first.name === null || first.name === 'value')
      const given = one ? (argOf(one.annotation.args, one.rule) ?? (isType ? first.value : null)) : null
      const type = given ?? (own?.type ? classValue(run, own.type.name, owner) : null)
      const status = statusOn(annotations) ?? statusOn(onClass)
      return [
        {
          handler: methodOf(ref, fn, owner),
          type,
          ...(status === undefined ? {} : { status }),
          ...rankOf(isForAll(one)),
          isFor: isForAll(one) ? () => true : isFor,
          pack,
        },
      ]
    }),
  )
  const implied = [
    ...(isSpringBase ? standardHandlers(overridden, ref, isOfSix(run)) : []),
    ...traitHandlers(traits, overridden, ref),
  ]
  return [...found, ...implied.map((one) => ({ ...one, ...rankOf(false), isFor, pack }))]
}

// Micronaut's `@Error(global = true)`.
const isForAll = (found: { annotation: Annotation } | null) =>
  found?.annotation.args.some(
    ({ name, value }) => name === 'global' && value.t === 'const' && value.v === true,
  ) ?? false

/** Spring WebFlux ("Exceptions", "WebExceptionHandler"): what is given all that no advice takes. */
const lastHandler = /(?:^|\.)(?:Error|(?:Abstract|Default)Error)?WebExceptionHandler$/

// What such a handler routes errors to is asked for them by the request (`getError(request)`), where that is but one method.
function rendering({ cls, module }: ClassRef): Func | null {
  const [only, ...others] = cls.members.filter(
    ({ name, params, start, end }) =>
      params.length === 1 && name !== 'getError' && /\bgetError\(/.test(module.text.slice(start, end)),
  )
  return only && others.length === 0 ? only : null
}

// JAX-RS's ExceptionMapper<E>, Micronaut's ExceptionHandler<E, R>; methods of Quarkus that are annotated.
function mappers(run: Run, pack: Pack, ref: ClassRef): Advice[] {
  if (pack.framework === 'Spring') {
    const fn =
      ref.cls.members.find(({ name, params }) => name === 'handle' && params.length === 2) ?? rendering(ref)
    return fn && ref.cls.bases.some(({ name }) => lastHandler.test(name))
      ? [
          {
            handler: methodOf(ref, fn),
            type: null,
            rank: { group: ref.cls, order: lastOrder + 1 },
            isFor: () => true,
            isForRoutes: true,
            pack,
          },
        ]
      : []
  }
  if (pack === armeria) {
    const fn = ref.cls.members.find(({ name, params }) => name === 'handleException' && params.length === 3)
    if (!fn || !ref.cls.bases.some(({ name }) => /(?:^|\.)ExceptionHandlerFunction$/.test(name))) return []
    // What a method or its class names.
    const isFor = ({ fn: { fn: method }, owner }: AnnotatedOperation) =>
      [...method.decorators, ...owner.cls.decorators].some((one) =>
        annotationsOf(run.interpreter, [one], owner.scope, owner).some(
          ({ path, args }) =>
            path.endsWith('.ExceptionHandler') &&
            args.some(({ value }) =>
              each(value).some((each) => each.t === 'class' && each.ref.cls === ref.cls),
            ),
        ),
      )
    const passes = ref.module.text.slice(fn.start, fn.end).includes('fallthrough()')
    return [
      { handler: methodOf(ref, fn), type: null, isFor, pack, ...(passes ? { mayPass: true as const } : {}) },
    ]
  }
  if (pack.framework !== 'JAX-RS' && pack.framework !== 'Micronaut') return []
  const mapper = errorMapper(run, pack.framework, ref)
  const made = pack.framework === 'Micronaut' ? madeHandlers(run, ref) : []
  const found = [...(mapper ? [mapper] : []), ...made].map((one): Advice => ({
    ...one,
    isFor: () => true,
    pack,
  }))
  // Quarkus finds these by themselves ("Writing REST services", "Exception mapping"); those of a resource's class are for it alone.
  const isResource = annotationsOf(run.interpreter, ref.cls.decorators, ref.scope, ref).some(({ path }) =>
    path.endsWith('.ws.rs.Path'),
  )
  const methods = ref.cls.members.flatMap((fn): Advice[] => {
    const annotations = annotationsOf(run.interpreter, fn.decorators, ref.scope, ref)
    const own = annotations.find(({ path }) => path.endsWith('.ServerExceptionMapper'))
    const type = fn.params[0]?.type
    if (!own || !type) return []
    const named = own.args.find(({ name }) => name === null || name === 'value')?.value
    const types = named ? (named.t === 'list' ? named.items : each(named)) : [classValue(run, type.name, ref)]
    return types.map((one) => ({
      handler: methodOf(ref, fn),
      type: one,
      ...(isResource ? { rank: { group: ref.cls, order: -Infinity } } : {}),
      isFor: isResource ? ({ owner }) => owner.cls === ref.cls : () => true,
      pack,
    }))
  })
  return [...found, ...methods]
}
