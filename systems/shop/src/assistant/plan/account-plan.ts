import type { Product } from '../../domain/product.ts'
import type { Topic, Understanding } from '../../domain/constraints.ts'
import { contentStems } from '../words.ts'
import type { ServiceAsked } from '../../understand/services-beside.ts'
import type { Plan, PlanContext, Step } from './plan.ts'

export function recallPlan(message: string, understanding: Understanding, _context: PlanContext): Plan {
  return {
    understanding,
    kind: 'recall',
    steps: [
      { kind: 'memory', text: recallText(message, understanding), kinds: ['viewed', 'decided'], limit: 8 },
    ],
    search: null,
    isRefinement: false,
    clarify: null,
  }
}

/** What to look for in memory: the product words, without "what were the … I was looking at". */
function recallText(message: string, understanding: Understanding): string {
  const talk = new Set(
    contentStems(
      'looked looking saw seen viewed checked before earlier yesterday last week remember phone desktop show find ones again previously',
    ),
  )
  const source = understanding.productType ?? message
  return contentStems(source).every((word) => talk.has(word))
    ? ''
    : source
        .split(/\s+/)
        .filter((word) => contentStems(word).some((root) => !talk.has(root)))
        .join(' ')
}

export function memoryPlan(
  message: string,
  base: Pick<Plan, 'understanding' | 'search' | 'isRefinement' | 'clarify'>,
): Plan {
  const forgets = /\b(?:forget|delete|erase|remove|clear|wipe)\b/i.test(message)
  const everything = /\b(?:everything|all|anything)\b/i.test(message)
  const text = contentStems(
    message.replace(
      /\b(?:forget|delete|erase|remove|clear|wipe|remember|know|about|me|my|memory|everything|all)\b/gi,
      ' ',
    ),
  )
  return {
    ...base,
    kind: forgets ? 'proposal' : 'memory',
    steps: [
      { kind: 'memory', text: text.join(' '), kinds: null, limit: 12 },
      ...(forgets
        ? [
            {
              kind: 'propose',
              subject: null,
              proposal: { action: 'forget-memory', text: everything || !text.length ? null : text.join(' ') },
            } as const,
          ]
        : []),
    ],
  }
}

/** `#1234`, `W1234567`, `order 1234`: as a shopper would write an order's number. */
export function orderIdIn(message: string): string | null {
  const match = /(?:#\s?|\border\s+(?:number\s+|no\.?\s+)?#?)([A-Za-z0-9_-]*\d[A-Za-z0-9_-]*)/i.exec(message)
  return match?.[1] ?? /\b(ord(?:er)?_[a-z0-9]+)\b/i.exec(message)?.[1] ?? null
}

export function orderPlan(message: string, understanding: Understanding, context: PlanContext): Plan {
  const base = { understanding, search: null, isRefinement: false, clarify: null }
  const isReturn = understanding.intent === 'returns'
  const asksPolicy = isReturn && !/\b(?:my|this|it|them|order|#)\b/i.test(message)
  if (asksPolicy) return policyPlan(message, base, 'returns')
  if (!context.isKnownShopper) {
    return isReturn
      ? policyPlan(message, base, 'returns')
      : // What the store says of orders helps whoever is not known here, too.
        { ...clarify(base, 'sign-in'), steps: [{ kind: 'policy', text: message, topic: 'order' }] }
  }
  const orderId = orderIdIn(message)
  const steps: Step[] = [{ kind: 'orders', orderId }]
  if (isReturn) {
    const cancels = /\bcancel/i.test(message)
    steps.push({ kind: 'policy', text: message, topic: 'returns' })
    // "Can I return it?" asks; "return it" asks for it to be done. Either way nothing happens unconfirmed.
    steps.push({
      kind: 'propose',
      subject: null,
      proposal: { action: cancels ? 'cancel-order' : 'return-items', orderId },
    })
  }
  return { ...base, kind: isReturn ? 'returns' : 'orders', steps }
}

export function policyPlan(
  message: string,
  base: Pick<Plan, 'understanding' | 'search' | 'isRefinement' | 'clarify'>,
  topic: Topic | null,
  /** What is looked at: its listing may say what the store does not. */
  product: Product | null = null,
): Plan {
  return {
    ...base,
    kind: 'policy',
    steps: [
      { kind: 'policy', text: message, topic },
      ...(product
        ? [{ kind: 'products' as const, subject: { from: 'ids' as const, ids: [product.id] } }]
        : []),
    ],
  }
}

/** A plan that also looks up what is asked of the store beside. What a model took for a question to the store is answered as that. */
export function servingBeside(plan: Plan, beside: readonly ServiceAsked[]): Plan {
  const asked = beside.filter(({ topic }) => plan.kind !== 'policy' || plan.understanding.topic !== topic)
  return asked.length === 0
    ? plan
    : { ...plan, steps: [...plan.steps, ...asked.map((one) => ({ kind: 'beside' as const, ...one }))] }
}

export function clarify(
  base: Pick<Plan, 'understanding' | 'search' | 'isRefinement'>,
  what: NonNullable<Plan['clarify']>,
): Plan {
  return { ...base, kind: 'clarify', steps: [], clarify: what }
}
