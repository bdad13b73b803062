import type { FieldDecl } from '../parse/ir.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import type { ClassRef, Scope } from '../resolve/values.ts'
import { textOf } from '../resolve/values.ts'
import { JsonNaming } from './json-naming.ts'

/** What requests and answers call the fields of classes. */
export class WrittenNames {
  readonly #interpreter: Interpreter
  readonly #naming: JsonNaming

  constructor(interpreter: Interpreter) {
    this.#interpreter = interpreter
    this.#naming = new JsonNaming(interpreter)
  }

  /** The name of a field; its own where nothing gives it another. */
  of(field: FieldDecl, scope: Scope, owner: ClassRef | null): string {
    return (
      this.#given(field, scope, owner) ??
      (scope.module.language === 'java' ? this.#naming.nameOf(field.name, owner) : field.name)
    )
  }

  // Where an annotation or a keyword says it.
  #given(field: FieldDecl, scope: Scope, owner: ClassRef | null): string | null {
    const { language } = scope.module
    if (language === 'python') {
      for (const e of [field.value, ...(field.type?.annotations ?? [])]) {
        const value = e?.k === 'call' ? this.#interpreter.evaluateIn(e, scope) : null
        if (value?.t !== 'symbol' || !/(?:^|\.)[fF]ield\(\)$/.test(value.path)) continue
        const given = (wanted: string) => textOf(value.args.find(({ name }) => name === wanted)?.value)
        const alias = given('validation_alias') ?? given('alias') ?? given('name')
        if (alias !== null) return alias
      }
      return owner ? this.#generatedAlias(field.name, owner) : null
    }
    if (field.decorators.length === 0) return null
    for (const { path, args } of annotationsOf(this.#interpreter, field.decorators, scope, owner)) {
      const first = args.find(({ name }) => name === null || name === 'value')?.value
      if (/\.(?:JsonProperty|SerializedName|JsonbProperty)$/.test(path)) return textOf(first)
      if (path.endsWith('class-transformer.Expose') && first?.t === 'object')
        return textOf(first.props.get('name'))
    }
    return null
  }

  // pydantic: `alias_generator=to_camel` of a class or of what it extends (docs.pydantic.dev, "Alias", "Using alias generators").
  #generatedAlias(name: string, owner: ClassRef, depth = 0): string | null {
    const { module, cls } = owner
    const said = /\balias_generator\s*[=:]\s*([\w.]+)/.exec(module.text.slice(cls.headEnd, cls.end))?.[1]
    if (said !== undefined) {
      const pascal = name.replaceAll(/(?:^|_)([a-z\d])/g, (_, letter: string) => letter.toUpperCase())
      if (/pascal/i.test(said)) return pascal
      return /camel/i.test(said) ? pascal.replace(/^[A-Z]/, (letter) => letter.toLowerCase()) : null
    }
    if (depth > 6) return null
    for (const base of this.#interpreter.lookup.basesOf(owner)) {
      const found = this.#generatedAlias(name, base, depth + 1)
      if (found !== null) return found
    }
    return null
  }
}
