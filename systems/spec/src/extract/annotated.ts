import { plainPathsOf } from './uri-templates.ts'
import { always } from '../facts/condition.ts'
import { both } from '../resolve/conditions.ts'
import { anyMedia } from '../facts/fact.ts'
import type { Shape } from '../facts/shape.ts'
import type { Func, Param } from '../parse/ir.ts'
import { isLeftOut } from '../packs/controller-settings.ts'
import type { ExcludedPath } from '../packs/controller-settings.ts'
import type { AnnotationRules, Pack, ParameterPlace } from '../packs/pack.ts'
import { joinPaths, pathTexts, templatesOf } from '../packs/path.ts'
import { methodsOf } from '../packs/methods.ts'
import { optionOf } from '../packs/options.ts'
import { argOf } from '../packs/status.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import type { ClassRef, FuncValue, Site, Value } from '../resolve/values.ts'
import { constant, linesOf, textOf, writtenAt } from '../resolve/values.ts'
import { versionTexts } from './nest-versions.ts'
import type { Base, Versions } from './nest-versions.ts'
import { typeBelow } from '../resolve/type-arguments.ts'
import { annotationsOf, find } from '../resolve/annotations.ts'
import type { Annotation } from '../resolve/annotations.ts'
import { beanWhen } from './around/bean-conditions.ts'
import { asksForAll } from './around/library-guards.ts'
import { partsTaken } from './nest-parts.ts'
import { guardOf, onParameters, permitsSignedIn } from './around/guard-annotations.ts'
import type { FoundOperation } from './flat-routes.ts'
import { filledIn, programOf } from './java-settings.ts'
import { ownTable } from '../parse/own-table.ts'

/** A parameter of an annotated method, as its annotations bind it. */
export interface BoundParameter {
  in: ParameterPlace | 'body' | 'none'
  name: string
  param: Param
  owner: ClassRef
  isRequired: boolean
  /** Where it is left out the framework refuses the request before the handler. */
  isThere?: boolean
  /** Where nothing was sent it is an empty list, or what is said in its place. */
  isNeverNull?: true
  otherwise: Value | undefined
  media: string
  annotations: Annotation[]
  /** Where it is annotated, if that is in what its method overrides, and the class of that. */
  declaredAt?: Site
  declaredIn?: ClassRef
  /** Where its type is written, if that is in a class that says what the parameters of the one above stand for. */
  typeIn?: ClassRef
  /** It is one field of the body, by its name. */
  isField?: true
  /** What a pipe makes of it. */
  shape?: Shape
  /** Where its name and its default are written. */
  writtenAt?: readonly Site[]
}

export interface AnnotatedOperation extends FoundOperation {
  owner: ClassRef
  fn: FuncValue
  bound: BoundParameter[]
  statuses: Value | null
  /** Methods that give what answers, from the outside in. */
  locators: Located[]
  guards: {
    guard: 'authentication' | 'role'
    roles: Value | undefined
    annotation: Annotation
    owner: ClassRef
  }[]
}

/** A method that gives what answers below its path, and what it is given. */
type Located = Pick<AnnotatedOperation, 'fn' | 'bound'>

const plainTexts = (path: Value, { framework }: Pack): ReturnType<typeof pathTexts> =>
  framework === 'Micronaut'
    ? pathTexts(path).flatMap((one) => plainPathsOf(one.text).map((text) => ({ ...one, text })))
    : framework === 'Armeria'
      ? pathTexts(path).map((one) => ({ ...one, ...armeriaPath(one.text) }))
      : pathTexts(path)

// "Path patterns": `exact:/a`, `prefix:/a` is all below it, `/a/:id` is `/a/{id}`; which paths the others stand for is not said.
function armeriaPath(text: string): { text: string; isUnsure?: boolean } {
  const [, kind, path = text] = /^(exact|prefix|glob|regex):(.*)$/.exec(text) ?? []
  if (kind === 'glob' || kind === 'regex') return { text: path, isUnsure: true }
  const plain = kind === 'exact' ? path : path.replaceAll(/\/:(\w+)/g, '/{$1}')
  return { text: kind === 'prefix' ? `${plain.replace(/\/$/, '')}/{rest*}` : plain }
}

const noText = [{ text: '', isRegex: false, isUnsure: false }]

/** Settings of the program that change all paths of annotated classes. */
export interface ClassPrefixes {
  prefix: string
  /** Paths that it does not stand before. */
  excluded: ExcludedPath[]
  /** After prefix and version: of the module that a controller belongs to. */
  module: string
  /** Versions stand after the prefix. */
  versions: Versions | null
  /** What comes before may be something else. */
  isUnsure: boolean
  /** Where a program sets it. */
  sites: Site[]
}

/** Operations of classes with annotations (controllers, resources), by the rules of a pack. */
export function annotatedOperations(
  interpreter: Interpreter,
  pack: Pack,
  settings: (ref: ClassRef, pack: Pack) => ClassPrefixes | ClassPrefixes[],
): AnnotatedOperation[] {
  const { annotations: rules } = pack
  if (!rules) return []
  const found: AnnotatedOperation[] = []
  for (const ref of interpreter.lookup.classes()) {
    if (ref.module.language !== pack.language || ref.cls.kind === 'interface') continue
    const controller = find(annotationsOfClass(interpreter, ref), rules.controllers)
    if (!controller && !(rules.isForAnyClass && routesMethods(interpreter, rules, ref))) continue
    const annotation = controller?.annotation
    for (const { prefix, excluded, module, versions, isUnsure, sites } of [settings(ref, pack)].flat()) {
      const options = annotation?.args[0]?.value
      const classPath = classPathOf(interpreter, rules, ref)
      const own = pathsIn(classPath?.path)
      // What an annotation is is seen where the class has it, also where it is that of a class above.
      const at = ({ expr: { start, end } }: Annotation) =>
        ref.cls.decorators.some((one) => one.start === start && one.end === end)
          ? [{ module: ref.module, start, end, symbol: ref.cls.name }]
          : []
      const leading = [
        ...(annotation ? at(annotation) : []),
        ...(classPath
          ? [...at(classPath.annotation), ...linesOf(classPath.path, at(classPath.annotation)[0])]
          : []),
        ...sites,
      ]
      const put = new Set<string>()
      const bases = (annotations: readonly Annotation[]): Base[] => {
        const given = annotations.find(({ path }) => path === rules.version)?.args[0]?.value
        const version = given ?? optionOf(options, 'version') ?? versions?.byDefault
        const all = versions && version ? versionTexts(version, versions.prefix) : noText
        for (const { text } of all) if (text !== '') put.add(text)
        return all.flatMap((one) =>
          own.map((text) => ({
            text: joinPaths([prefix, one.text, module, text], false),
            isUnsure: one.isUnsure,
          })),
        )
      }
      const made = ref.module.language === 'java' ? beanWhen(interpreter, ref) : always
      for (const operation of operationsOf(interpreter, pack, rules, ref, bases, 0)) {
        if (!made.some((row) => row.length === 0)) operation.when = both(made, operation.when ?? always)
        const { template } = operation
        template.isUnsure ||= isUnsure
        const start = joinPaths([prefix], false)
        const bare = `/${template.path.slice(start.length).replace(/^\//, '')}`
        const isBelow = prefix !== '' && template.path.startsWith(start)
        if (isBelow && isLeftOut(excluded, bare, operation.method, put)) template.path = bare
        operation.through.push(...leading)
        found.push(operation)
      }
    }
  }
  return found
}

const routesMethods = (interpreter: Interpreter, { methods }: AnnotationRules, ref: ClassRef): boolean =>
  ref.cls.members.some(
    ({ decorators }) =>
      decorators.length > 0 && find(annotationsOf(interpreter, decorators, ref.scope, ref), methods) !== null,
  )

/** Paths that a controller's own annotations put before those of its methods. */
export const classBases = (interpreter: Interpreter, rules: AnnotationRules, ref: ClassRef): string[] =>
  pathsIn(classPathOf(interpreter, rules, ref)?.path)

const pathsIn = (path: Value | undefined): string[] =>
  (path && path.t !== 'object' ? pathTexts(path) : noText).map((one) => one.text)

function classPathOf(
  interpreter: Interpreter,
  rules: AnnotationRules,
  ref: ClassRef,
): { annotation: Annotation; path: Value } | null {
  const own = annotationsOfClass(interpreter, ref)
  const controller = find(own, rules.controllers)
  const given = controller?.rule.isMarker ? find(own, rules.classPaths ?? {}) : controller
  const path = given
    ? (optionOf(controller?.annotation.args[0]?.value, 'path') ??
      optionOf(controller?.annotation.args[0]?.value, 'basePath') ??
      argOf(given.annotation.args, given.rule.path) ??
      argOf(given.annotation.args, 'path'))
    : undefined
  return given && path ? { annotation: given.annotation, path } : null
}

/** Guards that annotations of a method or its class set up. */
export function guardsOf(
  rules: AnnotationRules,
  annotations: readonly { each: Annotation; from: ClassRef }[],
  isOfSignedIn = false,
): AnnotatedOperation['guards'] {
  // Of Java's, what stands on the method counts instead of what stands on the class, and what is for everybody asks for nothing.
  const asked = guardOf(
    rules,
    annotations.map(({ each }) => each),
    isOfSignedIn,
  )
  const counts = rules.refusals
    ? annotations.filter(
        ({ each }) => asked !== null && asked.asks !== 'nothing' && each === asked.annotation,
      )
    : annotations
  return counts.flatMap(({ each, from }) => {
    const guard = rules.guards[each.path]
    // `@Secured(SecurityRule.IS_AUTHENTICATED)` names no role.
    const isPlain = asked !== null && asked.annotation === each && asked.asks === 'authentication'
    if (!guard && !isPlain) return []
    return [
      {
        guard: isPlain || !guard ? ('authentication' as const) : guard.guard,
        roles: isPlain || !guard || asksForAll(each) ? undefined : argOf(each.args, guard.roles),
        annotation: each,
        owner: from,
      },
    ]
  })
}

function annotationsOfClass(interpreter: Interpreter, ref: ClassRef, depth = 0): Annotation[] {
  const own = annotationsOf(interpreter, ref.cls.decorators, ref.scope, ref)
  if (depth > 3 || ref.module.language !== 'java') return own
  return [
    ...own,
    ...interpreter.lookup.basesOf(ref).flatMap((base) => annotationsOfClass(interpreter, base, depth + 1)),
  ]
}

function operationsOf(
  interpreter: Interpreter,
  pack: Pack,
  rules: AnnotationRules,
  ref: ClassRef,
  basesOf: (annotations: readonly Annotation[]) => readonly Base[],
  depth: number,
  locators: Located[] = [],
): AnnotatedOperation[] {
  const found: AnnotatedOperation[] = []
  const classMedia = mediaOf(null, annotationsOfClass(interpreter, ref))
  for (const { method, owner, declared, paramsFrom } of methodsWithAnnotations(interpreter, ref)) {
    const annotations = declared.map(({ each }) => each)
    const verbs = annotations.flatMap((annotation) => {
      const rule = rules.methods[annotation.path]
      return rule ? [{ annotation, rule }] : []
    })
    const annotationSite = (one: Annotation): Site => ({
      module: (declared.find(({ each }) => each === one)?.from ?? owner).module,
      start: one.expr.start,
      end: one.expr.end,
      symbol: `${ref.cls.name}.${method.name}`,
    })
    const own = rules.methodPaths ? find(annotations, rules.methodPaths) : null
    const extra = own ? argOf(own.annotation.args, own.rule.path) : undefined
    if (verbs.length === 0 && own && method.returns && depth < 4) {
      // A locator: what it gives answers below its path.
      const [held] = method.returns.name === 'Class' ? method.returns.args : []
      const target = interpreter.lookup.typeTarget((held ?? method.returns).name, owner.scope)
      if (typeof target !== 'string')
        found.push(
          ...operationsOf(
            interpreter,
            pack,
            rules,
            target,
            () =>
              basesOf(annotations).flatMap((base) =>
                pathTexts(extra).map((one) => ({ ...base, text: joinPaths([base.text, one.text], false) })),
              ),
            depth + 1,
            [
              ...locators,
              {
                fn: functionOf(method, owner, ref),
                bound: boundParameters(
                  interpreter,
                  rules,
                  method.params,
                  paramsFrom,
                  owner,
                  textOf(extra) ?? '',
                  '',
                ),
              },
            ],
          ),
        )
      continue
    }
    for (const { annotation, rule } of verbs) {
      const path =
        extra ??
        argOf(annotation.args, rule.path) ??
        ['value', 'path', 'uri', 'uris'].map((name) => argOf(annotation.args, name)).find(Boolean)
      const methods = rule.methods
        ? methodsOf(argOf(annotation.args, rule.methods), [rule.method])
        : [rule.method]
      const media = mediaOf(annotation, annotations) ?? classMedia
      const parts = partsTaken(annotations)
      for (const base of basesOf(annotations))
        for (const one of path ? plainTexts(path, pack) : noText) {
          const whole = joinPaths([base.text, one.text], false)
          const filled = /[$#]\{/.test(whole)
            ? filledIn(whole, programOf(ref.module.path), interpreter.project.manifests)
            : { text: whole, settings: [], isUnsure: false }
          for (const template of templatesOf(joinPaths([filled.text], false), pack.syntax))
            for (const verb of methods) {
              const fn = functionOf(method, owner, ref)
              found.push({
                pack,
                method: verb,
                template: { ...template, isUnsure: base.isUnsure || one.isUnsure || filled.isUnsure },
                ...(filled.settings.length > 0
                  ? { when: [filled.settings.map((subject) => ({ subject, op: 'absent' as const }))] }
                  : {}),
                handlers: [fn],
                errors: [],
                site: annotationSite(annotation),
                through: [
                  ...(own ? [annotationSite(own.annotation)] : []),
                  ...linesOf(path, annotationSite(annotation)),
                ],
                args: annotation.args,
                options: new Map(),
                fn,
                owner: ref,
                bound: boundParameters(
                  interpreter,
                  rules,
                  method.params,
                  paramsFrom,
                  owner,
                  template.path,
                  verb,
                  pack.language === 'java' ? ref : owner,
                ).map((one) => {
                  // What JAX-RS takes from the query it never takes from a form.
                  if (((one.in === 'query' && !rules.emptyLists) || one.isField) && isForm(media))
                    return { ...one, in: 'form' }
                  const own = one.in === 'body' ? (parts ?? media ?? mediaTaken(pack, one)) : null
                  return own === null ? one : { ...one, media: own }
                }),
                statuses: statusOf(annotations, rules),
                locators,
                guards: guardsOf(
                  rules,
                  [
                    ...declared,
                    ...annotationsOf(interpreter, ref.cls.decorators, ref.scope, ref).map((each) => ({
                      each,
                      from: ref,
                    })),
                    ...onParameters(interpreter, method.params, owner).map((each) => ({ each, from: owner })),
                  ],
                  permitsSignedIn(interpreter, method.params, owner),
                ),
              })
            }
        }
    }
  }
  return found
}

const functionOf = (fn: Func, owner: ClassRef, ref: ClassRef): FuncValue => ({
  t: 'func',
  fn,
  scope: owner.scope,
  self: null,
  owner: ref,
  module: owner.module,
  marks: [],
})

// What a method takes, where its annotations name one: `consumes` of Spring's and Micronaut's, `@Consumes` of JAX-RS.
function mediaOf(mapping: Annotation | null, annotations: readonly Annotation[]): string | null {
  const given =
    (mapping && argOf(mapping.args, 'consumes')) ??
    annotations
      .find(({ path }) => /(?:^|\.)Consumes$/.test(path))
      ?.args.find(({ name }) => name === null || name === 'value')?.value
  const all = given?.t === 'list' ? given.items.map(mediaNamed) : [given ? mediaNamed(given) : null]
  // Of several it is JSON that is told where that is one.
  return all.includes('application/json') ? 'application/json' : all.includes(null) ? null : (all[0] ?? null)
}

function mediaNamed(named: Value): string | null {
  if (named.t === 'symbol') {
    const name = /\bMediaType\.([A-Z_]+?)(?:_VALUE|_TYPE)?$/.exec(named.path)?.[1]
    const [, type = '', rest = ''] = /^([A-Z]+)_([A-Z_]+)$/.exec(name ?? '') ?? []
    const sub = rest.toLowerCase().replaceAll('_', '-')
    if (type === '' || /WILDCARD|ALL/.test(type)) return null
    return `${type.toLowerCase()}/${sub === 'form-urlencoded' ? `x-www-${sub}` : sub}`
  }
  const text = textOf(named)
  return text !== null && /^[\w.+-]+\/[\w.+-]+$/.test(text) ? text : null
}

// Text and bytes are read from whatever comes (Spring's `StringHttpMessageConverter`, JAX-RS's entity providers, "Standard Entity Providers").
const mediaTaken = ({ framework }: Pack, { media, param }: BoundParameter): string | null =>
  media === 'application/json' &&
  (framework === 'Spring' || framework === 'JAX-RS') &&
  (/^(?:String|InputStream|Reader|Resource|ByteBuffer|DataBuffer)$/.test(param.type?.name ?? '') ||
    isBytes(param))
    ? anyMedia
    : null

// Java: what is a parameter of a request comes in a form where that is what a method takes.
const isForm = (media: string | null): boolean =>
  media === 'multipart/form-data' || media === 'application/x-www-form-urlencoded'

const isBytes = ({ type }: Param) => type?.name === '[]' && type.args[0]?.name === 'byte'

function statusOf(annotations: readonly Annotation[], rules: AnnotationRules): Value | null {
  const elsewhere = find(annotations, rules.redirects ?? {})
  if (elsewhere)
    return argOf(elsewhere.annotation.args, elsewhere.rule.arg) ?? constant(elsewhere.rule.otherwise)
  const found = find(annotations, rules.status)
  return found
    ? (argOf(found.annotation.args, found.rule) ?? argOf(found.annotation.args, 'code') ?? null)
    : null
}

// A method without annotations has those of the one that it overrides.
function methodsWithAnnotations(interpreter: Interpreter, ref: ClassRef) {
  const seen: { fn: Func; owner: ClassRef }[] = []
  const chain: ClassRef[] = [ref]
  for (let at = 0; at < chain.length && at < 12; at++) {
    const one = chain[at]
    if (one) chain.push(...interpreter.lookup.basesOf(one).filter((base) => !chain.includes(base)))
  }
  return chain.flatMap((owner) =>
    owner.cls.members.flatMap((method) => {
      const isOwn =
        owner === ref ||
        method.hasBody ||
        !chain.some((other) =>
          other.cls.members.some((fn) => fn !== method && fn.name === method.name && fn.hasBody),
        )
      if (!isOwn || seen.some((one) => one.owner !== owner && isOverride(one.fn, method))) return []
      seen.push({ fn: method, owner })
      const own = annotationsOf(interpreter, method.decorators, owner.scope, owner)
      const declared = own.map((each) => ({ each, from: owner }))
      const over = [{ fn: method, from: owner }]
      if (own.length === 0 || ref.module.language === 'java')
        for (const base of chain) {
          if (base === owner) continue
          const fn = base.cls.members.find(
            (one) =>
              isOverride(method, one) &&
              (one.decorators.length > 0 || one.params.some(({ decorators }) => decorators.length > 0)),
          )
          if (!fn) continue
          over.push({ fn, from: base })
          for (const each of annotationsOf(interpreter, fn.decorators, base.scope, base))
            declared.push({ each, from: base })
        }
      // A parameter without annotations has those of the one that it overrides, whatever stands on the method.
      const sources = method.params.map((_, index) =>
        over.find(({ fn }) => (fn.params[index]?.decorators.length ?? 0) > 0),
      )
      const params = method.params.map((param, index) => ({
        ...param,
        decorators: sources[index]?.fn.params[index]?.decorators ?? [],
      }))
      const paramsFrom = sources.map((one, index): ParamSource => ({
        owner: one?.from ?? owner,
        span: one && one.from !== owner ? (one.fn.params[index] ?? null) : null,
      }))
      return [{ method: { ...method, params }, owner, declared, paramsFrom }]
    }),
  )
}

// Whether a method stands for one of a class or interface above its own. Overloads have other types, but for parameters of types.
const isOverride = (method: Func, above: Func): boolean =>
  method.name === above.name &&
  method.params.length === above.params.length &&
  method.params.every(({ type }, index) => {
    const [own, other] = [type?.name ?? '', above.params[index]?.type?.name ?? '']
    const simple = (name: string) => name.slice(name.lastIndexOf('.') + 1)
    return simple(own) === simple(other) || isTypeParameter.test(own) || isTypeParameter.test(other)
  })

const isTypeParameter = /^$|^[A-Z][A-Z\d_]{0,9}$/

const frameworkTypes =
  /(?:Request|Response|Principal|Authentication|Model|ModelMap|ModelAndView|BindingResult|Errors|Pageable|UriComponentsBuilder|Locale|HttpSession|SecurityContext|UriInfo|HttpHeaders|WebRequest|NativeWebRequest|ServerWebExchange|AsyncResponse|RedirectAttributes|InputStream|SessionStatus|MultiValueMap|HttpMethod|Sort)$/

const isOfAll = /(?:^|\.)(?:Map|MultiValueMap|HttpHeaders)$/

/** Where a parameter has its annotations from; `span` of one that another class declares. */
interface ParamSource {
  owner: ClassRef
  span: Param | null
}

function boundParameters(
  interpreter: Interpreter,
  rules: AnnotationRules,
  params: readonly Param[],
  paramsFrom: readonly ParamSource[],
  owner: ClassRef,
  path: string,
  verb: string,
  of: ClassRef = owner,
): BoundParameter[] {
  return params.flatMap((declaredParam, index): BoundParameter[] => {
    const from = paramsFrom[index]
    const declared = from?.owner ?? owner
    // What a parameter of the class above stands for is read where the class below names it.
    const below = declaredParam.type && typeBelow(interpreter.lookup, declaredParam.type, owner, of)
    const param = below ? { ...declaredParam, type: below } : declaredParam
    const at: Pick<BoundParameter, 'declaredAt' | 'declaredIn' | 'typeIn'> = {
      ...(below ? { typeIn: of } : {}),
      ...(from?.span
        ? {
            declaredIn: declared,
            declaredAt: {
              module: declared.module,
              start: from.span.start,
              end: from.span.end,
              symbol: declared.cls.name,
            },
          }
        : {}),
    }
    const annotations = annotationsOf(interpreter, param.decorators, declared.scope, declared)
    const found = find(annotations, rules.parameters)
    const base = { param, owner, annotations, ...at }
    if (!found) {
      const type = param.type?.name ?? ''
      // Spring ("HttpEntity"): the body with its headers, which may be empty. What it holds is asked of it by name.
      const [held] = param.type?.args ?? []
      if (rules.plain === 'query' && /(?:^|\.)(?:Http|Request)Entity$/.test(type))
        return held && !/^(?:\?|Void)$/.test(held.name)
          ? [
              {
                ...base,
                param: { ...param, name: '', type: held },
                in: 'body',
                name: param.name,
                isRequired: false,
                otherwise: undefined,
                media: 'application/json',
              },
            ]
          : []
      const isPath = path.includes(`{${param.name}}`) || path.includes(`{${param.name}*}`)
      if (rules.plain === 'none' || isResolvedByCode(interpreter, param, annotations)) return []
      if (
        annotations.some((one) =>
          /Context$|AuthenticationPrincipal$|Suspended$|CurrentUser|Value$|SessionAttribute$|RequestAttribute$|MatrixVariable$|MatrixParam$|RestMatrix$/.test(
            one.path,
          ),
        ) ||
        (rules.plain === 'body' && annotations.some(({ path }) => isInjected(path, annotations))) ||
        (frameworkTypes.test(type) &&
          !(rules.plain === 'body' && /(?:^|\.)InputStream$/.test(type)) &&
          typeof interpreter.lookup.typeTarget(type, owner.scope) === 'string')
      )
        return []
      const outside = interpreter.lookup.typeTarget(type, owner.scope)
      if (typeof outside === 'string' && outside.startsWith('com.linecorp.armeria.')) return []
      // Quarkus too ("Writing REST Services"): what is named as a part of the path is that.
      const isOfPath =
        rules.plain === 'query' || (rules.plain === 'body' && isSimple(interpreter, type, owner))
      if (isPath && isOfPath && declared.module.language === 'java')
        return [{ ...base, in: 'path', name: param.name, isRequired: true, otherwise: undefined, media: '' }]
      const target = interpreter.lookup.typeTarget(type, owner.scope)
      // Micronaut ("Binding from body"): what is simple is a field of the body, where nothing else takes the body.
      const isField =
        rules.plainBody === true &&
        /^(?:POST|PUT|PATCH)$/.test(verb) &&
        isSimple(interpreter, type, owner) &&
        params.every(
          (one) => typeof interpreter.lookup.typeTarget(one.type?.name ?? '', owner.scope) === 'string',
        ) &&
        !params.some(({ decorators }) =>
          annotationsOf(interpreter, decorators, declared.scope, declared).some(({ path: one }) =>
            /\.(?:Body|Part|RequestBean)$/.test(one),
          ),
        )
      // Micronaut ("Nullable Parameters"): what may be left out says so.
      const isAsked =
        rules.plainBody === true && (isSimple(interpreter, type, owner) || type.endsWith('FileUpload'))
      const isBody =
        rules.plain === 'body' ||
        (rules.plainBody === true &&
          /^(?:POST|PUT|PATCH)$/.test(verb) &&
          typeof target !== 'string' &&
          target.cls.kind !== 'enum')
      return [
        {
          ...base,
          in: isBody || isField ? 'body' : rules.plain,
          ...(isField ? { isField } : {}),
          name: param.name,
          isRequired:
            (isBody || isField || isAsked) && !annotations.some(({ path }) => path.endsWith('Nullable')),
          otherwise: undefined,
          media: 'application/json',
        },
      ]
    }
    const { annotation, rule } = found
    const written = argOf(annotation.args, rule.name) ?? argOf(annotation.args, 'name')
    const name = textOf(written) ?? ''
    // Spring ("@RequestParam", "@RequestHeader"): a map without a name has all that there is.
    if (written === undefined && rule.in !== 'body' && isOfAll.test(param.type?.name ?? '')) return []
    // It has a name that only the program knows: that of the parameter is none.
    if (name === '' && written?.t === 'symbol' && rule.in !== 'body' && declared.module.language === 'java')
      return []
    const required = rule.required ? argOf(annotation.args, rule.required) : undefined
    const otherwise = rule.otherwise
      ? argOf(annotation.args, rule.otherwise)
      : annotations.find(({ path: one }) => saysDefault.test(one))?.args[0]?.value
    const isOptional =
      param.isOptional ||
      param.default !== null ||
      param.type?.name === 'Optional' ||
      (param.type?.name === 'union' && param.type.args.some((one) => one.name === 'null')) ||
      annotations.some((one) => one.path.endsWith('Nullable'))
    const place = rule.isOfPath && path.includes(`{${name || param.name}}`) ? 'path' : rule.in
    const isRequired =
      required?.t === 'const' && typeof required.v === 'boolean'
        ? required.v
        : place === 'path' ||
          ((rule.isRequired ?? false) && !otherwise && !isOptional) ||
          // JAX-RS: a bound says so where no default does.
          (rules.plain === 'body' &&
            rule.in !== 'body' &&
            annotations.some((one) => /\.validation\.constraints\.Not(?:Null|Empty|Blank)$/.test(one.path)) &&
            !otherwise)
    return [
      {
        ...base,
        in: place,
        ...((rules.emptyLists && isList.test(param.type?.name ?? '')) || (otherwise && !rule.otherwise)
          ? { isNeverNull: true as const }
          : {}),
        name:
          name === ''
            ? rule.in === 'body' || rule.isNamedByParameter || declared.module.language !== 'javascript'
              ? rule.isHyphenated
                ? hyphenated(param.name)
                : param.name
              : ''
            : name,
        isRequired,
        isThere: isRequired && rule.required !== undefined,
        otherwise: otherwise ?? defaultOf(annotation),
        writtenAt: writtenAt([written, otherwise]),
        media: rule.media ?? 'application/json',
        ...pipedShape(annotation),
      },
    ]
  })
}

/** On a parameter: what it is where nothing was sent (Jakarta RESTful Web Services, 3.2; armeria.dev, "Injecting a parameter as an Enum type"). */
const saysDefault = /\.ws\.rs\.DefaultValue$|\.armeria\.server\.annotation\.Default$/

const isList = /^(?:java\.util\.)?(?:List|Set|SortedSet)$/

const isSimple = (interpreter: Interpreter, type: string, owner: ClassRef): boolean => {
  const target = interpreter.lookup.typeTarget(type, owner.scope)
  return typeof target !== 'string' ? target.cls.kind === 'enum' : simpleTypes.test(type)
}
const simpleTypes =
  /^(?:(?:java\.\w+\.)?(?:String|Integer|Long|Short|Byte|Boolean|Double|Float|UUID|LocalDate)|int|long|short|byte|boolean|double|float|char)$/

// `xRequestId` of a header is `x-request-id`.
const hyphenated = (name: string) => name.replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')

// JAX-RS: what an annotation of something else says where it comes from (Dropwizard's `@Auth`) is not the body. What bounds it or documents it says nothing of that.
const isInjected = (path: string, all: readonly Annotation[]): boolean =>
  !documents.test(path) &&
  !(path.startsWith(':') && all.some((one) => one.path.endsWith('.validation.Constraint'))) &&
  !/\.validation\.Constraint$|^java\.lang\./.test(path)

const documents =
  /valid|constraint|null|swagger|openapi|jackson|RequestBody$|Parameter$|Param$|Schema$|Documented$|Retention$|Target$|Deprecated$|SuppressWarnings$|MultipartForm$|lombok/i

// Spring: a resolver of the repository's own makes the argument, which asks for its annotation or its type.
function isResolvedByCode(
  interpreter: Interpreter,
  { type }: Param,
  annotations: readonly Annotation[],
): boolean {
  const names = annotations.flatMap(({ path }) =>
    path.startsWith(':') ? [path.slice(path.lastIndexOf(':') + 1)] : [],
  )
  if (type) names.push(type.name.slice(type.name.lastIndexOf('.') + 1))
  return interpreter.lookup
    .classes()
    .some(
      ({ cls, module }) =>
        module.language === 'java' &&
        cls.bases.some(({ name }) => /(?:^|\.)HandlerMethodArgumentResolver$/.test(name)) &&
        names.some((name) => module.text.slice(cls.start, cls.end).includes(`${name}.class`)),
    )
}

export const emptyPrefixes: ClassPrefixes = {
  prefix: '',
  excluded: [],
  module: '',
  versions: null,
  isUnsure: false,
  sites: [],
}

const pipeShapes: Record<string, 'integer' | 'number' | 'boolean' | 'string'> = ownTable({
  ParseIntPipe: 'integer',
  ParseFloatPipe: 'number',
  ParseBoolPipe: 'boolean',
  ParseUUIDPipe: 'string',
})

// Nest: `@Param('id', ParseIntPipe)`, `@Query('page', new DefaultValuePipe(1), ParseIntPipe)`.
function pipedShape({ args }: Annotation): { shape?: Shape } {
  for (const { value } of args) {
    const kind =
      value.t === 'symbol' ? pipeShapes[value.path.replace(/\(\)$/, '').split('.').at(-1) ?? ''] : undefined
    if (kind) return { shape: { type: kind } }
  }
  return {}
}

function defaultOf({ args }: Annotation): Value | undefined {
  const pipe = args
    .map(({ value }) => value)
    .find((value) => value.t === 'symbol' && value.path.endsWith('DefaultValuePipe()'))
  return pipe?.t === 'symbol' ? pipe.args[0]?.value : undefined
}

export const isAnnotated = (operation: FoundOperation): operation is AnnotatedOperation =>
  'bound' in operation
