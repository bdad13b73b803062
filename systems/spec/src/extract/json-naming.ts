import type { Expr, Func } from '../parse/ir.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import type { ClassRef } from '../resolve/values.ts'
import { each } from '../resolve/values.ts'

/** Names as Jackson's `PropertyNamingStrategies` write them, by the constant and by the class of each. */
const strategies: { of: RegExp; write(words: readonly string[]): string }[] = [
  { of: /^(?:SNAKE_CASE|SnakeCase|LOWER_CASE_WITH_UNDERSCORES)$/, write: (words) => words.join('_') },
  { of: /^(?:KEBAB_CASE|KebabCase)$/, write: (words) => words.join('-') },
  { of: /^(?:LOWER_DOT_CASE|LowerDotCase)$/, write: (words) => words.join('.') },
  { of: /^(?:LOWER_CASE|LowerCase)$/, write: (words) => words.join('') },
  {
    of: /^(?:UPPER_CAMEL_CASE|UpperCamelCase|PASCAL_CASE_TO_CAMEL_CASE)$/,
    write: (words) => words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(''),
  },
]
const setting =
  /(?:setPropertyNamingStrategy|propertyNamingStrategy)\(\s*(?:[\w.]+\.)?(?:PropertyNamingStrateg(?:y|ies)\.)?([A-Z][A-Z_]+|\w+Strategy)\b/

/** What fields of Java classes are called in JSON, where Jackson is told to write them otherwise: by a class, or by the mapper of the program. */
export class JsonNaming {
  readonly #interpreter: Interpreter
  #ofProgram: string | null = null

  constructor(interpreter: Interpreter) {
    this.#interpreter = interpreter
  }

  nameOf(field: string, owner: ClassRef | null): string {
    const strategy = (owner && this.#ofClass(owner)) ?? this.#program()
    const found = strategies.find(({ of }) => of.test(strategy.replace(/Strategy$/, '')))
    if (!found) return field
    // `getHTTPCode` is one word for Jackson's snake case too: a run of capitals ends where the next word begins.
    const words = field
      .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
      .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
      .split(/[ _]+/)
    return found.write(words.map((word) => word.toLowerCase()))
  }

  #ofClass(owner: ClassRef): string | null {
    for (const { path, args } of annotationsOf(this.#interpreter, owner.cls.decorators, owner.scope, owner)) {
      if (!path.endsWith('.JsonNaming')) continue
      const [first] = args.flatMap(({ value }) => each(value))
      if (first?.t === 'symbol') return /(\w+Strategy)(?:\.class)?$/.exec(first.path)?.[1] ?? null
    }
    return null
  }

  /** Empty where nothing is set. */
  #program(): string {
    if (this.#ofProgram !== null) return this.#ofProgram
    const found = new Set([...this.#interpreter.project.manifests].flatMap(configured))
    const { modules } = this.#interpreter.project
    const isConcerned = [...modules.values()].some((one) => one.language === 'java' && setting.test(one.text))
    const all = isConcerned
      ? this.#interpreter.lookup.classes().filter(({ module }) => module.language === 'java')
      : []
    const given = all.flatMap((ref) =>
      ref.cls.members.filter((fn) => isOfProgram(ref, fn)).map((fn) => textOf(ref, fn)),
    )
    for (const ref of all) {
      if (!setting.test(ref.module.text)) continue
      for (const fn of ref.cls.members) {
        const name = setting.exec(textOf(ref, fn))?.[1]
        // A mapper that code makes for itself reads no requests.
        if (
          name !== undefined &&
          (isOfProgram(ref, fn) || given.some((text) => text.includes(`${fn.name}(`)))
        )
          found.add(name)
      }
    }
    const [only] = found
    // Of several mappers nobody knows which one reads requests.
    return (this.#ofProgram = found.size === 1 && only !== undefined ? only : '')
  }
}

const textOf = ({ module }: ClassRef, fn: Func) => module.text.slice(fn.start, fn.end)

/** Annotations of what a container makes, and what a program is given to set up its mapper (Spring, CDI, Micronaut, JAX-RS, Dropwizard). */
const makes = /^(?:Bean|Produces|Singleton|Factory|Primary|Replaces|Provides|EventListener)$/
const setsUp =
  /(?:^|\.)(?:ObjectMapper|JsonMapper|Jackson2ObjectMapperBuilder|Bootstrap|Environment|MappingJackson2HttpMessageConverter|JsonMapperBuilder|Builder)$/
const providers =
  /(?:^|\.)(?:ContextResolver|ObjectMapperCustomizer|BeanCreatedEventListener|BeanPostProcessor|ObjectMapper|JacksonJsonProvider|ResteasyJackson2Provider|ObjectMapperFactory)$/

function isOfProgram({ cls }: ClassRef, fn: Func): boolean {
  return (
    fn.decorators.some((one) => makes.test(annotationName(one))) ||
    fn.params.some(({ type }) => setsUp.test(type?.name ?? '')) ||
    cls.bases.some(({ name }) => providers.test(name))
  )
}

const annotationName = (e: Expr): string =>
  e.k === 'call' ? annotationName(e.callee) : e.k === 'name' || e.k === 'member' ? e.name : ''

// `spring.jackson.property-naming-strategy`, `jackson.property-naming-strategy` of Micronaut.
const configured = ([path, text]: readonly [string, string]): string[] =>
  /(?:^|\/)(?:application|bootstrap)[\w.-]*\.(?:properties|ya?ml)$/.test(path)
    ? [
        ...text.matchAll(
          /^(?!\s*#).*\bproperty-?[nN]aming-?[sS]trategy\s*[:=]\s*["']?(?:[\w.$]*[.$])?(\w+)/gm,
        ),
      ].map(([, name = '']) => name)
    : []
