import type { ModelDraft } from './drafts.ts'
import type { Constraint, Field, Shape } from '../facts/shape.ts'
import { mappedFields } from './mapped-types.ts'
import { listOf, withoutNull } from '../facts/shape.ts'
import type { Expr, FieldDecl, Param, TypeRef } from '../parse/ir.ts'
import { goTag, tagsRead } from '../packs/validators/go-tags.ts'
import { checksByTags, humaTag } from '../packs/validators/huma-tags.ts'
import type { Held } from '../packs/validators/go-tags.ts'
import {
  annotationWords,
  boundedNumbers,
  constraintOf,
  enumValues,
  keywordArguments,
  wordConstraints,
} from '../packs/validators/validators.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { isMadeError } from '../resolve/go-errors.ts'
import { headOfClass, noteWritten } from '../resolve/declared.ts'
import { unwrap } from '../resolve/lookup.ts'
import type { Lookup } from '../resolve/lookup.ts'
import { methodOf } from '../resolve/members.ts'
import type { Scope } from '../resolve/values.ts'
import { each, printValue, symbol, textOf } from '../resolve/values.ts'
import type { ClassRef, Site, SymbolValue, Value } from '../resolve/values.ts'
import { refusedTexts } from './checked-inputs.ts'
import { isOfEach, isUnasked, leftOutBySerializer } from './decorated-fields.ts'
import { spelledField, unwrappedAs } from './jackson-spellings.ts'
import { ignoredByJackson, withNamedReaders } from './jackson.ts'
import { rootOf, under, usesRoots } from './jackson-roots.ts'
import { aliasedType } from './python-aliases.ts'
import { hasMoreFields, isPythonSchema, schemaFields } from './schema/python-schema.ts'
import { annotationsOf, simpleName } from '../resolve/annotations.ts'
import { boundName, boundTo, unbound } from './type-parameters.ts'
import type { Bound } from './type-parameters.ts'
import type { WrittenNames } from './written-names.ts'
import { ownTable } from '../parse/own-table.ts'

/** Validators and pipes that say what a number is. */
const wordShapes: Record<string, 'integer' | 'number' | 'boolean' | 'string'> = ownTable({
  IsInt: 'integer',
  IsNumber: 'number',
  IsBoolean: 'boolean',
  IsString: 'string',
})
const integers =
  /^(?:(?:Non)?(?:Positive|Negative)Int|u?int(?:8|16|32|64)?|byte|short|long|Short|Integer|Long|BigInteger|java\.lang\.(?:Integer|Long|Short)|bigint|PositiveInt|NonNegativeInt|ParseIntPipe|conint|(?:pydantic\.)?StrictInt)$/
const numbers =
  /^(?:(?:Non)?(?:Positive|Negative)Float|float(?:32|64)?|double|Float|Double|BigDecimal|number|Number|Decimal|decimal\.Decimal|java\.lang\.(?:Double|Float)|java\.math\.BigDecimal|confloat|condecimal|(?:pydantic\.)?StrictFloat)$/
const texts =
  /^(?:str|constr|string|String|java\.lang\.String|char|CharSequence|EmailStr|HttpUrl|UUID[1-8]?|uuid\.UUID|StrictStr|datetime|date|LocalDate|LocalDateTime|Instant|Date|time\.Time|OffsetDateTime|ZonedDateTime|Duration|pydantic\..*(?:Str|Url)|bytes|\w*SecretStr)$/
/** What Java's serializers write of these, a text or a number, their settings say. */
const timesOfJava =
  /^(?:java\.(?:time|util)\.)?(?:Date|Duration|Instant|Local(?:Date|Time|DateTime)|Offset(?:Time|DateTime)|ZonedDateTime)$/
const booleans = /^(?:bool|boolean|Boolean|java\.lang\.Boolean|(?:pydantic\.)?StrictBool)$/
/** Tags of Go's that name a field for who asks. */
const anyTag = 'json|form|query|uri|param|header'
const files =
  /(?:^|\.)(?:Upload(?:ed)?File|MultipartFile|FilePart|FileHeader|File|(?:Memory|FileSystem)StoredFile|(?:Completed|Streaming)?FileUpload)$/
const lists =
  /(?:^|\.)(?:List|Set|Collection|Array|list|conlist|set|conset|Sequence|Iterable|tuple|frozenset|confrozenset|Flux|ArrayList|\[\])$/
/** Pages of libraries are objects, which have their items and more besides (docs.spring.io, docs.micronaut.io, fastapi-pagination). */
const pages: Record<string, string> = ownTable({
  'org.springframework.data.domain.Page': 'content',
  'org.springframework.data.domain.Slice': 'content',
  'io.micronaut.data.model.Page': 'content',
  'io.micronaut.data.model.Slice': 'content',
  'fastapi_pagination.Page': 'items',
  'fastapi_pagination.LimitOffsetPage': 'items',
})
const maps = /(?:^|\.)(?:Map|dict|Dict|Record|map|HashMap|Mapping)$/

const isBytes = (type: TypeRef | null): boolean =>
  type?.name === '[]' && /^(?:byte|uint8)$/.test(type.args[0]?.name ?? '')

// Go: `[]byte`, not `[16]byte`.
const isSlice = ({ start }: TypeRef, { module }: Scope): boolean =>
  /^\[\s*\]/.test(module.text.slice(start, start + 9))

const mayBeUndefined = (type: TypeRef | null): boolean =>
  type?.name === 'union' && type.args.some(({ name }) => name === 'undefined')

const plain = /^(?:str|int|float|bytes)$/

/** Classes of frameworks of Python that are answered with, and errors. */
const answers =
  /^(?:flask|werkzeug|starlette|fastapi|django|rest_framework|aiohttp|sanic|quart|falcon|bottle|litestar)\b.*\.\w*(?:Response|Exception|HTTPError)\w*$|^(?:Base)?Exception$/

/** Shapes of types and values, and the models that they name. */
export class Shapes {
  readonly models = new Map<string, ModelDraft>()
  readonly lookup: Lookup
  /** JSON Schemas that others refer to, by their names. */
  readonly shared: ReadonlyMap<string, Value>
  readonly #interpreter: Interpreter
  readonly #busy = new Set<string>()
  readonly #texts = new Map<ClassRef['cls'], Constraint[]>()
  readonly #named = new Map<string, ClassRef['cls']>()
  readonly #names: WrittenNames
  readonly #roots = new Map<string, ReturnType<typeof rootOf>>()
  readonly #usesRoots = new Map<'read' | 'write', boolean>()
  #skips: boolean | null = null
  #bound = unbound

  constructor(interpreter: Interpreter, names: WrittenNames, shared: ReadonlyMap<string, Value> = new Map()) {
    this.shared = shared
    this.#interpreter = interpreter
    this.lookup = interpreter.lookup
    this.#names = names
  }

  ofType(given: TypeRef | null, scope: Scope, depth = 0): Shape {
    if (!given || depth > 6) return { type: 'unknown' }
    // TypeScript and Python: JSON has the null of a type, and leaves out what is undefined.
    if (/^(?:javascript|python)$/.test(scope.module.language) && given.name === 'union') {
      const rest = given.args.filter(({ name }) => name !== 'null')
      const [only] = rest
      if (rest.length < given.args.length && rest.length === 1 && only)
        return orNull(this.ofType(only, scope, depth + 1), scope.module.language)
    }
    const type = unwrap(given)
    if (type.name === 'literal')
      return {
        type:
          typeof type.literal === 'number'
            ? 'number'
            : typeof type.literal === 'boolean'
              ? 'boolean'
              : 'string',
      }
    if (type.name === 'union') {
      const given = type.args.map((one) => this.ofType(one, scope, depth + 1))
      // Python: `int | None | str`.
      const of =
        scope.module.language === 'python'
          ? given.flatMap((one) => (one.type === 'union' ? one.of : [one]))
          : given
      const kinds = new Set(of.map((one) => JSON.stringify(one)))
      return kinds.size === 1 && of[0] ? of[0] : { type: 'union', of }
    }
    if (type.fields)
      return { type: 'object', fields: type.fields.map((field) => this.#field(field, scope, depth, null)) }
    const { name } = type
    const bound = this.#bound.get(name)
    if (bound) return bound
    if (integers.test(name)) return { type: 'integer' }
    if (numbers.test(name)) return { type: 'number' }
    if (texts.test(name)) return { type: 'string' }
    if (booleans.test(name)) return { type: 'boolean' }
    if (files.test(name)) return { type: 'file' }
    if (/^(?:None|null|void|Void|undefined)$/.test(name)) return { type: 'null' }
    if (isBytes(type) && scope.module.language === 'java') return { type: 'file' }
    // Go's "encoding/json": bytes are a text in base64; an array of them is a list.
    if (isBytes(type) && scope.module.language === 'go' && isSlice(type, scope)) return { type: 'string' }
    if (lists.test(name)) {
      const item = itemOf(type)
      // Types of Go and TypeScript ask nothing when it runs.
      const isAsked = item !== null && /^(?:java|python)$/.test(scope.module.language)
      return listOf(
        this.ofType(item, scope, depth + 1),
        isAsked ? unique(this.#typeConstraints(item, scope)) : [],
      )
    }
    if (maps.test(name)) return { type: 'map', values: this.ofType(type.args[1] ?? null, scope, depth + 1) }
    if (/(?:^|\.)(?:ResponseEntity|Mono|HttpResponse|Response)$/.test(name))
      return this.ofType(type.args[0] ?? null, scope, depth + 1)
    const target = this.#interpreter.lookup.typeTarget(name, scope)
    const items = typeof target === 'string' ? pages[target] : undefined
    if (items !== undefined) {
      const shape: Shape = { type: 'array', items: this.ofType(type.args[0] ?? null, scope, depth + 1) }
      return { type: 'object', fields: [{ name: items, shape, isRequired: true, constraints: [] }] }
    }
    const made = typeof target === 'string' && scope.module.language === 'python' ? scope.get(name) : null
    // Python: `NewType('UserId', int)` is what it is made of, to all who send one.
    if (made?.t === 'symbol' && /^typing(?:_extensions)?\.NewType\(\)$/.test(made.path) && made.args[1])
      return this.ofType({ ...type, name: printValue(made.args[1].value) }, scope, depth + 1)
    if (typeof target === 'string')
      return target !== name && target !== ''
        ? this.ofType(
            { ...type, name: simpleName(target) === name ? '?' : simpleName(target) },
            scope,
            depth + 1,
          )
        : { type: 'unknown' }
    // What a class of the repository is made for is part of it.
    const args = type.args.map((arg) => this.ofType(arg, scope, depth + 1))
    return this.ofClass(target, depth, boundTo(target, args))
  }

  /** `bound`: what its parameters stand for. */
  ofClass(ref: ClassRef, depth = 0, bound = unbound): Shape {
    const { cls } = ref
    // An answer of one's own class is what it is sent as, and nothing kept.
    if (
      ref.module.language === 'python' &&
      this.#interpreter.lookup.ancestry(ref).some((one) => answers.test(one))
    )
      return { type: 'unknown' }
    if (cls.kind === 'enum')
      return ref.module.language === 'python'
        ? ofPythonEnum(ref)
        : // TypeScript's count from 0 where nothing else is written.
          {
            type:
              cls.constants.some(({ value }) => value?.k === 'num') && ref.module.language === 'javascript'
                ? 'number'
                : 'string',
          }
    // Python: a text or a number with constants beside it is one.
    const made = ref.module.language === 'python' ? cls.bases.find(({ name }) => plain.test(name)) : undefined
    if (made) return this.ofType(made, ref.scope, depth + 1)
    const whole = ref.module.language === 'python' ? wholeType(ref) : null
    if (whole) return this.ofType(whole, ref.scope, depth + 1)
    // A class without a name is known by what it extends.
    if (cls.name === '' && ref.module.language === 'java')
      return this.ofType(cls.bases[0] ?? null, ref.scope, depth + 1)
    if (cls.kind === 'alias') {
      // A name that is not of a struct or class adds nothing to its type.
      return cls.alias ? this.ofType(cls.alias, ref.scope, depth + 1) : { type: 'unknown' }
    }
    const own = this.#nameOf(ref)
    const name = boundName(own, bound)
    if (name === null) return this.ofClass(ref, depth)
    if (!this.models.has(name) && !this.#busy.has(name)) {
      this.#busy.add(name)
      // As deep as any other, wherever it is met first.
      const fields = this.#within(bound, () => this.fieldsOf(ref))
      this.models.set(name, {
        name,
        fields,
        isPart: isPythonSchema(this.#interpreter, ref) && hasMoreFields(this.#interpreter, ref, fields),
        site: { module: ref.module, start: cls.start, end: cls.end, symbol: own },
      })
      this.#busy.delete(name)
    }
    if (!this.#roots.has(name)) this.#roots.set(name, rootOf(this.#interpreter, ref))
    const root = this.#roots.get(name)
    const shape: Shape = { type: 'model', name }
    return root && !root.isOfBody ? under(root.name, shape) : shape
  }

  /** The whole of a body: under the name that a class has for it, where the program's mapper is set up so. */
  ofBody(shape: Shape, way: 'read' | 'write'): Shape {
    const root = shape.type === 'model' ? this.#roots.get(shape.name) : null
    if (!root?.isOfBody) return shape
    const uses = this.#usesRoots.get(way) ?? usesRoots(this.#interpreter, way)
    this.#usesRoots.set(way, uses)
    return uses ? under(root.name, shape) : shape
  }

  #within<T>(bound: Bound, read: () => T): T {
    const before = this.#bound
    this.#bound = bound
    const found = read()
    this.#bound = before
    return found
  }

  /** Where what a request is read into declares its fields. */
  declaredAt(value: Value): Site[] {
    return each(value).flatMap((one): Site[] => {
      const typed = one.t === 'symbol' ? one.typed : null
      const shape = typed
        ? this.ofType(typed.type, typed.scope)
        : (one.t === 'symbol' || one.t === 'object') && one.ref
          ? this.ofClass(one.ref)
          : null
      if (typed && shape?.type === 'object')
        return [{ module: typed.scope.module, start: typed.type.start, end: typed.type.end, symbol: '' }]
      const within = shape?.type === 'object' && shape.fields.length === 1 ? shape.fields[0]?.shape : shape
      const item = within?.type === 'array' ? within.items : within
      const model = item?.type === 'model' ? this.models.get(item.name) : undefined
      return model ? [model.site] : []
    })
  }

  // Two of one name are told apart by where they stand.
  #nameOf({ cls, module }: ClassRef): string {
    const name = cls.name === '' ? 'anonymous' : cls.name
    const known = this.#named.get(name) ?? cls
    this.#named.set(name, known)
    if (known === cls || cls.name === '') return name
    const parts = module.path.split('/').slice(module.language === 'go' ? -2 : -1)
    return `${(parts[0] ?? '').replace(/\.\w+$/, '')}.${name}`
  }

  /** `kind`: of a class that is made of this one, what keeps its fields. `tag`: Go's that names them, where that is not any. */
  fieldsOf(ref: ClassRef, depth = 0, kind = this.#fieldKind(ref), tag = anyTag): Field[] {
    if (depth > 6) return []
    if (isPythonSchema(this.#interpreter, ref))
      return schemaFields(this.#interpreter, ref, (inner) => this.ofClass(inner, depth + 1))
    const declared = ref.module.language === 'java' ? withNamedReaders(ref) : ref.cls.fields
    const own = declared
      .filter((field) => ref.module.language === 'python' || !field.isStatic)
      .filter((field) => !/^(?:model_config|Config|objects|__\w+__|serialVersionUID)$/.test(field.name))
      .filter((field) => !/json:"-"/.test(field.tag))
      // What Go does not export no answer has, and no request sets.
      .filter((field) => ref.module.language !== 'go' || !/^[a-z_]/.test(field.name))
      .filter((field) => ref.module.language !== 'python' || isPythonField(field, kind))
      // JSON has no functions, and nothing that JavaScript keeps to a class.
      .filter(
        ({ value, start }) =>
          ref.module.language !== 'javascript' || (value?.k !== 'func' && ref.module.text[start] !== '#'),
      )
      .flatMap(
        (field) => this.#unwrapped(field, ref, depth) ?? [this.#field(field, ref.scope, depth, ref, tag)],
      )
    if (ref.module.language === 'java') own.push(...this.#givenToConstructor(ref, own, depth))
    const names = new Set(own.map(({ name }) => name))
    const mapped = mappedFields(this.#interpreter, ref, (one) => this.fieldsOf(one, depth + 1))
    const inherited = this.#interpreter.lookup.basesOf(ref).flatMap((base) => {
      // TypeScript: a class has what an interface asks for, as its own; what that leaves open it need not have.
      if (isOnlyAsked(ref, base)) return []
      const type = ref.cls.bases.find(({ name }) => simpleName(name) === base.cls.name)
      const args = type?.args.map((arg) => this.ofType(arg, ref.scope, depth + 1)) ?? []
      return this.#within(boundTo(base, args), () => this.fieldsOf(base, depth + 1, kind, tag))
    })
    const ignored =
      ref.module.language === 'java'
        ? ignoredByJackson(this.#interpreter, ref)
        : leftOutBySerializer(this.#interpreter, ref)
    return [...[...mapped, ...inherited].filter(({ name }) => !names.has(name)), ...own].filter(
      ({ name }) => !ignored.has(name),
    )
  }

  // Jackson: what a constructor is given by names.
  #givenToConstructor(ref: ClassRef, own: readonly Field[], depth: number): Field[] {
    const params = ref.cls.members.find(
      ({ name, params, isStatic }) =>
        (name === 'constructor' || isStatic) && params.some((one) => isNamedForJson(one)),
    )?.params
    return (params ?? [])
      .filter((one) => isNamedForJson(one) && !ref.cls.fields.some(({ name }) => name === one.name))
      .map((one) => this.#field({ ...one, value: null, tag: '', isStatic: false }, ref.scope, depth, ref))
      .filter(({ name }) => !own.some((known) => known.name === name))
  }

  // Python: by what a class keeps its fields.
  #fieldKind(ref: ClassRef): FieldKind {
    if (ref.module.language !== 'python') return ''
    const names = this.#interpreter.lookup.ancestry(ref)
    if (names.some((name) => /^(?:pydantic|sqlmodel|ninja)\./.test(name))) return 'pydantic'
    const isMade =
      names.some((name) => /(?:^|\.)(?:TypedDict|NamedTuple|Struct)$/.test(name)) ||
      ref.cls.decorators.some((one) => /(?:^|\.)(?:dataclass|define|frozen|mutable)\b/.test(headOf(one)))
    return isMade ? 'annotated' : ''
  }

  #field(field: FieldDecl, scope: Scope, depth: number, owner: ClassRef | null, tag = anyTag): Field {
    const { language } = scope.module
    const name =
      language === 'go'
        ? (new RegExp(`\\b(?:${tag}):"([^",]+)`).exec(field.tag)?.[1] ?? field.name)
        : this.#names.of(field, scope, owner)
    const declared = this.ofDeclared(field, scope, depth, owner)
    const { constraints, isOptional } = declared
    const isRequired = language === 'go' ? this.#isAskedByGo(field, declared) : declared.isRequired
    // Jackson and JSON-B write the bytes of a field as a text.
    const shape: Shape = language === 'java' && isBytes(field.type) ? { type: 'string' } : declared.shape
    const isGiven =
      language === 'python'
        ? field.value === null
          ? !this.#mayMiss(field, scope, owner)
          : isRequired === true
        : language === 'javascript'
          ? !field.isOptional &&
            !isOptional &&
            isRequired !== false &&
            !mayBeUndefined(field.type) &&
            !this.#isSkipped(field, scope, owner) &&
            !isUnasked(field, owner)
          : isRequired === true
    const { module } = scope
    const at = { module, start: field.start, end: field.end, symbol: owner?.cls.name ?? '' }
    noteWritten(constraints, owner ? [at, headOfClass(owner)] : [at])
    const made = { name, shape, isRequired: isGiven && !(isOptional && language !== 'python'), constraints }
    return spelledField(this.#interpreter, made, field, scope, (type, of) => this.ofType(type, of, depth + 1))
  }

  // Go's validators: `required` refuses the zero of a type, the empty text too, and what is no pointer is there even where a request leaves it
  // out, so that the fields of a struct in it are asked for all the same.
  #isAskedByGo(
    { tag, isOptional }: FieldDecl,
    { shape, constraints, isRequired }: Pick<Field, 'shape' | 'constraints'> & { isRequired: boolean | null },
  ): boolean | null {
    const { modules } = this.#interpreter.project
    if (isOptional || checksByTags(modules)) return isRequired
    const bare = withoutNull(shape)
    if (
      isRequired === true &&
      bare.type === 'string' &&
      /(?:binding|validate|valid):"/.test(tagsRead(tag, modules))
    ) {
      const isBound = constraints.some(({ keyword }) =>
        /^(?:minLength|enum|const|format|pattern)$/.test(keyword),
      )
      if (!isBound) constraints.push({ keyword: 'minLength', value: 1 })
    }
    const within =
      bare.type === 'object' ? bare.fields : bare.type === 'model' ? this.models.get(bare.name)?.fields : []
    return isRequired === true || (within?.some((inner) => inner.isRequired) ?? false) || isRequired
  }

  // Jackson: the fields of a thing that stand in its place. Without `@Valid` nobody checks them there.
  #unwrapped(field: FieldDecl, ref: ClassRef, depth: number): Field[] | null {
    const as = ref.module.language === 'java' ? unwrappedAs(field) : null
    const target = as && field.type ? this.#interpreter.lookup.typeTarget(field.type.name, ref.scope) : ''
    if (!as || typeof target === 'string') return null
    return this.fieldsOf(target, depth + 1).map((one) => ({
      ...one,
      name: `${as.prefix}${one.name}${as.suffix}`,
      isRequired: as.isChecked && one.isRequired,
      constraints: one.constraints.filter(({ keyword }) => as.isChecked || keyword === 'enum'),
    }))
  }

  // class-validator: `skipMissingProperties` of the pipe or the call that validates asks of what is not there that it is defined, and no more.
  #isSkipped({ decorators }: FieldDecl, scope: Scope, owner: ClassRef | null): boolean {
    if (decorators.length === 0 || !this.#skipsMissing()) return false
    const words = annotationsOf(this.#interpreter, decorators, scope, owner)
      .map(({ path }) => path)
      .filter((path) => path.startsWith('class-validator.'))
    return words.length > 0 && !words.some((path) => simpleName(path) === 'IsDefined')
  }

  #skipsMissing(): boolean {
    return (this.#skips ??= [...this.#interpreter.project.modules.values()].some(
      ({ language, text }) =>
        language === 'javascript' && /\bskip(?:Missing|Undefined)Properties\s*:\s*true\b/.test(text),
    ))
  }

  // Python: what need not be given though nothing stands behind it: `Annotated[int, Field(default=1)]`, `NotRequired[int]`, `total=False`.
  #mayMiss({ type }: FieldDecl, scope: Scope, owner: ClassRef | null): boolean {
    const head = owner ? owner.module.text.slice(owner.cls.start, owner.cls.headEnd) : ''
    const name = simpleName(type?.name ?? '')
    if (name === 'NotRequired' || (/\btotal\s*=\s*False\b/.test(head) && name !== 'Required')) return true
    return (type?.annotations ?? []).some((annotation) => {
      const value = this.#interpreter.evaluateIn(annotation, scope)
      return declaresField(value) && !this.ofFieldCall(value).isRequired
    })
  }

  /** Of something with a type, annotations, a tag or a value that says what is allowed. */
  ofDeclared(
    declared: Pick<FieldDecl, 'type' | 'decorators' | 'tag' | 'value'>,
    scope: Scope,
    depth: number,
    owner: ClassRef | null,
  ): { shape: Shape; constraints: Constraint[]; isRequired: boolean | null; isOptional: boolean } {
    const isTime =
      owner?.module.language === 'java' && declared.type !== null && timesOfJava.test(declared.type.name)
    let shape: Shape = isTime ? { type: 'unknown' } : this.ofType(declared.type, scope, depth + 1)
    const constraints: Constraint[] = []
    const ofEach: Constraint[] = []
    let isRequired: boolean | null = null
    let isOptional = false
    if (declared.type) constraints.push(...this.#typeConstraints(declared.type, scope))
    const bare = withoutNull(shape)
    const isList = bare.type === 'array' || bare.type === 'map'
    for (const { path, args } of annotationsOf(this.#interpreter, declared.decorators, scope, owner)) {
      const word = checkOf(path)
      if (!word) continue
      const kind = wordShapes[simpleName(path)]
      if (
        kind &&
        scope.module.language === 'javascript' &&
        (shape.type === 'number' || shape.type === 'unknown')
      )
        shape = { type: kind }
      const message = args.filter(({ name }) => name !== 'message' && name !== 'groups')
      if (args.some(({ value }) => isOfEach(value))) ofEach.push(...wordConstraints(word, message, false))
      else constraints.push(...wordConstraints(word, message, isList))
      if (word.isRequired) isRequired = true
      if (word.isOptional) isOptional = true
    }
    const { modules } = this.#interpreter.project
    const tag = tagsRead(declared.tag, modules)
    if (tag !== '') {
      const held = heldBy(bare, isList)
      const isOfHuma = !/(?:binding|validate|valid):"/.test(tag) && checksByTags(modules)
      const item = bare.type === 'array' ? heldBy(bare.items, bare.items.type === 'array') : 'other'
      const found = isOfHuma ? { ...humaTag(tag, held === 'number'), ofEach: [] } : goTag(tag, held, item)
      constraints.push(...found.constraints)
      isRequired = found.isRequired
      ofEach.push(...found.ofEach)
    }
    if (ofEach.length > 0 && shape.type === 'array') shape = listOf(shape.items, unique(ofEach))
    if (declared.value && scope.module.language === 'python') {
      const value = this.#interpreter.evaluateIn(declared.value, scope)
      const found = this.ofFieldCall(value)
      constraints.push(...found.constraints)
      isRequired = found.isRequired
      if (shape.type === 'unknown' && found.shape)
        return { shape: found.shape, constraints: unique(constraints), isRequired, isOptional }
    }
    const own = isList && scope.module.language === 'python' ? constraints.map(ofItems) : constraints
    return { shape, constraints: unique(own), isRequired, isOptional }
  }

  #typeConstraints(given: TypeRef, scope: Scope): Constraint[] {
    const type = unwrap(given)
    const constraints: Constraint[] = []
    if (scope.module.language === 'go') return this.#readFromText(type, scope)
    const alias = scope.module.language === 'python' ? aliasedType(this.#interpreter, type, scope) : null
    if (alias) return this.#typeConstraints(alias.type, alias.scope ?? scope)
    // Jakarta Bean Validation, "Container element constraints": `List<@NotBlank String>`.
    if (scope.module.language === 'java')
      for (const { path, args } of annotationsOf(this.#interpreter, type.annotations ?? [], scope, null)) {
        const word = checkOf(path)
        if (word)
          constraints.push(
            ...wordConstraints(
              word,
              args.filter(({ name }) => name !== 'message' && name !== 'groups'),
              lists.test(type.name) || maps.test(type.name),
            ),
          )
      }
    else
      for (const annotation of [...(type.annotations ?? []), ...(given.annotations ?? [])])
        constraints.push(...this.ofFieldCall(this.#interpreter.evaluateIn(annotation, scope)).constraints)
    if (type.name === 'union' && type.args.every((one) => one.name === 'literal' || one.name === 'null'))
      constraints.push({
        keyword: 'enum',
        value: type.args.filter((one) => one.name === 'literal').map((one) => one.literal ?? null),
      })
    if (type.name === 'literal' && type.literal !== undefined && type.literal !== null)
      constraints.push({ keyword: 'enum', value: [type.literal] })
    const number = /(?:^|\.)((?:Non)?(?:Positive|Negative))(?:Int|Float)$/.exec(type.name)?.[1]
    const bounded = number === undefined ? undefined : boundedNumbers[number]
    if (bounded) constraints.push(bounded)
    if (/(?:^|\.)(?:HttpUrl|AnyUrl|AnyHttpUrl)$/.test(type.name))
      constraints.push({ keyword: 'format', value: 'uri' })
    if (/(?:^|\.)EmailStr$/.test(type.name)) constraints.push({ keyword: 'format', value: 'email' })
    if (/(?:^|\.)UUID[1-8]?$/.test(type.name)) constraints.push({ keyword: 'format', value: 'uuid' })
    if (!/^[a-z[]/.test(type.name)) {
      const target = this.#interpreter.lookup.typeTarget(type.name, scope)
      if (typeof target !== 'string' && target.cls.kind === 'enum') {
        const found = constraintOf('enum', { t: 'class', ref: target })
        if (found) constraints.push(found)
      }
    }
    return constraints
  }

  // Go: what a type refuses when it is read from a text by a method of its own.
  #readFromText(type: TypeRef, scope: Scope): Constraint[] {
    const { lookup } = this.#interpreter
    const target = lookup.typeTarget(type.name, scope)
    if (typeof target === 'string') return []
    const known = this.#texts.get(target.cls)
    if (known) return known
    this.#texts.set(target.cls, [])
    const method = lookup.method(target, 'UnmarshalText')
    const [param] = method?.fn.params ?? []
    if (!method || !param) return []
    const { result } = this.#interpreter.record(() =>
      this.#interpreter.outcomes(methodOf(method, null), [{ name: null, value: symbol('?', 'text') }], {
        module: target.module,
        start: method.fn.start,
        end: method.fn.headEnd,
        symbol: 'UnmarshalText',
      }),
    )
    const bounds = refusedTexts(
      result.map((way) => ({ ...way, isError: isMadeError(way.value) })),
      'text',
    )
    this.#texts.set(target.cls, bounds)
    return bounds
  }

  /** `Field(…, min_length=3)`, `Query(10, ge=1)`, `serializers.CharField(max_length=9)`: bounds, and whether it has to be given. */
  ofFieldCall(value: Value): {
    constraints: Constraint[]
    isRequired: boolean
    shape: Shape | null
    default: Value | null
  } {
    const [one] = each(value)
    if (one?.t !== 'symbol' || !one.path.endsWith('()'))
      return { constraints: [], isRequired: false, shape: null, default: value }
    const bound = positionalBound(one)
    if (bound) return { constraints: [bound], isRequired: false, shape: null, default: null }
    // What a call gives is a default.
    if (!declaresField(one) && !one.args.some(({ name }) => name !== null && keywordArguments[name]))
      return { constraints: [], isRequired: false, shape: null, default: null }
    const constraints = one.args.flatMap(({ name, value: arg }): Constraint[] => {
      const keyword = name === null ? undefined : keywordArguments[name]
      const found = keyword ? constraintOf(keyword, arg) : null
      return found ? [found] : []
    })
    const first =
      one.args.find(({ name }) => name === null)?.value ??
      one.args.find(({ name }) => name === 'default')?.value ??
      null
    const isEllipsis = first?.t === 'symbol' && first.path === '?'
    const hasDefault =
      (first !== null && !isEllipsis) || one.args.some(({ name }) => name === 'default_factory')
    // Fields of Django's forms ("Form fields", `required`).
    const mayMiss = one.args.some(
      ({ name, value: arg }) => name === 'required' && arg.t === 'const' && arg.v === false,
    )
    return {
      constraints,
      isRequired: !hasDefault && !mayMiss,
      shape: serializerShape(one),
      default: isEllipsis ? null : first,
    }
  }
}

// Of a tuple whose parts are of several types none is that of all.
function itemOf({ name, args }: TypeRef): TypeRef | null {
  const [first = null, ...others] = args
  const isMixed =
    /(?:^|\.)[Tt]uple$/.test(name) && others.some((one) => one.name !== 'unknown' && one.name !== first?.name)
  return isMixed ? null : first
}

// pydantic, "RootModel": such a class is sent as what it holds.
function wholeType({ cls }: ClassRef): TypeRef | null {
  const base = cls.bases.find(({ name }) => /(?:^|\.)RootModel$/.test(name))
  const held = cls.fields.find(({ name }) => name === (base ? 'root' : '__root__'))
  return base?.args[0] ?? held?.type ?? null
}

// What may be anything may be null too.
const orNull = (shape: Shape, language: string): Shape =>
  language === 'python' && (shape.type === 'unknown' || shape.type === 'null')
    ? shape
    : {
        type: 'union',
        of: [...(language === 'python' && shape.type === 'union' ? shape.of : [shape]), { type: 'null' }],
      }

const isOnlyAsked = ({ cls, module }: ClassRef, base: ClassRef): boolean =>
  module.language === 'javascript' && cls.kind === 'class' && base.cls.kind === 'interface'

const isNamedForJson = ({ decorators }: Param): boolean =>
  decorators.some((one) => one.k === 'call' && one.callee.k === 'name' && one.callee.name === 'JsonProperty')

/** Whose annotations or values are fields: nothing else of a class of pydantic's or a dataclass is one. */
type FieldKind = 'pydantic' | 'annotated' | ''

// Of a class, and of what it extends, the fields that requests and answers have (docs.pydantic.dev, "Fields", "Private model attributes", "Class variables").
function isPythonField({ name, type, value }: FieldDecl, kind: FieldKind): boolean {
  if (/(?:^|\.)ClassVar$/.test(type?.name ?? '')) return false
  if (
    value?.k === 'call' &&
    /(?:^|\.)(?:PrivateAttr|Relationship|relationship|\w*validator\w*)$/.test(headOf(value))
  )
    return false
  if (kind === '') return true
  if (kind === 'pydantic' && name.startsWith('_')) return false
  return type !== null
}

// What a call or a decorator names.
function headOf(e: Expr): string {
  if (e.k === 'call') return headOf(e.callee)
  if (e.k === 'member') return `${headOf(e.of)}.${e.name}`
  return e.k === 'name' ? e.name : ''
}

/** Whether a value says of a field what it is: `Field(…)`, `Query(…)`, `attr.ib(…)`. */
const declaresField = (value: Value): boolean =>
  value.t === 'symbol' &&
  /(?:^|\.)(?:\w*Field|Query|Path|Body|Form|File|Header|Cookie|Param(?:eter)?|field|ib|attrib|Security|Depends)\(\)$/.test(
    value.path,
  )

// annotated-types: `Ge(1)`, `MaxLen(9)`.
function positionalBound({ path, args }: SymbolValue): Constraint | null {
  const word = /(?:^|\.)(Gt|Ge|Lt|Le|MultipleOf|MinLen|MaxLen)\(\)$/.exec(path)?.[1]
  const keyword = word === undefined ? undefined : keywordArguments[boundWords[word] ?? '']
  return keyword && args[0]?.name === null ? constraintOf(keyword, args[0].value) : null
}
const boundWords: Record<string, string> = ownTable({
  Gt: 'gt',
  Ge: 'ge',
  Lt: 'lt',
  Le: 'le',
  MultipleOf: 'multiple_of',
  MinLen: 'min_length',
  MaxLen: 'max_length',
})

// By the values of its members.
function ofPythonEnum({ cls }: ClassRef): Shape {
  const values = enumValues(cls)
  const isNumbers = cls.bases.some(({ name }) => /(?:^|\.)Int(?:Enum|Flag|egerChoices)$/.test(name))
  if (isNumbers || (values && values.length > 0 && values.every((one) => Number.isInteger(one))))
    return { type: 'integer' }
  const isTexts = cls.bases.some(({ name }) => /(?:^|\.)(?:StrEnum|TextChoices|str)$/.test(name))
  return isTexts || !values || values.every((one) => typeof one === 'string')
    ? { type: 'string' }
    : { type: 'unknown' }
}

/** Lengths of a list are counts of what is in it. */
export const ofItems = (constraint: Constraint): Constraint =>
  constraint.keyword === 'minLength'
    ? { ...constraint, keyword: 'minItems' }
    : constraint.keyword === 'maxLength'
      ? { ...constraint, keyword: 'maxItems' }
      : constraint

function serializerShape(value: SymbolValue): Shape | null {
  const kind = /serializers\.(\w+)Field\(\)$/.exec(value.path)?.[1]
  if (!kind) return null
  if (kind === 'Integer') return { type: 'integer' }
  if (kind === 'Boolean') return { type: 'boolean' }
  if (kind === 'Float' || kind === 'Decimal') return { type: 'number' }
  return { type: 'string' }
}

/** Of two bounds of one kind the closer one counts. */
function closest(constraints: readonly Constraint[]): Constraint[] {
  const bounds = new Map<string, number>()
  for (const { keyword, value } of constraints) {
    if (typeof value !== 'number' || !/^(?:min|max)/.test(keyword)) continue
    const known = bounds.get(keyword)
    bounds.set(
      keyword,
      known === undefined
        ? value
        : keyword.startsWith('min')
          ? Math.max(known, value)
          : Math.min(known, value),
    )
  }
  return constraints.filter(({ keyword, value }) => (bounds.get(keyword) ?? value) === value)
}

function unique(all: readonly Constraint[]): Constraint[] {
  const constraints = closest(all)
  const seen = new Map(constraints.map((one) => [JSON.stringify(one), one]))
  return [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

export const defaultText = (value: Value | null | undefined): string | undefined => {
  if (!value) return undefined
  if (value.t === 'const') return JSON.stringify(value.v)
  const text = textOf(value)
  return text === null ? undefined : JSON.stringify(text)
}

// What bounds of Go's tags go by.
const checkOf = (path: string) =>
  /valid|constraint|lombok|jetbrains|springframework|checkerframework|annotation|micronaut/i.test(path)
    ? annotationWords[simpleName(path)]
    : undefined

const heldBy = ({ type }: Shape, isList: boolean): Held =>
  isList ? 'list' : type === 'string' ? 'text' : type === 'integer' || type === 'number' ? 'number' : 'other'
