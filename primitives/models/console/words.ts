import type { CacheState, CallStatus } from '../src/metering/call-record.ts'
import type { LiveReplica } from '../src/metering/gateway-snapshot.ts'

type Mark = 'good' | 'warn' | 'bad' | 'busy' | 'idle'

/** Replica states as a mark, a word and what it means for the requests. */
export const replicaStates: Record<LiveReplica['state'], { mark: Mark; word: string; means: string }> = {
  healthy: { mark: 'good', word: 'Healthy', means: 'Takes requests.' },
  probing: {
    mark: 'busy',
    word: 'Probing',
    means: 'Failed before; takes one request at a time until one ends well.',
  },
  open: {
    mark: 'bad',
    word: 'Breaker open',
    means: 'Failed too often; takes nothing until its pause is over.',
  },
  ejected: { mark: 'warn', word: 'Ejected', means: 'Far worse than its peers; takes nothing for a while.' },
  unhealthy: { mark: 'bad', word: 'Unhealthy', means: 'Does not answer its health check.' },
  draining: { mark: 'idle', word: 'Draining', means: 'Finishes what it has and takes nothing new.' },
}

/** What an error code of the gateway means, and what to do. */
const errors: Record<string, string> = {
  'model-unreachable':
    'The replica refused the connection. Check that it runs and that its address in Routes is right.',
  'model-unavailable': 'No replica could take the call: all are full, broken or draining. Add one or wait.',
  'model-rejected': 'The provider refused the request as wrong. See its message in the answer.',
  'model-rate-limited':
    'The provider says that it gets too many requests. Lower the load or raise its limit.',
  'model-idle':
    'The replica was silent for longer than the route’s deadline. Raise the deadline or look at its load.',
  'model-cut-off':
    'The stream broke after its first byte. The client got an error event, never a silent end.',
  'model-garbage': 'The replica sent what is not an answer, often the error page of a proxy before it.',
  'model-aborted': 'The client went away; the replica was told to stop at once.',
  'client-gone': 'The client went away; the replica was told to stop at once.',
  'model-unknown': 'No model of that name is in the table. Routes lists those that are.',
  'model-not-allowed': 'The key or tenant may not use this model. Its list of models is in the table.',
  'model-missing': 'The request names no model.',
  'queue-full': 'As many requests waited as the queue may hold. Add a replica or a longer queue.',
  'queue-timeout': 'It waited in the queue for longer than the route allows.',
  'rate-limited': 'More requests a minute than the key or tenant may send.',
  'tokens-limited': 'More tokens a minute than the key or tenant may use.',
  'in-flight-limited': 'More requests at once than the key or tenant may have.',
  'budget-exhausted': 'The budget of the day or month is spent.',
  'limits-unavailable':
    'The database that knows what is left of a shared budget did not answer, and this process held none of it.',
  'body-not-json': 'The body of the request is not JSON.',
  'body-too-large': 'The body of the request is too large.',
  'secret-missing':
    'The key that the table refers to is not set. Set the variable or write the file it names.',
  'api-unsupported': 'The provider does not speak the API that was asked.',
}

export function errorWords(code: string): string {
  return errors[code] ?? 'The answer of the call and the server’s log say more.'
}

/** How a call ended, as a mark and a word. */
export const callStates: Record<CallStatus, { mark: Mark; word: string; means: string }> = {
  ok: { mark: 'good', word: 'Answered', means: 'The whole answer reached the client.' },
  failed: { mark: 'bad', word: 'Failed', means: 'The client got an error instead of an answer.' },
  cut: {
    mark: 'bad',
    word: 'Cut off',
    means: 'It broke after its first byte; the client got an error event.',
  },
  cancelled: {
    mark: 'idle',
    word: 'Client left',
    means: 'The client went away; the replica was told to stop.',
  },
  shed: {
    mark: 'warn',
    word: 'Refused',
    means: 'A limit, a budget or a full queue refused it before any replica saw it.',
  },
  rejected: { mark: 'warn', word: 'Rejected', means: 'The request itself was wrong.' },
}

/** Where an answer came from. */
export const cacheWords: Record<CacheState, string> = {
  hit: 'from the cache',
  ready: 'made ahead',
  miss: 'not in the cache',
  off: 'no cache',
}
