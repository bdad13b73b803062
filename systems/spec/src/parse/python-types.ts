import type { Expr, Span, TypeRef } from './ir.ts'

const at = ({ start, end }: Span): Span => ({ start, end })

/** A type from an expression in its place: `list[int]`, `Optional["User"]`, `int | None`, `Literal['a']`, `Annotated[int, Ge(1)]`. */
export function typeOfExpr(e: Expr): TypeRef {
  const span = at(e)
  switch (e.k) {
    case 'name':
      return { name: e.name, args: [], ...span }
    case 'member': {
      const of = typeOfExpr(e.of).name
      return { name: `${of}.${e.name}`, args: [], ...span }
    }
    case 'null':
      return { name: 'null', args: [], ...span }
    case 'str':
      // A name that is known later stands as a text.
      return /^[\w.]+$/.test(e.value)
        ? { name: e.value, args: [], ...span }
        : { name: /^[\w.]+/.exec(e.value)?.[0] ?? 'unknown', args: [], ...span }
    case 'binary':
      return { name: 'union', args: [typeOfExpr(e.left), typeOfExpr(e.right)], ...span }
    case 'index': {
      const name = typeOfExpr(e.of).name
      const inside = e.at.k === 'array' ? e.at.items : [e.at]
      const short = name.split('.').at(-1)
      if (short === 'Literal')
        return {
          name: 'union',
          args: inside.map((each) => ({
            name: 'literal',
            args: [],
            literal: each.k === 'str' || each.k === 'num' || each.k === 'bool' ? each.value : null,
            ...at(each),
          })),
          ...span,
        }
      if (short === 'Annotated' && inside[0])
        return { ...typeOfExpr(inside[0]), annotations: inside.slice(1), ...span }
      if (short === 'Optional' && inside[0])
        return { name: 'union', args: [typeOfExpr(inside[0]), { name: 'null', args: [], ...span }], ...span }
      if (short === 'Union') return { name: 'union', args: inside.map(typeOfExpr), ...span }
      return { name, args: inside.map(typeOfExpr), ...span }
    }
    case 'array':
      return { name: 'tuple', args: e.items.map(typeOfExpr), ...span }
    case 'call': {
      const type = typeOfExpr(e.callee)
      // pydantic, "Arguments to conlist": what is in a list comes first.
      const item = /(?:^|\.)con(?:list|set|frozenset)$/.test(type.name)
        ? (e.args.find(({ name }) => name === null || name === 'item_type')?.value ?? null)
        : null
      return { ...type, args: item ? [typeOfExpr(item)] : type.args, annotations: [e], ...span }
    }
    default:
      return { name: 'unknown', args: [], ...span }
  }
}
