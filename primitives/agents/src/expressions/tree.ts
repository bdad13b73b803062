import { create } from '@bufbuild/protobuf'
import {
  ConstantSchema,
  Expr_CallSchema,
  Expr_ComprehensionSchema,
  Expr_CreateListSchema,
  ExprSchema,
} from '@bufbuild/cel-spec/cel/expr/syntax_pb.js'
import type { Expr } from '@bufbuild/cel-spec/cel/expr/syntax_pb.js'

export type { Expr }

/** The direct parts of an expression. */
export function partsOf(expr: Expr): Expr[] {
  const { exprKind: kind } = expr
  switch (kind.case) {
    case 'selectExpr':
      return present([kind.value.operand])
    case 'callExpr':
      return present([kind.value.target, ...kind.value.args])
    case 'listExpr':
      return kind.value.elements
    case 'structExpr':
      return present(
        kind.value.entries.flatMap((entry) => [
          entry.keyKind.case === 'mapKey' ? entry.keyKind.value : undefined,
          entry.value,
        ]),
      )
    case 'comprehensionExpr': {
      const { iterRange, accuInit, loopCondition, loopStep, result } = kind.value
      return present([iterRange, accuInit, loopCondition, loopStep, result])
    }
    default:
      return []
  }
}

const present = (parts: (Expr | undefined)[]): Expr[] => parts.filter((part) => part !== undefined)

export function call(name: string, args: Expr[]): Expr {
  return create(ExprSchema, {
    exprKind: { case: 'callExpr', value: create(Expr_CallSchema, { function: name, args }) },
  })
}

/** `inside` with `name` bound to `value`: a loop over nothing, whose result is read with its accumulator. */
export function binding(name: string, value: Expr, inside: Expr): Expr['exprKind'] {
  const nothing = create(ExprSchema, { exprKind: { case: 'listExpr', value: create(Expr_CreateListSchema) } })
  const never = create(ExprSchema, {
    exprKind: {
      case: 'constExpr',
      value: create(ConstantSchema, { constantKind: { case: 'boolValue', value: false } }),
    },
  })
  return {
    case: 'comprehensionExpr',
    value: create(Expr_ComprehensionSchema, {
      iterVar: '@unused',
      iterRange: nothing,
      accuVar: name,
      accuInit: value,
      loopCondition: never,
      loopStep: value,
      result: inside,
    }),
  }
}

/** A constant as text or number, where the expression is one that names a field or an element. */
export function constantKey(expr: Expr | undefined): string | number | undefined {
  if (expr?.exprKind.case !== 'constExpr') return undefined
  const { constantKind: constant } = expr.exprKind.value
  if (constant.case === 'stringValue') return constant.value
  if (constant.case === 'int64Value' || constant.case === 'uint64Value') return Number(constant.value)
  return undefined
}
