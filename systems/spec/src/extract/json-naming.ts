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
    const found = new Set<string>()
    for (const { language, text } of this.#interpreter.project.modules.values()) {
      if (language !== 'java' || !text.includes('ropertyNamingStrategy')) continue
      const name = setting.exec(text)?.[1]
      if (name !== undefined) found.add(name)
    }
    const [only] = found
    // Of several mappers nobody knows which one reads requests.
    return (this.#ofProgram = found.size === 1 && only !== undefined ? only : '')
  }
}
