import { parseSync } from 'oxc-parser'
import { labelledAs } from './ir.ts'
import type { Class, Expr, Func, Module, Param, Stmt } from './ir.ts'
import { setterOf } from './ir.ts'
import { JavascriptExpressions } from './javascript-expressions.ts'
import { javascriptWords } from './javascript-words.ts'
import {
  at,
  countedOver,
  declaredNames,
  dotted,
  maybe,
  moduleName,
  node,
  nodes,
  plainText,
} from './javascript-nodes.ts'
import type { EsNode } from './javascript-nodes.ts'

/** Reads a file of JavaScript or TypeScript. What does not parse is in `broken`, and then the body may be empty. */
export function lowerJavascript(path: string, text: string): Module {
  const lang = /\.[cm]?ts$/.test(path) ? 'ts' : path.endsWith('.tsx') ? 'tsx' : 'jsx'
  const plain = parse(path, text, lang)
  // Types of Flow in JavaScript are mostly written as TypeScript's are.
  const typed = lang === 'jsx' && plain.errors.length > 0 ? parse(path, text, 'tsx') : null
  const parsed = typed && typed.errors.length === 0 ? typed : plain
  const docs = new Map<number, string>()
  for (const { type, value, end } of parsed.comments)
    if (type === 'Block' && value.startsWith('*')) {
      const gap = /\S/.exec(text.slice(end, end + 200))
      docs.set(end + (gap?.index ?? 0), value)
    }
  const lower = new Lowering(docs)
  return {
    path,
    language: 'javascript',
    text,
    package: '',
    body: nodes(node(parsed.program)['body']).flatMap((each) => lower.statement(each)),
    broken: parsed.errors.map((error) => at(error.labels[0] ?? { start: 0, end: text.length })),
    code: javascriptWords(node(parsed.program), text),
  }
}

function parse(path: string, text: string, lang: 'jsx' | 'ts' | 'tsx') {
  const parsed = parseSync(path, text, { lang, sourceType: 'unambiguous' as 'module' })
  // A module of CommonJS is the body of a function, and may return (nodejs.org, "The module wrapper").
  if (parsed.errors.length === 0 || parsed.module.hasModuleSyntax) return parsed
  const wrapped = parseSync(path, text, { lang, sourceType: 'commonjs' })
  return wrapped.errors.length === 0 ? wrapped : parsed
}

class Lowering extends JavascriptExpressions {
  readonly #docs: Map<number, string>
  constructor(docs: Map<number, string>) {
    super()
    this.#docs = docs
  }

  #doc(start: number): string {
    const text = this.#docs.get(start) ?? ''
    return text
      .split('\n')
      .map((line) => line.replace(/^\s*\*+ ?/, ''))
      .join('\n')
      .trim()
  }

  #body(value: unknown): Stmt[] {
    const one = maybe(value)
    if (one === null) return []
    return one.type === 'BlockStatement' ? this.#list(one['body']) : this.statement(one)
  }

  #list(value: unknown): Stmt[] {
    return nodes(value).flatMap((each) => this.statement(each))
  }

  statement(n: EsNode): Stmt[] {
    const span = at(n)
    switch (n.type) {
      case 'ExpressionStatement':
        return [{ k: 'expr', e: this.expr(node(n['expression'])), ...span }]
      case 'VariableDeclaration':
        return nodes(n['declarations']).map((each) => ({
          k: 'let',
          target: this.expr(node(each['id'])),
          type: this.annotation(node(each['id'])['typeAnnotation']),
          value: each['init'] ? this.expr(node(each['init'])) : null,
          isConst: n['kind'] === 'const',
          ...(n['kind'] === 'var' ? {} : { isOfBlock: true as const }),
          ...at(each),
        }))
      case 'ReturnStatement':
        return [{ k: 'return', value: n['argument'] ? this.expr(node(n['argument'])) : null, ...span }]
      case 'ThrowStatement':
        return [{ k: 'throw', value: this.expr(node(n['argument'])), ...span }]
      case 'IfStatement':
        return [
          {
            k: 'if',
            test: this.expr(node(n['test'])),
            before: [],
            whenTrue: this.#body(n['consequent']),
            whenFalse: this.#body(n['alternate']),
            ...span,
          },
        ]
      case 'BlockStatement':
      case 'StaticBlock':
        return [{ k: 'block', body: this.#list(n['body']), ...span }]
      case 'ForOfStatement':
      case 'ForInStatement': {
        const left = node(n['left'])
        const target = left.type === 'VariableDeclaration' ? node(nodes(left['declarations'])[0])['id'] : left
        return [
          {
            k: 'loop',
            vars: [this.expr(node(target))],
            over:
              n.type === 'ForOfStatement'
                ? this.expr(node(n['right']))
                : {
                    k: 'call',
                    callee: {
                      k: 'member',
                      of: { k: 'name', name: 'Object', ...span },
                      name: 'keys',
                      ...span,
                    },
                    args: [{ name: null, value: this.expr(node(n['right'])) }],
                    isNew: false,
                    ...span,
                  },
            isIndexed: false,
            body: this.#body(n['body']),
            ...span,
          },
        ]
      }
      case 'ForStatement':
      case 'WhileStatement':
      case 'DoWhileStatement': {
        const counted = n.type === 'ForStatement' ? countedOver(n) : null
        return [
          ...(n['init'] && node(n['init']).type === 'VariableDeclaration'
            ? this.statement(node(n['init']))
            : []),
          {
            k: 'loop',
            vars: counted ? [this.expr(counted.index)] : [],
            over: counted ? this.expr(counted.over) : null,
            isIndexed: counted !== null,
            body: this.#body(n['body']),
            ...span,
          },
        ]
      }
      case 'TryStatement': {
        const handler = maybe(n['handler'])
        const param = maybe(handler?.['param'])
        return [
          {
            k: 'try',
            body: this.#body(n['block']),
            handlers: handler
              ? [
                  {
                    types: [],
                    name: param?.type === 'Identifier' ? String(param['name']) : null,
                    body: this.#body(handler['body']),
                    ...at(handler),
                  },
                ]
              : [],
            finally: this.#body(n['finalizer']),
            ...span,
          },
        ]
      }
      case 'SwitchStatement':
        return [
          {
            k: 'switch',
            subject: this.expr(node(n['discriminant'])),
            cases: nodes(n['cases']).map((each) => ({
              tests: each['test'] ? [this.expr(node(each['test']))] : [],
              body: this.#list(each['consequent']),
            })),
            ...span,
          },
        ]
      case 'FunctionDeclaration':
      case 'TSDeclareFunction':
        return [{ k: 'func', fn: this.func(n, n['id'] ? String(node(n['id'])['name']) : ''), ...span }]
      case 'ClassDeclaration':
        return [{ k: 'class', cls: this.cls(n), ...span }]
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
      case 'TSEnumDeclaration':
        return [{ k: 'class', cls: this.#typeDeclaration(n), ...span }]
      case 'ImportDeclaration':
        return [
          {
            k: 'import',
            source: String(node(n['source'])['value']),
            names: nodes(n['specifiers']).map((each) => ({
              imported:
                each.type === 'ImportSpecifier'
                  ? moduleName(each['imported'])
                  : each.type === 'ImportDefaultSpecifier'
                    ? 'default'
                    : null,
              local: String(node(each['local'])['name']),
            })),
            ...span,
          },
        ]
      case 'TSImportEqualsDeclaration': {
        const reference = node(n['moduleReference'])
        if (reference.type !== 'TSExternalModuleReference') return []
        return [
          {
            k: 'import',
            source: String(node(reference['expression'])['value']),
            names: [{ imported: null, local: String(node(n['id'])['name']) }],
            ...span,
          },
        ]
      }
      case 'ExportNamedDeclaration': {
        const declared = n['declaration'] ? this.statement(node(n['declaration'])) : []
        const names = [
          ...nodes(n['specifiers']).map((each) => ({
            local: moduleName(each['local']),
            exported: moduleName(each['exported']),
          })),
          ...declared.flatMap(declaredNames).map((name) => ({ local: name, exported: name })),
        ]
        const source = n['source'] ? String(node(n['source'])['value']) : null
        return [...declared, { k: 'export', source, names, value: null, ...span }]
      }
      case 'ExportAllDeclaration':
        return [
          {
            k: 'export',
            source: String(node(n['source'])['value']),
            names: [{ local: '*', exported: n['exported'] ? moduleName(n['exported']) : '*' }],
            value: null,
            ...span,
          },
        ]
      case 'ExportDefaultDeclaration': {
        const what = node(n['declaration'])
        if ((what.type === 'FunctionDeclaration' || what.type === 'ClassDeclaration') && what['id']) {
          const name = String(node(what['id'])['name'])
          return [
            ...this.statement(what),
            {
              k: 'export',
              source: null,
              names: [{ local: name, exported: 'default' }],
              value: null,
              ...span,
            },
          ]
        }
        return [{ k: 'export', source: null, names: [], value: this.expr(what), ...span }]
      }
      case 'TSExportAssignment':
        return [{ k: 'export', source: null, names: [], value: this.expr(node(n['expression'])), ...span }]
      case 'LabeledStatement':
        return labelledAs(String(node(n['label'])['name']), this.#body(n['body']))
      case 'BreakStatement':
      case 'ContinueStatement': {
        const label = maybe(n['label'])
        return [{ k: 'jump', ...(label ? { label: String(label['name']) } : {}), ...span }]
      }
      default:
        return []
    }
  }

  protected override func(n: EsNode, name: string): Func {
    const body = maybe(n['body'])
    const isBlock = body?.type === 'BlockStatement' || body?.type === 'FunctionBody'
    return {
      name,
      params: nodes(n['params']).map((each) => this.#param(each)),
      body:
        body === null
          ? []
          : isBlock
            ? this.#list(body['body'])
            : [{ k: 'return', value: this.expr(body), ...at(body) }],
      decorators: [],
      returns: this.annotation(n['returnType']),
      receiver: null,
      isStatic: false,
      ...(n['async'] === true && { isAsync: true }),
      hasBody: body !== null,
      doc: this.#doc(n.start),
      headEnd: body?.start ?? n.end,
      ...at(n),
    }
  }

  #param(n: EsNode): Param {
    const decorators = nodes(n['decorators']).map((each) => this.expr(node(each['expression'])))
    if (n.type === 'TSParameterProperty')
      return { ...this.#param(node(n['parameter'])), decorators, isField: true }
    if (n.type === 'AssignmentPattern') {
      const inner = this.#param(node(n['left']))
      return {
        ...inner,
        decorators: [...decorators, ...inner.decorators],
        default: this.expr(node(n['right'])),
        ...at(n),
      }
    }
    const isRest = n.type === 'RestElement'
    const target = isRest ? node(n['argument']) : n
    return {
      name: target.type === 'Identifier' ? String(target['name']) : '',
      type: this.annotation(target['typeAnnotation'] ?? n['typeAnnotation']),
      default: null,
      decorators,
      pattern: target.type === 'Identifier' ? null : this.expr(target),
      isRest,
      isOptional: target['optional'] === true,
      ...at(n),
    }
  }

  protected override cls(n: EsNode): Class {
    const cls = this.#emptyClass(n, 'class')
    const superClass = maybe(n['superClass'])
    if (superClass) {
      const base = this.expr(superClass)
      cls.baseExprs.push(base)
      const name = dotted(base)
      if (name !== null) cls.bases.push({ name, args: [], ...at(superClass) })
    }
    for (const each of nodes(n['implements'])) cls.bases.push(this.type(each))
    cls.decorators = nodes(n['decorators']).map((each) => this.expr(node(each['expression'])))
    for (const member of nodes(node(n['body'])['body'])) {
      const decorators = nodes(member['decorators']).map((each) => this.expr(node(each['expression'])))
      const key = maybe(member['key'])
      const name =
        key === null
          ? ''
          : key.type === 'Identifier' || key.type === 'PrivateIdentifier'
            ? String(key['name'])
            : plainText(key['value'])
      if (member.type === 'MethodDefinition' || member.type === 'TSAbstractMethodDefinition') {
        const fn = this.func(node(member['value']), member['kind'] === 'set' ? setterOf(name) : name)
        const start = decorators[0]?.start ?? member.start
        cls.members.push({
          ...fn,
          decorators,
          isStatic: member['static'] === true,
          ...(member['kind'] === 'get' ? { isGetter: true as const } : {}),
          doc: fn.doc || this.#doc(member.start) || this.#doc(start - 1),
          start: member.start,
        })
      } else if (member.type === 'PropertyDefinition' || member.type === 'AccessorProperty')
        cls.fields.push({
          name,
          type: this.annotation(member['typeAnnotation']),
          value: member['value'] ? this.expr(node(member['value'])) : null,
          decorators,
          tag: '',
          isOptional: member['optional'] === true,
          isStatic: member['static'] === true,
          ...at(member),
        })
    }
    return cls
  }

  #emptyClass(n: EsNode, kind: Class['kind']): Class {
    return {
      name: n['id'] ? String(node(n['id'])['name']) : '',
      kind,
      bases: [],
      baseExprs: [],
      decorators: [],
      members: [],
      fields: [],
      inner: [],
      constants: [],
      alias: null,
      body: [],
      doc: this.#doc(n.start),
      headEnd: maybe(n['body'])?.start ?? n.end,
      ...at(n),
    }
  }

  #typeDeclaration(n: EsNode): Class {
    if (n.type === 'TSTypeAliasDeclaration')
      return { ...this.#emptyClass(n, 'alias'), alias: this.type(node(n['typeAnnotation'])), headEnd: n.end }
    if (n.type === 'TSEnumDeclaration') {
      const members = nodes(node(n['body'])['members'])
      // One without a value counts on from the one before.
      let next = 0
      return {
        ...this.#emptyClass(n, 'enum'),
        constants: members.map((each) => {
          const value: Expr = each['initializer']
            ? this.expr(node(each['initializer']))
            : { k: 'num', value: next, ...at(each) }
          if (value.k === 'num') next = value.value + 1
          return { name: String(node(each['id'])['name'] ?? node(each['id'])['value']), value }
        }),
      }
    }
    const cls = this.#emptyClass(n, 'interface')
    cls.bases = nodes(n['extends']).map((each) => this.type(each))
    cls.fields = this.fields(node(n['body'])['body'])
    return cls
  }
}
