import { isLog, WordList } from './code-words.ts'
import type { CodeWords } from './code-words.ts'
import { childOf } from './syntax-tree.ts'
import type { Syntax } from './syntax-tree.ts'
import { unescapeText } from './unescape.ts'

/** The words of a file of Python, Java or Go. */
export function syntaxWords(root: Syntax, text: string): CodeWords {
  const walk = new Walk(text)
  walk.node(root, null)
  return walk.list.sorted()
}

/** What is no behaviour: comments, types, annotations (facts say what they ask), imports and headings. */
const leftOut =
  /^(?:(?:line_|block_)?comment|type|type_parameters?|type_parameter_list|type_arguments|type_alias_statement|type_declaration|import_(?:from_)?statement|future_import_statement|import_declaration|package_(?:declaration|clause)|global_statement|nonlocal_statement|superclass|super_interfaces|throws|(?:pointer|slice|map|array|implicit_length_array|struct|interface|function|channel|integral|floating_point|void|boolean)_type|dimensions)$/

const branches: Record<string, string> = {
  if_statement: 'if',
  elif_clause: 'if',
  if_clause: 'if',
  conditional_expression: 'if',
  ternary_expression: 'if',
  for_statement: 'for',
  for_in_clause: 'for',
  enhanced_for_statement: 'for',
  while_statement: 'while',
  do_statement: 'while',
  match_statement: 'switch',
  switch_expression: 'switch',
  switch_statement: 'switch',
  expression_switch_statement: 'switch',
  type_switch_statement: 'switch',
  select_statement: 'select',
  default_case: 'default',
  raise_statement: 'throw',
  throw_statement: 'throw',
  break_statement: 'break',
  continue_statement: 'continue',
  fallthrough_statement: 'fallthrough',
  except_clause: 'catch',
  catch_clause: 'catch',
  yield: 'yield',
  yield_statement: 'yield',
  assert_statement: 'assert',
  delete_statement: 'delete',
  with_statement: 'with',
  not_operator: '!',
  inc_statement: '++',
  dec_statement: '--',
  go_statement: 'go',
  defer_statement: 'defer',
  send_statement: '<-',
  synchronized_statement: 'synchronized',
  list_splat: '...',
  dictionary_splat: '...',
  instanceof_expression: 'instanceof',
  type_assertion_expression: 'as',
}

const operators: Record<string, string> = { and: '&&', or: '||', '=': '' }

/** Annotations of Java for compilers and for who reads a description. */
const ofNobody =
  /^(?:Override|SuppressWarnings|Deprecated|SafeVarargs|FunctionalInterface|Nullable|Non[Nn]ull|Generated|Operation|Api\w*|Schema|Tags?|Parameters?|Hidden|ExternalDocumentation|Security\w*Requirements?)$/

/** Decorators of Python that say what a method is called of. */
const holdsMethod = /^@\s*(?:static|class)method\s*$/

/** What decorators of Python are given for who reads a description. */
const forPeople = /^(?:summary|description|response_description|tags|operation_id|deprecated)$/

/** A number without what a formatter may write otherwise. */
const numberOf = (text: string): string => {
  const plain = text.replaceAll('_', '').toLowerCase()
  return plain.startsWith('0x') ? plain : plain.replace(/[lfd]$/, '')
}

class Walk {
  readonly list = new WordList()
  #isDecorator = false
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }

  #textOf({ start, end }: { start: number; end: number }): string {
    return this.#text.slice(start, end)
  }

  #children(n: Syntax): void {
    for (const each of n.children) this.node(each, n)
  }

  #field(n: Syntax, field: string): void {
    for (const each of n.children) if (each.field === field) this.node(each, n)
  }

  node(n: Syntax, parent: Syntax | null): void {
    if (leftOut.test(n.type)) return
    if (n.type.endsWith('annotation') && ofNobody.test(this.#textOf(childOf(n, 'name') ?? n))) return
    const { list } = this
    if (n.field === 'operator' || n.field === 'operators') {
      // Go's `*` and `&` before a thing say how it is held.
      const text = this.#textOf(n).replace(/\s+/, ' ')
      const isHeld = parent?.type === 'unary_expression' && (text === '*' || text === '&')
      const word = isHeld ? '' : (operators[text] ?? text)
      if (word !== '') list.word(word, n.start)
      if (n.children.length === 0) return
    }
    const branch = branches[n.type]
    if (branch !== undefined) list.word(branch, n.start)
    switch (n.type) {
      case 'identifier':
      case 'type_identifier':
      case 'package_identifier':
        list.name(this.#textOf(n), n.start)
        return
      case 'integer':
      case 'float':
      case 'int_literal':
      case 'float_literal':
      case 'decimal_integer_literal':
      case 'hex_integer_literal':
      case 'decimal_floating_point_literal':
        list.word(numberOf(this.#textOf(n)), n.start)
        return
      case 'true':
      case 'false':
      case 'none':
      case 'nil':
      case 'null_literal':
        list.literal(n.type === 'true' ? true : n.type === 'false' ? false : null, n.start)
        return
      case 'string':
        this.#pythonText([n])
        return
      case 'concatenated_string':
        this.#pythonText(n.children.filter(({ type }) => type === 'string'))
        return
      case 'string_literal':
      case 'interpreted_string_literal':
        list.literal(unescapeText(this.#textOf(n).replaceAll(/^"(?:"")?|(?:"")?"$/g, '')), n.start)
        return
      case 'raw_string_literal':
      case 'rune_literal':
      case 'character_literal':
        list.literal(this.#textOf(n).slice(1, -1), n.start)
        return
      case 'return_statement':
        if (n.children.every(({ type }) => type === 'comment')) list.word('return', n.start)
        // Go: no error, which every function that may fail says at its end, and nothing beside one.
        if (n.children.at(-1)?.type === 'expression_list') {
          const given = n.children.at(-1)?.children ?? []
          const last = given.at(-1)?.type ?? ''
          const isError = /^(?:identifier|call_expression|selector_expression)$/.test(last)
          for (const [at, each] of given.entries()) {
            const isLast = at === given.length - 1
            if (each.type !== 'nil' || (!isLast && !isError)) this.node(each, n)
          }
          return
        }
        break
      case 'switch_label':
        if (n.children.length === 0) list.word('default', n.start)
        break
      case 'expression_statement': {
        const [only] = n.children
        // A text by itself is for people.
        if (only?.type === 'string' && n.children.length === 1) return
        break
      }
      case 'update_expression':
        list.word(/^--|--$/.test(this.#textOf(n)) ? '--' : '++', n.start)
        break
      case 'if_statement':
        if (this.#handsErrorOn(n)) {
          list.words.pop()
          return
        }
        break
      case 'attribute':
      case 'field_access':
      case 'selector_expression':
        this.#member(n, 0)
        return
      case 'call':
      case 'call_expression':
      case 'method_invocation':
      case 'object_creation_expression':
        this.#call(n)
        return
      case 'keyed_element': {
        const [key, ...rest] = n.children
        const name = key?.children[0]
        // A field of a struct, where it is a name.
        if (name?.type === 'identifier') list.word(`.${this.#textOf(name)}`, name.start)
        else if (key) this.node(key, n)
        for (const each of rest) this.node(each, n)
        return
      }
      case 'function_definition':
      case 'class_definition':
      case 'function_declaration':
      case 'method_declaration':
      case 'constructor_declaration':
      case 'class_declaration':
      case 'record_declaration':
      case 'enum_declaration':
      case 'interface_declaration':
      case 'enum_constant':
        this.#declare(childOf(n, 'name'))
        for (const each of n.children) {
          if (/^(?:parameters|receiver|result)$/.test(each.field)) this.#params(each)
          else if (!/^(?:name|return_type|type|interfaces)$/.test(each.field)) this.node(each, n)
        }
        return
      case 'lambda':
      case 'lambda_expression':
      case 'func_literal':
        for (const each of n.children)
          if (/^(?:parameters|result)$/.test(each.field)) this.#params(each)
          else this.node(each, n)
        return
      case 'named_expression':
      case 'assignment':
      case 'short_var_declaration':
      case 'for_in_clause':
      case 'range_clause':
      case 'variable_declarator':
      case 'var_spec':
      case 'const_spec':
      case 'resource':
      case 'catch_formal_parameter':
      case 'enhanced_for_statement':
        this.#bind(n)
        return
      case 'for_statement':
        // Python's; of Go and Java the clause binds.
        this.#bind(n)
        return
      case 'decorator':
        if (holdsMethod.test(this.#textOf(n))) return
        this.#isDecorator = true
        this.#children(n)
        this.#isDecorator = false
        return
      case 'as_pattern_target':
        this.#declare(n)
        return
      case 'local_variable_declaration':
      case 'field_declaration':
      case 'cast_expression':
      case 'array_creation_expression':
        for (const each of n.children) if (each.field !== 'type') this.node(each, n)
        return
    }
    this.#children(n)
  }

  #bind(n: Syntax): void {
    for (const each of n.children)
      if (each.field === 'left' || each.field === 'name') this.#declare(each)
      else if (each.field !== 'type') this.node(each, n)
  }

  /** Names that are bound; what is a part of a thing is set there. */
  #declare(n: Syntax | null): void {
    if (n === null) return
    if (n.type === 'identifier' || n.type === 'field_identifier') this.list.declared.add(this.#textOf(n))
    else if (/^(?:attribute|subscript|field_access|selector_expression|index_expression)$/.test(n.type))
      this.node(n, null)
    else for (const each of n.children) this.#declare(each)
  }

  #params(n: Syntax): void {
    if (n.type === 'identifier') this.#declare(n)
    for (const each of n.children)
      switch (each.type) {
        case 'default_parameter':
        case 'typed_default_parameter':
          this.#declare(childOf(each, 'name'))
          this.#field(each, 'value')
          break
        case 'typed_parameter':
          this.#declare(each.children[0] ?? null)
          break
        case 'parameter_declaration':
        case 'variadic_parameter_declaration':
        case 'formal_parameter':
          for (const name of each.children) if (name.field === 'name') this.#declare(name)
          break
        case 'spread_parameter':
          this.#declare(each.children.find(({ type }) => type === 'variable_declarator') ?? null)
          break
        default:
          this.#declare(each)
      }
  }

  #member(n: Syntax, callEnd: number): void {
    const of = childOf(n, 'object') ?? childOf(n, 'operand')
    const name = childOf(n, 'attribute') ?? childOf(n, 'field') ?? childOf(n, 'name')
    const isOwn = of !== null && /^(?:self|cls|this)$/.test(this.#textOf(of))
    if (of && !isOwn) this.node(of, n)
    if (name && (!isOwn || callEnd > 0)) this.list.member(this.#textOf(name), name.start, callEnd)
  }

  #call(n: Syntax): void {
    const { list } = this
    const type = childOf(n, 'type')
    const callee = n.type === 'method_invocation' ? n : childOf(n, 'function')
    const args = childOf(n, 'arguments')
    if (callee) {
      const written = this.#textOf({ start: n.start, end: args?.start ?? callee.end })
      if (isLog(written)) return
    }
    if (type) {
      const named = type.type === 'generic_type' ? (type.children[0] ?? type) : type
      list.name(this.#textOf(named).split('.').at(-1) ?? '', named.start, n.end)
    } else if (callee === n && !childOf(n, 'object')) {
      const name = childOf(n, 'name')
      if (name) list.name(this.#textOf(name), name.start, n.end)
    } else if (callee === n || callee?.type === 'attribute' || callee?.type === 'selector_expression')
      this.#member(callee, n.end)
    else if (callee?.type === 'identifier') list.name(this.#textOf(callee), callee.start, n.end)
    else if (callee) this.node(callee, n)
    for (const each of args ? (args.type === 'generator_expression' ? [args] : args.children) : [])
      if (each.type === 'keyword_argument') {
        const name = childOf(each, 'name')
        if (name && this.#isDecorator && forPeople.test(this.#textOf(name))) continue
        if (name) list.member(this.#textOf(name), name.start, n.end)
        this.#field(each, 'value')
      } else this.node(each, args)
    for (const each of n.children) if (each.type === 'class_body') this.node(each, n)
  }

  // `if err != nil { return …, err }`: what calls a function that may fail, and no more. A function that is taken out brings one along.
  #handsErrorOn(n: Syntax): boolean {
    const text = this.#textOf(n)
      .replaceAll(/\/\/[^\n]*/g, '')
      .replaceAll(/\s+/g, ' ')
    return /^if (\w+) != nil \{ return (?:(?:nil|0|""|false|[\w.[\]*&]+\{\}), )*\1 \}$/.test(text)
  }

  // Texts that stand beside each other are one, wherever it is cut.
  #pythonText(all: readonly Syntax[]): void {
    const start = all[0]?.start ?? 0
    let said = ''
    let isEmpty = true
    const put = () => {
      if (said !== '') this.list.literal(said, start)
      isEmpty &&= said === ''
      said = ''
    }
    for (const n of all) {
      const isRaw = /^[a-z]*r/i.test(this.#textOf(n))
      for (const each of n.children)
        if (each.type === 'string_content')
          said += isRaw ? this.#textOf(each) : unescapeText(this.#textOf(each))
        else if (each.type === 'interpolation') {
          put()
          isEmpty = false
          this.#children(each)
        }
    }
    put()
    if (isEmpty) this.list.literal('', start)
  }
}
