import type { Class, FieldDecl, TypeRef } from './ir.ts'
import { at, childOf, childrenOf, firstOf } from './syntax-tree.ts'
import type { Syntax } from './syntax-tree.ts'

/** Types of a file of Go, and the fields of its structs. */
export class GoTypes {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }

  #textOf({ start, end }: Syntax): string {
    return this.#text.slice(start, end)
  }

  type(n: Syntax): TypeRef {
    const span = at(n)
    switch (n.type) {
      case 'pointer_type':
      case 'parenthesized_type': {
        const inner = n.children[0]
        return inner ? this.type(inner) : { name: 'unknown', args: [], ...span }
      }
      case 'slice_type':
      case 'array_type': {
        const element = childOf(n, 'element')
        return { name: '[]', args: element ? [this.type(element)] : [], ...span }
      }
      case 'map_type':
        return {
          name: 'map',
          args: ['key', 'value'].flatMap((field) => {
            const one = childOf(n, field)
            return one ? [this.type(one)] : []
          }),
          ...span,
        }
      case 'generic_type': {
        const type = childOf(n, 'type')
        const args = childOf(n, 'type_arguments')
        return {
          name: type ? this.#textOf(type) : '',
          args: (args?.children ?? []).map((each) => this.type(each.children[0] ?? each)),
          ...span,
        }
      }
      case 'struct_type': {
        const holder: Pick<Class, 'fields' | 'bases'> = { fields: [], bases: [] }
        this.fields(n, holder)
        return { name: 'object', args: holder.bases, fields: holder.fields, ...span }
      }
      case 'interface_type':
        return { name: 'any', args: [], ...span }
      case 'function_type': {
        const taken = (childOf(n, 'parameters')?.children ?? []).flatMap((each) => {
          const type = childOf(each, 'type')
          // Several names of one type take it as often.
          return type ? Array<Syntax>(Math.max(1, childrenOf(each, 'name').length)).fill(type) : []
        })
        return { name: 'func', args: taken.map((each) => this.type(each)), ...span }
      }
      case 'type_elem':
        return n.children[0] ? this.type(n.children[0]) : { name: 'unknown', args: [], ...span }
      default:
        return { name: this.#textOf(n), args: [], ...span }
    }
  }

  /** Puts the fields of a struct, and what it embeds, into a class. */
  fields(struct: Syntax, cls: Pick<Class, 'fields' | 'bases'>): void {
    for (const each of firstOf(struct, 'field_declaration_list')?.children ?? []) {
      if (each.type !== 'field_declaration') continue
      const type = childOf(each, 'type')
      const tag = childOf(each, 'tag')
      const names = childrenOf(each, 'name').map((one) => this.#textOf(one))
      const tagText = tag ? this.#textOf(tag).slice(1, -1) : ''
      const isEmbedded = names.length === 0 && !/json:"[^",]/.test(tagText)
      if (isEmbedded && type) cls.bases.push(this.type(type))
      const own = names.length > 0 ? names : type ? [this.type(type).name.split('.').at(-1) ?? ''] : []
      for (const name of own)
        cls.fields.push({
          name,
          type: type ? this.type(type) : null,
          value: null,
          decorators: [],
          tag: tagText,
          // A pointer may be nil.
          isOptional: type?.type === 'pointer_type',
          isStatic: isEmbedded,
          ...at(each),
        } satisfies FieldDecl)
    }
  }
}
