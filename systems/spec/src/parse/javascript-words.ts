import { isLog, WordList } from './code-words.ts'
import type { CodeWords } from './code-words.ts'
import { node, nodes } from './javascript-nodes.ts'
import type { EsNode } from './javascript-nodes.ts'

/** The words of a program of JavaScript or TypeScript. */
export function javascriptWords(program: EsNode, text: string): CodeWords {
  const walk = new Walk(text)
  walk.all(program['body'])
  return walk.list.sorted()
}

const branches: Record<string, string> = {
  IfStatement: 'if',
  ConditionalExpression: 'if',
  ForStatement: 'for',
  ForInStatement: 'for',
  ForOfStatement: 'for',
  WhileStatement: 'while',
  DoWhileStatement: 'while',
  SwitchStatement: 'switch',
  ThrowStatement: 'throw',
  BreakStatement: 'break',
  ContinueStatement: 'continue',
  CatchClause: 'catch',
  YieldExpression: 'yield',
  SpreadElement: '...',
}

/** Of TypeScript's own nodes those that stand around an expression. */
const around =
  /^TS(?:AsExpression|SatisfiesExpression|NonNullExpression|TypeAssertion|InstantiationExpression|ExportAssignment)$/

const leftOut = new Set([
  'type',
  'start',
  'end',
  'range',
  'parent',
  'typeAnnotation',
  'returnType',
  'typeParameters',
  'typeArguments',
  'superTypeArguments',
  'implements',
  'decorators',
  'label',
])

/** Decorators that only descriptions take. */
const forReaders = /^(?:Api[A-Z]\w*|Deprecated|Description|Summary|Tags?|OperationId|Example)$/

class Walk {
  readonly list = new WordList()
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }

  all(value: unknown): void {
    for (const each of nodes(value)) this.node(each)
  }

  #maybe(value: unknown): void {
    if (value) this.node(node(value))
  }

  node(n: EsNode): void {
    const { list } = this
    const branch = branches[n.type]
    if (branch !== undefined) list.word(branch, n.start)
    switch (n.type) {
      case 'Literal':
        if (n['regex']) list.word(this.#text.slice(n.start, n.end), n.start)
        else list.literal(n['value'] as string | number | boolean | null, n.start)
        return
      case 'TemplateElement': {
        const { cooked } = n['value'] as { cooked: string | null }
        if (cooked) list.literal(cooked, n.start)
        return
      }
      case 'Identifier':
        if (n['name'] === 'undefined') list.literal(null, n.start)
        else list.name(String(n['name']), n.start)
        return
      case 'MemberExpression':
        this.#member(n, 0)
        return
      case 'CallExpression':
      case 'NewExpression': {
        const callee = node(n['callee'])
        if (isLog(this.#text.slice(callee.start, callee.end))) return
        if (n['optional'] === true) list.word('?.', callee.end)
        if (callee.type === 'Identifier') list.name(String(callee['name']), callee.start, n.end)
        else if (callee.type === 'MemberExpression') this.#member(callee, n.end)
        else this.node(callee)
        this.all(n['arguments'])
        return
      }
      case 'BinaryExpression':
      case 'LogicalExpression':
        this.node(node(n['left']))
        list.word(String(n['operator']), node(n['left']).end)
        this.node(node(n['right']))
        return
      case 'AssignmentExpression':
        if (n['operator'] !== '=') list.word(String(n['operator']), node(n['left']).end)
        this.node(node(n['left']))
        this.node(node(n['right']))
        return
      case 'UnaryExpression':
      case 'UpdateExpression':
        list.word(String(n['operator']), n.start)
        this.node(node(n['argument']))
        return
      case 'VariableDeclarator':
        this.#pattern(node(n['id']))
        this.#maybe(n['init'])
        return
      case 'Property': {
        const value = node(n['value'])
        this.#key(n, /Function/.test(value.type))
        this.node(value)
        return
      }
      case 'MethodDefinition':
        for (const each of nodes(n['decorators'])) this.#decorator(node(each['expression']))
        if (n['computed'] === true) this.node(node(n['key']))
        this.#maybe(n['value'])
        return
      case 'PropertyDefinition':
      case 'AccessorProperty':
        for (const each of nodes(n['decorators'])) this.#decorator(node(each['expression']))
        if (n['computed'] === true) this.node(node(n['key']))
        this.#maybe(n['value'])
        return
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        if (n['id']) list.declared.add(String(node(n['id'])['name']))
        for (const each of nodes(n['params'])) this.#pattern(each)
        if (n['body']) this.#returned(node(n['body']))
        return
      case 'ClassDeclaration':
      case 'ClassExpression':
        if (n['id']) list.declared.add(String(node(n['id'])['name']))
        this.#maybe(n['superClass'])
        this.#maybe(n['body'])
        return
      case 'CatchClause':
        if (n['param']) this.#pattern(node(n['param']))
        this.node(node(n['body']))
        return
      case 'SwitchCase':
        if (n['test']) this.node(node(n['test']))
        else list.word('default', n.start)
        this.all(n['consequent'])
        return
      case 'AwaitExpression':
        list.name('await', n.start)
        this.node(node(n['argument']))
        return
      case 'ReturnStatement':
        if (n['argument']) this.#returned(node(n['argument']))
        else list.word('return', n.start)
        return
      case 'ExpressionStatement':
        if (typeof n['directive'] !== 'string') this.node(node(n['expression']))
        return
      case 'ArrayPattern':
      case 'ObjectPattern':
        this.#pattern(n, false)
        return
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        return
      case 'ExportNamedDeclaration':
        this.#maybe(n['declaration'])
        return
      case 'TSEnumDeclaration':
        for (const each of nodes(node(n['body'])['members'])) this.#maybe(each['initializer'])
        return
    }
    if (around.test(n.type)) this.node(node(n['expression']))
    else if (!n.type.startsWith('TS')) this.#parts(n)
  }

  /** What is returned is waited for by who called. */
  #returned(n: EsNode): void {
    this.node(n.type === 'AwaitExpression' ? node(n['argument']) : n)
  }

  #decorator(n: EsNode): void {
    const name = node(n['callee'] ?? n)['name']
    if (typeof name !== 'string' || !forReaders.test(name)) this.node(n)
  }

  #parts(n: EsNode): void {
    for (const key of Object.keys(n)) {
      const value = n[key]
      if (typeof value !== 'object' || value === null || leftOut.has(key)) continue
      if (Array.isArray(value)) this.all(value)
      else if (typeof (value as EsNode).type === 'string') this.node(value as EsNode)
    }
  }

  #member(n: EsNode, callEnd: number): void {
    const of = node(n['object'])
    const property = node(n['property'])
    const isOwn = of.type === 'ThisExpression'
    if (!isOwn) this.node(of)
    if (n['optional'] === true) this.list.word('?.', of.end)
    if (n['computed'] === true) this.node(property)
    // What a thing keeps is called as its class likes; what it calls of itself is asked for by that name.
    else if (!isOwn || callEnd > 0) this.list.member(String(property['name']), property.start, callEnd)
  }

  #key(n: EsNode, isNamed: boolean): void {
    const key = node(n['key'])
    if (n['computed'] === true) this.node(key)
    else if (!isNamed) this.list.word(`.${String(key['name'] ?? key['value'])}`, key.start)
  }

  /** What is bound, or assigned where it is not new. */
  #pattern(n: EsNode, isNew = true): void {
    switch (n.type) {
      case 'Identifier':
        if (isNew) this.list.declared.add(String(n['name']))
        else this.node(n)
        return
      case 'AssignmentPattern':
        this.#pattern(node(n['left']), isNew)
        this.node(node(n['right']))
        return
      case 'RestElement':
        this.#pattern(node(n['argument']), isNew)
        return
      case 'ArrayPattern':
        for (const each of nodes(n['elements'])) this.#pattern(each, isNew)
        return
      case 'ObjectPattern':
        for (const each of nodes(n['properties']))
          if (each.type === 'RestElement') this.#pattern(each, isNew)
          else {
            this.#key(each, false)
            this.#pattern(node(each['value']), isNew)
          }
        return
      case 'TSParameterProperty':
        this.#pattern(node(n['parameter']), isNew)
        return
      default:
        this.node(n)
    }
  }
}
