import { claimVerdicts } from './try-claims.ts'
import type { TriedClaims } from './try-claims.ts'

/** Whether the service answered otherwise than the spec says. */
export const isDenied = ({ claims, untold }: TriedClaims): boolean =>
  untold.length > 0 || claims.some(({ verdict }) => verdict === 'contradicted')

/** Reasons why claims could not be tried that are told one by one. */
const maxReasons = 12

/** What was contradicted, with the request; answers that are not told; why claims were not tried; how many there are of each. */
export function sayTried({ claims, untold }: TriedClaims): string[] {
  const count = (verdict: (typeof claimVerdicts)[number]) =>
    claims.filter((one) => one.verdict === verdict).length
  const reasons = [
    ...Map.groupBy(
      claims.filter(({ verdict }) => verdict === 'not tried'),
      ({ why }) => why,
    ),
  ]
    .map(([why, all]) => ({ why, times: all.length }))
    .toSorted((a, b) => b.times - a.times)
  const others = reasons.slice(maxReasons).reduce((sum, { times }) => sum + times, 0)
  return [
    ...claims
      .filter(({ verdict }) => verdict === 'contradicted')
      .map(
        ({ says, request, answer }) =>
          `contradicted ${says} But ${request?.method} ${request?.path} was answered with ${answer?.status}.`,
      ),
    ...untold.map(
      ({ operation, status, request }) =>
        `not told     ${operation} answers ${status} (${request.method} ${request.path})`,
    ),
    ...reasons.slice(0, maxReasons).map(({ why, times }) => `not tried    ${times} times: ${why}`),
    ...(others > 0 ? [`not tried    ${others} more`] : []),
    `${claims.length} claims: ${claimVerdicts.map((verdict) => `${count(verdict)} ${verdict}`).join(', ')}; ${untold.length} answers that the spec does not tell.`,
  ]
}
