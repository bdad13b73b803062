import { posix } from 'node:path'
import { isMap, isScalar, parseDocument } from 'yaml'
import { joinPaths, pathTexts } from '../packs/path.ts'
import { knownTruth } from '../resolve/conditions.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import type { ClassRef, Value } from '../resolve/values.ts'
import { textOf } from '../resolve/values.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Run } from './run-code.ts'

/** What stands before a path, and whether part of it could not be worked out. */
export interface KnownPrefix {
  text: string
  isUnsure: boolean
}

/** Folder of the program that a file of Java or of its resources belongs to: what is above `src`. */
export const programOf = (path: string) =>
  (path.includes('/src/')
    ? path.slice(0, path.indexOf('/src/') + 5)
    : path.startsWith('src/')
      ? 'src/'
      : `${posix.dirname(path)}/`
  ).replace(/^\.\//, '')

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
    const prefix = { text: '', isUnsure: own.includes(program) }
    for (const one of given) {
      if (programOf(one.site.module.path) !== program) continue
      const isFor = fits(run, one.predicate, ref)
      if (isFor === false) continue
      const [text] = pathTexts(one.prefix)
      prefix.text = text?.text ?? ''
      prefix.isUnsure ||= isFor === null || (text?.isUnsure ?? true)
    }
    return prefix
  }
}

// Whether a predicate of classes takes one; null where that is not known.
function fits(run: Run, predicate: Value | undefined, ref: ClassRef): boolean | null {
  if (predicate?.t === 'func') {
    const site = { module: ref.module, start: ref.cls.start, end: ref.cls.headEnd, symbol: ref.cls.name }
    const cls = { name: null, value: { t: 'class', ref } as const }
    return knownTruth(run.interpreter.record(() => run.interpreter.call(predicate, [cls], site), 2000).result)
  }
  if (predicate?.t !== 'symbol') return null
  const asked = /HandlerTypePredicate\.for(\w+)\(\)$/.exec(predicate.path)?.[1]
  const args = predicate.args.map(({ value }) => value)
  if (asked === 'Annotation')
    return args.some((one) => one.t === 'symbol' && isAnnotated(run, ref, one.path.replace(/\.class$/, '')))
  if (asked === 'BasePackage') return args.some((one) => isBelow(ref, textOf(one)))
  if (asked === 'BasePackageClass')
    return args.some((one) => one.t === 'class' && isBelow(ref, one.ref.module.package))
  return null
}

const isBelow = ({ module }: ClassRef, name: string | null) =>
  name !== null && (module.package === name || module.package.startsWith(`${name}.`))

export const isAnnotated = (run: Pick<Run, 'interpreter'>, ref: ClassRef, path: string) =>
  annotationsOf(run.interpreter, ref.cls.decorators, ref.scope, ref).some((one) => one.path === path)

/** Settings of the paths below which a server answers, in the order in which they stand before a path. */
const settings = [
  ['server.servlet.context-path', 'server.servlet.contextPath', 'server.context-path', 'server.contextPath'],
  ['spring.webflux.base-path', 'spring.mvc.servlet.path'],
  ['micronaut.server.context-path'],
  ['quarkus.http.root-path'],
  ['quarkus.rest.path', 'quarkus.resteasy.path', 'quarkus.resteasy-reactive.path'],
]

/** Puts before the paths of a program's operations what its settings say (`server.servlet.context-path`). */
export function belowContexts(
  operations: readonly FoundOperation[],
  manifests: ReadonlyMap<string, string>,
): FoundOperation[] {
  if (!operations.some(({ pack }) => pack.language === 'java')) return [...operations]
  const contexts = contextsOf(manifests)
  const servlets = servletPaths(manifests)
  return operations.map((operation) => {
    if (operation.pack.language !== 'java') return operation
    const program = programOf(operation.site.module.path)
    const servlet = operation.pack.framework === 'JAX-RS' ? servletOf(program, servlets) : undefined
    const parts = [contexts.get(program), servlet].filter((one) => one !== undefined)
    if (parts.length === 0) return operation
    const context = {
      text: joinPaths(
        parts.map(({ text }) => text),
        false,
      ),
      isUnsure: parts.some(({ isUnsure }) => isUnsure),
    }
    const { template } = operation
    return {
      ...operation,
      template: {
        ...template,
        path: joinPaths([context.text, template.path], false),
        isUnsure: template.isUnsure || context.isUnsure,
      },
    }
  })
}

/** Servlets and filters that answer for JAX-RS ("Servlet", in Jakarta RESTful Web Services; the guides of Jersey, RESTEasy and CXF). */
const restServlets =
  /\bws\.rs\.(?:core\.)?Application\b|\bjersey\.[\w.]*ServletContainer\b|\bresteasy\.[\w.]*(?:Dispatcher|FilterDispatcher)\b|\bcxf\.[\w.]*Servlet\b|\bwink\.[\w.]*RestServlet\b/

/** The path that a program's `web.xml` maps JAX-RS to, by the program; not sure where it maps several. */
function servletPaths(manifests: ReadonlyMap<string, string>): Map<string, KnownPrefix> {
  const found = new Map<string, KnownPrefix>()
  for (const [path, written] of manifests) {
    if (posix.basename(path) !== 'web.xml' || /(?:^|\/)src\/test\//.test(path)) continue
    const text = written.replaceAll(/<!--[\s\S]*?-->/g, '')
    const blocks = (kind: string) =>
      Array.from(text.matchAll(new RegExp(`<${kind}>([\\s\\S]*?)</${kind}>`, 'g')), (one) => one[1] ?? '')
    const valueOf = (block: string, name: string) =>
      Array.from(block.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g')), (one) =>
        (one[1] ?? '').trim(),
      )
    const patterns = ['servlet', 'filter'].flatMap((kind) => {
      const rest = new Set(
        blocks(kind)
          .filter((block) => restServlets.test(block))
          .flatMap((block) => valueOf(block, `${kind}-name`)),
      )
      return blocks(`${kind}-mapping`)
        .filter((block) =>
          valueOf(block, `${kind}-name`).some((name) => rest.has(name) || restServlets.test(name)),
        )
        .flatMap((block) => valueOf(block, 'url-pattern'))
    })
    const paths = new Set(patterns.map((pattern) => pattern.replace(/\/?\*$/, '')))
    const [first = ''] = paths
    if (patterns.length > 0)
      found.set(programOf(path), {
        text: joinPaths([first], false).replace(/^\/$/, ''),
        isUnsure: paths.size > 1,
      })
  }
  return found
}

/** Classes of a program without a `web.xml` are served by the only one that has one. */
function servletOf(program: string, servlets: ReadonlyMap<string, KnownPrefix>): KnownPrefix | undefined {
  const [only] = servlets.size === 1 ? servlets.values() : []
  return servlets.get(program) ?? only
}

// By the program. A program may have its settings from a server of them, in files that are named for it.
function contextsOf(manifests: ReadonlyMap<string, string>): Map<string, KnownPrefix> {
  const files = [...manifests].flatMap(([path, text]) => {
    const name = /^([\w.-]+)\.(?:ya?ml|properties)$/.exec(posix.basename(path))?.[1]
    if (name === undefined || /(?:^|\/)src\/test\//.test(path)) return []
    if (!/^(?:application|bootstrap)$/.test(name) && !path.includes('/resources/')) return []
    return [
      {
        name,
        program: programOf(path),
        values: path.endsWith('.properties') ? ofProperties(text) : ofYaml(text),
      },
    ]
  })
  const contexts = new Map<string, KnownPrefix>()
  for (const program of new Set(files.map((file) => file.program))) {
    const own = files.filter(
      (file) => file.program === program && /^(?:application|bootstrap)$/.test(file.name),
    )
    const first = (key: string) =>
      own.map(({ values }) => values(key)).find((value) => value !== null) ?? null
    const name = first('spring.application.name')
    const isServed =
      /configserver:/.test(first('spring.config.import') ?? '') ||
      ['uri', 'fail-fast', 'discovery.enabled', 'name'].some(
        (key) => first(`spring.cloud.config.${key}`) !== null,
      )
    const served = isServed ? files.filter((file) => file.name === name) : []
    const found = [...served.map(({ values }) => values), first]
      .map(contextOf)
      .find(({ text, isUnsure }) => text !== '' || isUnsure)
    if (found) contexts.set(program, found)
    else if (isServed && served.length === 0) contexts.set(program, { text: '', isUnsure: true })
  }
  return contexts
}

function contextOf(values: (name: string) => string | null): KnownPrefix {
  const parts = settings.flatMap((names) => names.map(values).find((one) => one !== null) ?? [])
  const told = parts.map((part) => part.replaceAll(/\$\{[^}:]*:([^}]*)\}/g, '$1'))
  return {
    text: joinPaths(
      told.map((part) => part.replaceAll(/\$\{[^}]*\}/g, '').trim()).filter((part) => part !== '/'),
      false,
    ).replace(/^\/$/, ''),
    isUnsure: told.some((part) => part.includes('${')),
  }
}

const ofProperties =
  (text: string) =>
  (name: string): string | null =>
    text
      .split(/\r?\n/)
      .map((line) => /^\s*([\w.-]+)\s*[=:]\s*(.*)$/.exec(line))
      .find((found) => found?.[1] === name)?.[2]
      ?.trim() ?? null

function ofYaml(text: string): (name: string) => string | null {
  // The first document is what holds without a profile.
  const { contents } = parseDocument(text.split(/^---\s*$/m).find((part) => part.trim() !== '') ?? '')
  const find = (node: unknown, name: string): string | null => {
    if (name === '') return isScalar(node) ? String(node.value) : null
    if (!isMap(node)) return null
    for (const { key, value } of node.items) {
      const own = isScalar(key) ? String(key.value) : ''
      if (name !== own && !name.startsWith(`${own}.`)) continue
      const found = find(value, name.slice(own.length + 1))
      if (found !== null) return found
    }
    return null
  }
  return (name) => find(contents, name)
}
