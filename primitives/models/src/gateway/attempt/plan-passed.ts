import { wireErrorBody } from '../../failure/wire-format.ts'
import { isJsonObject, upstreamRefusal } from '../../failure/upstream-refusal.ts'
import { noReplica } from '../../failure/no-replica.ts'
import type { Call } from '../call/call.ts'
import type { PassedRequest } from '../entry/passed-request.ts'
import { PassedAnswer } from '../reading/passed-answer.ts'
import { pathAt, ruleFor } from '../route/path-rules.ts'
import type { Endpoint, Upstream } from '../route/upstream.ts'
import type { AttemptPlan } from './attempt-plan.ts'

/** How a request that passes as bytes is asked of this upstream. */
export function planPassed(
  { passed, home }: { passed: PassedRequest; home?: Call['home'] },
  upstream: Upstream,
  endpoint: Endpoint,
): AttemptPlan | Promise<AttemptPlan> {
  const rule = ruleFor(upstream.paths, passed.path)
  // The table has changed since it was chosen.
  if (rule === null && !home?.isRequired) throw noReplica(passed.path, null)
  const { body, query } = passed.as(upstream.model === '' ? null : upstream.model)
  const path =
    (rule === null ? endpoint.basePath + passed.path : pathAt(rule, endpoint.basePath, passed.path)) + query
  const reader = new PassedAnswer()
  const request = { method: passed.method, path, headers: passed.headers, body }
  const plan = (headers: Record<string, string>): AttemptPlan => ({
    dispatcher: endpoint.dispatcher,
    request: { ...request, headers: { ...passed.headers, ...headers } },
    reader,
    asStream: () => reader,
    checkHead(given, status) {
      reader.begin(status, given)
      return null
    },
    refusal: (status, said) => ({
      status,
      body: isJsonObject(said) ? said : wireErrorBody('other', upstreamRefusal(status, said)),
    }),
    isStream: true,
    tap: null,
  })
  const authorization = upstream.authorizer({ ...request, url: endpoint.origin + path })
  return authorization instanceof Promise ? authorization.then(plan) : plan(authorization)
}
