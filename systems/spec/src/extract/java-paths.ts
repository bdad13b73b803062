import { joinPaths, pathTexts } from '../packs/path.ts'
import { knownTruth } from '../resolve/conditions.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import type { ClassRef, Site, Value } from '../resolve/values.ts'
import { linesOf, textOf } from '../resolve/values.ts'
import type { FoundOperation } from './flat-routes.ts'
import { contextOf, contextsOf, dataRestBase, programOf } from './java-settings.ts'
import type { KnownPrefix } from './java-settings.ts'
import type { Run } from './run-code.ts'

/** Prefixes that a program of Spring gives its controllers by itself (`addPathPrefix`); a mapping of its own may give them any. */
export function addedPrefixes(run: Run): (ref: ClassRef) => KnownPrefix {
  const given = run.routing.settings.spring
  const own = run.interpreter.lookup
    .classes()
    .filter(
      (ref) =>
        ref.module.language === 'java' &&
        ref.cls.members.some(({ name, hasBody }) => name === 'getMappingForMethod' && hasBody) &&
        run.interpreter.lookup.ancestry(ref).some((name) => name.endsWith('RequestMappingHandlerMapping')),
    )
    .map(({ module }) => programOf(module.path))
  return (ref) => {
    const program = programOf(ref.module.path)
    const prefix = { text: '', isUnsure: own.includes(program), sites: [] as Site[] }
    for (const one of given) {
      if (programOf(one.site.module.path) !== program) continue
      const isFor = fits(run, one.predicate, ref)
      if (isFor === false) continue
      const [text] = pathTexts(one.prefix)
      prefix.text = text?.text ?? ''
      prefix.isUnsure ||= isFor === null || (text?.isUnsure ?? true)
      prefix.sites = [one.site, ...linesOf(one.prefix, one.site)]
    }
    return prefix
  }
}

// Whether a predicate of classes takes one; null where that is not known.
function fits(run: Run, predicate: Value | undefined, ref: ClassRef): boolean | null {
  if (predicate?.t === 'func') {
    const site = { module: ref.module, start: ref.cls.start, end: ref.cls.headEnd, symbol: ref.cls.name }
    const cls = { name: null, value: { t: 'class', ref } as const }
    const { result } = run.interpreter.record(() => run.interpreter.call(predicate, [cls], site), 2000)
    if (result?.t === 'symbol' && result.path.endsWith('.isAnnotationPresent()'))
      return result.args.some(({ value }) => hasAnnotation(run, ref, value))
    return knownTruth(result)
  }
  if (predicate?.t !== 'symbol') return null
  const asked = /HandlerTypePredicate\.for(\w+)\(\)$/.exec(predicate.path)?.[1]
  const args = predicate.args.map(({ value }) => value)
  if (asked === 'Annotation') return args.some((one) => hasAnnotation(run, ref, one))
  if (asked === 'BasePackage') return args.some((one) => isBelow(ref, textOf(one)))
  if (asked === 'BasePackageClass')
    return args.some((one) => one.t === 'class' && isBelow(ref, one.ref.module.package))
  return null
}

function hasAnnotation(run: Run, ref: ClassRef, annotation: Value): boolean {
  if (annotation.t === 'class')
    return isAnnotated(run, ref, `:${annotation.ref.module.path}:${annotation.ref.cls.name}`)
  return annotation.t === 'symbol' && isAnnotated(run, ref, annotation.path.replace(/\.class$/, ''))
}

const isBelow = (ref: ClassRef, name: string | null) => name !== null && isBelowPackage(ref, name)

/** Whether a class stands in a package or in one below it. */
export const isBelowPackage = ({ module }: ClassRef, name: string): boolean =>
  module.package === name || module.package.startsWith(`${name}.`)

/** What a class of an application is annotated with (docs.spring.io, "Using the @SpringBootApplication Annotation", and Spring Cloud Commons). */
const applications = [
  'org.springframework.boot.autoconfigure.SpringBootApplication',
  'org.springframework.cloud.client.SpringCloudApplication',
]
const enabling = 'org.springframework.boot.autoconfigure.EnableAutoConfiguration'
const starting =
  /\bSpringApplication\s*\.\s*run\s*\(|\bSpringApplicationBuilder\b|\bSpringBootServletInitializer\b/

/**
 * Folders of programs that are applications of Spring Boot: what one of them sets up is for no other. A configuration that only enables what is on the classpath
 * may be one of a library: it is of an application where something beside it starts one.
 */
export function bootPrograms(run: Run): ReadonlySet<string> {
  const classes = run.interpreter.lookup.classes()
  const programs = (all: readonly ClassRef[]) => all.map(({ module }) => programOf(module.path))
  const started = new Set(programs(classes.filter(({ module }) => starting.test(module.text))))
  return new Set([
    ...programs(classes.filter((ref) => applications.some((one) => isAnnotated(run, ref, one)))),
    ...programs(classes.filter((ref) => isAnnotated(run, ref, enabling))).filter((one) => started.has(one)),
  ])
}

export const isAnnotated = (run: Pick<Run, 'interpreter'>, ref: ClassRef, path: string) =>
  annotationsOf(run.interpreter, ref.cls.decorators, ref.scope, ref).some((one) => one.path === path)

/** Puts before the paths of a program's operations what its settings say (`server.servlet.context-path`). */
export function belowContexts(
  operations: readonly FoundOperation[],
  manifests: ReadonlyMap<string, string>,
): FoundOperation[] {
  if (!operations.some(({ pack }) => pack.language === 'java')) return [...operations]
  const contexts = contextsOf(manifests)
  return operations.map((operation) => {
    const { template, pack, site } = operation
    if (pack.language !== 'java') return operation
    const program = programOf(site.module.path)
    const context = contextOf(contexts, program)
    const base = isBelowData(operation) ? dataRestBase(program, manifests) : null
    if (!context && !base) return operation
    return {
      ...operation,
      through: [...operation.through, ...(context?.sites ?? [])],
      template: {
        ...template,
        path: joinPaths([context?.text ?? '', base?.text ?? '', template.path], false),
        isUnsure: template.isUnsure || (context?.isUnsure ?? false) || (base?.isUnsure ?? false),
      },
    }
  })
}

// Controllers of Spring Data REST stand below its base path.
const isBelowData = (operation: FoundOperation): boolean =>
  operation.fn?.owner?.cls.decorators.some((one) =>
    /^(?:RepositoryRestController|BasePathAwareController)$/.test(
      one.k === 'call' && (one.callee.k === 'name' || one.callee.k === 'member') ? one.callee.name : '',
    ),
  ) ?? false
