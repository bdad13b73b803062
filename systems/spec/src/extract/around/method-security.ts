import type { OpenQuestion } from '../../facts/fact-set.ts'
import type { FoundOperation } from '../flat-routes.ts'
import type { AnnotatedOperation } from '../annotated.ts'
import type { Run } from '../run-code.ts'

/** Which annotations of methods Spring Security asks. */
type Kind = 'prePost' | 'secured' | 'jsr250'

const kindOf = (path: string): Kind =>
  /(?:Pre|Post)(?:Authorize|Filter)$/.test(path)
    ? 'prePost'
    : path.endsWith('.Secured')
      ? 'secured'
      : 'jsr250'

const known = new WeakMap<Run, ReadonlySet<Kind>>()

/** Whether Spring Security asks what an annotation of a method asks: only where a program enables that ("Method Security", docs.spring.io). */
export function isAskedBySpring(run: Run, annotation: { path: string }): boolean {
  let enabled = known.get(run)
  if (!enabled) known.set(run, (enabled = enabledIn(run)))
  return enabled.has(kindOf(annotation.path))
}

function enabledIn({ project }: Run): ReadonlySet<Kind> {
  const enabled = new Set<Kind>()
  const put = (isOld: boolean, said: string) => {
    for (const kind of ['prePost', 'secured', 'jsr250'] as const) {
      const names =
        kind === 'prePost' ? 'pre-?post(?:-?annotations|-?enabled)' : `${kind}-?(?:annotations|enabled)`
      const value = new RegExp(`${names}\\s*=\\s*"?(\\w+)`, 'i').exec(said)?.[1]
      if (value === undefined ? kind === 'prePost' && !isOld : !/^(?:false|disabled)$/.test(value))
        enabled.add(kind)
    }
  }
  const texts = [...project.modules.values()].flatMap(({ language, text }) =>
    language === 'java' ? [text] : [],
  )
  for (const text of texts.filter((one) => one.includes('Method'))) {
    const code = text.replaceAll(/"(?:\\.|[^"\\\n])*"|\/\*[^]*?\*\/|\/\/.*/g, '')
    for (const [, old, said = ''] of code.matchAll(
      /@Enable(Global|Reactive)?MethodSecurity\b\s*(?:\(([^)]*)\))?/g,
    ))
      put(old === 'Global', said)
    for (const [, rule = ''] of code.matchAll(
      /AuthorizationManager(?:Before|After)MethodInterceptor\s*\.\s*(\w+)/g,
    ))
      enabled.add(/^(?:pre|post)/.test(rule) ? 'prePost' : rule === 'secured' ? 'secured' : 'jsr250')
  }
  for (const [path, text] of project.manifests)
    if (path.endsWith('.xml'))
      for (const [, old, said = ''] of text
        .replaceAll(/<!--[^]*?-->/g, '')
        .matchAll(/<(?:[\w-]+:)?(global-)?method-security\b([^>]*)>/g))
        put(old !== undefined, said)
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
        why: 'Nothing that was read enables what Spring asks by it (`@EnableMethodSecurity`); unless a library does, it refuses nobody, so nothing of it is told.',
        path: first.owner.module.path,
        line: first.owner.module.text.slice(0, first.annotation.expr.start).split('\n').length,
      }
    },
  )
}
