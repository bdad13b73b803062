import type { Value } from '../../resolve/values.ts'

/** Whether it is one of the methods of a guard of Passport's that one of the repository's may ask of what it extends (docs.nestjs.com, "Passport"). */
export const isOfBase = (callee: Value): boolean =>
  callee.t === 'symbol' && /super:.*\.(?:canActivate|handleRequest)$/.test(callee.path)
