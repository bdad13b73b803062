import type { ReadyAnswers } from '../cache/ready-answers.ts'
import type { ReadyControl } from '../context.ts'
import { answerAhead } from './entry/answer-ahead.ts'
import { needsDatabase } from '../failure/needs-database.ts'
import type { Gateway } from './gateway.ts'

/** Answers made ahead at once: little beside what clients ask. */
const prepareAtOnce = 4

/** Makes answers ahead by the gateway itself; without a database (null) it says that they need one. */
export function readyControl(gateway: Gateway, ready: ReadyAnswers | null): ReadyControl {
  if (ready === null) {
    const refuse = (): Promise<never> => Promise.reject(needsDatabase('Answers made ahead'))
    return { prepare: refuse, forget: refuse }
  }
  return {
    prepare: (requests, options) =>
      ready.prepare(
        // Kept under the model itself, as whoever asks for its task looks it up.
        requests.map((request) => ({
          ...request,
          model: gateway.routeOf(request.model)?.name ?? request.model,
        })),
        (request, signal) => answerAhead(gateway, request, { tenantId: options.tenantId, signal }),
        { ...options, concurrency: prepareAtOnce },
      ),
    forget: (tenantId, tag) => ready.invalidate(tenantId, tag),
  }
}
