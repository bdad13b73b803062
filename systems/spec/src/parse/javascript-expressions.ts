import { awaited } from './awaited.ts'
import type { Argument, Class, Expr, FieldDecl, Func, TypeRef } from './ir.ts'
import { at, dotted, entityName, maybe, node, nodes } from './javascript-nodes.ts'
import type { EsNode } from './javascript-nodes.ts'

/** Expressions and types of JavaScript and TypeScript; functions and classes, which have statements in them, are lowered by who extends it. */
export abstract class JavascriptExpressions {
  protected abstract func(n: EsNode, name: string): Func
  protected abstract cls(n: EsNode): Class

  expr(n: EsNode): Expr {
    const span = at(n)
    switch (n.type) {
      case 'Literal': {
        const value = n['value']
        if (n['regex']) return { k: 'regex', source: (n['regex'] as { pattern: string }).pattern, ...span }
        if (typeof value === 'string') return { k: 'str', value, ...span }
        if (typeof value === 'number') return { k: 'num', value, ...span }
        if (typeof value === 'boolean') return { k: 'bool', value, ...span }
        return { k: 'null', ...span }
      }
      case 'TemplateLiteral': {
        const texts = nodes(n['quasis'])
        const values = nodes(n['expressions'])
        const parts = texts.flatMap((text, index): Expr[] => {
          const cooked = (text['value'] as { cooked: string | null }).cooked ?? ''
          const value = values[index]
          return [
            ...(cooked === '' ? [] : [{ k: 'str' as const, value: cooked, ...at(text) }]),
            ...(value ? [this.expr(value)] : []),
          ]
        })
        return { k: 'template', parts, ...span }
      }
      case 'Identifier':
        return n['name'] === 'undefined'
          ? { k: 'null', isUndefined: true, ...span }
          : { k: 'name', name: String(n['name']), ...span }
      case 'MetaProperty':
        return { k: 'name', name: 'import.meta', ...span }
      case 'ThisExpression':
        return { k: 'name', name: 'this', ...span }
      case 'Super':
        return { k: 'name', name: 'super', ...span }
      case 'MemberExpression': {
        const of = this.expr(node(n['object']))
        const property = node(n['property'])
        if (!n['computed']) return { k: 'member', of, name: String(property['name']), ...span }
        return { k: 'index', of, at: this.expr(property), ...span }
      }
      case 'CallExpression':
      case 'NewExpression':
        return {
          k: 'call',
          callee: this.expr(node(n['callee'])),
          args: nodes(n['arguments']).map((each): Argument => ({ name: null, value: this.expr(each) })),
          isNew: n.type === 'NewExpression',
          ...(n['typeArguments']
            ? { types: nodes(node(n['typeArguments'])['params']).map((one) => this.type(one)) }
            : {}),
          ...span,
        }
      case 'ImportExpression':
        return {
          k: 'call',
          callee: { k: 'name', name: 'require', ...span },
          args: [{ name: null, value: this.expr(node(n['source'])) }],
          isNew: false,
          ...span,
        }
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
      // Exported without a name.
      case 'FunctionDeclaration':
        return { k: 'func', fn: this.func(n, n['id'] ? String(node(n['id'])['name']) : ''), ...span }
      case 'ClassExpression':
      case 'ClassDeclaration':
        return { k: 'class', cls: this.cls(n), ...span }
      case 'ArrayExpression':
      case 'ArrayPattern':
        return { k: 'array', items: nodes(n['elements']).map((each) => this.expr(each)), ...span }
      case 'ObjectExpression':
      case 'ObjectPattern':
        return {
          k: 'object',
          type: null,
          entries: nodes(n['properties']).map((each) => {
            if (each.type === 'SpreadElement' || each.type === 'RestElement')
              return { key: null, value: this.expr(node(each['argument'])) }
            const key = node(each['key'])
            return {
              key:
                key.type === 'Identifier' && !each['computed']
                  ? { k: 'str', value: String(key['name']), ...at(key) }
                  : this.expr(key),
              value: this.expr(node(each['value'])),
            }
          }),
          ...span,
        }
      case 'AssignmentPattern':
        return {
          k: 'assign',
          target: this.expr(node(n['left'])),
          value: this.expr(node(n['right'])),
          op: 'default',
          ...span,
        }
      case 'AssignmentExpression':
        return {
          k: 'assign',
          target: this.expr(node(n['left'])),
          value: this.expr(node(n['right'])),
          op: String(n['operator']),
          ...span,
        }
      case 'BinaryExpression':
      case 'LogicalExpression': {
        const op = String(n['operator'])
        return {
          k: 'binary',
          op: op === '===' ? '==' : op === '!==' ? '!=' : op,
          left: this.expr(node(n['left'])),
          right: this.expr(node(n['right'])),
          ...span,
        }
      }
      case 'UnaryExpression':
        return { k: 'unary', op: String(n['operator']), of: this.expr(node(n['argument'])), ...span }
      case 'ConditionalExpression':
        return {
          k: 'cond',
          test: this.expr(node(n['test'])),
          whenTrue: this.expr(node(n['consequent'])),
          whenFalse: this.expr(node(n['alternate'])),
          ...span,
        }
      case 'SpreadElement':
      case 'RestElement':
        return { k: 'spread', of: this.expr(node(n['argument'])), ...span }
      case 'AwaitExpression':
        return awaited(this.expr(node(n['argument'])))
      case 'ChainExpression':
      case 'ParenthesizedExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
        return this.expr(node(n['expression'] ?? n['argument']))
      case 'SequenceExpression':
        return { k: 'other', parts: nodes(n['expressions']).map((each) => this.expr(each)), ...span }
      case 'YieldExpression':
      case 'TaggedTemplateExpression':
        return { k: 'other', parts: n['argument'] ? [this.expr(node(n['argument']))] : [], ...span }
      default:
        return { k: 'other', parts: [], ...span }
    }
  }

  protected fields(value: unknown): FieldDecl[] {
    return nodes(value)
      .filter((each) => each.type === 'TSPropertySignature')
      .map((each) => ({
        name: String(node(each['key'])['name'] ?? node(each['key'])['value']),
        type: this.annotation(each['typeAnnotation']),
        value: null,
        decorators: [],
        tag: '',
        isOptional: each['optional'] === true,
        isStatic: false,
        ...at(each),
      }))
  }

  protected annotation(value: unknown): TypeRef | null {
    const annotation = maybe(value)
    return annotation ? this.type(node(annotation['typeAnnotation'])) : null
  }

  protected type(n: EsNode): TypeRef {
    const span = at(n)
    const args = n['typeArguments']
      ? nodes(node(n['typeArguments'])['params']).map((each) => this.type(each))
      : []
    switch (n.type) {
      case 'TSTypeReference':
        return { name: entityName(node(n['typeName'])), args, ...span }
      case 'TSInterfaceHeritage':
      case 'TSClassImplements':
        return { name: dotted(this.expr(node(n['expression']))) ?? '', args, ...span }
      case 'TSArrayType':
        return { name: '[]', args: [this.type(node(n['elementType']))], ...span }
      case 'TSUnionType':
        return { name: 'union', args: nodes(n['types']).map((each) => this.type(each)), ...span }
      case 'TSIntersectionType':
        return { name: '&', args: nodes(n['types']).map((each) => this.type(each)), ...span }
      case 'TSLiteralType': {
        const literal = this.expr(node(n['literal']))
        const value =
          literal.k === 'str' || literal.k === 'num' || literal.k === 'bool' ? literal.value : null
        return { name: 'literal', args: [], literal: value, ...span }
      }
      case 'TSTypeLiteral':
        return { name: 'object', args: [], fields: this.fields(n['members']), ...span }
      case 'TSParenthesizedType':
        return this.type(node(n['typeAnnotation']))
      case 'TSTypeOperator':
        // What names the fields of a type is a text, and nothing of that type.
        return n['operator'] === 'keyof'
          ? { name: 'string', args: [], ...span }
          : this.type(node(n['typeAnnotation']))
      case 'TSTypeQuery':
        return { name: `typeof ${entityName(node(n['exprName']))}`, args, ...span }
      case 'TSNullKeyword':
        return { name: 'null', args: [], ...span }
      default: {
        const keyword = /^TS(\w+)Keyword$/.exec(n.type)?.[1]
        return { name: keyword ? keyword.toLowerCase() : 'unknown', args: [], ...span }
      }
    }
  }
}
