import { always, negateAtom, normalizeCondition, unknownCaller } from '../../facts/condition.ts'
import type { Condition } from '../../facts/condition.ts'
import { actionSets, permissionsAbove } from '../../packs/django/actions.ts'
import { classValue, mixinActions, runHooks, runMixin } from '../../packs/django/mixins.ts'
import { viewOf } from '../../packs/django/view-calls.ts'
import { resolved } from '../../resolve/conditions.ts'
import { headOfClass } from '../../resolve/declared.ts'
import type { ClassRef, FuncValue, ObjectValue, Site, Value } from '../../resolve/values.ts'
import { methodOf } from '../../resolve/members.ts'
import { constant, each, lineOf, printValue, symbol, textOf, writtenAt } from '../../resolve/values.ts'
import type { Around, FoundOperation } from '../flat-routes.ts'
import { authenticationCredentials } from './authentication.ts'
import { filtersOf } from './django-filters.ts'
import { refuseByFilters, throttledWhen } from './rest-limits.ts'
import {
  askedIn,
  asksOfObject,
  isOfUnknown,
  leavesOf,
  placeOf,
  refusedBy,
  whenUnknown,
} from './permissions.ts'
import type { Asked } from './permissions.ts'
import { settingAt, settingsNamed } from '../django-settings.ts'
import { messageOf } from '../raised.ts'
import type { Run } from '../run-code.ts'

/** Authentication that says how to authenticate, so that a request without it is a 401 and not a 403. */
const challenging =
  /(?:^|\.)(?:TokenAuthentication|BasicAuthentication|JWT\w*Authentication|OAuth2Authentication|JSONWebTokenAuthentication|JWTCookieAuthentication)$/

/** A view of another package may set what it asks by itself. */
const isForeignView = (name: string) =>
  /\.\w*View(?:Set|Base)?$/.test(name) && !/^(?:rest_framework|django)\./.test(name)

/** What Django REST framework runs around a view, and what its mixins do. */
export class RestFramework {
  readonly #run: Run
  readonly #settings: ReadonlyMap<string, Value>
  readonly #handler: Value | null

  constructor(run: Run) {
    this.#run = run
    this.#settings = settingsNamed(run, 'REST_FRAMEWORK')
    const handler = this.#settings.get('EXCEPTION_HANDLER')
    this.#handler = handler ? this.#named(handler) : null
  }

  add(operation: FoundOperation): void {
    const fn = operation.handlers.at(-1)
    const view = operation.view ?? null
    const isRest = view
      ? this.#run.interpreter.lookup
          .ancestry(view.ref)
          .some((name) => name.startsWith('rest_framework') || name === 'APIView')
      : fn?.t === 'func' &&
        fn.marks.some((mark) => mark.t === 'symbol' && mark.path.startsWith('rest_framework.'))
    if (!isRest) return
    if (this.#handler) operation.errors = [...operation.errors, { handler: this.#handler, type: null }]
    const own = fn?.t === 'func' ? fn : null
    operation.around = [
      this.#permissions(operation, view?.ref ?? null, own),
      this.#throttles(operation, view?.ref ?? null, own),
      ...(view && own ? this.#own(view.ref, view.action, operation) : []),
      ...(view ? [this.#action(view.ref, view.action, own, operation)] : []),
    ]
  }

  /** Whether its permissions know of its method: one of `DjangoModelPermissions` whose `perms_map` lacks it answers 405 to whoever is signed in. */
  takes({ method, view, handlers }: FoundOperation): boolean {
    if (!view || method === '*') return true
    const { interpreter } = this.#run
    const fn = handlers.at(-1)
    return !this.#asked(view.ref, fn?.t === 'func' ? fn : null, view.action).some((asked) => {
      const [one, ...others] = leavesOf(asked)
      if (one?.t !== 'class' || others.length > 0) return false
      if (!interpreter.lookup.ancestry(one.ref).some((name) => name.endsWith('DjangoModelPermissions')))
        return false
      const known = classValue(interpreter, one.ref, 'perms_map')
      return known?.t === 'object' && !known.isOpen && known.props.size > 0 && !known.props.has(method)
    })
  }

  // --- who may call ---

  #permissions({ method, site, view }: FoundOperation, ref: ClassRef | null, fn: FuncValue | null): Around {
    const action = view?.action ?? ''
    return {
      run: () => {
        const { interpreter } = this.#run
        const unknown = this.#unknownStatus(ref, fn)
        const isOfObject = asksOfObject(interpreter, ref, fn, action)
        this.#authenticate(ref, fn, unknown, site)
        // Of the first class that authenticates follows whether a caller is asked to sign in.
        const decided =
          unknown === 401 ? this.#saidAt(ref, 'authentication_classes', 'DEFAULT_AUTHENTICATION_CLASSES') : []
        const permitted = this.#saidAt(ref, 'permission_classes', 'DEFAULT_PERMISSION_CLASSES')
        const credentials = () =>
          authenticationCredentials(
            this.#run,
            this.#setting(ref, fn, 'authentication_classes', 'DEFAULT_AUTHENTICATION_CLASSES'),
          )
        for (const asked of this.#asked(ref, fn, action)) {
          const rows = resolved(refusedBy(interpreter, asked, { method, action, ref, site, isOfObject }))
          const [value] = leavesOf(asked)
          if (!value) continue
          const isOwn = leavesOf(asked).some(({ t }) => t === 'class')
          const at = placeOf(value, site)
          const refuse = (status: number, when: Condition) => {
            interpreter.running.by([...permitted, ...(status === 401 ? decided : [])], () =>
              interpreter.within(when, () =>
                interpreter.emit('answer-error', value, status, at, isOwn ? {} : { isFramework: true }),
              ),
            )
          }
          // What is asked outside may be anything; of what is here it is known of whom it is asked.
          const isOutside = rows.some((row) => row.length === 0)
          const when = isOutside ? always : normalizeCondition(whenUnknown(rows))
          if (when.length > 0)
            interpreter.emit('sign-in', value, null, at, { credentials: credentials(), when })
          // Who is not signed in is asked to sign in instead (`permission_denied`).
          const [alone, others] = [rows.filter(isOfUnknown), rows.filter((row) => !isOfUnknown(row))]
          if (alone.length > 0) refuse(unknown, alone)
          for (const row of others) {
            const isOpen = unknown !== 403 && !row.some(({ subject }) => subject === unknownCaller.subject)
            if (isOpen && isOwn) refuse(unknown, [[...row, unknownCaller]])
            refuse(403, [isOpen && row.length > 0 ? [...row, negateAtom(unknownCaller)] : row])
          }
        }
      },
    }
  }

  // "Class-based views", "Dispatch methods": what the class has of its own of what is called before the handler.
  #own(ref: ClassRef, action: string, { site, template }: FoundOperation): Around[] {
    const { interpreter } = this.#run
    const parts = template.variables.map(({ name }) => ({ name, value: symbol('?', `path.${name}`) }))
    return ['check_permissions', 'initial'].flatMap((name): Around[] => {
      const method = interpreter.lookup.method(ref, name)
      if (!method) return []
      const fn = { ...methodOf(method, viewOf(ref, action)), owner: method.owner }
      const request = { name: null, value: symbol('django:request', 'request') }
      const args = name === 'initial' ? [request, ...parts] : [request]
      return [{ run: () => interpreter.outcomes(fn, args, site) }]
    })
  }

  #throttles({ site }: FoundOperation, ref: ClassRef | null, fn: FuncValue | null): Around {
    return {
      run: () => {
        const { interpreter } = this.#run
        const all = this.#setting(ref, fn, 'throttle_classes', 'DEFAULT_THROTTLE_CLASSES')
        const scope = ref ? textOf(this.#classValue(ref, 'throttle_scope') ?? undefined) : null
        const rates = this.#settings.get('DEFAULT_THROTTLE_RATES')
        const [first] = all
        const when = first ? normalizeCondition(throttledWhen(interpreter, all, rates, scope)) : []
        const at = this.#saidAt(ref, 'throttle_classes', 'DEFAULT_THROTTLE_CLASSES')
        if (first && when.length > 0)
          interpreter.running.by(at, () =>
            interpreter.within(when, () =>
              interpreter.emit('answer-error', first, 429, at[0] ?? site, { isFramework: true }),
            ),
          )
      },
    }
  }

  // Classes of the repository that authenticate may refuse who shows what they do not know, whoever may call ("Authentication").
  #authenticate(ref: ClassRef | null, fn: FuncValue | null, unknown: number, site: Site): void {
    const { interpreter, meaning } = this.#run
    for (const one of this.#setting(ref, fn, 'authentication_classes', 'DEFAULT_AUTHENTICATION_CLASSES')) {
      const method = one.t === 'class' ? interpreter.lookup.method(one.ref, 'authenticate') : null
      if (one.t !== 'class' || !method) continue
      const self = interpreter.instantiate(one.ref, [], site)
      const args = [{ name: null, value: symbol('django:request', 'request') }]
      const { effects } = interpreter.record(() => interpreter.outcomes(methodOf(method, self), args, site))
      for (const effect of effects)
        if (effect.kind === 'raise')
          interpreter.effects?.push(
            // Nothing says how to sign in, so that it is a 403.
            unknown === 403 && meaning.errorStatuses(effect.value).includes(401)
              ? {
                  ...effect,
                  kind: 'answer-error',
                  status: 403,
                  note: {
                    ...effect.note,
                    message: messageOf(effect.value) || meaning.errorText(effect.value),
                  },
                }
              : effect,
          )
    }
  }

  /** The permissions of a view: those that a method of its own gives for the action, else those that stand in its class, a decorator or the settings. */
  #asked(ref: ClassRef | null, fn: FuncValue | null, action: string): Asked[] {
    const { interpreter } = this.#run
    const checks = ref ? interpreter.lookup.method(ref, 'check_permissions') : null
    // One of the class's own that does not ask the class above asks no permission.
    if (checks && !/\bsuper\(/.test(checks.owner.module.text.slice(checks.fn.start, checks.fn.end))) return []
    const method = ref ? interpreter.lookup.method(ref, 'get_permissions') : null
    if (ref && method) {
      const site: Site = { module: ref.module, start: ref.cls.start, end: ref.cls.headEnd, symbol: '' }
      const set = this.#setting(ref, fn, 'permission_classes', 'DEFAULT_PERMISSION_CLASSES')
      const self: ObjectValue = {
        t: 'object',
        props: new Map<string, Value>([
          ...actionSets(interpreter, ref, action),
          ['action', constant(action)],
          // What the class above gives.
          [permissionsAbove, { t: 'list', items: set.flatMap(listed), isOpen: false }],
        ]),
        ref,
        args: [],
        isOpen: true,
        site: null,
      }
      const given = interpreter.outcomes({ ...methodOf(method, self), owner: method.owner }, [], site)
      const [only, ...more] = given
      if (only && more.length === 0 && only.value.t === 'list' && !only.value.isOpen)
        return askedIn(only.value)
      const own = self.props.get('permission_classes')
      if (own) return askedIn(own)
      // One of several, and nobody knows which.
      if (!given.every(({ value }) => /super\b|permission_classes/.test(printValue(value)))) return []
    }
    return this.#setting(ref, fn, 'permission_classes', 'DEFAULT_PERMISSION_CLASSES').flatMap(askedIn)
  }

  // Where a view or the settings say what `name` is: its field, the method that gives it, or the entry of the settings.
  #saidAt(ref: ClassRef | null, name: string, setting: string): Site[] {
    const { interpreter, project } = this.#run
    for (const given of [`get_${name.replace(/_classes$/, 's')}`, name]) {
      const owner =
        ref && (interpreter.lookup.method(ref, given) ?? interpreter.lookup.field(ref, given))?.owner
      const own = owner && [...owner.cls.members, ...owner.cls.fields].find((one) => one.name === given)
      if (owner && own)
        return [{ module: owner.module, start: own.start, end: own.end, symbol: owner.cls.name }]
    }
    return settingAt(project, 'REST_FRAMEWORK', setting)
  }

  #unknownStatus(ref: ClassRef | null, fn: FuncValue | null): number {
    const [first] = this.#setting(ref, fn, 'authentication_classes', 'DEFAULT_AUTHENTICATION_CLASSES')
    if (first?.t === 'symbol') return challenging.test(first.path.replace(/\(\)$/, '')) ? 401 : 403
    if (first?.t !== 'class') return 403
    const { lookup } = this.#run.interpreter
    const says =
      lookup.method(first.ref, 'authenticate_header') !== null ||
      lookup
        .ancestry(first.ref)
        .slice(1)
        .some((name) => challenging.test(name))
    return says ? 401 : 403
  }

  /** What a decorator of the method or function, the class, or else the settings name. */
  #setting(ref: ClassRef | null, fn: FuncValue | null, name: string, setting: string): Value[] {
    const { interpreter } = this.#run
    const decorators = fn ? fn.fn.decorators.map((one) => interpreter.evaluateIn(one, fn.scope)) : []
    for (const mark of [...decorators, ...(fn?.marks ?? [])]) {
      if (mark.t !== 'symbol') continue
      const given = mark.path.endsWith(`.${name}()`)
        ? mark.args[0]?.value
        : /(?:^|\.)action\(\)$/.test(mark.path)
          ? mark.args.find((arg) => arg.name === name)?.value
          : undefined
      if (given) return this.#all(given)
    }
    const own = ref ? this.#classValue(ref, name) : null
    if (own) return this.#all(own)
    if (ref && interpreter.lookup.ancestry(ref).some(isForeignView)) return []
    const otherwise = this.#settings.get(setting)
    return otherwise ? this.#all(otherwise) : []
  }

  #all(value: Value): Value[] {
    return (value.t === 'list' ? value.items : [value]).flatMap((item) =>
      (item.t === 'union' && item.joined ? [item] : each(item)).flatMap((one) => this.#named(one) ?? []),
    )
  }

  // A class, or its dotted name as settings have it.
  #named(value: Value): Value | null {
    const text = textOf(value)
    if (text === null) return value
    const cut = text.lastIndexOf('.')
    const module = this.#run.project.pythonNamed(text.slice(0, cut))
    if (!module) return symbol(text)
    return this.#run.interpreter.runModule(module).get(text.slice(cut + 1)) ?? symbol(text)
  }

  #classValue(ref: ClassRef, name: string): Value | null {
    return classValue(this.#run.interpreter, ref, name)
  }

  // --- what mixins do ---

  #action(ref: ClassRef, action: string, own: FuncValue | null, { template }: FoundOperation): Around {
    return {
      run: () => {
        const { interpreter } = this.#run
        const site: Site = {
          module: ref.module,
          start: ref.cls.start,
          end: ref.cls.headEnd,
          symbol: ref.cls.name,
        }
        const does = own ? undefined : mixinActions[action]
        const self = viewOf(ref, action)
        if (!own) runHooks(interpreter, ref, self, action, site)
        // What a method of one's own asks for by itself.
        const asks = (name: string) =>
          own?.module.text.slice(own.fn.headEnd, own.fn.end).includes(`self.${name}(`) === true
        // A plain viewset gives whatever its own method does ("ViewSet").
        const isList = action === 'list' && !(own && isPlain(this.#run, ref))
        if (isList || asks('paginate_queryset')) this.#pages(ref, site)
        if (isList || asks('filter_queryset')) this.#filters(ref, site)
        if (!does) return
        runMixin(
          interpreter,
          ref,
          self,
          action,
          site,
          template.variables.map(({ name }) => name),
        )
        interpreter.emit('respond', symbol('?', 'data'), does.status, site, { media: 'application/json' })
      },
    }
  }

  // Reads a parameter of the query. `by`: what the class says for it to be read.
  #reads(ref: ClassRef, site: Site) {
    const { interpreter } = this.#run
    const declaring = (name: string): Site[] => {
      const owner = interpreter.lookup.method(ref, name)?.owner ?? interpreter.lookup.field(ref, name)?.owner
      const own = owner && [...owner.cls.fields, ...owner.cls.members].find((one) => one.name === name)
      if (!owner || !own) return []
      const end = 'headEnd' in own ? own.headEnd : own.end
      return [{ module: owner.module, start: own.start, end, symbol: owner.cls.name }]
    }
    return (name: string, type: string, by: readonly string[], more: readonly Site[] = []) =>
      interpreter.emit(
        'read',
        { t: 'const', v: name, from: [...by.flatMap(declaring), ...more] },
        null,
        site,
        {
          in: 'query',
          name,
          type,
          isRequired: false,
        },
      )
  }

  // Parameters that pages of lists read.
  #pages(ref: ClassRef, site: Site): void {
    const { interpreter } = this.#run
    const read = this.#reads(ref, site)
    const pages = this.#classValue(ref, 'pagination_class') ?? this.#settings.get('DEFAULT_PAGINATION_CLASS')
    const page = pages && !(pages.t === 'const' && pages.v === null) ? this.#named(pages) : null
    const names =
      page?.t === 'class' ? interpreter.lookup.ancestry(page.ref) : page?.t === 'symbol' ? [page.path] : []
    const paged = ['pagination_class']
    const own = page?.t === 'class' ? [headOfClass(page.ref)] : writtenAt([pages]).map(lineOf)
    const option = (name: string, otherwise: string) =>
      (page?.t === 'class' ? textOf(this.#classValue(page.ref, name) ?? undefined) : null) ?? otherwise
    const optionAt = (name: string): Site[] => (page?.t === 'class' ? this.#saidAt(page.ref, name, '') : [])
    if (names.some((name) => name.endsWith('LimitOffsetPagination'))) {
      read(option('limit_query_param', 'limit'), 'integer', paged, [...own, ...optionAt('limit_query_param')])
      read(option('offset_query_param', 'offset'), 'integer', paged, own)
    } else if (names.some((name) => name.endsWith('CursorPagination')))
      read(option('cursor_query_param', 'cursor'), '', paged, own)
    else if (names.some((name) => name.endsWith('PageNumberPagination'))) {
      read(option('page_query_param', 'page'), 'integer', paged, own)
      const size = option('page_size_query_param', '')
      if (size !== '') read(size, 'integer', paged, [...own, ...optionAt('page_size_query_param')])
    }
  }

  // Parameters that filters of lists read.
  #filters(ref: ClassRef, site: Site): void {
    const { interpreter } = this.#run
    const read = this.#reads(ref, site)
    const backends = this.#setting(ref, null, 'filter_backends', 'DEFAULT_FILTER_BACKENDS')
    const uses = (name: string) => backends.some((one) => one.t === 'symbol' && one.path.endsWith(name))
    if (uses('SearchFilter') && this.#classValue(ref, 'search_fields'))
      read('search', '', ['search_fields', 'filter_backends'])
    if (uses('OrderingFilter')) read('ordering', '', ['filter_backends'])
    const filters = this.#classValue(ref, 'filterset_fields') ?? this.#classValue(ref, 'filter_fields')
    if (uses('DjangoFilterBackend') && filters?.t === 'list')
      for (const item of filters.items) {
        const name = textOf(item)
        if (name !== null) read(name, '', ['filterset_fields', 'filter_fields'])
      }
    // Settings that a library gives are not known; that a set of filters is there says that somebody asks it.
    if (backends.length === 0 || backends.some(isFilterBackend))
      for (const set of this.#filterSets(ref)) {
        const filters = filtersOf(interpreter, set)
        for (const { name, type } of filters)
          read(
            name,
            type,
            ['filterset_class', 'filter_class'],
            [
              headOfClass(set),
              ...set.cls.fields
                .filter((field) => field.name === name)
                .map(({ start, end }) => ({ module: set.module, start, end, symbol: set.cls.name })),
            ],
          )
        if (backends.some(isOfDjangoFilter)) refuseByFilters(interpreter, set, filters, headOfClass(set))
      }
  }

  // The class of filters, or those that a property gives.
  #filterSets(ref: ClassRef): ClassRef[] {
    const { interpreter } = this.#run
    const set = this.#classValue(ref, 'filterset_class') ?? this.#classValue(ref, 'filter_class')
    const method = set ? null : interpreter.lookup.method(ref, 'filterset_class')
    const given = set
      ? [set]
      : method
        ? interpreter
            .outcomes(methodOf(method, null), [], { module: ref.module, start: 0, end: 0, symbol: '' })
            .map(({ value }) => value)
        : []
    return given.flatMap(each).flatMap((one) => (one.t === 'class' ? [one.ref] : []))
  }
}

const isOfDjangoFilter = (value: Value) =>
  value.t === 'symbol' &&
  /^django_filters\.rest_framework\.(?:backends\.)?DjangoFilterBackend$/.test(value.path)

// What has no queryset by itself: neither pages nor filters come of it.
const isPlain = (run: Run, ref: ClassRef): boolean => {
  const names = run.interpreter.lookup.ancestry(ref)
  return (
    names.includes('rest_framework.viewsets.ViewSet') && !names.some((name) => /Mixin$|Generic/.test(name))
  )
}

const isFilterBackend = (value: Value) =>
  value.t === 'symbol'
    ? value.path.endsWith('Backend')
    : value.t === 'class' && value.ref.cls.name.endsWith('Backend')

// What is spread of a list stands in it as one.
const listed = (value: Value): Value[] => (value.t === 'list' ? value.items : [value])
