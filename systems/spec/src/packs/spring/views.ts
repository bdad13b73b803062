import { each, symbol } from '../../resolve/values.ts'
import type { FuncValue, Value } from '../../resolve/values.ts'

/** Spring: what a handler gives is the body, not the name of a page. */
export const writesBody = ({ fn, owner }: FuncValue): boolean =>
  [...fn.decorators, ...(owner?.cls.decorators ?? [])].some((one) => {
    const of = one.k === 'call' ? one.callee : one
    const name = of.k === 'name' || of.k === 'member' ? of.name : ''
    return /^(?:ResponseBody|RestController(?:Advice)?)$/.test(name)
  })

/**
 * What a handler of Spring answers with the view that it gives, by its name where it does not write a body (docs.spring.io, "View Resolution", "Redirecting"): one that sends
 * elsewhere (`status`, null where the code sets another), or a page, of which no body is told. Null where it gives no view.
 */
export function viewOf(value: Value, isBody: boolean): { status?: number | null; value: Value } | null {
  const statuses = each(value).map((one) => statusOf(one, isBody))
  const [status] = statuses
  if (status === undefined || status === null || statuses.some((one) => one !== status)) return null
  return { ...(status === 'page' ? {} : { status: status === 'set' ? null : status }), value: symbol('view') }
}

function statusOf(value: Value, isBody: boolean): 302 | 'page' | 'set' | null {
  if (value.t === 'text' || value.t === 'const') return isBody ? null : ofName(value)
  if (value.t !== 'symbol') return null
  if (madeView.test(value.path))
    // Which view it sets it to is only told by its class.
    return value.site?.module.text.includes('.setStatusCode(') === true ? 'set' : 302
  const [name] = value.args
  return modelAndView.test(value.path) ? ((name && ofName(name.value)) ?? 'page') : null
}

function ofName(value: Value): 302 | 'page' | null {
  const first = value.t === 'text' ? value.parts[0] : value
  if (first?.t !== 'const' || typeof first.v !== 'string') return value.t === 'text' ? 'page' : null
  return first.v.startsWith('redirect:') ? 302 : 'page'
}

const madeView = /^org\.springframework\.web\.servlet\.view\.RedirectView(?:\(\))?$/
const modelAndView = /^org\.springframework\.web\.servlet\.ModelAndView(?:\(\))?$/
