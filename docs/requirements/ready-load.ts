import type { Requirement } from './requirement.ts'

const readme = 'systems/ready/README.md#load'

/** Load: planned sending, measuring, limits and consent. */
export const readyLoad: Requirement[] = [
  {
    id: 'READY-LOAD-01',
    source: readme,
    behaviour:
      'Latency runs from the planned time of sending, so that a pause of the target counts for all that were planned in it.',
  },
  {
    id: 'READY-LOAD-02',
    source: 'standard: RFC 9112, 6',
    behaviour:
      'Answers are read by length, in chunks and to the end of the connection, however they are cut.',
  },
  {
    id: 'READY-LOAD-03',
    source: readme,
    behaviour: 'Histograms keep three digits, and merging them loses nothing.',
  },
  {
    id: 'READY-LOAD-04',
    source: readme,
    behaviour: 'Constant, ramping, Poisson and replayed arrivals are planned as stated.',
  },
  {
    id: 'READY-LOAD-05',
    source: readme,
    behaviour: 'A generator that could not keep its plan has no valid result, and says why.',
  },
  {
    id: 'READY-LOAD-06',
    source: readme,
    behaviour:
      'Whatever a target does is counted by its kind: nothing hangs, no redirect is followed, no answer takes memory without end, no value becomes a header.',
  },
  { id: 'READY-LOAD-07', source: readme, behaviour: 'A run stops at once when told, and at its caps.' },
  {
    id: 'READY-LOAD-08',
    source: readme,
    behaviour:
      'Only this machine is loaded, or a host that serves its consent at the address that is loaded.',
  },
  {
    id: 'READY-LOAD-09',
    source: 'https://html.spec.whatwg.org/multipage/server-sent-events.html',
    behaviour:
      'Events of streams are counted and timed however the stream is cut; a stream that ends too soon is a fault.',
  },
  {
    id: 'READY-LOAD-10',
    source: readme,
    behaviour:
      'Generators in several processes, or of a job, play one plan in parts, and what they measured is merged as if one had; without its parent a generator ends.',
  },
  {
    id: 'READY-LOAD-11',
    source: readme,
    behaviour:
      'TLS and HTTP/2 are spoken to the address that was allowed, and a certificate that does not fit is a fault.',
  },
  {
    id: 'READY-LOAD-12',
    source: readme,
    behaviour:
      'A consent is for one host and port and runs out; it is asked at the address that is loaded, follows nothing, and cannot be replayed.',
  },
  {
    id: 'READY-LOAD-13',
    source: readme,
    behaviour:
      'Load runs and searches for limits outlive the server: one that its end cut off says when, with what was measured until then, and every server sees and stops those that go on.',
  },
]
