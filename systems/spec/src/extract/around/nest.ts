import type { Condition } from '../../facts/condition.ts'
import type { Field } from '../../facts/shape.ts'
import type { HandlerMetadata } from '../../packs/nestjs/reflector.ts'
import type { Pack } from '../../packs/pack.ts'
import { statusesOf } from '../../packs/status.ts'
import type { ArgValue, ClassRef, FuncValue, Site, Value } from '../../resolve/values.ts'
import { headOfClass } from '../../resolve/declared.ts'
import { branchesOf } from '../../resolve/put-when.ts'
import { constant, each, symbol, textOf } from '../../resolve/values.ts'
import { settingOf } from '../chosen-handlers.ts'
import { checkersOf, isChecked, pipesAre } from '../nest-inputs.ts'
import type { AnnotatedOperation } from '../annotated.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
import type { Annotation } from '../../resolve/annotations.ts'
import type { Outcome } from '../../resolve/running.ts'
import { untold } from '../../resolve/told.ts'
import type { Around, FoundOperation } from '../flat-routes.ts'
import { catchersIn, caughtBy, withoutCaught } from './nest-catchers.ts'
import { madeByContainer } from './nest-instances.ts'
import { mappedBy } from './nest-mapped.ts'
import type { Mapped } from './nest-mapped.ts'
import { metadataOf } from './nest-metadata.ts'
import { isFor, middlewareOf } from './nest-middleware.ts'
import type { Middleware } from './nest-middleware.ts'
import { refusalOf } from './nest-pipes.ts'
import { uploadsOf } from './nest-uploads.ts'
import { NestGuards, context, request } from './nest-guards.ts'
import type { Run } from '../run-code.ts'

const at = (name: string) => `@nestjs/common.${name}`
const response = symbol('nest:res', 'res')
const handled = symbol('nest:handler', 'next')

type Kind = 'guards' | 'filters' | 'pipes' | 'interceptors'

/** What Nest runs around the handlers of its controllers (docs.nestjs.com, "Request lifecycle"): middleware, guards, interceptors, pipes, parameters that are worked out, and filters of exceptions. */
export class NestAround {
  readonly #run: Run
  readonly #middleware: Middleware[] = []
  /** For all operations, with where the program says so, and of guards when. */
  readonly #globals: Record<Kind, { value: Value; at: Site[]; when: Condition | null }[]> = {
    guards: [],
    filters: [],
    pipes: [],
    interceptors: [],
  }
  readonly #seen: Run['meaning']['noticed']
  readonly #guards: NestGuards
  /** What interceptors hand errors to, by their class. */
  readonly #known = new Map<object, FuncValue[]>()

  constructor(run: Run, pack: Pack) {
    this.#run = run
    this.#guards = new NestGuards(run, pack, (value, name, args, site) =>
      this.#runMethod(value, [name], args, site),
    )
    this.#seen = run.meaning.noticed
    this.#readModules()
    for (const { callee, args, site, when: branches } of this.#seen) {
      const kind = /\.useGlobal(Guards|Filters|Pipes|Interceptors)$/.exec(callee.path)?.[1]?.toLowerCase() as
        | Kind
        | undefined
      const when = settingOf(branches)
      if (kind)
        this.#globals[kind].push(...args.map(({ value }) => ({ value: taken(value), at: [site], when })))
    }
  }

  /** Adds to an operation what runs around it. */
  add(operation: AnnotatedOperation): void {
    const { interpreter } = this.#run
    const { owner, fn } = operation
    const onClass = annotationsOf(interpreter, owner.cls.decorators, owner.scope, owner)
    const onMethod = annotationsOf(interpreter, fn.fn.decorators, fn.scope, owner)
    const givenBy = (annotations: readonly Annotation[], name: string) =>
      annotations.flatMap((one) =>
        one.path === at(name)
          ? one.args.map(({ value }) => ({ value, site: siteOf(owner, one), when: one.when ?? null }))
          : [],
      )
    const given = (name: string) => givenBy([...onClass, ...onMethod], name)
    const metadata = metadataOf(interpreter, operation, onClass, onMethod)
    const around: Around[] = []
    for (const one of this.#middleware)
      if (isFor(one, operation)) around.push(...one.values.map((value) => this.#middlewareRun(value, one)))
    const global = this.#globals.guards.map((one) => ({ ...one, site: operation.site }))
    // Of several decorators of one thing the last one is made first.
    const asked = [onClass.toReversed(), onMethod.toReversed()].flatMap((all) => givenBy(all, 'UseGuards'))
    for (const one of [...global, ...asked.map((given) => ({ ...given, at: [] }))])
      around.push(this.#guard(one, metadata))
    const interceptors = [
      ...this.#globals.interceptors.map(({ value }) => ({ value, site: operation.site })),
      ...given('UseInterceptors'),
    ]
    for (const { value, site } of interceptors)
      around.push({ run: () => this.#intercept(value, site, metadata) })
    const uploads = uploadsOf(interceptors.map(({ value }) => value))
    if (uploads) operation.uploads = uploads.fields
    const tooLarge = uploads?.refusal
    if (tooLarge)
      around.push({
        run: () =>
          this.#refuse(
            symbol(at('PayloadTooLargeException')),
            tooLarge.status,
            tooLarge.when,
            operation.site,
          ),
      })
    // The innermost is handed what the handler gives.
    operation.mapped = (value) =>
      interceptors
        .toReversed()
        .reduce<Mapped>((before, one) => this.#mapped(one, metadata, before), { value, at: [] })
    const pipes = [
      ...this.#globals.pipes.map(({ value }) => ({ value, site: operation.site })),
      ...given('UsePipes'),
    ]
    for (const { value, site } of pipes) around.push(this.#pipe(value, site))
    const isTransformed = pipes.some(({ value }) => transforms(value))
    for (const param of fn.fn.params)
      for (const annotation of annotationsOf(interpreter, param.decorators, owner.scope, owner)) {
        const site = siteOf(owner, annotation)
        const isMade = isTransformed && /^(?:number|boolean|Number|Boolean)$/.test(param.type?.name ?? '')
        for (const { value } of annotation.args)
          if (!(isMade && neverRefuses(value, annotation)) && !alwaysFits(value, annotation, operation))
            around.push(this.#pipe(value, site, annotation, operation.uploads))
        if (annotation.made) around.push(this.#parameter(annotation, site))
      }
    operation.around = around
    const catchers = interceptors.flatMap(({ value, site }) => this.#catchers(value, site)).toReversed()
    operation.errors = [
      ...catchers.map((one) => caughtBy(this.#run, one)),
      ...[
        ...given('UseFilters')
          .toReversed()
          .map(({ value }) => value),
        ...this.#globals.filters.map(({ value }) => value).toReversed(),
      ].flatMap((value) => this.#filter(value)),
    ]
    const all = pipes.map(({ value }) => value)
    const are = pipesAre(all)
    const checked = operation.bound.filter((one) => isChecked(interpreter, are, one))
    operation.pipes = { ...are, checked: new Set(checked.map((one) => one.in)) }
    // The pipes of all come before those of a parameter.
    const own = this.#invalidStatus(are.checks ? all : [...all, ...checked.flatMap((one) => checkersOf(one))])
    if (own !== null) operation.invalidStatus = own
    // A pipe of the repository's own says by itself what becomes of what does not fit.
    else if (all.flatMap(each).some((one) => one.t === 'class' || one.t === 'object'))
      operation.invalidStatus = 0
  }

  // --- middleware ---

  // `configure(consumer)` of modules, and `{ provide: APP_GUARD, useClass: … }` among their providers.
  #readModules(): void {
    const { interpreter } = this.#run
    for (const ref of interpreter.lookup.classes()) {
      if (ref.module.language !== 'javascript') continue
      const [module] = annotationsOf(interpreter, ref.cls.decorators, ref.scope, ref).filter(
        ({ path }) => path === at('Module'),
      )
      if (!module) continue
      const providers =
        module.args[0]?.value.t === 'object' ? module.args[0].value.props.get('providers') : undefined
      for (const provider of providers?.t === 'list' ? providers.items : []) this.#provider(provider)
      this.#middleware.push(...middlewareOf(this.#run, ref))
    }
  }

  #provider(provider: Value): void {
    if (provider.t !== 'object') return
    const token = provider.props.get('provide')
    const kind =
      token?.t === 'symbol'
        ? /^@nestjs\/core\.APP_(GUARD|FILTER|PIPE|INTERCEPTOR)$/.exec(token.path)?.[1]
        : undefined
    const made = provider.props.get('useFactory')
    const value =
      provider.props.get('useClass') ??
      provider.props.get('useValue') ??
      provider.props.get('useExisting') ??
      (made?.t === 'func' ? this.#run.interpreter.call(made, [], start(null, made)) : undefined)
    if (kind && value)
      this.#globals[`${kind.toLowerCase()}s` as Kind].push({
        value,
        at: provider.site ? [provider.site] : [],
        when: settingOf(branchesOf(provider)),
      })
  }

  #middlewareRun(value: Value, { site, when }: Middleware): Around {
    const args = [request, response, symbol('nest:next', 'next')]
    const { meaning, interpreter } = this.#run
    const run = () => {
      // Express takes off the path that it is put at.
      const { wholePath } = meaning
      meaning.wholePath = null
      this.#runMethod(value, ['use'], args, site)
      meaning.wholePath = wholePath
    }
    return {
      isOutside: true,
      ...(when ? { when, run: () => interpreter.within(when, run) } : { run }),
    }
  }

  // --- guards, pipes and parameters ---

  // `at`: where the program puts it before all.
  #guard(
    {
      value,
      site: asked,
      at: put,
      when,
    }: { value: Value; site: Site; at: readonly Site[]; when: Condition | null },
    metadata: HandlerMetadata,
  ): Around {
    const [one] = each(value)
    const ref = one?.t === 'class' || one?.t === 'object' ? one.ref : null
    const site = ref ? { ...asked, symbol: ref.cls.name } : asked
    return {
      isOutside: true,
      ...(when ? { when } : {}),
      run: () =>
        this.#run.interpreter.running.by([...put, ...(ref ? [headOfClass(ref)] : [])], () =>
          when ? this.#guardedWhere(when, value, site, metadata) : this.#guards.run(value, site, metadata),
        ),
    }
  }

  // Where it is not put there all may pass.
  #guardedWhere(when: Condition, value: Value, site: Site, metadata: HandlerMetadata): Outcome[] {
    const passed = this.#run.interpreter.within(when, () => this.#guards.run(value, site, metadata, when))
    if (passed.length === 0) return []
    return [
      ...passed.map((one) => ({ ...one, conditions: [when, ...one.conditions] })),
      { value: constant(true), conditions: [untold(when)], site },
    ]
  }

  #pipe(value: Value, site: Site, of?: Annotation, uploads?: readonly Field[]): Around {
    return {
      run: () => {
        this.#runMethod(value, ['transform'], [symbol('?', 'value'), symbol('?', 'metadata')], site)
        const refusal = refusalOf(value, of, uploads)
        if (!refusal) return
        const { status, when, by = value } = refusal
        this.#refuse(by, status, when, site)
      },
    }
  }

  #refuse(value: Value, status: number, when: Condition | null, site: Site): void {
    const { interpreter } = this.#run
    const refuse = () => interpreter.emit('answer-error', value, status, site, { isFramework: true })
    if (when) interpreter.within(when, refuse)
    else refuse()
  }

  #catchers(value: Value, site: Site): FuncValue[] {
    const [one] = each(value)
    const ref = one?.t === 'class' || one?.t === 'object' ? one.ref : null
    if (!ref) return []
    const known = this.#known.get(ref.cls)
    if (known) return known
    const { result } = this.#run.interpreter.record(() =>
      this.#runMethod(value, ['intercept'], [context, handled], site),
    )
    const found = result.flatMap((one) => catchersIn(one.value))
    this.#known.set(ref.cls, found)
    return found
  }

  #intercept(value: Value, site: Site, metadata: HandlerMetadata): Outcome[] {
    const { interpreter, meaning } = this.#run
    meaning.metadata = metadata
    const { effects, result } = interpreter.record(() =>
      this.#runMethod(value, ['intercept'], [context, handled], site),
    )
    meaning.metadata = null
    interpreter.effects?.push(...withoutCaught(effects, this.#catchers(value, site)))
    return result
  }

  #mapped({ value, site }: { value: Value; site: Site }, metadata: HandlerMetadata, before: Mapped): Mapped {
    const { interpreter, meaning } = this.#run
    const own = meaning.metadata
    meaning.metadata = metadata
    const { result } = interpreter.record(() =>
      this.#runMethod(value, ['intercept'], [context, handled], site),
    )
    meaning.metadata = own
    return mappedBy(
      this.#run,
      result.map((one) => one.value),
      before,
    )
  }

  // `createParamDecorator((data, context) => …)`.
  #parameter({ made, args }: Annotation, site: Site): Around {
    return {
      run: () => {
        if (made)
          this.#run.interpreter.outcomes(
            made,
            [args[0] ?? { name: null, value: constant(null) }, { name: null, value: context }],
            site,
          )
      },
    }
  }

  // --- filters ---

  #filter(value: Value): FoundOperation['errors'] {
    const { interpreter } = this.#run
    const [one] = each(value)
    const ref = one?.t === 'class' ? one.ref : one?.t === 'object' ? one.ref : null
    const method = ref ? interpreter.lookup.method(ref, 'catch') : null
    if (!ref || !method) return []
    const [caught] = annotationsOf(interpreter, ref.cls.decorators, ref.scope, ref).filter(
      ({ path }) => path === at('Catch'),
    )
    const types = (caught?.args ?? []).map((arg) => arg.value)
    const handler: FuncValue = {
      t: 'func',
      fn: method.fn,
      scope: method.owner.scope,
      self: one?.t === 'object' ? one : null,
      owner: method.owner,
      module: method.owner.module,
      marks: [],
    }
    return [{ handler, type: types.length === 0 ? null : { t: 'list', items: types, isOpen: false } }]
  }

  /** The status of Nest's own ValidationPipe, where the program gives it another. */
  #invalidStatus(pipes: readonly Value[]): number | null {
    for (const pipe of pipes) {
      const [one] = each(pipe)
      const own =
        one?.t === 'symbol' && one.path === `${at('ValidationPipe')}()`
          ? one.args[0]?.value
          : one?.t === 'object'
            ? one.args[0]?.value
            : undefined
      if (own?.t !== 'object') continue
      const [status] = statusesOf(own.props.get('errorHttpStatusCode'))
      if (status !== undefined) return status
      const factory = own.props.get('exceptionFactory')
      if (factory?.t !== 'func') continue
      const { result } = this.#run.interpreter.record(() =>
        this.#run.interpreter.outcomes(factory, [], start(null, factory)),
      )
      const [made] = result.flatMap(({ value }) => this.#run.meaning.errorStatuses(value))
      if (made !== undefined) return made
    }
    return null
  }

  #runMethod(value: Value, names: readonly string[], values: readonly Value[], site: Site) {
    const { interpreter } = this.#run
    const args: ArgValue[] = values.map((one) => ({ name: null, value: one }))
    return each(value).flatMap((one) => {
      if (one.t === 'func') return names.includes('use') ? interpreter.outcomes(one, args, site) : []
      const ref = one.t === 'class' ? one.ref : one.t === 'object' ? one.ref : null
      if (!ref) return []
      return names.flatMap((name) => {
        const method = interpreter.lookup.method(ref, name)
        if (!method) return []
        return interpreter.outcomes(
          {
            t: 'func',
            fn: method.fn,
            scope: method.owner.scope,
            self: one.t === 'object' ? one : madeByContainer(this.#run, ref),
            owner: method.owner,
            module: method.owner.module,
            marks: [],
          },
          args,
          site,
        )
      })
    })
  }
}

// `app.get(Guard)`: the container's own instance of a class.
function taken(value: Value): Value {
  const [given] = value.t === 'symbol' && /\.(?:get|resolve)\(\)$/.test(value.path) ? value.args : []
  return given?.value.t === 'class' ? given.value : value
}

// A pipe that checks and makes what it is given a number or a truth value where a parameter says so, before the parameter's own pipes.
function transforms(value: Value): boolean {
  const [one] = each(value)
  const given =
    one?.t === 'symbol' && one.path === `${at('ValidationPipe')}()` ? one.args[0]?.value : undefined
  const says = given?.t === 'object' ? given.props.get('transform') : undefined
  return says?.t === 'const' && says.v === true
}

const isNamed = (one: Value, name: string) => one.t === 'symbol' && one.path.replace(/\(\)$/, '') === at(name)

// A path of digits alone (`:id(\\d+)`) is that of another operation, or of none, where it has others.
const alwaysFits = (value: Value, { path, args }: Annotation, { template }: FoundOperation): boolean =>
  path === at('Param') &&
  (isNamed(value, 'ParseIntPipe') || isNamed(value, 'ParseFloatPipe')) &&
  template.variables.some(({ name, type }) => name === textOf(args[0]?.value) && type === 'integer')

// What is no number is then none, which a default replaces; every text is true or false.
const neverRefuses = (value: Value, { args }: Annotation): boolean =>
  isNamed(value, 'ParseBoolPipe') ||
  (args.some((arg) => isNamed(arg.value, 'DefaultValuePipe')) &&
    (isNamed(value, 'ParseIntPipe') || isNamed(value, 'ParseFloatPipe')))

function siteOf(owner: ClassRef, { expr }: Annotation): Site {
  return { module: owner.module, start: expr.start, end: expr.end, symbol: owner.cls.name }
}

function start(ref: ClassRef | null, fn?: FuncValue): Site {
  const module = ref?.module ?? fn?.module
  if (!module) throw new Error('A class or a function has a module.')
  return { module, start: 0, end: 0, symbol: '' }
}
