import { anyMedia } from '../facts/fact.ts'
import type { Evidence } from '../facts/fact.ts'
import type { Condition } from '../facts/condition.ts'
import type { Constraint, Field, Shape } from '../facts/shape.ts'
import { withoutNull } from '../facts/shape.ts'
import { argOf } from '../packs/status.ts'
import type { Param } from '../parse/ir.ts'
import { annotationsOf, find } from '../resolve/annotations.ts'
import { headOfClass, noteWritten, writtenOf } from '../resolve/declared.ts'
import { nothing, textOf, writtenAt } from '../resolve/values.ts'
import type { ClassRef, Effect, Site, Value } from '../resolve/values.ts'
import type { AnnotatedOperation, BoundParameter } from './annotated.ts'
import type { EvidenceReader } from './evidence.ts'
import type { FactStore } from './fact-store.ts'
import { handlerFunctions, innermost } from './flat-routes.ts'
import type { FoundOperation } from './flat-routes.ts'
import { pageInputs } from './around/spring-pages.ts'
import { functionInputs } from './function-inputs.ts'
import { headOf } from './implied-answers.ts'
import { asText, isNeeded, isUploaded, multipartOf } from './nest-inputs.ts'
import { mountsOf } from './mounted.ts'
import { isOnlyNoted } from './noted-headers.ts'
import type { Observation } from './observation.ts'
import { readWhen } from './read-when.ts'
import { typeWithin } from '../resolve/type-arguments.ts'
import { isBoundBeside, mediaOfTags, partedByTags, putPlaced, taggedNames } from './placed-fields.ts'
import type { Run } from './run-code.ts'
import { bodyOf, checkedByChains } from './schema/express-validator.ts'
import { capturedSchemas, partsOf, schemaInputs } from './schema/request-schemas.ts'
import { defaultsOf } from './read-defaults.ts'
import { defaultText } from './shapes.ts'
import type { Shapes } from './shapes.ts'
import { goesOnWithoutBody } from './empty-bodies.ts'
import { fieldsMedia, parsedMedia } from './parsed-media.ts'
import { isPartial, takesOtherMedia } from './taken-media.ts'
import { isNeverRead } from './unread-inputs.ts'
import { uploadsBefore } from './uploads.ts'
import { nested, shapeInto } from './value-shapes.ts'

/** Words that stand for what a framework or the code registers (Starlette's "convertors", Falcon's "field converters"), and what takes all: no pattern of texts. */
const isConverter = /^(?:\w+(?:\([^()|[\]\\]*\))?|\.\*|\.\+|\*)$/
const multipart = 'multipart/form-data'

// Spring: a thing that a form's fields are put into, not a part of the form that is read by itself.
const isOfForm = ({ pack }: FoundOperation, { in: place, annotations }: BoundParameter): boolean =>
  pack.framework === 'Spring' &&
  place === 'form' &&
  !annotations.some(({ path }) => path.endsWith('.RequestPart'))

/** Writes down what operations take. */
export class InputWriter {
  readonly #run: Run
  readonly #store: FactStore
  readonly #evidence: EvidenceReader
  readonly #shapes: Shapes

  constructor(run: Run, store: FactStore, evidence: EvidenceReader, shapes: Shapes) {
    this.#run = run
    this.#store = store
    this.#evidence = evidence
    this.#shapes = shapes
  }

  #pathParameters(
    operation: FoundOperation,
    id: string,
    base: { service: string; condition: Condition },
  ): void {
    const types = new Map(
      operation.fn && 'bound' in operation
        ? (operation as AnnotatedOperation).bound
            .filter((one) => one.in === 'path')
            .map((one) => [one.name, one] as const)
        : [],
    )
    const ofAll = operation.pack.framework === 'NestJS' ? types.get('') : undefined
    const fields = ofAll ? this.#fieldsOf(this.#declared(ofAll, operation as AnnotatedOperation).shape) : null
    for (const [position, variable] of operation.template.variables.entries()) {
      const field = fields?.find(({ name }) => name === variable.name)
      const bound = types.get(variable.name) ?? (field ? ofAll : undefined)
      const handlers = handlerFunctions(operation.handlers.at(-1) ?? nothing)
        .map(innermost)
        .map(headOf)
      const leading = [operation.site, ...operation.through, ...handlers].filter(({ module, start, end }) => {
        const text = module.text.slice(start, end)
        return text.includes(variable.name) || (variable.pattern !== '' && text.includes(variable.pattern))
      })
      const declared = field ?? (bound ? this.#declared(bound, operation as AnnotatedOperation) : null)
      const constraints: Constraint[] = [
        ...(declared?.constraints ?? []),
        ...(variable.pattern !== '' && variable.type === 'string' && !isConverter.test(variable.pattern)
          ? [patternOf(variable.pattern)]
          : []),
      ]
      const shape: Shape =
        variable.type === 'integer'
          ? { type: 'integer' }
          : variable.type === 'number'
            ? { type: 'number' }
            : bound?.shape
              ? bound.shape
              : declared && bound && declared.shape.type !== 'unknown'
                ? operation.pipes
                  ? asText(declared.shape, operation.pipes, bound)
                  : declared.shape
                : { type: 'string' }
      this.#store.put({
        ...base,
        kind: 'parameter',
        grade: 'proved',
        evidence: bound
          ? this.#evidence.all(parameterSite(bound, operation), [
              ...(bound.declaredAt ? [bound.declaredAt] : []),
              operation.site,
            ])
          : this.#evidence.all(operation.site, [
              ...(leading.length > 0 ? leading : operation.through),
              ...lookupOf(operation),
            ]),
        operation: id,
        in: 'path',
        name: variable.name,
        position,
        shape,
        isRequired: !(
          operation.pack.restMayBeEmpty && operation.template.path.endsWith(`{${variable.name}*}`)
        ),
        constraints,
      })
    }
  }

  /** Writes what an operation takes: of its path, its queries, headers, forms and body. */
  add(
    operation: FoundOperation,
    id: string,
    base: { service: string; condition: Condition },
    observation: Observation,
  ): void {
    this.#pathParameters(operation, id, base)
    const inPath = new Set(operation.template.variables.map(({ name }) => name))
    const defaults = defaultsOf(observation.reads)
    for (const effect of observation.reads) {
      const place = effect.note['in'] as 'path' | 'query' | 'header' | 'cookie' | 'form'
      const name = String(effect.note['name'])
      if (place === 'path' && inPath.has(name)) continue
      if (place === 'path') continue
      if (place === 'header' && isOnlyNoted(effect, operation, observation)) continue
      const otherwise = effect.note['otherwise'] as Value | undefined
      const type = effect.note['type']
      const kind = type === 'integer' || type === 'boolean' || type === 'file' ? type : 'string'
      this.#store.put({
        ...base,
        condition: readWhen(effect, operation, base.condition),
        kind: 'parameter',
        grade: 'proved',
        evidence: this.#readAt(effect, operation),
        operation: id,
        in: place,
        name: place === 'header' ? name.toLowerCase() : name,
        position: 0,
        shape: type === 'list' ? { type: 'array', items: { type: 'string' } } : { type: kind },
        isRequired: false,
        ...defaults(effect),
        constraints: noteWritten([], writtenAt([effect.value, otherwise])),
      })
    }
    if ('bound' in operation) this.#bound(operation as AnnotatedOperation, id, base)
    for (const input of [
      ...functionInputs(this.#run, this.#shapes, operation),
      ...pageInputs(this.#run, operation),
    ]) {
      const evidence = this.#evidence.all(input.site, input.more ?? [])
      if (input.in === 'body')
        this.#store.put({
          ...base,
          kind: 'body',
          grade: 'proved',
          evidence,
          operation: id,
          mediaType: input.media,
          shape: input.shape,
          isRequired: input.isRequired,
        })
      else if (input.in === 'path') {
        const position = operation.template.variables.findIndex(({ name }) => name === input.name)
        const known = this.#store
          .partsOf(id)
          .find((fact) => fact.kind === 'parameter' && fact.in === 'path' && fact.position === position)
        if (known?.kind === 'parameter') {
          if (input.shape.type !== 'unknown') known.shape = input.shape
          known.constraints = [...known.constraints, ...input.constraints]
          known.evidence = [...evidence, ...known.evidence]
        }
      } else
        this.#store.put({
          ...base,
          kind: 'parameter',
          grade: input.isFramework ? 'framework' : 'proved',
          evidence,
          operation: id,
          in: input.in,
          name: input.name,
          position: 0,
          shape: input.shape,
          isRequired: input.isRequired,
          ...(input.default === undefined ? {} : { default: input.default }),
          constraints: input.constraints,
        })
    }
    this.#schemas(operation, id, base, observation)
    this.#bodies(operation, id, base, observation)
    const code = this.#codeOf(operation)
    for (const fact of this.#store.partsOf(id))
      if (fact.kind === 'parameter' || fact.kind === 'body')
        fact.evidence = this.#evidence.with(fact.evidence, [
          ...writtenOf(fact.shape, fact.kind === 'body' ? [] : fact.constraints),
          // What stands in no code of the handler, or in a function without a name, is led to by where that is routed.
          ...(fact.evidence.some((one) => code.some((other) => isIn(one, other))) ? [] : [operation.site]),
        ])
  }

  // Where an operation is routed, and the functions that handle it, by their name.
  #codeOf({ site, handlers, fn }: FoundOperation): Code[] {
    const functions = [...handlers.slice(-1).flatMap(handlerFunctions), ...(fn ? [fn] : [])]
    return [
      { ...this.#evidence.spanOf(site), name: null },
      ...functions
        .flatMap((one) => [one, innermost(one)])
        .map((one) => {
          const { start, end } = one.fn
          const head = headOf(one)
          return { ...this.#evidence.spanOf({ ...head, start, end }), name: head.symbol }
        }),
    ]
  }

  // What is read, with what it is read into, and where what reads it is put before the operation.
  #readAt({ site, through, value, kind }: Effect, operation: FoundOperation): Evidence[] {
    const sites = [site, ...through]
    return this.#evidence.all(site, [
      ...through,
      ...mountsOf(operation, sites),
      ...(kind === 'body' ? this.#shapes.declaredAt(value) : []),
    ])
  }

  // What schemas say of the request: those that a framework is given, that code asks, or that a middleware was made with.
  #schemas(
    operation: FoundOperation,
    id: string,
    base: { service: string; condition: Condition },
    observation: Observation,
  ): void {
    const given = operation.options.get('schema')
    const asked = [
      ...observation.schemas,
      ...(given ? partsOf(given, operation.site) : []),
      ...(operation.options.get('request')
        ? partsOf(requestParts(operation.options.get('request')), operation.site)
        : []),
    ]
    if (asked.length === 0)
      for (const [index, value] of operation.handlers.entries())
        if (observation.refuses.get(index)?.some(({ status }) => status === 400 || status === 422))
          for (const fn of handlerFunctions(value))
            asked.push(...capturedSchemas(operation, this.#shapes, fn))
    const chains = checkedByChains(operation.handlers, operation.site)
    const inBody = chains.filter((one) => one.in === 'body')
    const inputs = [
      ...asked.flatMap((one) => schemaInputs(this.#shapes, one)),
      ...chains.filter((one) => one.in !== 'body'),
      ...(inBody[0] ? [{ ...inBody[0], name: '', shape: bodyOf(inBody), constraints: [] }] : []),
    ]
    for (const { in: asked, name, shape, isRequired, constraints, site, writtenAt } of inputs) {
      const written = writtenAt ? [writtenAt] : []
      const evidence = this.#evidence.all(site, [...written, operation.site])
      const position = operation.template.variables.findIndex((one) => one.name === name)
      const isPathToo = asked === 'query' && operation.pack.queryHoldsPath === true
      const place = isPathToo && position >= 0 ? 'path' : asked
      if (place === 'body')
        this.#store.put({
          ...base,
          kind: 'body',
          grade: 'proved',
          evidence,
          operation: id,
          mediaType: parsedMedia(operation) ?? 'application/json',
          shape,
          isRequired,
        })
      else if (place !== 'path')
        this.#store.put({
          ...base,
          kind: 'parameter',
          grade: 'proved',
          evidence,
          operation: id,
          in: place,
          name: place === 'header' ? name.toLowerCase() : name,
          position: 0,
          shape,
          isRequired,
          constraints,
        })
      const known = this.#store
        .partsOf(id)
        .find(
          (fact) =>
            fact.kind === 'parameter' &&
            fact.in === place &&
            (place === 'path' ? fact.position === position : fact.name === name),
        )
      if (known?.kind !== 'parameter') continue
      for (const one of evidence) if (!known.evidence.includes(one)) known.evidence.push(one)
      // A handler that reads it says only its name.
      if (shape.type !== 'unknown') known.shape = shape
      known.isRequired ||= isRequired
      if (known.constraints.length === 0) known.constraints = constraints
    }
    if (inputs.some((one) => one.in === 'body'))
      observation.bodies = observation.bodies.filter(
        ({ value }) => shapeInto(this.#shapes, value).type !== 'unknown',
      )
    if (inputs.some((one) => one.in === 'body')) observation.fields = []
  }

  // Its type is read where its method stands, its annotations where those do.
  #declared(
    { param, owner, declaredIn, typeIn }: BoundParameter,
    { owner: of }: Pick<AnnotatedOperation, 'owner'>,
  ): { shape: Shape; constraints: Constraint[] } {
    if (typeIn) {
      const of = declaredIn ?? owner
      const type = { type: param.type, decorators: [], tag: '', value: null }
      const { shape, constraints } = this.#shapes.ofDeclared(type, typeIn.scope, 0, typeIn)
      const own = { type: param.type, decorators: param.decorators, tag: '', value: null }
      const asked = this.#shapes.ofDeclared(own, of.scope, 0, of).constraints
      return { shape, constraints: [...constraints, ...asked] }
    }
    // Java: what a parameter of a type stands for in the class that the method is inherited by.
    const { type, scope } =
      param.type && owner.module.language === 'java'
        ? typeWithin(this.#run.interpreter.lookup, { type: param.type, scope: owner.scope }, owner, of)
        : { type: param.type, scope: owner.scope }
    const read = (decorators: Param['decorators'], where: ClassRef) =>
      this.#shapes.ofDeclared(
        { type, decorators, tag: '', value: null },
        type === param.type ? where.scope : scope,
        0,
        where,
      )
    if (!declaredIn) return read(param.decorators, owner)
    const { shape, constraints } = read([], owner)
    return { shape, constraints: [...constraints, ...read(param.decorators, declaredIn).constraints] }
  }

  #bound(operation: AnnotatedOperation, id: string, base: { service: string; condition: Condition }): void {
    // A body with a file in it is one of parts, all of it.
    const parts =
      operation.pack.language === 'javascript' && operation.bound.find(({ media }) => media === multipart)
    const given: Part[] = []
    for (const one of operation.bound) {
      const bound = parts && one.in === 'body' ? { ...one, media: multipart } : one
      if (bound.in === 'path' || bound.in === 'none' || isNeverRead(this.#run, bound, operation)) continue
      const site = parameterSite(bound, operation)
      if (bound.annotations.some(({ path }) => /\.(?:BeanParam|RequestBean)$/.test(path))) {
        this.#bean(operation, bound, id, base)
        continue
      }
      const { shape: own, constraints } = this.#declared(bound, operation)
      const said =
        bound.in === 'body'
          ? (bound.shape ?? own)
          : isPartOfForm(bound)
            ? ({ type: 'file' } as const)
            : isWholeCookie(bound)
              ? ({ type: 'string' } as const)
              : withoutNull(bound.shape ?? own)
      const { pipes } = operation
      const shape = pipes && bound.in !== 'body' ? asText(said, pipes, bound) : said
      const isRequired =
        bound.isRequired &&
        !(
          pipes &&
          bound.in === 'body' &&
          !isNeeded(this.#run.interpreter, pipes, bound, this.#fieldsOf(shape))
        )
      const evidence = this.#evidence.all(site, bound.declaredAt ? [bound.declaredAt] : [])
      const { uploads } = operation
      const fields = this.#fieldsOf(shape)
      if (bound.in === 'body' && uploads && (isUploaded(bound) ? uploads.length > 0 : fields !== null)) {
        given.push(
          ...multipartOf(uploads, bound, fields).map((field) => ({
            field,
            media: multipart,
            evidence,
            mayLack: !isUploaded(bound) && !isRequired,
          })),
        )
        continue
      }
      if (
        bound.in === 'body' &&
        bound.name !== '' &&
        (bound.isField ||
          ((bound.owner.module.language === 'javascript' || operation.pack.framework === 'Micronaut') &&
            bound.annotations.some(
              ({ path, args }) =>
                (operation.pack.framework !== 'Micronaut' || path.endsWith('.Body')) &&
                args[0]?.value.t === 'const',
            )))
      ) {
        given.push({
          field: { name: bound.name, shape, isRequired, constraints },
          media: bound.media,
          evidence,
        })
        continue
      }
      if (bound.in === 'body')
        this.#store.put({
          ...base,
          kind: 'body',
          grade: 'proved',
          evidence,
          operation: id,
          mediaType: bound.media,
          shape: this.#shapes.ofBody(shape, 'read'),
          isRequired,
        })
      else if (
        (shape.type === 'model' || shape.type === 'object') &&
        (bound.in === 'query' || isOfForm(operation, bound)) &&
        !isMadeOfText(operation, bound)
      ) {
        // An object of query parameters, or of a form's: each field is one.
        const fields =
          shape.type === 'object' ? shape.fields : (this.#shapes.models.get(shape.name)?.fields ?? [])
        for (const field of fields.filter(
          // Spring takes the parts of a thing in it by names of their own.
          (one) => operation.pack.framework !== 'Spring' || one.shape.type !== 'model',
        ))
          this.#store.put({
            ...base,
            kind: 'parameter',
            grade: 'proved',
            evidence,
            operation: id,
            in: bound.in,
            name: field.name,
            position: 0,
            shape: field.shape,
            isRequired: field.isRequired,
            constraints: field.constraints,
          })
      } else if (bound.name !== '') {
        const otherwise = defaultText(bound.otherwise)
        this.#store.put({
          ...base,
          kind: 'parameter',
          grade: 'proved',
          evidence,
          operation: id,
          // A file comes as a part of a form.
          in: bound.in === 'query' && isFile(shape) ? 'form' : bound.in,
          name: bound.in === 'header' ? bound.name.toLowerCase() : bound.name,
          position: 0,
          shape,
          isRequired: bound.isRequired,
          ...(otherwise === undefined ? {} : { default: otherwise }),
          constraints: noteWritten([...constraints], bound.writtenAt ?? []),
        })
      }
    }
    if (operation.pack.framework === 'JAX-RS')
      this.#beanFields(operation, [operation.owner], [operation.site], id, base)
    this.#given(given, id, base)
  }

  // Parts of a body that a handler is given one by one are fields of one.
  #given(given: readonly Part[], id: string, base: { service: string; condition: Condition }): void {
    for (const [mediaType, all] of Map.groupBy(given, ({ media }) => media)) {
      const fields = all.map(({ field }) => field)
      this.#store.put({
        ...base,
        kind: 'body',
        grade: 'proved',
        evidence: all.flatMap(({ evidence }) => evidence),
        operation: id,
        mediaType,
        shape: { type: 'object', fields },
        isRequired: all.some(({ field, mayLack }) => field.isRequired && mayLack !== true),
      })
    }
  }

  #fieldsOf(shape: Shape): readonly Field[] | null {
    return shape.type === 'model'
      ? (this.#shapes.models.get(shape.name)?.fields ?? null)
      : shape.type === 'object'
        ? shape.fields
        : null
  }

  // JAX-RS and Micronaut: a thing whose fields are each taken from where their annotations say.
  #bean(
    operation: AnnotatedOperation,
    bound: BoundParameter,
    id: string,
    base: { service: string; condition: Condition },
  ): void {
    const type = bound.param.type
    const target = type
      ? this.#run.interpreter.lookup.typeTarget(type.name, (bound.declaredIn ?? bound.owner).scope)
      : ''
    const at = bound.declaredAt ?? parameterSite(bound, operation)
    this.#beanFields(operation, typeof target === 'string' ? [] : [target], [at], id, base)
  }

  // Fields of a class, also of a resource by itself (Jakarta RESTful Web Services, 3.2), that their annotations take from the request.
  #beanFields(
    { pack }: AnnotatedOperation,
    of: readonly ClassRef[],
    through: readonly Site[],
    id: string,
    base: { service: string; condition: Condition },
  ): void {
    const { lookup } = this.#run.interpreter
    const chain = [...of]
    for (let at = 0; at < chain.length && at < 6; at++)
      for (const ref of chain.slice(at, at + 1)) chain.push(...lookup.basesOf(ref))
    for (const ref of chain)
      for (const field of ref.cls.fields) {
        const annotations = annotationsOf(this.#run.interpreter, field.decorators, ref.scope, ref)
        const found = find(annotations, pack.annotations?.parameters ?? {})
        if (!found || found.rule.in === 'body' || found.rule.in === 'path') continue
        const written = argOf(found.annotation.args, found.rule.name)
        const name = written === undefined ? field.name : (textOf(written) ?? '')
        if (name === '') continue
        const { shape, constraints, isRequired } = this.#shapes.ofDeclared(field, ref.scope, 0, ref)
        const site = { module: ref.module, start: field.start, end: field.end, symbol: ref.cls.name }
        this.#store.put({
          ...base,
          kind: 'parameter',
          grade: 'proved',
          evidence: this.#evidence.all(site, [
            headOfClass(ref),
            ...(chain[0] ? [headOfClass(chain[0])] : []),
            ...through,
          ]),
          operation: id,
          in: found.rule.in,
          name: found.rule.in === 'header' ? name.toLowerCase() : name,
          position: 0,
          shape,
          isRequired: isRequired === true,
          constraints,
        })
      }
  }

  // All of its fields may be left out.
  #hasRequired(shape: Shape): boolean {
    const fields =
      shape.type === 'model'
        ? this.#shapes.models.get(shape.name)?.fields
        : shape.type === 'object'
          ? shape.fields
          : []
    return fields?.some(({ isRequired }) => isRequired) === true
  }

  #partial(shape: Shape): Shape {
    const fields = this.#fieldsOf(shape)
    return fields
      ? { type: 'object', fields: fields.map((field) => ({ ...field, isRequired: false })) }
      : shape
  }

  #taggedFields(into: ClassRef, tag: string, isOnly: boolean): Field[] {
    const names = isOnly ? new Set(taggedNames(this.#run.interpreter.lookup, into, tag)) : null
    return this.#shapes
      .fieldsOf(into, 0, undefined, tag)
      .filter(({ name }) => name !== '-' && (names === null || names.has(name)))
  }

  #bodies(
    operation: FoundOperation,
    id: string,
    base: { service: string; condition: Condition },
    observation: Observation,
  ): void {
    const { handlers, pack, site } = operation
    const uploads = uploadsBefore(handlers)
    const isUploaded = uploads !== null || (operation.uploads?.length ?? 0) > 0
    const json = isUploaded ? multipart : (parsedMedia(operation) ?? 'application/json')
    // What parses a body before a handler of Koa takes JSON, forms and text.
    const isAny =
      pack.framework === 'Koa' &&
      handlers.some((one) => one.t === 'symbol' && /^koa-body(?:parser)?\b/.test(one.path))
    const paths = new Map<string, Effect>()
    for (const effect of observation.fields)
      if (!isAskedOfAll(effect, operation)) paths.set((effect.note['path'] as string[]).join('.'), effect)
    const isKnown = observation.bodies.some(({ value }) => shapeInto(this.#shapes, value).type !== 'unknown')
    for (const effect of observation.bodies) {
      if (isAskedOfAll(effect, operation)) continue
      const own =
        (effect.note['isByType'] === true ? mediaOfTags(this.#shapes.lookup, effect.value) : null) ??
        String(effect.note['media'])
      const media = own === 'application/json' ? json : own
      const wrap = (effect.note['wrap'] as string[] | undefined) ?? []
      const read = shapeInto(this.#shapes, effect.value)
      // Nothing, or what code takes in its stead, lacks what has to be there.
      const isAsked = !isPartial(effect, operation) && this.#hasRequired(read)
      const shape = wrap.reduceRight<Shape>(
        (inner, name) => ({
          type: 'object',
          fields: [{ name, shape: inner, isRequired: isAsked, constraints: [] }],
        }),
        isPartial(effect, operation) ? this.#partial(read) : read,
      )
      if (media === 'query' || media === 'path' || media === 'header' || media === 'cookie') {
        const into = effect.value.t === 'object' || effect.value.t === 'symbol' ? effect.value.ref : null
        const tag = pack.inputTags?.[media]
        const fields =
          into && tag !== undefined
            ? this.#taggedFields(into, tag, pack.bindsTagged === true)
            : shape.type === 'object'
              ? shape.fields
              : shape.type === 'model'
                ? (this.#shapes.models.get(shape.name)?.fields ?? [])
                : []
        if (media !== 'path')
          for (const field of fields)
            this.#store.put({
              ...base,
              kind: 'parameter',
              grade: 'proved',
              evidence: this.#readAt(effect, operation),
              operation: id,
              in: media,
              name: media === 'header' ? field.name.toLowerCase() : field.name,
              position: 0,
              shape: field.shape,
              isRequired: field.isRequired,
              constraints: field.constraints,
            })
        continue
      }
      const parted = partedByTags(this.#shapes, effect.value, shape, pack.rules)
      const given = parted ? { ...base, operation: id, evidence: this.#readAt(effect, operation) } : null
      if (parted && given)
        putPlaced(
          this.#store,
          parted.placed.filter((one) => isBoundBeside(pack, one.in, operation.method)),
          given,
        )
      if (parted && parted.fields.length === 0) continue
      if (shape.type === 'unknown' && (paths.size > 0 || isKnown || isUploaded)) continue
      // What takes any body for all operations (a log, what cleans it) asks none of those that have none (RFC 9110, 9.3.1).
      if (shape.type === 'unknown' && /^(?:GET|HEAD)$/.test(operation.method)) continue
      const taken = paths.get(wrap.join('.'))
      if (effect.note['wrap'] !== undefined) paths.clear()
      this.#store.put({
        ...base,
        kind: 'body',
        grade: 'proved',
        evidence: [
          ...this.#readAt(effect, operation),
          ...(taken ? this.#evidence.all(taken.site, [...taken.through, ...writtenAt([taken.value])]) : []),
        ],
        operation: id,
        mediaType: isAny && media === 'application/json' ? anyMedia : media,
        shape: parted ? { type: 'object', fields: parted.fields } : shape,
        isRequired:
          shape.type !== 'unknown' &&
          !isPartial(effect, operation) &&
          !(pack.language === 'go' && goesOnWithoutBody(observation.answers)) &&
          !takesOtherMedia(this.#run, operation, effect),
      })
    }
    const [first] = paths.values()
    if (first)
      this.#store.put({
        ...base,
        kind: 'body',
        grade: 'proved',
        evidence: this.#evidence.all(
          first.site,
          [...paths.values()].map(({ site }) => site),
        ),
        operation: id,
        mediaType: isAny ? anyMedia : fieldsMedia(observation.bodies, json),
        shape: withFiles(nested([...paths.keys()].map((path) => path.split('.'))), uploads?.fields ?? []),
        isRequired: false,
      })
    else if (uploads && !isKnown)
      this.#store.put({
        ...base,
        kind: 'body',
        grade: 'proved',
        evidence: this.#evidence.all(uploads.site ?? site, uploads.site ? [site] : []),
        operation: id,
        mediaType: json,
        shape: uploads.fields.length > 0 ? { type: 'object', fields: uploads.fields } : { type: 'unknown' },
        isRequired: false,
      })
  }
}

// Jersey ("Multipart"), RESTEasy: what a file is read from, and what is said of it.
const isPartOfForm = ({ in: place, param }: BoundParameter): boolean =>
  place === 'form' &&
  /(?:^|\.)(?:InputStream|FormDataContentDisposition|FormDataBodyPart|EntityPart)$/.test(
    param.type?.name ?? '',
  )

// JAX-RS and servlets: a cookie with all that is said of it.
const isWholeCookie = ({ in: place, param }: BoundParameter): boolean =>
  place === 'cookie' && /(?:^|\.)Cookie$/.test(param.type?.name ?? '')

// What only middleware reads of any body asks nothing of requests that have none (RFC 9110, 9.3.1).
function isAskedOfAll({ site, through }: Effect, { handlers, method }: FoundOperation): boolean {
  const last = handlers.at(-1)
  if (!/^(?:GET|HEAD)$/.test(method) || handlers.length < 2 || last?.t !== 'func') return false
  const { fn, module } = last
  return ![site, ...through].some((at) => at.module === module && fn.start <= at.start && at.end <= fn.end)
}

const withFiles = (shape: Shape, files: readonly Field[]): Shape =>
  shape.type === 'object' && files.length > 0 ? { ...shape, fields: [...shape.fields, ...files] } : shape

// zod-openapi's `request: { body: { content: { 'application/json': { schema } } }, query, params }`.
function requestParts(value: Value | undefined): Value {
  if (value?.t !== 'object') return { t: 'const', v: null }
  const props = new Map(value.props)
  const body = props.get('body')
  const content = body?.t === 'object' ? body.props.get('content') : undefined
  const [first] = content?.t === 'object' ? [...content.props.values()] : []
  const schema = first?.t === 'object' ? first.props.get('schema') : undefined
  if (schema) props.set('body', schema)
  return { ...value, props }
}

/** A part of a body. `mayLack`: nothing refuses what lacks it. */
interface Part {
  field: Field
  media: string
  evidence: Evidence[]
  mayLack?: boolean
}

const isFile = (shape: Shape): boolean =>
  shape.type === 'file' || (shape.type === 'array' && isFile(shape.items))

type Code = Pick<Evidence, 'path' | 'startByte' | 'endByte'> & { name: string | null }

const isIn = (one: Evidence, code: Code) =>
  one.path === code.path &&
  one.startByte <= code.endByte &&
  code.startByte <= one.endByte &&
  (code.name === null || (code.name !== '' && code.name === one.symbol.split('.').at(-1)))

// REST framework: what a view finds its thing by, which routers put in its path (django-rest-framework.org, "Routers", "SimpleRouter").
const lookupOf = ({ view }: FoundOperation): Site[] =>
  view
    ? view.ref.cls.fields
        .filter(({ name }) => /^lookup_(?:field|url_kwarg|value_regex)$/.test(name))
        .map(({ start, end }) => ({ module: view.ref.module, start, end, symbol: view.ref.cls.name }))
    : []

// With what it is annotated with, where that is its own.
function parameterSite({ owner, param, declaredIn }: BoundParameter, { fn }: FoundOperation): Site {
  const before = declaredIn
    ? []
    : param.decorators.map(({ start }) => (owner.module.text[start - 1] === '@' ? start - 1 : start))
  return {
    module: owner.module,
    start: Math.min(param.start, ...before),
    end: param.end,
    symbol: `${owner.cls.name}.${fn?.fn.name ?? ''}`,
  }
}

// Plain alternatives are all that it may be.
function patternOf(pattern: string): Constraint {
  const plain = /^\(?((?:[\w.-]+\|)+[\w.-]+)\)?$/.exec(pattern)?.[1]
  return plain === undefined
    ? { keyword: 'pattern', value: pattern }
    : { keyword: 'enum', value: plain.split('|') }
}

// Java: what an annotation takes by a name is made of that one text, whatever its class holds (JAX-RS 3.2, "Fields and Bean Properties"). A whole object has none.
const isMadeOfText = ({ pack }: AnnotatedOperation, { annotations }: BoundParameter): boolean => {
  const found = pack.language === 'java' ? find(annotations, pack.annotations?.parameters ?? {}) : null
  return found !== null && found.rule.name !== 99
}
