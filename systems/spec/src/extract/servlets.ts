import { posix } from 'node:path'
import { unknownCaller, withoutRole } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import { joinPaths, pathTexts, templatesOf, unknownPart } from '../packs/path.ts'
import { servlet } from '../packs/servlet/servlet.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import { methodOf } from '../resolve/members.ts'
import { symbol, textOf } from '../resolve/values.ts'
import type { ClassRef } from '../resolve/values.ts'
import type { Around, FoundOperation } from './flat-routes.ts'
import type { Run } from './run-code.ts'
import { ownTable } from '../parse/own-table.ts'

const verbs: Record<string, string> = ownTable({
  doGet: 'GET',
  doPost: 'POST',
  doPut: 'PUT',
  doDelete: 'DELETE',
  doPatch: 'PATCH',
  service: '*',
})

interface Pattern {
  text: string
  isUnsure: boolean
}

/** What servlets of the repository answer, by the patterns of `@WebServlet` and of `web.xml`; a class that neither names is put somewhere by code, or nowhere. */
export function servletOperations(run: Run): FoundOperation[] {
  if (!run.packs.includes(servlet)) return []
  const { lookup } = run.interpreter
  const mapped = mappedInXml(run.project.manifests)
  return lookup
    .classes()
    .filter(
      (ref) =>
        ref.module.language === 'java' &&
        lookup.ancestry(ref).some((name) => /^(?:javax|jakarta)\.servlet\.http\.HttpServlet$/.test(name)),
    )
    .flatMap((ref) => {
      const patterns = [
        ...annotated(run, ref),
        ...(mapped.get(`${ref.module.package}.${ref.cls.name}`) ?? []),
      ]
      return Object.entries(verbs).flatMap(([name, verb]) => operationsOf(run, ref, name, verb, patterns))
    })
}

function operationsOf(
  run: Run,
  ref: ClassRef,
  name: string,
  verb: string,
  patterns: readonly Pattern[],
): FoundOperation[] {
  const method = run.interpreter.lookup.method(ref, name)
  if (!method) return []
  const { fn, owner } = method
  const guards = guardsOf(run, ref)
  return patterns
    .filter(({ text }) => text.startsWith('/') || text.startsWith(unknownPart))
    .flatMap(({ text, isUnsure }) =>
      templatesOf(joinPaths([text], false), servlet.syntax).map((template): FoundOperation => ({
        pack: servlet,
        method: verb,
        template: { ...template, isUnsure },
        handlers: [methodOf({ fn, owner }, null)],
        errors: [],
        site: { module: ref.module, start: ref.cls.start, end: ref.cls.headEnd, symbol: ref.cls.name },
        through: [
          { module: owner.module, start: fn.start, end: fn.headEnd, symbol: `${ref.cls.name}.${name}` },
        ],
        args: [],
        options: new Map(),
        fn: null,
        around: guards,
      })),
    )
}

// `@ServletSecurity(@HttpConstraint(rolesAllowed = "keeper"))`: who is not signed in is refused, and who has none of the roles.
function guardsOf({ interpreter }: Run, ref: ClassRef): Around[] {
  const found = annotationsOf(interpreter, ref.cls.decorators, ref.scope, ref).find(({ path }) =>
    path.endsWith('.ServletSecurity'),
  )
  const constraint = found?.args.find(({ name }) => name === null || name === 'value')?.value
  const roles = (constraint?.t === 'symbol' ? constraint.args : [])
    .filter(({ name }) => name === 'rolesAllowed')
    .flatMap(({ value }) => (value.t === 'list' ? value.items : [value]))
    .flatMap((one) => textOf(one) ?? [])
  if (!found || roles.length === 0) return []
  const site = { module: ref.module, start: found.expr.start, end: found.expr.end, symbol: ref.cls.name }
  const refuse = (status: number, who: Condition[number]) =>
    interpreter.within([who], () =>
      interpreter.emit('answer-error', symbol(found.path), status, site, { isFramework: true }),
    )
  return [
    {
      run: () => {
        refuse(401, [unknownCaller])
        refuse(403, [withoutRole(roles)])
      },
    },
  ]
}

function annotated({ interpreter }: Run, ref: ClassRef): Pattern[] {
  const found = annotationsOf(interpreter, ref.cls.decorators, ref.scope, ref).find(({ path }) =>
    /^(?:javax|jakarta)\.servlet\.annotation\.WebServlet$/.test(path),
  )
  return (found?.args ?? []).flatMap(({ name, value }) =>
    name === null || name === 'value' || name === 'urlPatterns' ? pathTexts(value) : [],
  )
}

// Patterns of each class by the name of its servlet.
function mappedInXml(manifests: ReadonlyMap<string, string>): Map<string, Pattern[]> {
  const found = new Map<string, Pattern[]>()
  for (const [path, written] of manifests) {
    if (posix.basename(path) !== 'web.xml' || /(?:^|\/)src\/test\//.test(path)) continue
    const text = written.replaceAll(/<!--[\s\S]*?-->/g, '')
    const classes = new Map<string, string>()
    for (const [, block = ''] of text.matchAll(/<servlet>([\s\S]*?)<\/servlet>/g)) {
      const [name, cls] = [valuesOf(block, 'servlet-name')[0], valuesOf(block, 'servlet-class')[0]]
      if (name !== undefined && cls !== undefined) classes.set(name, cls)
    }
    for (const [, block = ''] of text.matchAll(/<servlet-mapping>([\s\S]*?)<\/servlet-mapping>/g)) {
      const cls = classes.get(valuesOf(block, 'servlet-name')[0] ?? '')
      if (cls === undefined) continue
      const patterns = valuesOf(block, 'url-pattern').map((one) => ({ text: one, isUnsure: false }))
      found.set(cls, [...(found.get(cls) ?? []), ...patterns])
    }
  }
  return found
}

const valuesOf = (block: string, name: string): string[] =>
  Array.from(block.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g')), (one) =>
    (one[1] ?? '').trim(),
  )
