import type { RequestState } from '../../src/http/request-state.ts'

/** The state of a request to `path` from this machine. */
export function testState(path = '/', more: Partial<RequestState> = {}): RequestState {
  return {
    id: 'req_test',
    startedMs: 0,
    path,
    facts: { host: 'localhost', origin: null, fetchSite: null, forwarded: false },
    ip: '127.0.0.1',
    part: 'none',
    route: null,
    caller: null,
    streaming: false,
    signal: new AbortController().signal,
    extraHeaders: {},
    ...more,
  }
}
