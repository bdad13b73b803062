import type { OpenQuestion } from '../../facts/fact-set.ts'
import { always } from '../../facts/condition.ts'
import type { Condition } from '../../facts/condition.ts'
import type { Module } from '../../parse/ir.ts'
import { whenAny } from '../first-that-is.ts'
import { beanWhen } from './bean-conditions.ts'
import type { FoundOperation } from '../flat-routes.ts'
import type { AnnotatedOperation } from '../annotated.ts'
import type { Run } from '../run-code.ts'
import { askedSince, asking, guardLibrary } from './library-guards.ts'

/** Which annotations of methods Spring Security asks. */
type Kind = 'prePost' | 'secured' | 'jsr250' | 'shiro' | 'sa-token'

const kindOf = (path: string): Kind =>
  /(?:Pre|Post)(?:Authorize|Filter)$/.test(path)
    ? 'prePost'
    : path.endsWith('.Secured')
      ? 'secured'
      : (guardLibrary(path)?.name ?? 'jsr250')

type Enabled = ReadonlyMap<Kind, readonly { when: Condition }[]>

const known = new WeakMap<Run, Enabled>()

/** What profiles and settings have to be for Spring Security to ask what an annotation of a method asks: only where a program enables that ("Method Security", docs.spring.io); null where none does. */
export function askedBySpring(run: Run, annotation: { path: string }): Condition | null {
  let enabled = known.get(run)
  if (!enabled) known.set(run, (enabled = enabledIn(run)))
  const all = enabled.get(kindOf(annotation.path))
  return all ? whenAny(all) : null
}

/** Whether Spring Security asks it at all. */
export const isAskedBySpring = (run: Run, annotation: { path: string }): boolean =>
  askedBySpring(run, annotation) !== null

// When what stands in a file of Java, on a class or in one, is set up.
function whenIn({ interpreter }: Run, module: Module, at: number): Condition {
  const found = interpreter.lookup
    .classes()
    .filter(
      ({ module: own, cls }) =>
        own === module &&
        Math.min(cls.start, ...cls.decorators.map(({ start }) => start)) <= at &&
        at < cls.end,
    )
    .toSorted((a, b) => a.cls.end - a.cls.start - (b.cls.end - b.cls.start))
  return found[0] ? beanWhen(interpreter, found[0]) : always
}

function enabledIn(run: Run): Enabled {
  const { project } = run
  const enabled = new Map<Kind, { when: Condition }[]>()
  const add = (kind: Kind, when: Condition) => enabled.set(kind, [...(enabled.get(kind) ?? []), { when }])
  const put = (isOld: boolean, said: string, when: Condition) => {
    for (const kind of ['prePost', 'secured', 'jsr250'] as const) {
      const names =
        kind === 'prePost' ? 'pre-?post(?:-?annotations|-?enabled)' : `${kind}-?(?:annotations|enabled)`
      const value = new RegExp(`${names}\\s*=\\s*"?(\\w+)`, 'i').exec(said)?.[1]
      if (value === undefined ? kind === 'prePost' && !isOld : !/^(?:false|disabled)$/.test(value))
        add(kind, when)
    }
  }
  for (const module of project.modules.values()) {
    if (module.language !== 'java') continue
    for (const { name, at } of asking(module.text)) add(name, whenIn(run, module, at))
    if (!module.text.includes('Method')) continue
    // As long as it was, so that places stay.
    const code = module.text.replaceAll(/"(?:\\.|[^"\\\n])*"|\/\*[^]*?\*\/|\/\/.*/g, (all) =>
      ' '.repeat(all.length),
    )
    for (const { 1: old, 2: said = '', index } of code.matchAll(
      /@Enable(Global|Reactive)?MethodSecurity\b\s*(?:\(([^)]*)\))?/g,
    ))
      put(old === 'Global', said, whenIn(run, module, index))
    for (const { 1: rule = '', index } of code.matchAll(
      /AuthorizationManager(?:Before|After)MethodInterceptor\s*\.\s*(\w+)/g,
    ))
      add(
        /^(?:pre|post)/.test(rule) ? 'prePost' : rule === 'secured' ? 'secured' : 'jsr250',
        whenIn(run, module, index),
      )
  }
  for (const [path, text] of project.manifests) {
    for (const name of askedSince(path, text)) add(name, always)
    if (path.endsWith('.xml'))
      for (const [, old, said = ''] of text
        .replaceAll(/<!--[^]*?-->/g, '')
        .matchAll(/<(?:[\w-]+:)?(global-)?method-security\b([^>]*)>/g))
        put(old !== undefined, said, always)
  }
  return enabled
}

/** Asks once of each annotation that nothing enables whether it refuses anybody: a library may enable it. */
export function askedOfInert(run: Run, operations: readonly FoundOperation[]): OpenQuestion[] {
  const inert = operations
    .flatMap((one) =>
      'guards' in one && one.pack.framework === 'Spring' ? (one as AnnotatedOperation).guards : [],
    )
    .filter(({ annotation }) => !isAskedBySpring(run, annotation))
  return [...Map.groupBy(inert, ({ annotation }) => annotation.path).values()].flatMap(
    ([first, ...others]) => {
      if (!first) return []
      const name = first.annotation.path.split('.').at(-1) ?? ''
      const more = others.length > 0 ? ` and at ${others.length} more` : ''
      return {
        text: `Does \`@${name}\` refuse anybody, here${more}?`,
        why: `Nothing that was read enables what Spring asks by it (${guardLibrary(first.annotation.path) ? 'what its library documents' : '`@EnableMethodSecurity`'}); unless a library does, it refuses nobody, so nothing of it is told.`,
        path: first.owner.module.path,
        line: first.owner.module.text.slice(0, first.annotation.expr.start).split('\n').length,
      }
    },
  )
}
